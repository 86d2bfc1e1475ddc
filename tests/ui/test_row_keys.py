"""Rows under the keyboard: Enter calls once, and a heading is never reached."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.row_model import Row
from c2c_desktop.ui.rows import RowView
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import INDIAN, make_contact, press, repeat

Key = Qt.Key
MOVES = [Key.Key_Up, Key.Key_Down, Key.Key_PageUp, Key.Key_PageDown, Key.Key_Home, Key.Key_End]


def many_rows() -> list[Row]:
    rows = [Row(f"Person {n}", number=INDIAN, payload=make_contact(n, f"Person {n}", INDIAN)) for n in range(1, 13)]
    return [Row("Favourites", is_heading=True), *rows[:3], Row("All", is_heading=True), *rows[3:]]


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, icons: Icons) -> RowView:
    view = RowView("People", theme, icons)
    qtbot.addWidget(view)
    view.resize(420, 300)
    view.show_rows(many_rows())
    view.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.choose_first()
    return view


def current(view: RowView) -> str:
    row = view.rows.row(view.currentIndex())
    return row.title if row is not None else ""


def test_a_held_enter_calls_no_more(view: RowView) -> None:
    calls: list[str] = []
    view.call_asked.connect(lambda c, _: calls.append(c.name))
    for _ in range(5):
        repeat(Key.Key_Return, "\r")
    assert calls == []
    press(Key.Key_Return)
    repeat(Key.Key_Return, "\r")
    assert calls == ["Person 1"]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Delete, Key.Key_Menu])
def test_keys_do_nothing_where_no_row_is_current(qtbot: QtBot, view: RowView, key: Qt.Key) -> None:
    view.show_rows([])
    with (
        qtbot.assertNotEmitted(view.call_asked),
        qtbot.assertNotEmitted(view.delete_asked),
        qtbot.assertNotEmitted(view.menu_asked),
    ):
        press(key)


@pytest.mark.parametrize("key", MOVES)
def test_moving_in_an_empty_list_chooses_nobody(qtbot: QtBot, view: RowView, key: Qt.Key) -> None:
    view.show_rows([Row("Favourites", is_heading=True)])
    with qtbot.assertNotEmitted(view.row_chosen):
        press(key)


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_calls_the_current_row(qtbot: QtBot, view: RowView, key: Qt.Key) -> None:
    press(Key.Key_Down)
    with qtbot.waitSignal(view.call_asked) as asked:
        press(key)
    assert asked.args[0].name == "Person 2"


def test_delete_is_about_the_current_row(qtbot: QtBot, view: RowView) -> None:
    with qtbot.waitSignal(view.delete_asked) as asked:
        press(Key.Key_Delete)
    assert asked.args[0].name == "Person 1"


def test_the_menu_key_opens_the_menu_over_the_current_row(qtbot: QtBot, view: RowView) -> None:
    with qtbot.waitSignal(view.menu_asked) as asked:
        press(Key.Key_Menu)
    contact, position = asked.args
    assert contact.name == "Person 1"
    assert view.visualRect(view.currentIndex()).contains(view.viewport().mapFromGlobal(position))


def test_moving_chooses_and_steps_over_headings(view: RowView) -> None:
    chosen: list[str] = []
    view.row_chosen.connect(lambda c: chosen.append(c.name))
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_End, Key.Key_Home, Key.Key_Up):
        press(key)
    assert chosen == ["Person 2", "Person 3", "Person 4", "Person 3", "Person 12", "Person 1", "Person 1"]


def test_letters_and_digits_are_left_to_the_window(view: RowView) -> None:
    for key in (Key.Key_P, Key.Key_1, Key.Key_Space):
        press(key)
    assert current(view) == "Person 1"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(MOVES), max_size=12))
def test_no_way_of_moving_reaches_a_heading(view: RowView, keys: list[Qt.Key]) -> None:
    for key in keys:
        press(key)
        assert current(view).startswith("Person")


def test_headings_are_told_apart_from_rows_to_assistive_technology(view: RowView) -> None:
    assert view.rows.data(view.rows.index(1, 0)) == f"Person 1, {INDIAN}"
    assert view.rows.flags(view.rows.index(0, 0)) == Qt.ItemFlag.NoItemFlags
    assert view.rows.data(view.rows.index(99, 0)) is None
    assert view.rows.data(view.rows.index(1, 0), int(Qt.ItemDataRole.DecorationRole)) is None
