"""The icon in a StatusNotifier tray, seen and pressed over the bus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from c2c_desktop.domain.account import Account
from c2c_desktop.sandbox.answers import USER_ID
from tests.desktop.bus_rig import Bus
from tests.desktop.bus_service import BusWitness
from tests.desktop.conftest import StartProgram
from tests.desktop.fake_daemon import NAME, FakeDaemon
from tests.desktop.fake_tray import FakeTray, TrayHand
from tests.desktop.program_rig import Program
from tests.desktop.rig import until
from tests.desktop.screen_rig import keys_to, shown_window

STRANGER, LOCAL = "+917000000099", "07000000099"
REFUSED = "+917000000014"
ASHA = ("Asha Rao", "Call mobile · +91 98402 22222")
WHOSE = Account(USER_ID).masked_user_id
BEN = "Call Ben Carter · +44 20 7946 0018"


@pytest.fixture
def tray(bus: Bus) -> Iterator[FakeTray]:
    with FakeTray(bus) as panel:
        yield panel


@pytest.fixture
def program(tray: FakeTray, start: StartProgram) -> Program:  # noqa: ARG001  # the tray was there first
    return start("--pace", "instant")


@pytest.fixture
def hand(tray: FakeTray, program: Program, bus: Bus) -> Iterator[TrayHand]:  # noqa: ARG001  # whose icon it is
    ours = TrayHand(tray, bus)
    until(lambda: BEN in ours.labels(), "the favourites")
    yield ours
    ours.close()


def test_a_click_hides_the_window_and_another_brings_it_back(program: Program, hand: TrayHand) -> None:
    hand.click()
    until(lambda: not program.window(), "no window")
    hand.click()
    program.wait_for_window()
    until(lambda: program.told("window") == ["shown", "hidden", "shown"], "the window's moves in its own words")


def test_closing_the_window_goes_to_the_tray(program: Program, hand: TrayHand) -> None:
    program.close_window()
    until(lambda: not program.window(), "no window")
    until(lambda: program.told("window") == ["shown", "hidden"], "the window's moves in its own words")
    assert program.process.poll() is None
    hand.choose("Show or hide C2C Desktop")
    program.wait_for_window()


def test_the_menu_offers_everything(program: Program, hand: TrayHand) -> None:
    assert hand.labels() == [
        "Quick dial…",
        "Show or hide C2C Desktop",
        "Favourites",
        "Asha Rao",
        BEN,
        "Call Meera Nair · +91 98403 33333",
        "Ring my softphone",
        "Ring my mobile",
        "Ring neither",
        "Pause notifications",
        "Settings…",
        "Quit",
    ]
    assert not hand.entry("Favourites").enabled
    program.dial(STRANGER)
    program.reach("ENDED")
    until(lambda: "Call +91 70000 00099" in hand.labels(), "the last number")
    assert not hand.entry("Recent").enabled


def test_a_copied_number_is_offered_where_that_is_wanted(
    tray: FakeTray, start: StartProgram, bus: Bus, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/settings.json").write_text('{"offer_clipboard": true}', encoding="utf-8")
    program = start("--pace", "instant", "--data-dir", str(tmp_path / "data"))
    hand = TrayHand(tray, bus)
    # Nobody answers the letters: of a row in another script the screen's font says that it cannot show it alone.
    for words in ("zoo", "112", "1" * 81):
        program.keys("ctrl+f", *words, "ctrl+a", "ctrl+c")
        until(lambda words=words: words in program.told("clipboard"), "the words on the clipboard")  # type: ignore[misc]
        assert "Call from clipboard" not in "".join(hand.labels())
    program.keys("ctrl+f", "ctrl+a", *LOCAL, "ctrl+a", "ctrl+c")
    until(lambda: LOCAL in program.told("clipboard"), "the number on the clipboard")
    assert hand.labels()[2] == "Call from clipboard: +91 70000 00099"
    hand.close()


def test_a_copied_number_is_nobodys_business_else(program: Program, hand: TrayHand) -> None:
    program.dial(STRANGER)
    program.keys("ctrl+d", "ctrl+a", "ctrl+c")
    until(lambda: program.told("clipboard"), "the number on the clipboard")
    assert hand.labels()[2] == "Favourites"


def test_an_entry_places_exactly_one_call(program: Program, hand: TrayHand) -> None:
    hand.choose(*ASHA)
    program.reach("ENDED")
    assert program.states().count("PLACING") == 1
    assert set(program.told("e164")) == {"+919840222222"}


def test_the_same_entry_again_asks_first(program: Program, hand: TrayHand) -> None:
    hand.choose(*ASHA)
    program.reach("ENDED")
    hand.click()
    until(lambda: not program.window(), "no window")
    hand.choose(*ASHA)
    asked = until(lambda: shown_window(program.environment, "Call this number?"), "the question")
    keys_to(program.environment, asked, "Escape")
    until(lambda: not shown_window(program.environment, "Call this number?"), "no question")
    assert len(set(program.told("call"))) == 1


def test_an_entry_of_a_menu_that_changed_meanwhile_calls_nobody(program: Program, hand: TrayHand) -> None:
    stale = hand.entry(BEN)
    program.dial(STRANGER)
    program.reach("ENDED")
    until(lambda: "Recent" in hand.labels(), "a changed menu")
    hand.press(stale)
    hand.click()
    until(lambda: not program.window(), "the click that came after")
    assert set(program.told("e164")) == {STRANGER}


def test_choosing_what_rings_is_kept(program: Program, hand: TrayHand) -> None:
    for words in ("Ring my mobile", "Ring neither", "Ring my softphone"):
        hand.choose(words)
        checked = [entry.label for entry in hand.entries() if entry.checked]
        assert checked == [words]
    assert program.process.poll() is None


def test_settings_open_over_a_hidden_window(program: Program, hand: TrayHand) -> None:
    hand.click()
    until(lambda: not program.window(), "no window")
    hand.choose("Settings…")
    until(lambda: shown_window(program.environment, "Settings"), "the settings")
    program.wait_for_window()


def test_quit_ends_the_program(program: Program, hand: TrayHand) -> None:
    hand.choose("Quit")
    assert program.process.wait(5) == 0


def test_icon_and_tooltip_tell_ready_calling_and_trouble(tray: FakeTray, start: StartProgram, bus: Bus) -> None:
    program = start("--pace", "lifelike")
    hand = TrayHand(tray, bus)
    pictures = [hand.picture()]
    until(lambda: hand.tooltip() == f"C2C Desktop: ready\n{WHOSE} · your softphone rings", "the tooltip")
    program.dial(STRANGER)
    until(lambda: hand.tooltip().startswith("C2C Desktop: Your softphone is ringing\n"), "a call")
    pictures.append(hand.picture())
    program.dial(REFUSED)
    program.say_yes()  # another call is still going on
    until(lambda: hand.tooltip().startswith("C2C Desktop: The service refused the call\n"), "trouble")
    pictures.append(hand.picture())
    hand.close()
    assert len(set(pictures)) == 3


def test_without_a_daemon_a_hidden_window_keeps_the_words_for_later(
    program: Program, hand: TrayHand, witness: BusWitness
) -> None:
    hand.click()
    until(lambda: not program.window(), "no window")
    hand.choose(*ASHA)
    program.reach("ENDED")
    until(lambda: all(map(witness.answer_to, witness.seen("Notify"))), "the bus saying that there is no daemon")
    assert hand.tooltip().startswith("C2C Desktop: Call with Asha Rao ended")
    hand.click()
    until(lambda: any(words.startswith("Call with Asha Rao ended") for words in program.told("said")), "the words")
    from_qt = [call for call in witness.seen("Notify") if call.body[7] != -1]
    assert from_qt == []


def test_with_a_daemon_nothing_is_said_in_the_window(program: Program, hand: TrayHand, bus: Bus) -> None:
    with FakeDaemon(bus) as daemon:
        hand.click()
        until(lambda: not program.window(), "no window")
        hand.choose(*ASHA)
        until(lambda: any("ended" in notice.title for notice in daemon.notices), "the notification")
        hand.click()
        program.wait_for_window()
        assert bus.owner(NAME)
    assert program.told("said") == []


def test_a_tray_that_ends_leaves_a_window_and_one_that_comes_gets_the_icon(
    tray: FakeTray, hand: TrayHand, program: Program, bus: Bus
) -> None:
    hand.click()
    until(lambda: not program.window(), "no window")
    tray.die()
    until(lambda: program.told("window")[-1] == "minimised", "a window that can be reached without a tray")
    with FakeTray(bus) as another:
        hand_there = TrayHand(another, bus)
        hand_there.click()
        program.wait_for_window()
        hand_there.close()


def test_the_bus_ends_and_calls_go_on(program: Program, hand: TrayHand, bus: Bus) -> None:
    assert hand.tooltip().startswith("C2C Desktop: ready\n")
    bus.stop()
    program.dial(STRANGER)
    program.reach("ENDED")
    assert program.quit() == 0
