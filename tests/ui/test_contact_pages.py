"""Many contacts: pages come as one scrolls, sections have headings, and how many there are is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.contact import Contact
from c2c_desktop.services.directory import COUNTED_AT_ONCE, SEARCH_LIMIT
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import INDIAN, make_contact, titles
from tests.ui.test_search import Pane

MANY = 2 * SEARCH_LIMIT + 30


@pytest.fixture
def pane_of(qtbot: QtBot, theme: Theme, icons: Icons) -> Callable[..., Pane]:
    def make(*contacts: Contact) -> Pane:
        return Pane(qtbot, theme, icons, *contacts)

    return make


def people(number: int, number_of: Callable[[int], str] = lambda _: INDIAN) -> list[Contact]:
    return [make_contact(at + 1, f"Person {at:05}", number_of(at)) for at in range(number)]


def scroll_down(rig: Pane) -> None:
    rig.pane.view.scrollToBottom()


def test_further_pages_come_as_one_scrolls_and_nothing_in_sight_moves(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(*people(MANY))
    rig.search("")
    assert len(titles(rig.pane.view)) == SEARCH_LIMIT
    for expected in (2 * SEARCH_LIMIT, MANY, MANY):
        scroll_down(rig)
        before = rig.pane.view.verticalScrollBar().value()
        rig.runner.finish()
        assert rig.pane.view.verticalScrollBar().value() == before
        assert titles(rig.pane.view) == [f"Person {at:05}" for at in range(expected)]


def test_one_page_is_asked_for_once_however_often_one_scrolls(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(*people(MANY))
    rig.search("")
    scroll_down(rig)
    bar = rig.pane.view.verticalScrollBar()
    for step in (3, 6):
        bar.setValue(bar.maximum() - step)
    assert len(rig.runner.jobs) == 1
    rig.runner.finish()
    assert len(titles(rig.pane.view)) == 2 * SEARCH_LIMIT


def test_a_page_that_was_overtaken_by_another_search_is_forgotten(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(*people(MANY), make_contact(0, "Zed", INDIAN))
    rig.search("")
    scroll_down(rig)
    late = list(rig.runner.jobs)
    rig.runner.jobs.clear()
    rig.search("zed")
    rig.runner.jobs = late
    rig.runner.finish()
    assert titles(rig.pane.view) == ["Zed"]
    scroll_down(rig)
    assert rig.runner.jobs == []


def test_while_a_search_is_under_way_no_page_of_the_old_one_is_asked_for(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(*people(MANY))
    rig.search("")
    rig.pane.show_matches("person")
    asked = len(rig.runner.jobs)
    scroll_down(rig)
    assert len(rig.runner.jobs) == asked


def test_names_and_numbers_have_their_headings_and_only_the_last_section_goes_on(
    pane_of: Callable[..., Pane],
) -> None:
    numbers = people(MANY, lambda at: f"+1202555{at:04}")
    names = [make_contact(MANY + at + 1, f"2025 Club {at:04}", INDIAN) for at in range(SEARCH_LIMIT + 1)]
    rig = pane_of(*numbers, *names)
    rig.search("2025")
    shown = [rig.pane.view.rows.row(rig.pane.view.rows.index(at, 0)) for at in range(rig.pane.view.rows.rowCount())]
    headings = [row.title for row in shown if row is not None and row.is_heading]
    assert headings == [f"Names, the first {SEARCH_LIMIT}", "Numbers"]
    scroll_down(rig)
    rig.runner.finish()
    assert titles(rig.pane.view)[-1] == f"Person {2 * SEARCH_LIMIT - 1:05}"


def test_favourites_beyond_the_first_page_stay_under_their_heading(pane_of: Callable[..., Pane]) -> None:
    stars = [make_contact(at + 1, f"Star {at:05}", INDIAN, favourite=True) for at in range(SEARCH_LIMIT + 5)]
    rig = pane_of(*stars, make_contact(9999, "Asha Rao", INDIAN))
    rig.search("")
    scroll_down(rig)
    rig.runner.finish()
    rows = [rig.pane.view.rows.row(rig.pane.view.rows.index(at, 0)) for at in range(rig.pane.view.rows.rowCount())]
    assert [row.title for row in rows if row is not None and row.is_heading] == ["Favourites", "All contacts"]
    assert rows[-1] is not None
    assert rows[-1].title == "Asha Rao"


def test_similar_names_say_that_they_are(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(make_contact(1, "Meera Nair", INDIAN))
    rig.search("mereea")
    rig.search("meeraa")
    assert titles(rig.pane.view) == ["[Similar names]", "Meera Nair"]


def test_how_many_answer_is_told_soon_and_then_exactly(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(*people(COUNTED_AT_ONCE + 7))
    told: list[str] = []
    rig.pane.count_changed.connect(told.append)
    rig.search("person")
    assert told == ["5,000+", "5,007"]
    rig.search("00012")
    rig.search("nobody at all")
    assert told[2:] == ["1", ""]


def test_the_end_key_stands_on_the_last_row_that_is_there_and_brings_more(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(*people(MANY))
    rig.search("")
    rig.pane.view.choose_first()
    QTest.keyClick(rig.pane.view, Qt.Key.Key_End)
    assert rig.pane.view.currentIndex().row() == SEARCH_LIMIT - 1
    rig.runner.finish()
    assert len(titles(rig.pane.view)) == 2 * SEARCH_LIMIT
    assert rig.pane.view.currentIndex().row() == SEARCH_LIMIT - 1
