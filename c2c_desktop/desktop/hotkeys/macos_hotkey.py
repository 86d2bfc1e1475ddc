"""Keys taken from macOS with Carbon's `RegisterEventHotKey`, which needs no permission of the person.

Not run on the real system yet: tested over recorded calls.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject

from c2c_desktop.desktop.hotkeys.hotkey_way import HotkeyKind, HotkeyState, HotkeyWay, bound, conflict
from c2c_desktop.desktop.hotkeys.key_codes import mac_codes
from c2c_desktop.desktop.hotkeys.key_combination import KeyCombination

ALREADY_REGISTERED = -9878
_REFUSED = HotkeyState(HotkeyKind.UNAVAILABLE, "macOS did not give the keys. Take others.")
_CARBON = "/System/Library/Frameworks/Carbon.framework/Carbon"
_KEYBOARD = 0x6B657962
"""The class of keyboard events, "keyb"."""

_HOTKEY_PRESSED = 5
_OURS = 0x43324344
"""Our signature, "C2CD"."""


class MacKeys(Protocol):
    """What is needed of Carbon."""

    def register(self, modifiers: int, key: int, pressed: Callable[[], None]) -> int:
        """Register; return 0 or the system's error. `pressed` is called on the main thread."""
        ...

    def unregister(self) -> None:
        """Give it back."""
        ...


class Carbon(MacKeys):  # not run by the tests
    """The real one."""

    def __init__(self) -> None:
        import ctypes  # noqa: PLC0415

        self._ctypes: Any = ctypes
        self._carbon: Any = ctypes.CDLL(_CARBON)
        self._carbon.GetApplicationEventTarget.restype = ctypes.c_void_p
        self._handler: Any = None
        self._callback: Any = None
        self._hotkey: Any = None

    def register(self, modifiers: int, key: int, pressed: Callable[[], None]) -> int:
        """Register; return 0 or the system's error. `pressed` is called on the main thread."""
        c = self._ctypes
        target = c.c_void_p(self._carbon.GetApplicationEventTarget())
        callback = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, c.c_void_p)

        def take(_caller: object, _event: object, _data: object) -> int:
            pressed()
            return 0

        self._callback = callback(take)  # kept: Carbon holds only its address
        kind = (c.c_uint32 * 2)(_KEYBOARD, _HOTKEY_PRESSED)
        handler, hotkey = c.c_void_p(), c.c_void_p()
        failed = self._carbon.InstallEventHandler(target, self._callback, c.c_ulong(1), kind, None, c.byref(handler))
        if failed:
            return int(failed)
        self._handler = handler
        own_id = (c.c_uint32 * 2)(_OURS, 1)
        by_value = c.c_uint64.from_buffer(own_id)
        failed = self._carbon.RegisterEventHotKey(
            c.c_uint32(key), c.c_uint32(modifiers), by_value, target, c.c_uint32(0), c.byref(hotkey)
        )
        if failed:
            self.unregister()
            return int(failed)
        self._hotkey = hotkey
        return 0

    def unregister(self) -> None:
        """Give it back."""
        hotkey, self._hotkey = self._hotkey, None
        handler, self._handler = self._handler, None
        if hotkey is not None:
            self._carbon.UnregisterEventHotKey(hotkey)
        if handler is not None:
            self._carbon.RemoveEventHandler(handler)


class MacHotkey(HotkeyWay):
    """One registered hotkey."""

    def __init__(self, keys: MacKeys | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys = keys if keys is not None else Carbon()
        self._is_bound = False

    def bind(self, combination: KeyCombination) -> None:
        """Take these keys; macOS answers at once."""
        self.release()
        codes = mac_codes(combination)
        if codes is None:
            words = f"A Mac's keyboard has no key for {combination.key}."
            self.state_changed.emit(HotkeyState(HotkeyKind.UNAVAILABLE, words))
            return
        error = self._keys.register(*codes, self._press)
        self._is_bound = not error
        if error == ALREADY_REGISTERED:
            self.state_changed.emit(conflict(combination.text))
        else:
            self.state_changed.emit(_REFUSED if error else bound(combination.text))

    def release(self) -> None:
        """Give the keys back."""
        if self._is_bound:
            self._is_bound = False
            self._keys.unregister()

    def _press(self) -> None:
        self.pressed.emit("")
