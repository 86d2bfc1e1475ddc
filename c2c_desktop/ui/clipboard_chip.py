"""A number that was copied, offered in the window. It never dials and never pops up."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from c2c_desktop.domain.number import PhoneNumber
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.facts_line import FactsLine
from c2c_desktop.ui.foot_card import FootCard
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme


class ClipboardChip(FootCard):
    """Stays while the number is copied, until it is used or closed. Main thread."""

    chosen = Signal(str)
    """The number in E.164, for the pad."""

    def __init__(self, theme: Theme, icons: Icons, numbers: ShownNumbers, parent: QWidget | None = None) -> None:
        self.use = QPushButton("Use")
        self.use.setAccessibleName("Put the copied number in the dial pad")
        self.facts = FactsLine()
        super().__init__("chip", self.facts, self.use, "Close the copied number", theme, icons, parent)
        self._numbers = numbers
        self._number: PhoneNumber | None = None
        self._name = ""
        self.use.clicked.connect(self._choose)
        self.dismiss.clicked.connect(self._forget)
        numbers.listen(self._show)

    @property
    def number(self) -> PhoneNumber | None:
        """What is offered."""
        return self._number

    def offer(self, number: PhoneNumber | None) -> None:
        """Offer `number`, or nothing any more."""
        self._number, self._name = number, ""
        if number is None:
            self._forget()
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
            self.facts.show_facts([f"Copied: {shown}", self._name], [])

    def _choose(self) -> None:
        if self._number is not None:
            self.chosen.emit(self._number.e164)
        self._forget()

    def _forget(self) -> None:
        self._number = None
        self.put_away()
