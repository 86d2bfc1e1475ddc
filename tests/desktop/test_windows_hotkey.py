"""What is asked of Windows, and what is made of its answers: over recorded calls, as there is no Windows here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QByteArray

from c2c_desktop.desktop.hotkeys.hotkey_way import HotkeyKind, HotkeyState
from c2c_desktop.desktop.hotkeys.key_combination import parse_keys
from c2c_desktop.desktop.hotkeys.windows_hotkey import (
    ALREADY_REGISTERED,
    HOTKEY_ID,
    WM_HOTKEY,
    WindowsHotkey,
    WindowsKeys,
)

KEYS = parse_keys("Ctrl+Alt+P")
CTRL_ALT_NO_REPEAT, VK_P = 0x4003, 0x50
REGISTER, UNREGISTER = ("register", HOTKEY_ID, CTRL_ALT_NO_REPEAT, VK_P), ("unregister", HOTKEY_ID)


class RecordedKeys(WindowsKeys):
    """Answers as told, and keeps what it was asked."""

    def __init__(self) -> None:
        self.error = 0
        self.message = (0, 0)
        self.calls: list[tuple[object, ...]] = []

    def register(self, hotkey_id: int, modifiers: int, key: int) -> int:
        self.calls.append(("register", hotkey_id, modifiers, key))
        return self.error

    def unregister(self, hotkey_id: int) -> None:
        self.calls.append(("unregister", hotkey_id))

    def message_at(self, address: int) -> tuple[int, int]:
        self.calls.append(("message", address))
        return self.message


class Watched:
    def __init__(self) -> None:
        self.keys = RecordedKeys()
        self.hotkey = WindowsHotkey(self.keys)
        self.states: list[HotkeyState] = []
        self.pressed = 0
        self.hotkey.state_changed.connect(self.states.append)
        self.hotkey.pressed.connect(self.count)

    def count(self, token: str) -> None:
        assert token == ""
        self.pressed += 1

    def come(self, kind: bytes, message: tuple[int, int]) -> bool:
        """Let a message come from Windows; return whether it was taken."""
        self.keys.message = message
        assert self.hotkey._filter is not None
        return self.hotkey._filter.nativeEventFilter(QByteArray(kind), 4096)[0]


@pytest.fixture
def ours(qapp: object) -> Iterator[Watched]:  # noqa: ARG001  # what it stands on
    watched = Watched()
    yield watched
    watched.hotkey.release()


def test_keys_of_another_program_are_a_conflict(ours: Watched) -> None:
    ours.keys.error = ALREADY_REGISTERED
    ours.hotkey.bind(KEYS)
    assert ours.states == [HotkeyState(HotkeyKind.CONFLICT, "Another program uses Ctrl+Alt+P.")]
    ours.hotkey.release()
    assert ours.keys.calls == [REGISTER]  # nothing of ours to give back


@pytest.mark.parametrize("error", [5, -1])
def test_any_other_refusal_is_told(ours: Watched, error: int) -> None:
    ours.keys.error = error
    ours.hotkey.bind(KEYS)
    assert [state.kind for state in ours.states] == [HotkeyKind.UNAVAILABLE]


def test_keys_are_registered_once_and_given_back_once(ours: Watched) -> None:
    ours.hotkey.bind(KEYS)
    assert ours.states == [HotkeyState(HotkeyKind.BOUND, "Press Ctrl+Alt+P in any program.")]
    ours.hotkey.release()
    ours.hotkey.release()
    assert ours.keys.calls == [REGISTER, UNREGISTER]


def test_new_keys_free_the_old_ones_first(ours: Watched) -> None:
    ours.hotkey.bind(KEYS)
    ours.hotkey.bind(KEYS)
    assert ours.keys.calls == [REGISTER, UNREGISTER, REGISTER]


def test_only_our_own_message_is_a_press(ours: Watched) -> None:
    ours.hotkey.bind(KEYS)
    assert not ours.come(b"windows_generic_MSG", (WM_HOTKEY, HOTKEY_ID + 1))
    assert not ours.come(b"windows_generic_MSG", (0x0100, HOTKEY_ID))
    assert not ours.come(b"xcb_generic_event_t", (WM_HOTKEY, HOTKEY_ID))
    assert ours.keys.calls.count(("message", 4096)) == 2  # what is no Windows message is not looked into
    assert ours.states == [HotkeyState(HotkeyKind.BOUND, "Press Ctrl+Alt+P in any program.")]
    assert ours.come(b"windows_generic_MSG", (WM_HOTKEY, HOTKEY_ID))
    assert ours.come(b"windows_dispatcher_MSG", (WM_HOTKEY, HOTKEY_ID))
    assert ours.pressed == 2
