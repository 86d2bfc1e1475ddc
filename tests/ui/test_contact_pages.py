"""Many contacts: pages come as one scrolls, sections have headings, and how many there are is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from c2c_desktop.services.directory import COUNTED_AT_ONCE, GLANCE_LIMIT, MORE_LIMIT, SEARCH_LIMIT
from c2c_desktop.services.ports import Lane
from c2c_desktop.ui.theme import ROW_HEIGHT
from tests.ui.many_contacts import MANY, pane_maker, people, scroll_down
from tests.ui.rig import INDIAN, make_contact, titles
from tests.ui.test_search import Pane

pane_of = pytest.fixture(pane_maker)


def test_further_pages_come_as_one_scrolls_and_nothing_in_sight_moves(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(*people(MANY))
    rig.search("person")
    assert len(titles(rig.pane.view)) == GLANCE_LIMIT
    for expected in (GLANCE_LIMIT + MORE_LIMIT, MANY, MANY):
        scroll_down(rig)
        before = rig.pane.view.verticalScrollBar().value()
        rig.runner.finish()
        assert rig.pane.view.verticalScrollBar().value() == before
        assert titles(rig.pane.view) == [f"Person {at:05}" for at in range(expected)]


def test_another_search_is_shown_from_its_beginning(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(*people(MANY))
    rig.search("person")
    scroll_down(rig)
    rig.runner.finish()
    bar = rig.pane.view.verticalScrollBar()
    assert bar.value() > 0
    rig.pane.refresh()
    rig.runner.finish()
    assert bar.value() > 0
    rig.search("perso")
    assert bar.value() == 0


def test_one_page_is_asked_for_once_however_often_one_scrolls(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(*people(MANY))
    rig.search("person")
    scroll_down(rig)
    bar = rig.pane.view.verticalScrollBar()
    for step in (3, 6):
        bar.setValue(bar.maximum() - step)
    assert len(rig.runner.jobs) == 1
    rig.runner.finish()
    assert len(titles(rig.pane.view)) == GLANCE_LIMIT + MORE_LIMIT


def test_a_page_that_was_overtaken_by_another_search_is_forgotten(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(*people(MANY), make_contact(0, "Zed", INDIAN))
    rig.search("person")
    scroll_down(rig)
    rig.search_before_it_answers("zed")
    assert titles(rig.pane.view) == ["Zed"]
    scroll_down(rig)
    assert rig.runner.jobs == []


def test_while_a_search_is_under_way_no_page_of_the_old_one_is_asked_for(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(*people(MANY))
    rig.search("person")
    rig.pane.show_matches("erson")
    asked = len(rig.runner.jobs)
    scroll_down(rig)
    assert len(rig.runner.jobs) == asked


def headings(rig: Pane) -> list[str]:
    rows = rig.pane.view.rows
    shown = [rows.row(rows.index(at, 0)) for at in range(rows.rowCount())]
    return [row.title for row in shown if row is not None and row.is_heading]


def test_names_and_numbers_have_their_headings_and_only_the_last_section_goes_on(
    pane_of: Callable[..., Pane],
) -> None:
    numbers = people(MANY, lambda at: f"+1202555{at:04}")
    names = [make_contact(MANY + at + 1, f"2025 Club {at:04}", INDIAN) for at in range(SEARCH_LIMIT + 1)]
    rig = pane_of(*numbers, *names)
    rig.search("2025")
    assert headings(rig) == ["Names"]
    assert len(titles(rig.pane.view)) == 1 + GLANCE_LIMIT
    scroll_down(rig)
    before = rig.pane.view.verticalScrollBar().value()
    rig.runner.finish()
    assert rig.pane.view.verticalScrollBar().value() == before
    assert headings(rig) == [f"Names, the first {SEARCH_LIMIT}", "Numbers"]
    scroll_down(rig)
    rig.runner.finish()
    assert titles(rig.pane.view)[-1] == f"Person {SEARCH_LIMIT + MORE_LIMIT - 1:05}"


def test_numbers_behind_names_that_fill_the_list_come_by_themselves(pane_of: Callable[..., Pane]) -> None:
    names = [make_contact(at + 1, f"2025 Club {at:04}", INDIAN) for at in range(GLANCE_LIMIT + 1)]
    rig = pane_of(*names, make_contact(99, "Zed", "+12025550143"))
    told: list[str] = []
    rig.pane.count_changed.connect(told.append)
    rig.search("2025")
    rig.pause()
    assert headings(rig) == ["Names", "Numbers"]
    assert titles(rig.pane.view)[-1] == "Zed"
    assert told == [str(len(names) + 1)]


def test_numbers_that_were_on_their_way_when_another_search_came_are_forgotten(pane_of: Callable[..., Pane]) -> None:
    names = [make_contact(at + 1, f"2025 Club {at:04}", INDIAN) for at in range(GLANCE_LIMIT + 1)]
    rig = pane_of(*names, make_contact(99, "Zed", "+12025550143"))
    rig.search("2025")
    scroll_down(rig)
    rig.search_before_it_answers("zed")
    assert titles(rig.pane.view) == ["Zed"]


def test_favourites_beyond_the_first_page_stay_under_their_heading(pane_of: Callable[..., Pane]) -> None:
    stars = [make_contact(at + 1, f"Star {at:05}", INDIAN, favourite=True) for at in range(SEARCH_LIMIT + 5)]
    rig = pane_of(*stars, *people(MANY)[len(stars) :])
    rig.search("")
    assert titles(rig.pane.view)[:2] == ["[Favourites]", "Star 00000"]
    scroll_down(rig)
    rig.runner.finish()
    rig.pause()
    rows = rig.pane.view.rows
    shown = [row for at in range(rows.rowCount()) if (row := rows.row(rows.index(at, 0))) is not None]
    assert [at for at, row in enumerate(shown) if row.is_heading] == [0, len(stars) + 1]
    assert rows.rowCount() == MANY + 2


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
    assert told == []
    rig.pause()
    assert told == ["5,000+", "5,007"]
    rig.search("00012")
    rig.search("nobody at all")
    assert told[2:] == ["1", ""]


def test_who_are_all_in_sight_need_not_be_counted(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(*people(7))
    told: list[str] = []
    rig.pane.count_changed.connect(told.append)
    rig.pane.show_matches("person")
    assert [job.lane for job in rig.runner.jobs] == [Lane.DATABASE]
    rig.runner.step()
    assert (told, rig.runner.jobs) == (["7"], [])


def test_nobody_is_counted_while_a_search_is_under_way(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(*people(MANY))
    rig.pane.show_matches("person")
    assert [job.lane for job in rig.runner.jobs] == [Lane.DATABASE]
    rig.runner.step()
    assert rig.runner.jobs == []
    rig.pane.show_matches("perso")
    rig.pane.show_matches("pers")
    rig.runner.finish()
    counted: list[str] = []
    rig.pane.count_changed.connect(counted.append)
    rig.pause()
    assert counted == [f"{MANY}"]


def test_what_a_tall_window_shows_beyond_the_first_page_comes_at_once(pane_of: Callable[..., Pane]) -> None:
    rig = pane_of(*people(MANY))
    rig.pane.resize(360, ROW_HEIGHT * (SEARCH_LIMIT + 10))
    rig.search("person")
    assert rig.pane._paused.interval() == 0
    rig.pause()
    assert len(titles(rig.pane.view)) == SEARCH_LIMIT + MORE_LIMIT
