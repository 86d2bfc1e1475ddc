"""One page of the settings: fields that scroll, and what the person changed in them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from c2c_desktop.ui.form_page import FormPage


class WrongFieldError(Exception):
    """A field holds what cannot be stored; `words` say why."""

    def __init__(self, field: QWidget, words: str) -> None:
        super().__init__(words)
        self.field = field
        self.words = words


class SettingsPage(FormPage):
    """One page of settings."""

    edited = Signal()

    def changes(self) -> dict[str, object]:
        """Return the fields of `Settings` the person changed, and nothing else. Raises `WrongFieldError`."""
        raise NotImplementedError

    def saved(self) -> None:
        """What was changed is stored now."""


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
