"""Fields that scroll where they are more than there is room for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from c2c_desktop.ui.forms import NARROW, FieldGrid

EDGE = 12
"""Pixels right of the fields: room for the scroll bar."""


class FormPage(QScrollArea):
    """Fields, as wide as the page; labels stand above them where it is narrow."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.fields = FieldGrid()
        self.fields.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self.fields)

    def reveal(self, field: QWidget) -> None:
        """Bring a field in sight and begin there."""
        self.ensureWidgetVisible(field)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Labels stand above their fields where it is narrow; the field one is in stays in sight."""
        super().resizeEvent(event)
        self.fields.arrange(narrow=self.window().width() < NARROW)
        bar = self.verticalScrollBar()
        self.fields.setContentsMargins(0, 0, EDGE - (bar.width() if bar.isVisible() else 0), 0)
        focused = self.window().focusWidget()
        if self.fields.isAncestorOf(focused):  # never so of none
            self.ensureWidgetVisible(focused)
