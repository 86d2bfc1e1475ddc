"""Each signal of the tray, from gestures over the bus and of a hand on real panels."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from c2c_desktop.desktop.tray_icon.tray_look import NEUTRAL, SIZES
from c2c_desktop.desktop.tray_icon.tray_states import STATES, symbolic_name
from tests.desktop.bus_rig import Bus
from tests.desktop.bus_service import BusWitness
from tests.desktop.fake_tray import FakeTray, TrayHand
from tests.desktop.panels import BLACK, WHITE, Colour, PanelIcon, tint2_panel, xfce_panel
from tests.desktop.program_rig import ROOT
from tests.desktop.rig import Environment, until
from tests.desktop.screen_rig import xdotool
from tests.desktop.steered_tray import Steered, lone_tray

READY = (0x7D, 0x8A, 0x99)
ASHA, HER_WORK = "Asha Rao", "Call work · +91 44 2811 2222"
WORK_CALL = "+914428112222"
SIGN_IN = ["The sign-in does not work", "Fix sign-in", "sign-in", False]


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def tray(bus: Bus) -> Iterator[FakeTray]:
    with FakeTray(bus) as panel:
        yield panel


@pytest.fixture
def alone(tray: FakeTray, desktop: Environment) -> Iterator[Steered]:  # noqa: ARG001  # the tray was there first
    with lone_tray(desktop) as steered:
        yield steered


@pytest.fixture
def hand(tray: FakeTray, alone: Steered, bus: Bus) -> Iterator[TrayHand]:  # noqa: ARG001  # whose icon it is
    ours = TrayHand(tray, bus)
    yield ours
    ours.close()


def real_panel(stack: ExitStack, kind: str, desktop: Environment, bus: Bus, folder: Path) -> PanelIcon:
    return stack.enter_context(tint2_panel(desktop, folder) if kind == "tint2" else xfce_panel(desktop, bus))


def open_menu(icon: PanelIcon, program: Steered) -> None:
    before = len(icon.windows()) + len(program.windows())
    icon.click(3)
    until(lambda: len(icon.windows()) + len(program.windows()) > before, "the menu")


def press(program: Steered, *keys: str) -> None:
    xdotool(program.environment, "key", "--delay", 30, *keys)


def test_a_click_asks_for_the_window_and_a_middle_click_for_quick_dial(alone: Steered, hand: TrayHand) -> None:
    hand.click()
    hand.middle_click()
    until(lambda: alone.told("asked") == ["window", "quick dial"], "both")


def test_the_setting_turns_the_clicks_round_at_once(alone: Steered, hand: TrayHand) -> None:
    alone.do(settings={"tray_opens_quick_dial": True})
    hand.click()
    hand.middle_click()
    until(lambda: alone.told("asked") == ["quick dial", "window"], "both")


@pytest.mark.parametrize(
    ("label", "asked"),
    [
        ("Quick dial…", "quick dial"),
        ("Show or hide C2C Desktop", "window"),
        ("Settings…", "settings"),
        ("Quit", "quit"),
    ],
)
def test_an_entry_asks_for_what_it_says(alone: Steered, hand: TrayHand, label: str, asked: str) -> None:
    hand.choose(label)
    until(lambda: alone.told("asked") == [asked], asked)


def test_a_number_in_a_submenu_asks_for_one_call(alone: Steered, hand: TrayHand) -> None:
    assert [line.label for line in hand.entry(ASHA).entries] == ["Call mobile · +91 98402 22222", HER_WORK]
    hand.choose(ASHA, HER_WORK)
    until(lambda: alone.told("call"), "a call")
    assert (alone.told("call"), alone.told("source"), alone.told("name")) == ([WORK_CALL], ["tray"], ["Asha Rao"])


def test_the_pause_and_the_route_are_asked_for_and_ticked_only_once_they_are_set(
    alone: Steered, hand: TrayHand
) -> None:
    hand.choose("Pause notifications")
    hand.choose("Ring my mobile")
    until(lambda: (alone.told("pause"), alone.told("route")) == ([True], ["mobile"]), "both")
    until(lambda: [e.label for e in hand.entries() if e.checked] == ["Ring my softphone"], "the old ticks")
    alone.do(settings={"notifications_paused": True})
    assert hand.entry("Pause notifications").checked
    hand.choose("Pause notifications")
    until(lambda: alone.told("pause") == [True, False], "the other way")


def test_trouble_stands_in_the_menu_until_it_is_mended(alone: Steered, hand: TrayHand) -> None:
    alone.do(health=SIGN_IN)
    hand.choose("The sign-in does not work: Fix sign-in")
    until(lambda: alone.told("mend") == ["sign-in"], "the mend")
    assert hand.tooltip().startswith("C2C Desktop: The sign-in does not work\n")
    alone.do(health=["The network is away", "", "", True])
    assert not hand.entry("The network is away").enabled
    alone.do(health=["", "", "", False])
    assert hand.labels()[2] == "Favourites"
    assert hand.tooltip().startswith("C2C Desktop: ready\n")


def test_each_state_has_an_icon_a_tooltip_and_every_size(alone: Steered, hand: TrayHand) -> None:
    fine = ["", "", "", False]
    pictures: dict[str, bytes] = {}
    for wishes, words in (
        ({"health": fine}, "ready"),
        ({"settings": {"notifications_paused": True}}, "notifications are paused"),
        ({"call": "REFUSED"}, "The service refused the call"),
        ({"health": ["No network", "", "", True]}, "No network"),
        ({"call": "CONNECTED"}, "Connected to Ben Carter"),
    ):
        alone.do(**wishes)
        assert hand.tooltip() == f"C2C Desktop: {words}\n101_•••••12 · your softphone rings"
        pictures[words] = hand.picture()
    assert len(set(pictures.values())) == len(STATES)
    assert set(hand.sizes()) >= set(SIZES)
    alone.do(health=SIGN_IN, call="ENDED")
    assert hand.picture() == pictures["The service refused the call"]
    alone.do(settings={"notifications_paused": False}, health=fine)
    assert hand.picture() == pictures["ready"]


def test_privacy_masks_menu_and_tooltip(alone: Steered, hand: TrayHand) -> None:
    alone.do(health=["+442079460018 is barred", "", "", False], mask=True)
    told = [*hand.labels(), *(line.label for line in hand.entry(ASHA).entries), hand.tooltip()]
    assert [words for words in told if "0018" in words or "2222" in words] == []
    assert "Call Ben Carter · +44 •• •••• ••18" in told


def test_a_menu_that_a_panel_shows_keeps_its_entries_until_it_is_closed(alone: Steered, hand: TrayHand) -> None:
    entry = hand.entry(ASHA, HER_WORK)
    alone.do(health=SIGN_IN)
    hand.tooltip()  # the menu had its chance to change
    assert "The sign-in does not work: Fix sign-in" not in hand.shown()
    hand.press(entry)
    until(lambda: alone.told("call") == [WORK_CALL], "the call that was aimed at")
    until(lambda: "The sign-in does not work: Fix sign-in" in hand.shown(), "the trouble")
    hand.entries()
    alone.do(health=["", "", "", False])
    hand.shut()
    until(lambda: "The sign-in does not work: Fix sign-in" not in hand.shown(), "a menu after the panel closed it")


def test_a_watcher_that_comes_late_and_comes_back_gets_icon_and_menu(
    desktop: Environment, bus: Bus, stack: ExitStack
) -> None:
    alone = stack.enter_context(lone_tray(desktop))
    for there in ([True], [True, False, True]):
        with FakeTray(bus) as late:
            hand = TrayHand(late, bus)
            hand.choose(ASHA, HER_WORK)
            until(lambda there=there: len(alone.told("call")) == there.count(True), "a call")  # type: ignore[misc]
            hand.close()
        until(lambda there=there: alone.told("there") == [*there, False], "no tray")  # type: ignore[misc]


@pytest.mark.parametrize("kind", ["tint2", "xfce4-panel"])
@pytest.mark.parametrize("quick", [False, True])
def test_a_hand_on_a_real_panel_opens_what_the_setting_says(
    kind: str, quick: bool, desktop: Environment, bus: Bus, stack: ExitStack, tmp_path: Path
) -> None:
    icon = real_panel(stack, kind, desktop, bus, tmp_path)
    alone = stack.enter_context(lone_tray(desktop, tray_opens_quick_dial=quick))
    until(lambda: icon.colour() == READY, "the icon")
    icon.click()
    until(lambda: len(alone.told("asked")) == 1, "the click")
    icon.click(2)
    until(lambda: len(alone.told("asked")) == 2, "the middle click")
    assert alone.told("asked") == (["quick dial", "window"] if quick else ["window", "quick dial"])


@pytest.mark.parametrize("kind", ["tint2", "xfce4-panel"])
def test_a_hand_in_the_menu_of_a_real_panel_reaches_calls_mends_and_pauses(
    kind: str, desktop: Environment, bus: Bus, stack: ExitStack, tmp_path: Path
) -> None:
    icon = real_panel(stack, kind, desktop, bus, tmp_path)
    alone = stack.enter_context(lone_tray(desktop))
    until(lambda: icon.colour() == READY, "the icon")
    open_menu(icon, alone)
    press(alone, "Down", "Return")
    until(lambda: alone.told("asked") == ["quick dial"], "quick dial")
    open_menu(icon, alone)
    press(alone, "Down", "Down", "Down", "Right", "Down", "Return")
    until(lambda: alone.told("call") == [WORK_CALL], "the call")
    alone.do(health=SIGN_IN)
    open_menu(icon, alone)
    press(alone, "Down", "Down", "Down", "Return")
    until(lambda: alone.told("mend") == ["sign-in"], "the mend")
    open_menu(icon, alone)
    press(alone, "Up", "Up", "Up", "Return")
    until(lambda: alone.told("pause") == [True], "the pause")
    alone.do(health=["", "", "", False])
    open_menu(icon, alone)
    press(alone, "Up", "Return")
    until(lambda: alone.told("asked") == ["quick dial", "quit"], "quit")


def test_the_menu_in_the_xfce_panel_keeps_still_under_the_pointer(
    desktop: Environment, bus: Bus, stack: ExitStack, witness: BusWitness
) -> None:
    icon = stack.enter_context(xfce_panel(desktop, bus))
    alone = stack.enter_context(lone_tray(desktop))
    until(lambda: icon.colour() == READY, "the icon")
    open_menu(icon, alone)
    press(alone, "Down", "Down", "Down")
    updates = len(witness.seen("LayoutUpdated"))
    alone.do(health=SIGN_IN)
    alone.do(settings={"notifications_paused": True})
    assert len(witness.seen("LayoutUpdated")) == updates
    press(alone, "Right", "Down", "Return")
    until(lambda: alone.told("call") == [WORK_CALL], "the call that was aimed at")
    until(lambda: len(witness.seen("LayoutUpdated")) > updates, "the change, once nobody aims any more")


@pytest.mark.parametrize("kind", ["tint2", "xfce4-panel"])
def test_a_panel_that_is_started_again_gets_the_icon_and_its_menu_again(
    kind: str, desktop: Environment, bus: Bus, stack: ExitStack, tmp_path: Path
) -> None:
    alone = stack.enter_context(lone_tray(desktop))
    for times in (1, 2):
        with ExitStack() as once:
            icon = real_panel(once, kind, desktop, bus, tmp_path)
            until(lambda icon=icon: icon.colour() == READY, "the icon")  # type: ignore[misc]
            open_menu(icon, alone)
            press(alone, "Down", "Down", "Down", "Right", "Down", "Return")
            until(lambda times=times: alone.told("call") == [WORK_CALL] * times, "the call")  # type: ignore[misc]
        until(lambda times=times: alone.told("there") == [True, False] * times, "no tray")  # type: ignore[misc]


def test_without_installed_icons_none_is_named(hand: TrayHand) -> None:
    assert hand.icon_name() == ""


@pytest.mark.parametrize(("theme", "background"), [("Adwaita", WHITE), ("Adwaita:dark", BLACK)])
def test_an_installed_symbolic_icon_takes_the_colour_of_the_xfce_panel(
    theme: str, background: Colour, desktop: Environment, bus: Bus, stack: ExitStack
) -> None:
    installed = Path(desktop["XDG_DATA_HOME"]) / "icons/hicolor/symbolic/apps"
    installed.mkdir(parents=True)
    for state in STATES:
        shutil.copy(ROOT / f"resources/icons/{state}.svg", installed / f"{symbolic_name(state)}.svg")
    icon = stack.enter_context(xfce_panel(desktop | {"GTK_THEME": theme}, bus, background))
    alone = stack.enter_context(lone_tray(desktop))
    ready = until(icon.colour, "the icon") or READY
    assert ready != READY, NEUTRAL
    assert min(ready) > 180 if background == BLACK else max(ready) < 90
    icon.click()
    until(lambda: alone.told("asked") == ["window"], "the click")


def test_an_embedded_icon_is_readable_where_symbolic_icons_are_installed(
    desktop: Environment, stack: ExitStack, tmp_path: Path
) -> None:
    installed = Path(desktop["XDG_DATA_HOME"]) / "icons/hicolor/symbolic/apps"
    installed.mkdir(parents=True)
    for state in STATES:
        shutil.copy(ROOT / f"resources/icons/{state}.svg", installed / f"{symbolic_name(state)}.svg")
    icon = stack.enter_context(tint2_panel(desktop, tmp_path, WHITE))
    stack.enter_context(lone_tray(desktop))
    until(lambda: icon.colour() == READY, "the icon")
