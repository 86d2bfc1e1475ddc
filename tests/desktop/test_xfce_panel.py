"""The icon in the Xfce panel, a StatusNotifier tray, clicked by a hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desktop.bus_rig import Bus
from tests.desktop.conftest import StartProgram
from tests.desktop.fake_daemon import FakeDaemon
from tests.desktop.panels import PanelIcon, xfce_panel
from tests.desktop.program_rig import Program
from tests.desktop.rig import Environment, until
from tests.desktop.screen_rig import xdotool

READY = (0x7D, 0x8A, 0x99)
REFUSED = "+917000000014"


@pytest.fixture
def icon(desktop: Environment, bus: Bus) -> Iterator[PanelIcon]:
    with xfce_panel(desktop, bus) as panel:
        yield panel


@pytest.fixture
def program(icon: PanelIcon, start: StartProgram) -> Program:
    program = start("--pace", "instant")
    until(lambda: icon.colour() == READY, "the icon in the panel")
    until(lambda: 3 in program.told("favourites"), "the favourites")
    return program


def test_a_click_hides_the_window_and_another_brings_it_back(program: Program, icon: PanelIcon) -> None:
    icon.click()
    until(lambda: not program.window(), "no window")
    icon.click()
    program.wait_for_window()
    until(lambda: program.told("window") == ["shown", "hidden", "shown"], "the window's moves in its own words")


def test_an_entry_of_the_menu_places_exactly_one_call(program: Program, icon: PanelIcon) -> None:
    panel_windows = len(icon.windows())
    icon.click(3)
    until(lambda: len(icon.windows()) > panel_windows, "the menu")
    xdotool(program.environment, "key", "--delay", 30, "Down", "Down", "Down", "Right", "Return")
    program.reach("ENDED")
    assert program.states().count("PLACING") == 1
    assert set(program.told("e164")) == {"+919840222222"}


def test_the_icon_changes_for_trouble(program: Program, icon: PanelIcon, bus: Bus) -> None:
    with FakeDaemon(bus):
        program.dial(REFUSED)
        until(lambda: icon.colour() not in {READY, None}, "an icon for trouble")


def test_a_panel_that_is_started_again_gets_the_icon_again(desktop: Environment, bus: Bus, start: StartProgram) -> None:
    program = start()
    for _ in range(2):
        with xfce_panel(desktop, bus) as icon:
            until(lambda icon=icon: icon.colour() == READY, "the icon in the panel")  # type: ignore[misc]
        until(lambda: not bus.owner("org.kde.StatusNotifierWatcher"), "no panel")
    assert program.quit() == 0
