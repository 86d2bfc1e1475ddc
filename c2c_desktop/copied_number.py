"""A number that was copied offers itself in the window, where that is wanted. It never dials and never pops up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from c2c_desktop.composition import Core
from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.number import PhoneNumber, parse_for
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.main_window import MainWindow
from c2c_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from c2c_desktop.ui.clipboard_chip import ClipboardChip


class CopiedNumber(QObject):
    """Reads what was copied and shows one chip, built when it is first needed. Main thread."""

    chosen = Signal(str)
    """The number in E.164, for the pad."""

    def __init__(self, core: Core, window: MainWindow, theme: Theme, icons: Icons, numbers: ShownNumbers) -> None:
        super().__init__(window)
        self._core, self._window = core, window
        self._theme, self._icons, self._numbers = theme, icons, numbers
        self._chip: ClipboardChip | None = None

    def offer(self, text: str) -> None:
        """Offer the one number in `text`; anything else takes an offer away."""
        number = self._read(text)
        if number is None:
            if self._chip is not None:
                self._chip.offer(None)
            return
        chip = self._chip = self._chip or self._new_chip()
        chip.offer(number)
        self._core.directory.find_number(
            number.e164, lambda contact: chip.name(number, contact.label if contact else "")
        )

    def _read(self, text: str) -> PhoneNumber | None:
        try:
            return parse_for(self._core.accounts.active, text) if text else None
        except NumberError:
            return None

    def _new_chip(self) -> ClipboardChip:
        from c2c_desktop.ui.clipboard_chip import ClipboardChip  # noqa: PLC0415  # few want it

        chip = ClipboardChip(self._theme, self._icons, self._numbers)
        chip.chosen.connect(self.chosen)
        self._window.add_to_foot(chip)
        return chip
