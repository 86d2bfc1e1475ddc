"""The icon in an XEmbed tray, clicked by a hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.bus_rig import Bus
from tests.desktop.conftest import StartProgram
from tests.desktop.fake_daemon import FakeDaemon
from tests.desktop.panels import PanelIcon, tint2_panel
from tests.desktop.program_rig import Program
from tests.desktop.rig import Environment, until
from tests.desktop.screen_rig import xdotool

READY = (0x7D, 0x8A, 0x99)
REFUSED = "+917000000014"
STRANGER = "+917000000099"


def wait_for_choices(program: Program, tray: PanelIcon) -> None:
    """Wait until the icon is there and its menu offers the three favourites."""
    until(lambda: tray.colour() == READY, "the icon in the tray")
    until(lambda: 3 in program.told("favourites"), "the favourites")


@pytest.fixture
def tray(desktop: Environment, tmp_path: Path) -> Iterator[PanelIcon]:
    with tint2_panel(desktop, tmp_path) as panel:
        yield panel


@pytest.fixture
def program(tray: PanelIcon, start: StartProgram) -> Program:
    program = start("--pace", "instant")
    wait_for_choices(program, tray)
    return program


def test_a_click_hides_the_window_and_another_brings_it_back(program: Program, tray: PanelIcon) -> None:
    tray.click()
    until(lambda: not program.window(), "no window")
    tray.click()
    program.wait_for_window()
    until(lambda: program.told("window") == ["shown", "hidden", "shown"], "the window's moves in its own words")


def test_an_entry_of_the_menu_places_exactly_one_call(program: Program, tray: PanelIcon) -> None:
    tray.click(3)
    until(lambda: len(program.windows()) > 1, "the menu")
    xdotool(program.environment, "key", "--delay", 30, "Down", "Down", "Down", "Right", "Return")
    program.reach("ENDED")
    assert program.states().count("PLACING") == 1
    assert set(program.told("e164")) == {"+919840222222"}


def test_a_menu_under_the_pointer_keeps_its_entries_while_a_call_changes(tray: PanelIcon, start: StartProgram) -> None:
    program = start("--pace", "lifelike")
    wait_for_choices(program, tray)
    program.dial(STRANGER)
    program.reach("INITIATED")
    tray.click(3)
    until(lambda: len(program.windows()) > 1, "the menu")
    xdotool(program.environment, "key", "--delay", 30, "Down", "Down", "Down", "Right")
    program.reach("AGENT_ANSWERED")
    xdotool(program.environment, "key", "Return")
    program.say_yes()  # another call is still going on
    until(lambda: len(set(program.told("call"))) == 2, "the chosen call")
    called = dict(zip(program.told("call"), program.told("e164"), strict=True))
    assert list(called.values())[1] == "+919840222222"  # the first call goes on telling of itself meanwhile


def test_quit_in_the_menu_ends_the_program(program: Program, tray: PanelIcon) -> None:
    tray.click(3)
    until(lambda: len(program.windows()) > 1, "the menu")
    xdotool(program.environment, "key", "--delay", 30, "Up", "Return")
    assert program.process.wait(5) == 0


def test_the_icon_changes_for_calling_and_trouble(tray: PanelIcon, start: StartProgram, bus: Bus) -> None:
    program = start("--pace", "lifelike")
    until(lambda: tray.colour() == READY, "the icon in the tray")
    with FakeDaemon(bus):  # else Qt's own messages cover the icon
        program.dial(STRANGER)
        calling = until(lambda: (seen := tray.colour()) != READY and seen, "another icon")
        program.reach("AGENT_RINGING")
        program.dial(REFUSED)
        program.say_yes()
        until(lambda: tray.colour() not in {READY, calling, None}, "an icon for trouble")


def test_without_a_daemon_the_tray_shows_the_words(program: Program, tray: PanelIcon) -> None:
    tray.click()
    until(lambda: not program.window(), "no window")
    tray.click(3)
    until(lambda: len(program.windows()) == 1, "the menu")
    xdotool(program.environment, "key", "--delay", 30, "Down", "Down", "Down", "Right", "Return")
    program.reach("ENDED")
    until(lambda: len(program.windows()) == 1, "the message beside the icon")
    until(lambda: program.told("window") == ["shown", "hidden"], "the window's moves in its own words")


def test_a_panel_that_comes_late_gets_the_icon_and_leaves_a_window_when_it_ends(
    desktop: Environment, start: StartProgram, tmp_path: Path
) -> None:
    program = start()
    with tint2_panel(desktop, tmp_path) as panel:
        until(lambda: panel.colour() == READY, "the icon in the tray")
        panel.click()
        until(lambda: not program.window(), "no window")
    until(lambda: program.told("window")[-1] == "minimised", "a window that can be reached without a tray")
    program.bring_back()
