"""Quick dial, from whatever opens it: the hotkey with what is selected, the tray, another start of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from c2c_desktop.composition import Core
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.errors import NumberError, RefusedNumberError
from c2c_desktop.domain.number import PhoneNumber, SeveralNumbersError, parse_for
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from c2c_desktop.desktop.hotkeys.hotkey import Hotkey
    from c2c_desktop.desktop.selections.selection import Selection
    from c2c_desktop.ui.quick_dial import QuickDial

_LOOKS_LIKE_A_NUMBER = 7
"""Digits in a selection from which it is said why it is no number."""

_ORIGIN_LIMIT = 400


class QuickEntry(QObject):
    """Opens one popup, built when it is first needed. Main thread."""

    call_asked = Signal(object)
    """A `DialRequest`."""
    edit_asked = Signal(object)
    """A contact whose number cannot be called."""
    route_chosen = Signal(object)
    prepare_asked = Signal()
    sign_in_asked = Signal()

    def __init__(self, core: Core, theme: Theme, icons: Icons, numbers: ShownNumbers, parent: QObject) -> None:
        super().__init__(parent)
        self._core = core
        self._theme, self._icons, self._numbers = theme, icons, numbers
        self._popup: QuickDial | None = None
        self._selection: Selection | None = None
        self._hotkey: Hotkey | None = None

    @property
    def popup(self) -> QuickDial:
        """The popup."""
        if self._popup is None:
            from c2c_desktop.ui.quick_dial import QuickDial  # noqa: PLC0415  # not on the way to the first paint

            core = self._core
            self._popup = QuickDial(
                core.directory, core.journal, core.accounts, self._theme, self._icons, self._numbers, self
            )
            self._popup.call_asked.connect(self.call_asked)
            self._popup.edit_asked.connect(self.edit_asked)
            self._popup.route_chosen.connect(self.route_chosen)
            self._popup.prepare_asked.connect(self.prepare_asked)
            self._popup.sign_in_asked.connect(self.sign_in_asked)
        return self._popup

    def follow(self, hotkey: Hotkey) -> None:
        """Open with what is selected whenever its keys are pressed, in front of the program they were pressed in."""
        self._hotkey = hotkey
        hotkey.pressed.connect(self.take_selection)

    def open(self) -> None:
        """Open it empty."""
        self._show()

    def take_selection(self) -> None:
        """Ask about the one number that is selected, offer several, or open empty."""
        if self._selection is None:
            from c2c_desktop.desktop.selections.selection import Selection  # noqa: PLC0415

            self._selection = Selection(self)
        self._selection.read(self.take_text)

    def take_text(self, text: str) -> None:
        """Do so with a text that was selected."""
        try:
            parse_for(self._core.accounts.active, text)
        except SeveralNumbersError as several:
            self._show(clean_text(text, _ORIGIN_LIMIT), several.choices, Source.HOTKEY)
        except RefusedNumberError as error:
            self._show()
            self.popup.show_trouble(f"{error.title}. {error.message}")
        except NumberError as error:
            self._show()
            if sum(character.isdecimal() for character in text) >= _LOOKS_LIKE_A_NUMBER:
                self.popup.show_trouble(f"{error.title}. {error.message}")
        else:
            self.call_asked.emit(DialRequest(text, Source.HOTKEY))

    def close(self) -> None:
        """Put it away: the program ends."""
        if self._popup is not None:
            self._popup.hide()
        if self._selection is not None:
            self._selection.close()

    def _show(self, text: str = "", choices: tuple[PhoneNumber, ...] = (), source: Source = Source.POPUP) -> None:
        self.popup.open_with(text, choices, source)
        if self._hotkey is not None:
            self._hotkey.bring_forward(int(self.popup.winId()))
