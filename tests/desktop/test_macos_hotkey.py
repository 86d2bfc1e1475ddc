"""What is asked of macOS, and what is made of its answers: over recorded calls, as there is no Mac here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from c2c_desktop.desktop.hotkeys.hotkey_way import HotkeyKind, HotkeyState
from c2c_desktop.desktop.hotkeys.key_combination import parse_keys
from c2c_desktop.desktop.hotkeys.macos_hotkey import ALREADY_REGISTERED, MacHotkey, MacKeys

KEYS = parse_keys("Ctrl+Alt+P")
REGISTER, UNREGISTER = ("register", 0x1800, 35), ("unregister",)


class RecordedKeys(MacKeys):
    """Answers as told, and keeps what it was asked."""

    def __init__(self) -> None:
        self.error = 0
        self.pressed: list[Callable[[], None]] = []
        self.calls: list[tuple[object, ...]] = []

    def register(self, modifiers: int, key: int, pressed: Callable[[], None]) -> int:
        self.calls.append(("register", modifiers, key))
        self.pressed.append(pressed)
        return self.error

    def unregister(self) -> None:
        self.calls.append(("unregister",))


class Watched:
    def __init__(self) -> None:
        self.keys = RecordedKeys()
        self.hotkey = MacHotkey(self.keys)
        self.states: list[HotkeyState] = []
        self.tokens: list[str] = []
        self.hotkey.state_changed.connect(self.states.append)
        self.hotkey.pressed.connect(self.tokens.append)


@pytest.fixture
def ours(qapp: object) -> Iterator[Watched]:  # noqa: ARG001  # what it stands on
    watched = Watched()
    yield watched
    watched.hotkey.release()


@pytest.mark.parametrize(("error", "kind"), [(ALREADY_REGISTERED, HotkeyKind.CONFLICT), (-50, HotkeyKind.UNAVAILABLE)])
def test_keys_that_are_not_given_are_told(ours: Watched, error: int, kind: HotkeyKind) -> None:
    ours.keys.error = error
    ours.hotkey.bind(KEYS)
    assert [state.kind for state in ours.states] == [kind]
    ours.hotkey.release()
    assert ours.keys.calls == [REGISTER]  # nothing of ours to give back


def test_a_key_no_mac_has_is_told_and_not_asked_for(ours: Watched) -> None:
    ours.hotkey.bind(parse_keys("Ctrl+Pause"))
    assert ours.states == [HotkeyState(HotkeyKind.UNAVAILABLE, "A Mac's keyboard has no key for Pause.")]
    assert ours.keys.calls == []


def test_keys_are_registered_once_and_given_back_once(ours: Watched) -> None:
    ours.hotkey.bind(KEYS)
    assert ours.states == [HotkeyState(HotkeyKind.BOUND, "Press Ctrl+Alt+P in any program.")]
    ours.hotkey.bind(KEYS)
    ours.hotkey.release()
    ours.hotkey.release()
    assert ours.keys.calls == [REGISTER, UNREGISTER, REGISTER, UNREGISTER]


def test_a_press_is_told(ours: Watched) -> None:
    ours.hotkey.bind(KEYS)
    ours.keys.pressed[0]()
    assert ours.tokens == [""]
