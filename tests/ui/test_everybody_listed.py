"""The list of everybody: as long as it is, and what is in sight of it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_rank import MOST_FAVOURITES
from c2c_desktop.services.directory import SEARCH_LIMIT
from c2c_desktop.services.ports import Lane
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.long_tail import EMPTY, PAGE, LongTail
from c2c_desktop.ui.theme import ROW_HEIGHT, Theme
from tests.ui.many_contacts import MANY, pane_maker, people, scroll_down
from tests.ui.rig import INDIAN, make_contact
from tests.ui.test_search import Pane

pane_of = pytest.fixture(pane_maker)


def test_where_everybody_stands_is_read_once_however_often_somebody_searches(everybody: Pane) -> None:
    for text in ("person", "", "asha", ""):
        everybody.search(text)
    assert everybody.pane.view.rows.rowCount() == MANY + 3
    everybody.pane.refresh()
    everybody.runner.finish()
    assert everybody.pane.view.rows.rowCount() < MANY
    everybody.pause()
    assert everybody.pane.view.rows.rowCount() == MANY + 3


def test_a_change_that_waited_for_the_hand_on_the_list_is_there_after_a_search(everybody: Pane) -> None:
    everybody.pane.view.setFocus()
    everybody.store.save(make_contact(0, "Zed", INDIAN))
    everybody.pane.refresh_quietly()
    everybody.pause()
    assert everybody.pane.view.rows.rowCount() == MANY + 3
    everybody.search("zed")
    everybody.search("")
    everybody.pause()
    assert everybody.pane.view.rows.rowCount() == MANY + 4
    everybody.pane.view.scrollToBottom()
    sight(everybody)
    everybody.runner.finish()
    assert sight(everybody)[-1] == "Zed"


def test_an_order_from_before_a_change_is_not_taken(everybody: Pane) -> None:
    everybody.pane.refresh()
    everybody.runner.finish()
    everybody.pane._paused.stop()
    everybody.pane._bring_unseen()
    everybody.pane.view.setFocus()
    everybody.pane.refresh_quietly()
    everybody.runner.finish()
    assert everybody.pane.view.rows.rowCount() < MANY
    everybody.pane.refresh()
    everybody.runner.finish()
    everybody.pause()
    assert everybody.pane.view.rows.rowCount() == MANY + 3


def starred(number: int, of: int) -> list[Contact]:
    return [replace(contact, favourite=contact.id <= number) for contact in people(of)]


def test_in_a_tall_window_everybody_is_there_however_many_favourites_there_are(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(*starred(SEARCH_LIMIT + 6, 600))
    rig.pane.resize(360, ROW_HEIGHT * (SEARCH_LIMIT + 10))
    rig.search("")
    for _ in range(3):
        rig.pause()
    assert rig.pane.view.rows.rowCount() == 600 + 2


@pytest.mark.parametrize("favourites", [0, 3])
def test_a_page_that_comes_after_everybody_is_there_changes_nothing(
    pane_of: Callable[..., Pane], favourites: int
) -> None:
    rig = pane_of(*starred(favourites, 600))
    rig.search("")
    scroll_down(rig)
    rig.pane._paused.stop()
    rig.pane._bring_unseen()
    late = [job for job in rig.runner.jobs if job.lane is Lane.DATABASE]
    rig.runner.jobs = [job for job in rig.runner.jobs if job.lane is Lane.COUNTING]
    rig.runner.finish()
    shown = rig.pane.view.rows.rowCount()
    rig.runner.jobs += late
    rig.runner.finish()
    assert rig.pane.view.rows.rowCount() == shown == 600 + (2 if favourites else 0)
    assert rig.errors == []


def test_the_chosen_row_stays_chosen_where_numbers_are_shown_otherwise(everybody: Pane) -> None:
    view = everybody.pane.view
    view.scrollToBottom()
    sight(everybody)
    everybody.runner.finish()
    view.setCurrentIndex(view.rows.index(MANY, 0))
    everybody.pane.show_anew()
    assert view.currentIndex().row() == MANY
    assert sight(everybody)[-1] == f"Person {MANY - 1:05}"


def test_a_list_that_is_shown_no_more_is_let_go_and_what_was_on_its_way_to_it_too(
    everybody: Pane, qtbot: QtBot
) -> None:
    view = everybody.pane.view
    for _ in range(3):
        view.scrollToBottom()
        sight(everybody)
        everybody.pane.show_matches("")
        everybody.runner.finish()
        everybody.pause()
    qtbot.waitUntil(lambda: len(everybody.pane.findChildren(LongTail)) == 1)
    assert everybody.errors == []


def sight(rig: Pane) -> list[str]:
    """The titles in sight; of rows that are being read, none."""
    view = rig.pane.view
    first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
    rows = [view.rows.row(view.rows.index(at, 0)) for at in range(first, (last if last >= 0 else first) + 1)]
    return [row.title for row in rows if row is not None]


@pytest.fixture
def everybody(pane_of: Callable[..., Pane]) -> Pane:
    favourite = make_contact(MANY + 1, "Asha Rao", INDIAN, favourite=True)
    rig = pane_of(*people(MANY), favourite)
    rig.search("")
    rig.pause()
    assert rig.pane.view.rows.rowCount() == MANY + 3
    return rig


def test_the_list_of_everybody_is_as_long_as_it_is_and_shows_any_place_of_it(everybody: Pane) -> None:
    assert sight(everybody)[:4] == ["Favourites", "Asha Rao", "All contacts", "Person 00000"]
    view = everybody.pane.view
    for place in (MANY, 210, 0, SEARCH_LIMIT + 2):
        view.scrollTo(view.rows.index(place + 2, 0), view.ScrollHint.PositionAtTop)
        sight(everybody)
        everybody.runner.finish()
        assert f"Person {max(place - 1, 0):05}" in sight(everybody)
    assert everybody.errors == []


def test_rows_that_are_being_read_call_nobody(everybody: Pane) -> None:
    view = everybody.pane.view
    told: list[object] = []
    for signal in (view.call_asked, view.row_chosen, view.menu_asked, view.delete_asked):
        signal.connect(lambda *given: told.append(given))
    view.scrollToBottom()
    last = view.rows.index(view.rows.rowCount() - 1, 0)
    assert view.rows.row(last) is EMPTY
    view.setCurrentIndex(last)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Menu):
        QTest.keyClick(view, key)
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, view.visualRect(last).center()
    )
    assert told == []
    everybody.runner.finish()
    assert sight(everybody)[-1] == f"Person {MANY - 1:05}"
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert len(told) == 1


def test_of_pages_somebody_scrolled_past_only_the_last_ones_are_read(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(*people(20 * PAGE))
    rig.search("")
    rig.pause()
    rows = rig.pane.view.rows
    for page in range(2, 20):
        rows.row(rows.index(page * PAGE, 0))
    asked = 0
    while rig.runner.jobs:
        asked += 1
        rig.runner.step()
    assert asked == 3  # the first, which was under way, and the last two
    for page in (2, 18, 19):
        assert rows.row(rows.index(page * PAGE, 0)) is not EMPTY
    assert rig.runner.jobs == []


def test_a_contact_that_is_gone_meanwhile_leaves_an_empty_row(everybody: Pane) -> None:
    gone = max(everybody.store.contacts) - 1
    everybody.store.contacts = {key: c for key, c in everybody.store.contacts.items() if key != gone}
    everybody.pane.view.scrollToBottom()
    sight(everybody)
    everybody.runner.finish()
    assert everybody.pane.view.rows.rowCount() == MANY + 3
    assert sight(everybody)[-1] == ""


def test_privacy_hides_the_numbers_of_rows_that_are_there_and_that_come(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    numbers = ShownNumbers()
    rig = Pane(qtbot, theme, icons, *people(MANY), numbers=numbers)
    rig.search("")
    rig.pause()
    numbers.mask(on=True)
    rig.runner.finish()
    rows = rig.pane.view.rows
    for place in (0, MANY - 1):
        rows.row(rows.index(place, 0))
        rig.runner.finish()
        row = rows.row(rows.index(place, 0))
        assert row is not None
        assert row.number.endswith("••22") or "•" in row.number


def test_the_end_key_stands_on_the_last_row(everybody: Pane) -> None:
    view = everybody.pane.view
    view.choose_first()
    QTest.keyClick(view, Qt.Key.Key_End)
    everybody.runner.finish()
    assert view.currentIndex().row() == MANY + 2
    assert sight(everybody)[-1] == f"Person {MANY - 1:05}"
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == 1


def test_the_chosen_row_stays_chosen_when_the_list_becomes_long(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(*people(MANY))
    rig.pane.show_matches("")
    rig.runner.step(Lane.DATABASE)
    view = rig.pane.view
    assert view.rows.rowCount() == SEARCH_LIMIT
    view.setCurrentIndex(view.rows.index(7, 0))
    rig.pause()
    assert view.rows.rowCount() == MANY
    assert view.currentIndex().row() == 7


@pytest.mark.parametrize("favourites", [MOST_FAVOURITES - 1, MOST_FAVOURITES, MOST_FAVOURITES + 7])
def test_of_very_many_favourites_nobody_stands_twice(pane_of: Callable[..., Pane], favourites: int) -> None:
    rig = pane_of(*starred(favourites, MOST_FAVOURITES + MANY))
    rig.search("")
    for _ in range(5):
        scroll_down(rig)
        rig.runner.finish()
        rig.pause()
    shown = min(favourites, MOST_FAVOURITES)
    rows = rig.pane.view.rows
    assert rows.rowCount() == MOST_FAVOURITES + MANY + 2
    assert [at for at in range(shown + 2) if (row := rows.row_at(at)) is not None and row.is_heading] == [0, shown + 1]
    for place in (shown + 2, shown + 8, shown + 40, MOST_FAVOURITES + MANY):
        rows.row_at(place)
        rig.runner.finish()
        row = rows.row_at(place)
        assert row is not None
        assert row.title == f"Person {place - 2:05}"
    assert rig.errors == []
