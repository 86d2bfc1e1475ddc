"""One page of the settings: fields that scroll, and what the person changed in them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QSizePolicy, QWidget

from c2c_desktop.ui.forms import NARROW, FieldGrid

_EDGE = 12
"""Pixels right of the fields: room for the scroll bar."""


class WrongFieldError(Exception):
    """A field holds what cannot be stored; `words` say why."""

    def __init__(self, field: QWidget, words: str) -> None:
        super().__init__(words)
        self.field = field
        self.words = words


class SettingsPage(QScrollArea):
    """Fields, as wide as the page; labels stand above them where it is narrow."""

    edited = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.fields = FieldGrid()
        self.fields.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self.fields)

    def changes(self) -> dict[str, object]:
        """Return the fields of `Settings` the person changed, and nothing else. Raises `WrongFieldError`."""
        raise NotImplementedError

    def saved(self) -> None:
        """What was changed is stored now."""

    def reveal(self, field: QWidget) -> None:
        """Bring a field in sight and begin there."""
        self.ensureWidgetVisible(field)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Labels stand above their fields where it is narrow."""
        super().resizeEvent(event)
        self.fields.arrange(narrow=self.window().width() < NARROW)
        bar = self.verticalScrollBar()
        self.fields.setContentsMargins(0, 0, _EDGE - (bar.width() if bar.isVisible() else 0), 0)


class FileField(QWidget):
    """A path, typed or chosen."""

    def __init__(self, path: str, title: str, kinds: str = "") -> None:
        super().__init__()
        self.path = QLineEdit(path)
        self.path.setAccessibleName(title)
        self.choose = plain_button("Choose…", self._choose)
        self.choose.setAccessibleName(f"Choose: {title}")
        self._title, self._kinds = title, kinds
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.path, 1)
        row.addWidget(self.choose)
        self.setFocusProxy(self.path)

    @property
    def text(self) -> str:
        """The path as it stands there, without space around it."""
        return self.path.text().strip()

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self._title, "", self._kinds)
        if path:
            self.path.setText(path)


def plain_button(words: str, act: Callable[[], None]) -> QPushButton:
    """Return a button that Enter elsewhere does not press."""
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _: act())
    return button


def side_by_side(*parts: QWidget) -> QWidget:
    """Return the parts in one row, left."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return holder
