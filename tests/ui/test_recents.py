"""Recent calls: filtered, searched, copied, and called again as they were."""

from __future__ import annotations

import datetime
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.route import Route
from c2c_desktop.services.journal import Journal
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.recents_pane import RecentsPane
from c2c_desktop.ui.row_painter import call_rect, more_rect
from c2c_desktop.ui.theme import Theme
from c2c_desktop.ui.when import moment_words
from tests.fakes import ManualRunner, MemoryCallStore
from tests.ui.rig import (
    LONDON,
    NOT_A_BUTTON,
    choose,
    click,
    make_call,
    menu_words,
    place_of,
    row_titled,
    sent,
    settle,
    titles,
)

S = CallState
CALLS = [
    make_call(S.ENDED, id="1", outcome=S.CONNECTED, talk_seconds=42.0, started_at=1_700_000_005.0),
    make_call(S.UNCERTAIN, id="2", contact_name="Ben Carter", e164=LONDON, shown_number="+44 20 7946 0018",
              started_at=1_700_000_004.0),
    make_call(S.ENDED, id="3", contact_name="Meera Nair", outcome=S.CUSTOMER_MISSED, started_at=1_700_000_003.0),
    make_call(S.INITIATED, id="4", contact_name="", e164="+12025550143", shown_number="+1 202-555-0143",
              request_id="", started_at=1_700_000_002.0, route=Route.NEITHER),
]  # fmt: skip


class Pane:
    """The pane over a journal in memory."""

    def __init__(
        self, qtbot: QtBot, theme: Theme, icons: Icons, *calls: Call, numbers: ShownNumbers | None = None
    ) -> None:
        self.theme = theme
        self.journal = Journal(MemoryCallStore(), ManualRunner())
        self.journal.adopt(list(calls))
        self.pane = RecentsPane(self.journal, theme, icons, numbers)
        qtbot.addWidget(self.pane)
        self.pane.resize(420, 400)
        self.pane.show()
        qtbot.waitExposed(self.pane)

    @property
    def titles(self) -> list[str]:
        return titles(self.pane.view)

    def click(self, title: str, part: str) -> None:
        view = self.pane.view
        place_of(view, title)
        area = view.visualRect(view.rows.index(self.titles.index(title), 0))
        spots = {"call": call_rect(area).center(), "more": more_rect(area).center()}
        click(view.viewport(), spots.get(part, area.topLeft() + NOT_A_BUTTON))


@pytest.fixture
def recents(qtbot: QtBot, theme: Theme, icons: Icons) -> Pane:
    return Pane(qtbot, theme, icons, *CALLS)


def test_without_calls_it_says_so(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    pane = Pane(qtbot, theme, icons).pane
    assert pane._empty.text() == "No calls yet."
    assert pane._empty.isVisible()
    click(pane.only_failed)
    assert pane._empty.text() == "No failed or uncertain calls."
    pane.show_matches("asha")
    assert pane._empty.text() == "No call matches."


def test_the_newest_call_stands_first(recents: Pane) -> None:
    assert recents.titles == ["Asha Rao", "Ben Carter", "Meera Nair", "+1 202-555-0143"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ben", ["Ben Carter"]),
        ("CARTER", ["Ben Carter"]),
        ("202-555", ["+1 202-555-0143"]),
        ("7946 0018", ["Ben Carter"]),
        ("zzz", []),
    ],
)
def test_a_search_finds_name_and_number(recents: Pane, typed: str, found: list[str]) -> None:
    recents.pane.show_matches(typed)
    assert recents.titles == found


def test_only_what_went_wrong_is_shown_on_demand(recents: Pane) -> None:
    click(recents.pane.only_failed)
    assert recents.titles == ["Ben Carter", "Meera Nair"]
    click(recents.pane.only_failed)
    assert len(recents.titles) == 4


def test_each_row_tells_how_the_call_went(recents: Pane) -> None:
    view = recents.pane.view
    rows = [row_titled(view, title) for title in recents.titles]
    assert [(row.outcome, row.tone) for row in rows] == [
        ("Talked 0:42", "muted"),
        ("Uncertain", "warn"),
        ("No answer", "warn"),
        ("Initiated", "muted"),
    ]
    assert [(row.number, row.after) for row in rows[-2:]] == [
        ("+91 98402 22222", "via your softphone"),
        ("", "via neither phone"),
    ]


def test_calling_again_and_choosing_are_about_the_row(qtbot: QtBot, recents: Pane) -> None:
    with qtbot.waitSignal(recents.pane.call_asked) as asked:
        recents.click("Ben Carter", "call")
    assert asked.args == [CALLS[1]]
    with qtbot.waitSignal(recents.pane.chosen) as chosen:
        recents.click("Meera Nair", "")
    assert chosen.args == [CALLS[2]]


def test_the_menu_copies_number_and_request_id(qtbot: QtBot, recents: Pane) -> None:
    recents.click("Ben Carter", "more")
    choose(qtbot, "Copy number")
    assert QGuiApplication.clipboard().text() == "+44 20 7946 0018"
    recents.click("Ben Carter", "more")
    choose(qtbot, "Copy request ID")
    assert QGuiApplication.clipboard().text() == "r-1"
    with qtbot.waitSignal(recents.pane.call_asked):
        recents.click("Ben Carter", "more")
        choose(qtbot, "Call again")
    recents.click("+1 202-555-0143", "more")
    assert menu_words() == ["Call again", "Add to contacts…", "Add note…", "Copy number"]


def test_an_unknown_number_can_be_added_to_the_contacts(qtbot: QtBot, recents: Pane) -> None:
    recents.click("+1 202-555-0143", "more")
    with qtbot.waitSignal(recents.pane.add_asked) as told:
        choose(qtbot, "Add to contacts")
    assert told.args == [Contact(0, "", numbers=(ContactNumber("+1 202-555-0143", "+12025550143"),))]


def test_a_call_that_went_wrong_says_why_under_the_pointer(recents: Pane) -> None:
    rows = recents.pane.view.rows
    tips = [rows.data(rows.index(number, 0), int(Qt.ItemDataRole.ToolTipRole)) for number in range(rows.rowCount())]
    assert tips == [
        None,
        "<qt>No answer from the service. Your phone may still ring. Check it before you call again.</qt>",
        "<qt>Meera Nair did not answer. +91 98402 22222 · Try again later.</qt>",
        None,
    ]


def test_a_new_call_is_shown_at_once_or_when_it_is_looked_at(qtbot: QtBot, recents: Pane) -> None:
    recents.journal.note(make_call(S.REFUSED, id="5", contact_name="New One", started_at=time.time()))
    assert recents.titles[0] == "New One"
    assert row_titled(recents.pane.view, "New One").tone == "danger"
    recents.pane.hide()
    recents.journal.note(make_call(S.ENDED, id="6", contact_name="Later One", started_at=time.time() + 1))
    assert recents.titles[0] == "New One"
    recents.pane.show()
    qtbot.waitUntil(lambda: recents.titles[0] == "Later One")


def test_moments_are_as_short_as_they_can_be() -> None:
    now = datetime.datetime.now().astimezone()
    assert moment_words(now.timestamp()) == now.strftime("%H:%M")
    yesterday = now - datetime.timedelta(days=1)
    assert moment_words(yesterday.timestamp()) == yesterday.strftime("yesterday %H:%M")
    before = now - datetime.timedelta(days=40)
    assert moment_words(before.timestamp()) == before.strftime("%d %b %H:%M").lstrip("0")


def test_calling_again_keeps_route_of_the_account_caller_id_and_parameters(qtbot: QtBot, program: Application) -> None:
    call = make_call(S.ENDED, caller_id="+442079460123", extra_params={"ticket": "4711"}, started_at=1_700_000_000.0)
    program.core.journal.adopt([call])
    program.recents.refresh()
    program.window.show_recents()
    view = program.recents.view
    place_of(view, "Asha Rao")
    click(view.viewport(), call_rect(view.visualRect(view.rows.index(0, 0))).center())
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    body = sent(program)[0]
    assert body["callerid"] == 442079460123
    assert body["extra_params"] == {"ticket": "4711"}
    assert body["webrtc"] is True
    settle(qtbot, program)


def test_retrying_keeps_the_route_of_the_call(qtbot: QtBot, program: Application) -> None:
    call = make_call(S.NOT_SENT, route=Route.MOBILE, extra_params={"ticket": "4711"})
    program.core.journal.adopt([call])
    program.banner.acted.emit(NextStep.RETRY, call)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    body = sent(program)[0]
    assert (body["webrtc"], body["followme"], body["extra_params"]) == (False, True, {"ticket": "4711"})
    settle(qtbot, program)


def test_choosing_a_recent_call_loads_the_pad(qtbot: QtBot, program: Application) -> None:
    program.core.journal.adopt([CALLS[1]])
    program.recents.refresh()
    program.window.show_recents()
    click(program.recents.view.viewport(), place_of(program.recents.view, "Ben Carter") + NOT_A_BUTTON)
    settle(qtbot, program)
    assert program.pad.field.text() == "+44 20 7946 0018"
    assert program.pad.call_button.accessibleName() == "Call Ben Carter"
    assert sent(program) == []
