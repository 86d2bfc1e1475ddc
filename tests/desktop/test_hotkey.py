"""The hotkey as the program has it: which way it takes, and what it says."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.desktop.hotkeys.hotkey import Hotkey
from c2c_desktop.desktop.hotkeys.hotkey_way import COMMAND, OFF, HotkeyKind, HotkeyState
from c2c_desktop.desktop.system.session_kind import SessionKind, session_kind
from tests.desktop.bus_rig import Bus
from tests.desktop.fake_portal import FakePortal
from tests.desktop.program_rig import ROOT
from tests.desktop.rig import Environment
from tests.desktop.screen_rig import xdotool

LAZY = """
import sys
import c2c_desktop.desktop.hotkeys.hotkey
import c2c_desktop.desktop.selections.selection, c2c_desktop.desktop.selections.clipboard_watch
print(sorted(name for name in ("Xlib", "jeepney", "ctypes.wintypes") if name in sys.modules))
"""


class Watched:
    """A hotkey and what it told."""

    def __init__(self, session: SessionKind | None) -> None:
        self.hotkey = Hotkey(session=session)
        self.states: list[HotkeyState] = []
        self.tokens: list[str] = []
        self.hotkey.state_changed.connect(self.states.append)
        self.hotkey.pressed.connect(self.tokens.append)

    @property
    def kinds(self) -> list[HotkeyKind]:
        return [state.kind for state in self.states]


@pytest.fixture
def x11(screen: Environment, monkeypatch: pytest.MonkeyPatch, qapp: object) -> Iterator[Watched]:  # noqa: ARG001
    monkeypatch.setenv("DISPLAY", screen["DISPLAY"])
    watched = Watched(SessionKind.X11)
    yield watched
    watched.hotkey.release()


@pytest.mark.parametrize(
    ("qt_platform", "environment", "kind"),
    [
        ("xcb", {"DISPLAY": ":0"}, SessionKind.X11),
        ("xcb", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, SessionKind.WAYLAND),
        ("wayland", {}, SessionKind.WAYLAND),
        ("wayland-egl", {}, SessionKind.WAYLAND),
        ("windows", {}, SessionKind.WINDOWS),
        ("cocoa", {}, SessionKind.MACOS),
        ("offscreen", {"DISPLAY": ":0"}, SessionKind.NONE),
        ("", {}, SessionKind.NONE),
    ],
)
def test_the_session_is_told_from_the_screen_we_are_on(
    qt_platform: str, environment: dict[str, str], kind: SessionKind
) -> None:
    assert session_kind(qt_platform, environment) is kind


@pytest.mark.usefixtures("qapp")
def test_a_screen_in_memory_has_no_keys_and_tells_the_command() -> None:
    assert QGuiApplication.platformName() == "offscreen"
    ours = Watched(None)
    assert ours.hotkey.state == OFF
    ours.hotkey.bind("Ctrl+Alt+P")
    assert ours.kinds == [HotkeyKind.UNAVAILABLE]
    assert COMMAND in ours.hotkey.state.words
    ours.hotkey.release()
    assert ours.hotkey.state == OFF


@pytest.mark.parametrize("keys", ["P", "Ctrl+Ä", "Ctrl+C"])
def test_keys_that_cannot_be_used_free_the_old_ones_and_say_why(
    x11: Watched, screen: Environment, qtbot: QtBot, keys: str
) -> None:
    x11.hotkey.bind("Ctrl+Alt+P")
    x11.hotkey.bind(keys)
    assert x11.kinds == [HotkeyKind.BOUND, HotkeyKind.OFF, HotkeyKind.UNAVAILABLE]
    xdotool(screen, "key", "ctrl+alt+p")
    x11.hotkey.bind("Super+F9")
    xdotool(screen, "key", "super+F9")
    qtbot.waitUntil(lambda: bool(x11.tokens))
    assert x11.tokens == [""]


def test_no_keys_are_off(x11: Watched) -> None:
    x11.hotkey.bind("")
    assert x11.states == []
    assert x11.hotkey.state == OFF
    x11.hotkey.bind("Ctrl+Alt+P")
    x11.hotkey.bind("  ")
    assert x11.kinds == [HotkeyKind.BOUND, HotkeyKind.OFF]


def test_keys_that_are_ours_already_are_left_as_they_are(x11: Watched, screen: Environment, qtbot: QtBot) -> None:
    x11.hotkey.bind("Ctrl+Alt+P")
    x11.hotkey.bind("alt+ctrl+p")
    assert x11.kinds == [HotkeyKind.BOUND]
    xdotool(screen, "key", "ctrl+alt+p")
    qtbot.waitUntil(lambda: x11.tokens == [""])


def test_two_of_us_are_in_each_others_way(x11: Watched) -> None:
    second = Watched(SessionKind.X11)
    x11.hotkey.bind("Ctrl+Alt+P")
    second.hotkey.bind("Ctrl+Alt+P")
    assert second.hotkey.state == HotkeyState(HotkeyKind.CONFLICT, "Another program uses Ctrl+Alt+P.")
    x11.hotkey.release()
    second.hotkey.bind("Ctrl+Alt+P")  # not left alone: it was no success
    assert second.hotkey.state.kind is HotkeyKind.BOUND
    second.hotkey.release()


def test_on_wayland_the_portal_is_asked(own_bus: Bus, qtbot: QtBot) -> None:
    with FakePortal(own_bus) as portal:
        ours = Watched(SessionKind.WAYLAND)
        ours.hotkey.bind("Ctrl+Alt+P")
        qtbot.waitUntil(lambda: ours.hotkey.state.kind is HotkeyKind.BOUND)
        portal.press(activation_token=("s", "token"))
        qtbot.waitUntil(lambda: ours.tokens == ["token"])
        ours.hotkey.release()


def test_nothing_of_it_is_loaded_before_it_is_used() -> None:
    done = subprocess.run([sys.executable, "-c", LAZY], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
