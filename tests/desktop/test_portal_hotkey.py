"""The hotkey by the GlobalShortcuts portal, over a real bus and a portal of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, new_signal
from pytestqt.qtbot import QtBot

from c2c_desktop.desktop.hotkeys.hotkey_way import COMMAND, HotkeyKind, HotkeyState
from c2c_desktop.desktop.hotkeys.key_combination import parse_keys
from c2c_desktop.desktop.hotkeys.portal_hotkey import PortalHotkey
from tests.desktop.bus_rig import Bus
from tests.desktop.bus_service import BusWitness
from tests.desktop.fake_portal import PATH, SHORTCUTS, FakePortal
from tests.desktop.odd_bus import deaf_bus, turn_away, welcome
from tests.desktop.rig import until

KEYS = parse_keys("Ctrl+Alt+P")
BOUND = HotkeyState(HotkeyKind.BOUND, "Press Ctrl+Alt+P in any program.")
SHORT_MS = 150


class Watched:
    """A hotkey and what it told."""

    def __init__(self, answer_ms: int = 5000, choice_ms: int = 5000) -> None:
        self.hotkey = PortalHotkey(answer_ms=answer_ms, choice_ms=choice_ms)
        self.states: list[HotkeyState] = []
        self.tokens: list[str] = []
        self.hotkey.state_changed.connect(self.states.append)
        self.hotkey.pressed.connect(self.tokens.append)

    @property
    def last(self) -> HotkeyState:
        return self.states[-1]

    def is_refused(self) -> bool:
        return bool(self.states) and self.last.kind is HotkeyKind.UNAVAILABLE and not self.is_asking()

    def is_asking(self) -> bool:
        return "has been asked" in self.last.words

    def is_bound(self) -> bool:
        return bool(self.states) and self.last.kind is HotkeyKind.BOUND

    def end(self) -> None:
        self.hotkey.release()
        self.hotkey.deleteLater()


@pytest.fixture
def ours(own_bus: Bus, qapp: object) -> Iterator[Watched]:  # noqa: ARG001  # what it stands on
    watched = Watched()
    yield watched
    watched.end()


@pytest.fixture
def hasty(own_bus: Bus, qapp: object) -> Iterator[Watched]:  # noqa: ARG001  # what it stands on
    watched = Watched(SHORT_MS, SHORT_MS)
    yield watched
    watched.end()


@pytest.fixture
def portal(own_bus: Bus) -> Iterator[FakePortal]:
    with FakePortal(own_bus) as fake:
        yield fake


@pytest.mark.usefixtures("qapp")
def test_without_a_bus_the_command_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    watched = Watched()
    watched.hotkey.bind(KEYS)
    assert watched.is_refused()
    assert COMMAND in watched.last.words
    watched.end()


def test_without_a_portal_the_command_is_told(ours: Watched, qtbot: QtBot) -> None:
    ours.hotkey.bind(KEYS)
    qtbot.waitUntil(ours.is_refused)
    assert COMMAND in ours.last.words


@pytest.mark.parametrize("method", ["CreateSession", "BindShortcuts"])
def test_a_portal_without_global_shortcuts_tells_the_command(
    ours: Watched, portal: FakePortal, qtbot: QtBot, method: str
) -> None:
    portal.lacks = {method}
    ours.hotkey.bind(KEYS)
    qtbot.waitUntil(ours.is_refused)
    assert COMMAND in ours.last.words


@pytest.mark.parametrize("method", ["CreateSession", "BindShortcuts"])
def test_a_portal_that_never_answers_is_given_up_on(
    hasty: Watched, portal: FakePortal, qtbot: QtBot, method: str
) -> None:
    portal.hangs = {method}
    hasty.hotkey.bind(KEYS)
    qtbot.waitUntil(hasty.is_refused)
    assert "does not answer" in hasty.last.words


@pytest.mark.parametrize("method", ["CreateSession", "BindShortcuts"])
def test_an_outcome_that_never_comes_is_given_up_on_and_the_session_closed(
    hasty: Watched, portal: FakePortal, qtbot: QtBot, method: str
) -> None:
    portal.silent = {method}
    hasty.hotkey.bind(KEYS)
    qtbot.waitUntil(hasty.is_refused)
    if method == "BindShortcuts":
        until(lambda: "Close" in portal.names(), "the session's end")


@pytest.mark.usefixtures("own_bus")
def test_a_person_who_is_asked_may_take_longer_than_the_portal(portal: FakePortal, qtbot: QtBot) -> None:
    portal.silent = {"BindShortcuts"}
    watched = Watched(answer_ms=600_000, choice_ms=SHORT_MS)
    watched.hotkey.bind(KEYS)
    qtbot.waitUntil(watched.is_refused)  # by the person's time, not the portal's
    watched.end()


@pytest.mark.parametrize(("code", "words"), [(1, "not allowed"), (2, COMMAND)])
@pytest.mark.parametrize("method", ["CreateSession", "BindShortcuts"])
def test_a_refusal_is_told(ours: Watched, portal: FakePortal, qtbot: QtBot, method: str, code: int, words: str) -> None:
    portal.codes = {method: code}
    ours.hotkey.bind(KEYS)
    qtbot.waitUntil(ours.is_refused)
    assert words in ours.last.words


@pytest.mark.parametrize(
    "results", [{}, {"session_handle": ("u", 7)}, {"session_handle": ("s", "no path")}], ids=["none", "number", "text"]
)
def test_a_session_that_is_none_is_refused(
    ours: Watched, portal: FakePortal, qtbot: QtBot, results: dict[str, object]
) -> None:
    portal.results = {"CreateSession": results}
    ours.hotkey.bind(KEYS)
    qtbot.waitUntil(ours.is_refused)


@pytest.mark.parametrize(
    "results", [{}, {"shortcuts": ("s", "none")}, {"shortcuts": ("a(sa{sv})", [("another", {})])}], ids=repr
)
def test_a_shortcut_that_was_not_given_is_told(
    ours: Watched, portal: FakePortal, qtbot: QtBot, results: dict[str, object]
) -> None:
    portal.results = {"BindShortcuts": results}
    ours.hotkey.bind(KEYS)
    qtbot.waitUntil(ours.is_refused)
    assert "not allowed" in ours.last.words


@pytest.mark.parametrize("greeting", [welcome, turn_away])
def test_a_bus_that_hears_nothing_is_no_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, greeting: object
) -> None:
    with deaf_bus(tmp_path, greeting) as address:  # type: ignore[arg-type]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        watched = Watched()
        watched.hotkey.bind(KEYS)
        qtbot.waitUntil(watched.is_refused)
        watched.end()


def test_a_portal_that_vanishes_is_told_and_one_that_comes_back_asked_again(
    own_bus: Bus, ours: Watched, portal: FakePortal, qtbot: QtBot
) -> None:
    ours.hotkey.bind(KEYS)
    qtbot.waitUntil(ours.is_bound)
    portal.die()
    qtbot.waitUntil(ours.is_refused)
    with FakePortal(own_bus) as next_one:
        qtbot.waitUntil(ours.is_bound)
        next_one.press()
        qtbot.waitUntil(lambda: ours.tokens == [""])


@pytest.mark.usefixtures("portal")
def test_a_bus_that_ends_is_told(own_bus: Bus, ours: Watched, qtbot: QtBot) -> None:
    ours.hotkey.bind(KEYS)
    qtbot.waitUntil(ours.is_bound)
    own_bus.stop()
    qtbot.waitUntil(ours.is_refused)


def test_a_session_the_desktop_closes_is_told(ours: Watched, portal: FakePortal, qtbot: QtBot) -> None:
    ours.hotkey.bind(KEYS)
    qtbot.waitUntil(ours.is_bound)
    portal.close_session()
    qtbot.waitUntil(ours.is_refused)


def test_only_the_portal_can_press(own_bus: Bus, ours: Watched, portal: FakePortal, qtbot: QtBot) -> None:
    ours.hotkey.bind(KEYS)
    qtbot.waitUntil(ours.is_bound)
    with own_bus.connect() as stranger:
        forged = new_signal(
            DBusAddress(PATH, interface=SHORTCUTS), "Activated", "osta{sv}", (portal.session, "quick-dial", 1, {})
        )
        forged.header.fields[HeaderFields.destination] = portal.caller
        stranger.send(forged)
        odd = new_signal(DBusAddress(PATH, interface=SHORTCUTS), "Activated", "s", ("quick-dial",))
        odd.header.fields[HeaderFields.destination] = portal.caller
        stranger.send(odd)
    portal.press("another")
    portal.press(session="/another/session")
    portal.press(activation_token=("s", "the real one"))
    qtbot.waitUntil(lambda: ours.tokens == ["the real one"])


@pytest.mark.parametrize(
    ("options", "token"),
    [({}, ""), ({"activation_token": ("s", "gnome-\u202e7")}, "gnome-7"), ({"activation_token": ("u", 7)}, "")],
    ids=["none", "hostile", "number"],
)
def test_a_press_brings_its_token(
    ours: Watched, portal: FakePortal, qtbot: QtBot, options: dict[str, Any], token: str
) -> None:
    ours.hotkey.bind(KEYS)
    qtbot.waitUntil(ours.is_bound)
    portal.press(**options)
    qtbot.waitUntil(lambda: ours.tokens == [token])


def test_the_keys_are_asked_for_by_name(ours: Watched, portal: FakePortal, qtbot: QtBot) -> None:
    ours.hotkey.bind(KEYS)
    qtbot.waitUntil(ours.is_bound)
    assert ours.last == BOUND
    assert portal.names() == ["Register", "CreateSession", "BindShortcuts"]
    assert portal.asked[0][1][0] == "c2c-desktop"
    session, [(name, facts)], parent, _ = portal.asked[2][1]
    assert (session, name, parent) == (portal.session, "quick-dial", "")
    assert facts["preferred_trigger"] == ("s", "CTRL+ALT+p")


@pytest.mark.parametrize("manner", ["early", "odd_handle"])
def test_portals_may_name_and_order_their_requests_as_they_like(
    ours: Watched, portal: FakePortal, qtbot: QtBot, manner: str
) -> None:
    setattr(portal, manner, True)
    portal.lacks = {"Register"}
    ours.hotkey.bind(KEYS)
    qtbot.waitUntil(ours.is_bound)
    portal.press()
    qtbot.waitUntil(lambda: ours.tokens == [""])


@pytest.mark.parametrize(
    ("trigger", "words"),
    [
        ("Meta+\u202eC", "Press Meta+C in any program."),
        ("", "Your desktop chooses the keys: see its keyboard settings."),
    ],
)
def test_the_desktop_may_give_other_keys_and_change_them(
    ours: Watched, portal: FakePortal, qtbot: QtBot, trigger: str, words: str
) -> None:
    portal.trigger = trigger
    ours.hotkey.bind(KEYS)
    qtbot.waitUntil(ours.is_bound)
    assert ours.last.words == words
    portal.change("Super+F9")
    qtbot.waitUntil(lambda: ours.last.words == "Press Super+F9 in any program.")


def test_new_keys_end_the_old_session(ours: Watched, portal: FakePortal, witness: BusWitness, qtbot: QtBot) -> None:
    ours.hotkey.bind(KEYS)
    qtbot.waitUntil(ours.is_bound)
    first = portal.session
    ours.hotkey.bind(parse_keys("Super+F9"))
    qtbot.waitUntil(lambda: portal.names().count("BindShortcuts") == 2)
    qtbot.waitUntil(ours.is_bound)
    (closed,) = witness.seen("Close")
    assert closed.header.fields[HeaderFields.path] == first
    portal.press(session=first)
    portal.press(activation_token=("s", "new"))
    qtbot.waitUntil(lambda: ours.tokens == ["new"])


def test_released_keys_end_the_session(ours: Watched, portal: FakePortal, qtbot: QtBot) -> None:
    ours.hotkey.bind(KEYS)
    qtbot.waitUntil(ours.is_bound)
    ours.hotkey.release()
    until(lambda: portal.names()[-1] == "Close", "the session's end")
    assert not ours.hotkey._bus.is_open
