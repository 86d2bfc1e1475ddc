"""The keys that open quick dial from every program."""

from __future__ import annotations

import os

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from c2c_desktop.desktop.hotkeys.hotkey_way import OFF, HotkeyKind, HotkeyState, HotkeyWay, NoWay
from c2c_desktop.desktop.hotkeys.key_combination import KeyCombination, parse_keys
from c2c_desktop.desktop.system.session_kind import SessionKind, session_kind
from c2c_desktop.domain.errors import UserFacingError


class Hotkey(QObject):
    """One combination of keys, taken the way this desktop has. Main thread.

    A press only asks: what it opens asks before it calls.
    """

    pressed = Signal(str)
    """The keys were pressed: an XDG activation token, or "" where the desktop gives none."""
    state_changed = Signal(object)
    """A `HotkeyState`."""

    def __init__(self, parent: QObject | None = None, session: SessionKind | None = None) -> None:
        """`session`: another kind than the one the program runs in."""
        super().__init__(parent)
        self._session = session
        self._way: HotkeyWay | None = None
        self._combination: KeyCombination | None = None
        self._state = OFF

    @property
    def state(self) -> HotkeyState:
        """How it stands now."""
        return self._state

    def bind(self, keys: str) -> None:
        """Take "Ctrl+Alt+P" in place of those taken before; "" takes none. What came of it stands in `state`.

        Returns at once; loads what the desktop's way needs: call it after the first paint.
        """
        if not keys.strip():
            self.release()
            return
        try:
            combination = parse_keys(keys)
        except UserFacingError as error:
            self.release()
            self._note(HotkeyState(HotkeyKind.UNAVAILABLE, error.message))
            return
        if combination == self._combination and self._state.kind is HotkeyKind.BOUND:
            return
        if self._way is None:
            self._way = _way(self._session or _this_session(), self)
            self._way.pressed.connect(self.pressed)
            self._way.state_changed.connect(self._note)
        self._combination = combination
        self._way.bind(combination)

    def release(self) -> None:
        """Give the keys back."""
        self._combination = None
        if self._way is not None:
            self._way.release()
        self._note(OFF)

    def bring_forward(self, window: int) -> None:
        """Put the window with this `winId()`, shown for a press, in front.

        X11 window managers keep back a window whose program saw no key or click lately, and Qt never saw this one.
        Elsewhere the token of `pressed` does that, and this does nothing.
        """
        if self._way is not None:
            self._way.bring_forward(window)

    def _note(self, state: HotkeyState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _this_session() -> SessionKind:
    return session_kind(QGuiApplication.platformName(), os.environ)


def _way(session: SessionKind, parent: QObject) -> HotkeyWay:
    if session is SessionKind.X11:
        from c2c_desktop.desktop.hotkeys.x11_hotkey import X11Hotkey  # noqa: PLC0415

        return X11Hotkey(parent)
    if session is SessionKind.WAYLAND:
        from c2c_desktop.desktop.hotkeys.portal_hotkey import PortalHotkey  # noqa: PLC0415

        return PortalHotkey(parent)
    if session is SessionKind.WINDOWS:
        from c2c_desktop.desktop.hotkeys.windows_hotkey import WindowsHotkey  # noqa: PLC0415

        return WindowsHotkey(parent=parent)
    if session is SessionKind.MACOS:
        from c2c_desktop.desktop.hotkeys.macos_hotkey import MacHotkey  # noqa: PLC0415

        return MacHotkey(parent=parent)
    return NoWay(parent)
