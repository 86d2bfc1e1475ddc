"""Rows under the mouse: what a click means, and that no slip of the hand calls."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.contact import Contact
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.row_model import Row
from c2c_desktop.ui.row_painter import call_rect, more_rect
from c2c_desktop.ui.rows import RowView
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import (
    INDIAN,
    LEFT,
    NO_KEYS,
    NOT_A_BUTTON,
    click,
    double_click,
    make_contact,
    place_of,
    press_mouse,
    release_mouse,
    titles,
)

ASHA, BEN = make_contact(1, "Asha", INDIAN), make_contact(2, "Ben", INDIAN)
CALL, MORE, BODY = "call", "more", "body"


def rows_of(*contacts: Contact) -> list[Row]:
    return [Row("All", is_heading=True), *(Row(c.name, number=INDIAN, payload=c) for c in contacts)]


class Told:
    """What the view told, as pairs of what and whom."""

    def __init__(self, view: RowView) -> None:
        self.events: list[tuple[str, str]] = []
        view.row_chosen.connect(lambda c: self.events.append(("chosen", c.name)))
        view.call_asked.connect(lambda c, _: self.events.append(("call", c.name)))
        view.menu_asked.connect(lambda c, _: self.events.append(("menu", c.name)))

    @property
    def calls(self) -> list[str]:
        return [name for what, name in self.events if what == "call"]


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, icons: Icons) -> RowView:
    view = RowView("People", theme, icons)
    qtbot.addWidget(view)
    view.resize(420, 300)
    view.show_rows(rows_of(ASHA, BEN))
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def told(view: RowView) -> Told:
    return Told(view)


def spot(view: RowView, name: str, part: str) -> QPoint:
    area = view.visualRect(view.rows.index(titles(view).index(name), 0))
    return {CALL: call_rect(area).center(), MORE: more_rect(area).center(), BODY: area.topLeft() + NOT_A_BUTTON}[part]


@pytest.mark.parametrize(
    ("pressed", "released"),
    [
        (("Asha", CALL), ("Asha", BODY)),
        (("Asha", CALL), ("Asha", MORE)),
        (("Asha", CALL), ("Ben", CALL)),
        (("Asha", BODY), ("Asha", CALL)),
        (("Asha", MORE), ("Asha", CALL)),
        (("Ben", BODY), ("Asha", BODY)),
    ],
)
def test_a_press_that_is_dragged_elsewhere_does_nothing(
    view: RowView, told: Told, pressed: tuple[str, str], released: tuple[str, str]
) -> None:
    press_mouse(view.viewport(), spot(view, *pressed))
    release_mouse(view.viewport(), spot(view, *released))
    assert told.events == []


def test_a_release_on_another_person_who_came_under_the_pointer_does_not_call(view: RowView, told: Told) -> None:
    at = spot(view, "Asha", CALL)
    press_mouse(view.viewport(), at)
    view.show_rows(rows_of(BEN, ASHA))
    release_mouse(view.viewport(), at)
    assert told.events == []


def test_a_release_on_the_same_person_counts_though_the_list_was_refreshed(view: RowView, told: Told) -> None:
    at = spot(view, "Asha", CALL)
    press_mouse(view.viewport(), at)
    view.show_rows(rows_of(ASHA, BEN))
    release_mouse(view.viewport(), at)
    assert told.calls == ["Asha"]


def test_a_double_click_does_not_call_somebody_who_came_under_the_pointer_meanwhile(view: RowView, told: Told) -> None:
    view.row_chosen.connect(lambda _: view.show_rows(rows_of(BEN, ASHA)))
    double_click(view.viewport(), spot(view, "Asha", BODY))
    assert told.events == [("chosen", "Asha")]


@pytest.mark.parametrize("button", [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton])
@pytest.mark.parametrize("part", [CALL, MORE, BODY])
def test_other_mouse_buttons_neither_choose_nor_call(
    view: RowView, told: Told, button: Qt.MouseButton, part: str
) -> None:
    click(view.viewport(), spot(view, "Asha", part), button)
    assert [what for what, _ in told.events if what != "menu"] == []


def test_a_heading_takes_no_click(view: RowView, told: Told) -> None:
    place = place_of(view, "[All]")
    for at in (NOT_A_BUTTON, QPoint(view.viewport().width() - 30, 16)):
        click(view.viewport(), place + at)
        double_click(view.viewport(), place + at)
    click(view.viewport(), place + NOT_A_BUTTON, Qt.MouseButton.RightButton)
    assert told.events == []
    assert not view.currentIndex().isValid()


def test_a_click_below_the_last_row_does_nothing(view: RowView, told: Told) -> None:
    click(view.viewport(), QPoint(380, 290))
    assert told.events == []


def test_a_click_beside_the_buttons_chooses(view: RowView, told: Told) -> None:
    click(view.viewport(), spot(view, "Ben", BODY))
    assert told.events == [("chosen", "Ben")]


def test_a_click_on_call_calls_once(view: RowView, told: Told) -> None:
    click(view.viewport(), spot(view, "Ben", CALL))
    assert told.events == [("call", "Ben")]


def test_a_double_click_on_call_calls_once(view: RowView, told: Told) -> None:
    double_click(view.viewport(), spot(view, "Ben", CALL))
    assert told.events == [("call", "Ben")]


def test_a_double_click_beside_the_buttons_calls_once(view: RowView, told: Told) -> None:
    double_click(view.viewport(), spot(view, "Ben", BODY))
    assert told.events == [("chosen", "Ben"), ("call", "Ben")]


def test_the_dots_open_the_menu_once_and_right_below_them(qtbot: QtBot, view: RowView, told: Told) -> None:
    with qtbot.waitSignal(view.menu_asked) as asked:
        click(view.viewport(), spot(view, "Asha", MORE))
    assert told.events == [("menu", "Asha")]
    area = more_rect(view.visualRect(view.rows.index(1, 0)))
    assert view.viewport().mapFromGlobal(asked.args[1]) == area.bottomLeft()


def test_a_right_click_opens_the_menu_of_the_row_under_the_pointer(view: RowView, told: Told) -> None:
    click(view.viewport(), spot(view, "Ben", BODY), Qt.MouseButton.RightButton)
    assert told.events == [("menu", "Ben")]


def test_the_held_row_looks_pressed_until_it_is_released(qtbot: QtBot, view: RowView, theme: Theme) -> None:
    def ground() -> str:
        return view.viewport().grab().toImage().pixelColor(spot(view, "Asha", BODY) + QPoint(200, 30)).name().upper()

    press_mouse(view.viewport(), spot(view, "Asha", BODY))
    qtbot.waitUntil(lambda: ground() == theme.tokens["pressed"])
    release_mouse(view.viewport(), spot(view, "Asha", BODY))
    qtbot.waitUntil(lambda: ground() == theme.tokens["hover"])


def test_refreshing_keeps_the_scroll_position_and_the_chosen_person(view: RowView) -> None:
    many = [make_contact(n, f"Person {n}", INDIAN) for n in range(1, 60)]
    view.show_rows(rows_of(*many))
    click(view.viewport(), place_of(view, "Person 40") + NOT_A_BUTTON)
    position = view.verticalScrollBar().value()
    view.show_rows(rows_of(*many[1:]))
    assert view.verticalScrollBar().value() == position > 0
    row = view.rows.row(view.currentIndex())
    assert row is not None
    assert row.title == "Person 40"


def test_nobody_is_chosen_once_the_chosen_one_is_gone(view: RowView) -> None:
    click(view.viewport(), spot(view, "Asha", BODY))
    view.show_rows(rows_of(BEN))
    assert not view.currentIndex().isValid()


def test_a_finger_where_no_button_is_drawn_chooses_the_row(view: RowView, told: Told) -> None:
    QTest.mouseClick(view.viewport(), LEFT, NO_KEYS, spot(view, "Asha", CALL))
    assert told.events == [("chosen", "Asha")]
