"""A number that was copied, offered in the window. It never dials and never pops up."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from c2c_desktop.domain.number import PhoneNumber
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.facts_line import FactsLine
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme


class ClipboardChip(QFrame):
    """Stays while the number is copied, until it is used or closed. Main thread."""

    chosen = Signal(str)
    """The number in E.164, for the pad."""

    def __init__(self, theme: Theme, icons: Icons, numbers: ShownNumbers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self._theme, self._icons, self._numbers = theme, icons, numbers
        self._number: PhoneNumber | None = None
        self._name = ""
        self.words = FactsLine()
        self.use = QPushButton("Use")
        self.use.setAccessibleName("Put the copied number in the dial pad")
        self.use.clicked.connect(self._choose)
        self.dismiss = QToolButton()
        self.dismiss.setAccessibleName("Close the copied number")
        self.dismiss.setToolTip("Close")
        self.dismiss.clicked.connect(self._put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.use)
        row.addWidget(self.dismiss)
        numbers.listen(self._show)
        theme.theme_changed.connect(self._tint)
        self._tint()
        self.hide()

    @property
    def number(self) -> PhoneNumber | None:
        """What is offered."""
        return self._number

    def offer(self, number: PhoneNumber | None) -> None:
        """Offer `number`, or nothing any more."""
        self._number, self._name = number, ""
        if number is None:
            self._put_away()
        else:
            self._show()
            self.show()

    def name(self, number: PhoneNumber, name: str) -> None:
        """Say whose number it is, if it still stands there."""
        if number is self._number:
            self._name = name
            self._show()

    def _show(self) -> None:
        if self._number is not None:
            shown = self._numbers.number(self._number.shown)
            self.words.show_facts([f"Copied: {shown}", self._name], [])

    def _choose(self) -> None:
        if self._number is not None:
            self.chosen.emit(self._number.e164)
        self._put_away()

    def _put_away(self) -> None:
        self._number = None
        if self.use.hasFocus() or self.dismiss.hasFocus():  # else it wanders to where Enter may call
            self.window().setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def _tint(self) -> None:
        self.dismiss.setIcon(self._icons.icon("close", self._theme.tokens["muted"], 16))
