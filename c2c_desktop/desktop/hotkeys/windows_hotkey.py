"""Keys taken from Windows with `RegisterHotKey`. Not run on the real system yet: tested over recorded calls."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject

from c2c_desktop.desktop.hotkeys.hotkey_way import HotkeyKind, HotkeyState, HotkeyWay, bound, conflict
from c2c_desktop.desktop.hotkeys.key_codes import windows_codes
from c2c_desktop.desktop.hotkeys.key_combination import KeyCombination

HOTKEY_ID = 0xC2C
"""Ours, below 0xC000 as a program's must be."""

WM_HOTKEY = 0x0312
ALREADY_REGISTERED = 1409
_MESSAGES = (b"windows_generic_MSG", b"windows_dispatcher_MSG")
_REFUSED = HotkeyState(HotkeyKind.UNAVAILABLE, "Windows did not give the keys. Take others.")


class WindowsKeys(Protocol):
    """What is needed of user32."""

    def register(self, hotkey_id: int, modifiers: int, key: int) -> int:
        """Register for this thread; return 0 or the system's error."""
        ...

    def unregister(self, hotkey_id: int) -> None:
        """Give it back."""
        ...

    def message_at(self, address: int) -> tuple[int, int]:
        """Return number and wParam of the `MSG` at an address."""
        ...


class User32(WindowsKeys):  # not run by the tests
    """The real one."""

    def __init__(self) -> None:
        import ctypes  # noqa: PLC0415
        from ctypes import wintypes  # noqa: PLC0415

        self._ctypes: Any = ctypes
        self._message: Any = wintypes.MSG
        self._user32: Any = self._ctypes.WinDLL("user32", use_last_error=True)
        self._user32.RegisterHotKey.argtypes = (wintypes.HWND, ctypes.c_int, wintypes.UINT, wintypes.UINT)
        self._user32.UnregisterHotKey.argtypes = (wintypes.HWND, ctypes.c_int)

    def register(self, hotkey_id: int, modifiers: int, key: int) -> int:
        """Register for this thread; return 0 or the system's error."""
        if self._user32.RegisterHotKey(None, hotkey_id, modifiers, key):
            return 0
        return int(self._ctypes.get_last_error()) or -1

    def unregister(self, hotkey_id: int) -> None:
        """Give it back."""
        self._user32.UnregisterHotKey(None, hotkey_id)

    def message_at(self, address: int) -> tuple[int, int]:
        """Return number and wParam of the `MSG` at an address."""
        message = self._message.from_address(address)
        return int(message.message), int(message.wParam)


class WindowsHotkey(HotkeyWay):
    """One registered hotkey of the main thread."""

    def __init__(self, keys: WindowsKeys | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys = keys if keys is not None else User32()
        self._filter: _HotkeyMessages | None = None

    def bind(self, combination: KeyCombination) -> None:
        """Take these keys; Windows answers at once."""
        self.release()
        error = self._keys.register(HOTKEY_ID, *windows_codes(combination))
        if error == ALREADY_REGISTERED:
            self.state_changed.emit(conflict(combination.text))
        elif error:
            self.state_changed.emit(_REFUSED)
        else:
            self._filter = _HotkeyMessages(self._keys, self)
            QCoreApplication.instance().installNativeEventFilter(self._filter)  # type: ignore[union-attr]
            self.state_changed.emit(bound(combination.text))

    def release(self) -> None:
        """Give the keys back."""
        listening, self._filter = self._filter, None
        if listening is not None:
            QCoreApplication.instance().removeNativeEventFilter(listening)  # type: ignore[union-attr]
            self._keys.unregister(HOTKEY_ID)


class _HotkeyMessages(QAbstractNativeEventFilter):
    """Windows posts the press to the thread, not to a window."""

    def __init__(self, keys: WindowsKeys, hotkey: WindowsHotkey) -> None:
        super().__init__()
        self._keys = keys
        self._hotkey = hotkey

    def nativeEventFilter(  # noqa: N802
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Take the press and let everything else pass."""
        is_message = bytes(QByteArray(kind).data()) in _MESSAGES
        if is_message and self._keys.message_at(int(message)) == (WM_HOTKEY, HOTKEY_ID):
            self._hotkey.pressed.emit("")
            return True, 0
        return False, 0
