"""The hotkey on a real X server: pressed by a hand, beside other programs that have the focus or want the same keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from virtual_screen import virtual_screen
from Xlib import XK, X, Xatom
from Xlib.display import Display

from c2c_desktop.desktop.hotkeys.hotkey_way import HotkeyKind, HotkeyState
from c2c_desktop.desktop.hotkeys.key_combination import parse_keys
from c2c_desktop.desktop.hotkeys.x11_hotkey import X11Hotkey
from tests.desktop.other_client import other_client
from tests.desktop.program_rig import Program
from tests.desktop.rig import Environment, until
from tests.desktop.screen_rig import xdotool

KEYS = parse_keys("Ctrl+Alt+P")
BOUND = HotkeyState(HotkeyKind.BOUND, "Press Ctrl+Alt+P in any program.")
P, Q = XK.XK_p, XK.XK_q
OTHERS = {Q, XK.XK_Control_L, XK.XK_Alt_L, XK.XK_Shift_L, XK.XK_Caps_Lock, XK.XK_Num_Lock}


class Watched:
    """A hotkey and what it told."""

    def __init__(self, display: str) -> None:
        self.hotkey = X11Hotkey(display_name=display)
        self.states: list[HotkeyState] = []
        self.pressed = 0
        self.hotkey.state_changed.connect(self.states.append)
        self.hotkey.pressed.connect(self.count)

    def count(self, token: str) -> None:
        assert token == ""
        self.pressed += 1

    def end(self) -> None:
        self.hotkey.release()
        self.hotkey.deleteLater()


@pytest.fixture
def ours(screen: Environment, qapp: object) -> Iterator[Watched]:  # noqa: ARG001  # what it stands on
    watched = Watched(screen["DISPLAY"])
    yield watched
    watched.end()


@pytest.fixture
def server(screen: Environment) -> Iterator[Any]:
    display = Display(screen["DISPLAY"])
    yield display
    display.close()


@pytest.fixture
def other(screen: Environment) -> Iterator[Program]:
    with other_client(screen, "focus", ready="focus") as program:
        yield program


def settle(other: Program, screen: Environment) -> list[int]:
    """Every key the other program got, once it got all pressed so far."""
    before = other.told("key").count(Q)
    xdotool(screen, "key", "q")
    until(lambda: other.told("key").count(Q) > before, "a key in the other program")
    return [key for key in other.told("key") if key not in OTHERS]


@contextmanager
def lock_key(server: Any, screen: Environment, name: str, mask: int) -> Iterator[None]:
    """Switch CapsLock or NumLock on as long as the block lasts."""

    def is_on() -> bool:
        return bool(server.screen().root.query_pointer().mask & mask)

    xdotool(screen, "key", name)
    until(is_on, f"{name} on")
    try:
        yield
    finally:
        xdotool(screen, "key", name)
        until(lambda: not is_on(), f"{name} off")


@contextmanager
def keyboard(server: Any, **changes: list[int]) -> Iterator[None]:
    """Give keys other meanings as long as the block lasts."""
    codes = {name: server.keysym_to_keycode(XK.string_to_keysym(name)) for name in changes}
    before = {name: list(server.get_keyboard_mapping(code, 1)[0]) for name, code in codes.items()}
    for name, keysyms in changes.items():
        server.change_keyboard_mapping(codes[name], [keysyms])
    server.sync()
    try:
        yield
    finally:
        for name, keysyms in before.items():
            server.change_keyboard_mapping(codes[name], [keysyms])
        server.sync()


@pytest.mark.parametrize("display", ["unix/:987", "no display at all", ""])
@pytest.mark.usefixtures("qapp")
def test_without_an_x_server_it_says_so(display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    watched = Watched(display)
    watched.hotkey.bind(KEYS)
    assert [state.kind for state in watched.states] == [HotkeyKind.UNAVAILABLE]
    assert "cannot be reached" in watched.states[0].words
    watched.end()


def test_keys_of_another_program_are_a_conflict_until_it_gives_them_up(ours: Watched, screen: Environment) -> None:
    with other_client(screen, "grab", str(P), ready="grabbed") as grabber:
        ours.hotkey.bind(KEYS)
        assert ours.states == [HotkeyState(HotkeyKind.CONFLICT, "Another program uses Ctrl+Alt+P.")]
        assert grabber.process.stdin is not None
        grabber.process.stdin.write("\n")
        grabber.process.stdin.flush()
        until(lambda: grabber.told("ungrabbed"), "the keys given up")
        ours.hotkey.bind(KEYS)
        assert ours.states[1:] == [BOUND]


def test_a_conflict_leaves_none_of_the_grabs_behind(
    ours: Watched, screen: Environment, server: Any, other: Program
) -> None:
    with other_client(screen, "grab", str(P), ready="grabbed"):
        ours.hotkey.bind(KEYS)
        with lock_key(server, screen, "Caps_Lock", X.LockMask):
            xdotool(screen, "key", "ctrl+alt+p")  # which the other program did not take
            assert settle(other, screen) == [P]
        assert not ours.pressed


def test_a_press_is_told_and_reaches_no_other_program(
    ours: Watched, screen: Environment, other: Program, qtbot: QtBot
) -> None:
    ours.hotkey.bind(KEYS)
    assert ours.states == [BOUND]
    for _ in range(2):
        before = ours.pressed
        xdotool(screen, "key", "ctrl+alt+p")
        qtbot.waitUntil(lambda before=before: ours.pressed > before)  # type: ignore[misc]
    assert ours.pressed == 2
    assert settle(other, screen) == []


def test_other_keys_pass(ours: Watched, screen: Environment, other: Program, qtbot: QtBot) -> None:
    ours.hotkey.bind(KEYS)
    for keys in ("p", "ctrl+p", "alt+p", "ctrl+alt+shift+p", "ctrl+alt+o"):
        xdotool(screen, "key", keys)
    assert settle(other, screen) == [P, P, P, P, XK.XK_o]
    xdotool(screen, "key", "ctrl+alt+p")
    qtbot.waitUntil(lambda: ours.pressed > 0)
    assert ours.pressed == 1


@pytest.mark.parametrize("locks", [("Caps_Lock",), ("Num_Lock",), ("Caps_Lock", "Num_Lock")], ids="+".join)
def test_lock_keys_make_no_difference(
    ours: Watched, screen: Environment, server: Any, other: Program, qtbot: QtBot, locks: tuple[str, ...]
) -> None:
    ours.hotkey.bind(KEYS)
    with (
        lock_key(server, screen, locks[0], X.LockMask if locks[0] == "Caps_Lock" else X.Mod2Mask),
        lock_key(server, screen, locks[-1], X.Mod2Mask) if len(locks) > 1 else nothing(),
    ):
        xdotool(screen, "key", "ctrl+alt+p")
        qtbot.waitUntil(lambda: ours.pressed == 1)
        assert settle(other, screen) == []


@contextmanager
def nothing() -> Iterator[None]:
    yield


def test_a_key_that_is_held_counts_once(ours: Watched, screen: Environment, qtbot: QtBot) -> None:
    ours.hotkey.bind(KEYS)
    xdotool(screen, "keydown", "ctrl", "keydown", "alt", "keydown", "p")
    try:
        qtbot.waitUntil(lambda: ours.hotkey._released_at > 0)  # the server repeats it
        repeated = ours.hotkey._released_at
        qtbot.waitUntil(lambda: ours.hotkey._released_at > repeated)
        assert ours.pressed == 1
    finally:
        xdotool(screen, "keyup", "p", "keyup", "alt", "keyup", "ctrl")
    qtbot.waitUntil(lambda: not ours.hotkey._is_held)
    xdotool(screen, "key", "ctrl+alt+p")
    qtbot.waitUntil(lambda: ours.pressed == 2)


def test_a_released_key_is_free_again(ours: Watched, screen: Environment, other: Program) -> None:
    ours.hotkey.bind(KEYS)
    ours.hotkey.release()
    xdotool(screen, "key", "ctrl+alt+p")
    assert settle(other, screen) == [P]
    with other_client(screen, "grab", str(P), ready="grabbed") as grabber:
        assert grabber.told("grabbed") == [True]


def test_new_keys_free_the_old_ones(ours: Watched, screen: Environment, other: Program, qtbot: QtBot) -> None:
    ours.hotkey.bind(KEYS)
    ours.hotkey.bind(parse_keys("Super+F9"))
    assert [state.words for state in ours.states] == [BOUND.words, "Press Super+F9 in any program."]
    xdotool(screen, "key", "ctrl+alt+p")
    assert settle(other, screen) == [P]
    xdotool(screen, "key", "super+F9")
    qtbot.waitUntil(lambda: ours.pressed == 1)


def test_keys_move_with_the_layout(ours: Watched, screen: Environment, server: Any, qtbot: QtBot) -> None:
    ours.hotkey.bind(KEYS)
    before = ours.hotkey._grabs
    with keyboard(server, p=[XK.XK_o, XK.XK_O], o=[XK.XK_p, XK.XK_P]):
        qtbot.waitUntil(lambda: bool(ours.hotkey._grabs) and not ours.hotkey._grabs & before)
        xdotool(screen, "key", "ctrl+alt+p")
        qtbot.waitUntil(lambda: ours.pressed == 1)
    qtbot.waitUntil(lambda: ours.hotkey._grabs == before)
    xdotool(screen, "key", "ctrl+alt+p")
    qtbot.waitUntil(lambda: ours.pressed == 2)


def test_a_keyboard_without_the_key_is_told_and_one_that_has_it_again_gives_it(
    ours: Watched, server: Any, qtbot: QtBot
) -> None:
    ours.hotkey.bind(KEYS)
    with keyboard(server, p=[XK.XK_o, XK.XK_O]):
        qtbot.waitUntil(lambda: len(ours.states) == 2)
        assert ours.states[1] == HotkeyState(HotkeyKind.UNAVAILABLE, "This keyboard has no key for P.")
    qtbot.waitUntil(lambda: ours.states[2:] == [BOUND])


@pytest.mark.usefixtures("other")
def test_a_window_shown_for_a_press_comes_in_front(
    ours: Watched, screen: Environment, server: Any, qtbot: QtBot
) -> None:
    ours.hotkey.bring_forward(0)  # before there is a connection
    ours.hotkey.bind(KEYS)
    root = server.screen().root
    window = root.create_window(0, 0, 90, 90, 0, X.CopyFromParent)
    window.change_property(server.get_atom("_NET_WM_USER_TIME"), Xatom.CARDINAL, 32, [0])  # shall not take the focus
    window.map()
    server.sync()

    def active() -> str:
        return xdotool(screen, "getactivewindow")

    until(lambda: xdotool(screen, "search", "--onlyvisible", "--name", "^Other program$"), "the other program")
    until(lambda: window.get_attributes().map_state == X.IsViewable, "the window")
    front = active()
    assert front != str(window.id)
    xdotool(screen, "key", "ctrl+alt+p")
    qtbot.waitUntil(lambda: ours.pressed == 1)
    assert active() == front
    ours.hotkey.bring_forward(window.id)
    until(lambda: active() == str(window.id), "the window in front")
    window.destroy()


@pytest.mark.usefixtures("qapp")
def test_a_server_that_ends_is_told(qtbot: QtBot) -> None:
    with virtual_screen() as own:
        watched = Watched(own["DISPLAY"])
        watched.hotkey.bind(KEYS)
        assert watched.states == [BOUND]
        xdotool(own, "key", "ctrl+alt+p")
        qtbot.waitUntil(lambda: watched.pressed == 1)
    qtbot.waitUntil(lambda: len(watched.states) == 2)
    assert watched.states[1].kind is HotkeyKind.UNAVAILABLE
    watched.hotkey.bind(KEYS)
    assert watched.states[2] == watched.states[1]
    watched.end()


@pytest.mark.usefixtures("qapp")
def test_a_server_that_ended_unnoticed_is_told_at_the_next_try() -> None:
    with virtual_screen() as own:
        watched = Watched(own["DISPLAY"])
        watched.hotkey.bind(KEYS)
    watched.hotkey.bind(parse_keys("Super+F9"))
    assert {state.kind for state in watched.states[1:]} == {HotkeyKind.UNAVAILABLE}
    watched.end()
