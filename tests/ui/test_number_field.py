"""The number field: grouped while typed, read when pasted, and the cursor where the hand left it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.number import parse_number
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.number_field import HOLD_TO_CLEAR_MS, NumberField
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import click, fire, press, press_mouse, release_mouse, repeat, type_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def field(qtbot: QtBot, theme: Theme, icons: Icons) -> NumberField:
    field = NumberField(theme, icons)
    qtbot.addWidget(field)
    field.resize(290, 48)
    field.show()
    field.activateWindow()
    field.edit.setFocus()
    qtbot.waitUntil(field.edit.hasFocus)
    return field


def paste(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    press(Key.Key_V, CTRL)


@pytest.mark.parametrize("text", ["hello", "see page 12 of 40", "tel:", "+44 20 7946 0018 or +44 20 7946 0019"])
def test_a_pasted_text_that_is_no_number_stays_as_it_is(field: NumberField, text: str) -> None:
    paste(text)
    assert field.text() == text


@pytest.mark.parametrize(
    ("pasted", "shown"),
    [
        ("tel:+44-20-7946-0018", "+44 20 7946 0018"),
        ("+44 (0)20 7946 0018", "+44 20 7946 0018"),
        ("Phone: +44 20 7946 0018 ", "+44 20 7946 0018"),
        ("  +44 20 7946 0018\n", "+44 20 7946 0018"),
        ("0044.20.7946.0018", "00 44 20 7946 0018"),
        ("9840222222", "98402 22222"),
        ("(044) 2811 2222", "044 2811 2222"),
        ("1-202-555-FAKE", "+1 202-555-3253"),
        ("+1 202 555 FAKE", "+1 202-555-3253"),
    ],
)
def test_a_pasted_number_is_read_and_grouped(field: NumberField, pasted: str, shown: str) -> None:
    paste(pasted)
    assert field.text() == shown


@pytest.mark.parametrize(
    ("pasted", "shown", "post_dial"),
    [
        ("Tel.: 098402-22222 ext. 12", "098402 22222 ext. 12", "12"),
        ("tel:+44-20-7946-0018;ext=204", "+44 20 7946 0018 ext. 204", "204"),
        ("(098402) 22222,,1234#", "098402 22222,,1234#", "1234#"),
        ("tel:+442079460018,12*", "+44 20 7946 0018,,12*", "12*"),
        ("tel:+442079460018,1,,204#", "+44 20 7946 0018,,1,204#", "1,204#"),
    ],
)
def test_the_digits_to_press_after_a_pasted_number_are_kept(
    field: NumberField, pasted: str, shown: str, post_dial: str
) -> None:
    paste(pasted)
    assert field.text() == shown
    assert parse_number(field.text(), "IN").post_dial == post_dial


def test_an_extension_is_not_grouped_and_what_grows_beyond_it_is(field: NumberField) -> None:
    type_text("2001")
    assert field.text() == "20 01"
    press(Key.Key_Escape)
    field.set_region("IN", "2xxx")
    type_text("2001")
    assert field.text() == "2001"
    type_text("1")
    assert field.text() == "20 011"


def test_a_paste_is_read_though_the_number_before_it_was_as_long(field: NumberField) -> None:
    type_text("984022222222222222222")
    press(Key.Key_Escape)
    assert field.text() == ""
    paste("tel:+44-20-7946-0018")
    assert field.text() == "+44 20 7946 0018"


@pytest.mark.parametrize(
    ("region", "typed", "shown", "country"),
    [
        ("IN", "9840222222", "98402 22222", "IN +91"),
        ("GB", "02079460018", "020 7946 0018", "GB +44"),
        ("US", "2025550143", "(202) 555-0143", "US +1"),
        ("IN", "+33199001234", "+33 1 99 00 12 34", "FR"),
        ("IN", "112", "112", "IN +91"),
        ("IN", "+888", "+888 ", "?"),
        ("IN", "", "", "IN"),
    ],
)
def test_digits_are_grouped_for_their_country_as_they_are_typed(
    field: NumberField, region: str, typed: str, shown: str, country: str
) -> None:
    field.set_region(region)
    type_text(typed)
    assert field.text() == shown
    assert field.country.text() == country


def test_a_change_of_region_is_told_for_a_number_that_stands_there(field: NumberField) -> None:
    type_text("02079")
    field.set_region("GB")
    assert field.country.text() == "GB +44"


def cursor_after(field: NumberField, digits: int) -> int:
    count = 0
    for at, character in enumerate(field.text()):
        if count == digits:
            return at
        count += character.isdigit()
    return len(field.text())


def test_typing_in_the_middle_keeps_the_cursor_there(field: NumberField) -> None:
    type_text("984022222")
    field.edit.setCursorPosition(2)
    type_text("77")
    assert field.text().replace(" ", "") == "98774022222"
    assert field.edit.cursorPosition() == cursor_after(field, 4)


def test_deleting_in_the_middle_keeps_the_cursor_there(field: NumberField) -> None:
    type_text("9840222222")
    field.edit.setCursorPosition(3)
    press(Key.Key_Backspace)
    assert field.text().replace(" ", "") == "980222222"
    assert field.edit.cursorPosition() == cursor_after(field, 2)


def test_delete_goes_past_the_gap_between_groups(field: NumberField) -> None:
    type_text("9840222222")
    assert field.text() == "98402 22222"
    field.edit.setCursorPosition(5)
    press(Key.Key_Delete)
    assert field.text().replace(" ", "") == "984022222"


def test_backspace_goes_past_the_gap_between_groups(field: NumberField) -> None:
    type_text("9840222222")
    field.edit.setCursorPosition(6)
    press(Key.Key_Backspace)
    assert field.text().replace(" ", "") == "984022222"


def test_every_digit_can_be_deleted_from_either_end(field: NumberField) -> None:
    type_text("+12025550143")
    field.edit.setCursorPosition(0)
    for _ in range(4):
        press(Key.Key_Delete)
    assert field.text().replace(" ", "").replace("-", "") == "25550143"
    press(Key.Key_End)
    for _ in range(8):
        press(Key.Key_Backspace)
    assert field.text() == ""


def test_a_selection_is_deleted_as_it_is(field: NumberField) -> None:
    type_text("9840222222")
    press(Key.Key_A, CTRL)
    press(Key.Key_Backspace)
    assert field.text() == ""


def test_letters_stay_as_typed(field: NumberField) -> None:
    type_text("1800FAKE")
    assert field.text() == "1800FAKE"


def test_enter_calls_once_however_long_it_is_held(field: NumberField) -> None:
    calls: list[None] = []
    field.call_asked.connect(lambda: calls.append(None))
    repeat(Key.Key_Return, "\r")
    assert calls == []
    press(Key.Key_Enter)
    repeat(Key.Key_Enter, "\r")
    assert len(calls) == 1


def test_up_asks_for_the_last_number(qtbot: QtBot, field: NumberField) -> None:
    with qtbot.waitSignal(field.recall_asked):
        press(Key.Key_Up)


def test_the_backspace_button_takes_one_digit_where_the_cursor_is(field: NumberField) -> None:
    type_text("9840222222")
    click(field.backspace)
    assert field.text().replace(" ", "") == "984022222"
    field.edit.setCursorPosition(2)
    click(field.backspace)
    assert field.text().replace(" ", "") == "94022222"
    assert field.edit.hasFocus()


def test_holding_backspace_clears_everything(field: NumberField) -> None:
    type_text("9840222222")
    press_mouse(field.backspace)
    assert field.text() != ""
    fire(field, HOLD_TO_CLEAR_MS)
    assert field.text() == ""
    release_mouse(field.backspace)
    assert field.text() == ""


def test_a_press_of_backspace_that_is_dragged_off_deletes_nothing(field: NumberField) -> None:
    type_text("9840222222")
    press_mouse(field.backspace)
    release_mouse(field, QPoint(60, 20))
    assert field.text() == "98402 22222"


def test_long_numbers_are_shown_whole_in_smaller_digits(field: NumberField) -> None:
    type_text("9840")
    assert field.edit.property("digits") == 22
    field.resize(245, 48)
    type_text("222222")
    field.set_text("+91 98402 22222")
    assert field.edit.property("digits") < 22
    shown = field.edit.fontMetrics().horizontalAdvance(field.text())
    assert shown <= field.edit.width()


def test_the_frame_shows_where_typing_goes(field: NumberField) -> None:
    assert field.property("active") is True
    field.edit.clearFocus()
    assert field.property("active") is False


def test_every_change_is_told_with_the_text_that_stands_there(field: NumberField) -> None:
    told: list[str] = []
    field.changed.connect(told.append)
    type_text("9840")
    field.set_text("+919840222222")
    assert told[-2:] == ["9840", "+91 98402 22222"]
