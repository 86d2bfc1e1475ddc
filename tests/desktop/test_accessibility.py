"""Every control has a name for assistive technology, in every window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.accessibility import Seen, Tree, accessibility
from tests.desktop.bus_rig import Bus
from tests.desktop.conftest import StartProgram
from tests.desktop.program_rig import Program
from tests.desktop.rig import Environment, until
from tests.desktop.screen_rig import shown_window, xdotool

CONTROLS = {
    "push button",
    "check box",
    "radio button",
    "toggle button",
    "text",
    "password text",
    "combo box",
    "spin button",
}


@pytest.fixture
def desktop(desktop: Environment) -> Environment:
    return {**desktop, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}


@pytest.fixture
def tree(desktop: Environment, bus: Bus) -> Iterator[Tree]:
    with accessibility(desktop, bus) as walking:
        yield walking


def nameless(seen: list[Seen]) -> list[Seen]:
    """What can be used and has no name. The marks inside a text field belong to the field."""
    return [
        thing
        for thing in seen
        if thing.showing
        and not thing.name.strip()
        and (thing.focusable or thing.role in CONTROLS)
        and not thing.path[-1].startswith("text ")
    ]


def named(seen: list[Seen]) -> set[str]:
    return {thing.name for thing in seen if thing.showing and thing.focusable}


def choices(seen: list[Seen]) -> set[str]:
    """The labels of the choice boxes, whose own names are what is chosen."""
    return {thing.label for thing in seen if thing.showing and thing.role == "combo box"}


def narrow(program: Program) -> None:
    window = program.wait_for_window()
    xdotool(program.environment, "windowsize", "--sync", window, 360, 560)


def open_window(program: Program, keys: str, title: str) -> None:
    program.keys(keys)
    until(lambda: shown_window(program.environment, title), title)


def test_the_wide_window(tree: Tree, start: StartProgram) -> None:
    program = start("--pace", "lifelike")
    until(lambda: 3 in program.told("favourites"), "the contacts")
    program.dial("+917000000099")
    program.reach("AGENT_RINGING")
    seen = until(lambda: _with(tree, "C2C Desktop", "Copy request ID"), "the banner in the tree")
    assert nameless(seen) == []
    assert named(seen) >= {
        "Search contacts and recents",
        "Add a contact",
        "Settings",
        "Number to call",
        "Star",
        "Ring my softphone",
        "Ring my mobile",
        "Asha Rao, Acme Ltd, +91 98402 22222, mobile, 1 more",
    }


@pytest.mark.parametrize(
    ("keys", "expected"),
    [("ctrl+1", "Search contacts and recents"), ("ctrl+2", "Failed or uncertain"), ("ctrl+d", "Number to call")],
)
def test_the_narrow_window(tree: Tree, start: StartProgram, keys: str, expected: str) -> None:
    program = start()
    narrow(program)
    program.keys(keys)
    seen = until(lambda: _with(tree, "C2C Desktop", expected), "the tab in the tree")
    assert nameless(seen) == []
    assert "Dial pad" in named(seen)


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_the_settings(tree: Tree, start: StartProgram, size: str) -> None:
    program = start()
    if size == "narrow":
        narrow(program)
    open_window(program, "ctrl+comma", "Settings")
    seen = tree.window("Settings")
    assert nameless(seen) == []
    assert named(seen) >= {"Forget this account", "Save", "Cancel"}
    assert choices(seen) >= {"Signed in as", "Your country", "Ring first"}


def test_a_contact(tree: Tree, start: StartProgram) -> None:
    program = start()
    open_window(program, "ctrl+n", "New contact")
    assert nameless(tree.window("New contact")) == []


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_signing_in(tree: Tree, start: StartProgram, tmp_path: Path, size: str) -> None:
    program = start("--api-url", "http://127.0.0.1:9/v2", "--data-dir", str(tmp_path / "data"), "--signed-out")
    if size == "narrow":
        narrow(program)
    until(lambda: shown_window(program.environment, "Sign in to TeleCMI"), "the sign-in")
    seen = tree.window("Sign in to TeleCMI")
    assert nameless(seen) == []
    assert named(seen) >= {"User ID", "App secret", "Sign in", "Cancel"}
    assert choices(seen) == {"Your country", "Ring first"}


def _with(tree: Tree, title: str, name: str) -> list[Seen]:
    """The window, once something of that name can be used in it."""
    seen = tree.window(title)
    return seen if name in named(seen) else []
