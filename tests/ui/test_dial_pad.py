"""The dial pad in the window: typing from anywhere, what is known of a number, and whose name stands on the button."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.call import CallState
from tests.ui.rig import (
    INDIAN,
    NOT_A_BUTTON,
    click,
    make_call,
    place_of,
    press,
    repeat,
    sent,
    settle,
    type_text,
)

Key = Qt.Key


def focus(qtbot: QtBot, widget: QWidget) -> None:
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


def type_number(program: Application, qtbot: QtBot, text: str) -> None:
    focus(qtbot, program.pad.field.edit)
    type_text(text)
    settle(qtbot, program)


def name_on_button(program: Application) -> str:
    return program.pad.call_button.accessibleName()


@pytest.mark.parametrize("number", ["112", "911", "100"])
def test_an_emergency_number_is_refused_in_place_while_typed_and_not_called(
    qtbot: QtBot, program: Application, number: str
) -> None:
    type_number(program, qtbot, number)
    assert program.pad.facts.text().startswith("Emergency numbers cannot")
    assert program.pad.facts.property("tone") == "bad"
    press(Key.Key_Return)
    click(program.pad.call_button)
    settle(qtbot, program)
    assert sent(program) == []
    assert program.core.journal.recent() == []
    assert "this service calls you back first" in program.window.toast.label.text()


def test_an_unfinished_number_says_why_only_when_it_is_called(qtbot: QtBot, program: Application) -> None:
    type_number(program, qtbot, "9840")
    assert program.pad.facts.text() == ""
    press(Key.Key_Return)
    assert program.pad.facts.text().startswith("That number is too short")
    assert sent(program) == []


def test_an_empty_field_offers_no_call_and_enter_says_what_to_do(qtbot: QtBot, program: Application) -> None:
    focus(qtbot, program.pad.field.edit)
    assert not program.pad.call_button.isEnabled()
    press(Key.Key_Return)
    assert "Type a number first" in program.window.toast.label.text()
    assert sent(program) == []


def test_a_name_is_forgotten_as_soon_as_the_number_changes(qtbot: QtBot, program: Application) -> None:
    type_number(program, qtbot, "9840222222")
    assert name_on_button(program) == "Call Asha Rao"
    press(Key.Key_Backspace)
    assert "Asha" not in name_on_button(program)
    type_text("3")
    settle(qtbot, program)
    assert name_on_button(program) == "Call +91 98402 22223"
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    assert program.core.journal.recent()[0].contact_name == ""


def test_an_answer_about_an_earlier_number_names_nobody(qtbot: QtBot, program: Application) -> None:
    focus(qtbot, program.pad.field.edit)
    type_text("98402222223")
    press(Key.Key_Backspace)
    press(Key.Key_Backspace)
    type_text("9")
    settle(qtbot, program)
    assert name_on_button(program) == "Call +91 98402 22229"


def test_a_name_loaded_from_the_list_is_not_called_with_another_number(qtbot: QtBot, program: Application) -> None:
    view = program.contacts.view
    click(view.viewport(), place_of(view, "Asha Rao") + NOT_A_BUTTON)
    assert name_on_button(program) == "Call Asha Rao"
    focus(qtbot, program.pad.field.edit)
    program.pad.field.edit.end(False)
    press(Key.Key_Backspace)
    type_text("5")
    settle(qtbot, program)
    request = program.pad.request()
    assert request.contact_name == ""
    assert request.text == "+91 98402 22225"


def test_a_typed_number_of_a_contact_is_called_by_name(qtbot: QtBot, program: Application) -> None:
    type_number(program, qtbot, "9840222222")
    assert name_on_button(program) == "Call Asha Rao"
    assert program.pad.facts.accessibleName().startswith("Asha Rao · India · mobile")
    click(program.pad.call_button)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    assert sent(program)[0]["to"] == int(INDIAN[1:])
    assert program.core.journal.recent()[0].contact_name == "Asha Rao"


def test_enter_calls_once_though_it_is_held(qtbot: QtBot, program: Application) -> None:
    type_number(program, qtbot, "9840222222")
    press(Key.Key_Return)
    for _ in range(20):
        repeat(Key.Key_Return, "\r")
    qtbot.waitUntil(lambda: program.core.journal.recent()[0].state is CallState.ENDED)
    settle(qtbot, program)
    assert len(sent(program)) == 1


def test_a_digit_typed_anywhere_reaches_the_pad_and_a_letter_the_search(qtbot: QtBot, program: Application) -> None:
    for number, widget in enumerate((program.contacts.view, program.window.tabs.button(1), program.pad.softphone)):
        program.pad.load("")
        program.window.search.clear()
        focus(qtbot, widget)
        press(Key.Key_7)
        assert program.pad.field.text() == "7", number
        assert program.pad.field.edit.hasFocus()
        focus(qtbot, widget)
        type_text("b")
        assert program.window.search.text() == "b", number
        assert program.window.search.hasFocus()
        type_text("en")
        assert program.window.search.text() == "ben"


@pytest.mark.parametrize("symbol", ["+", "*", "#"])
def test_the_other_signs_of_a_keypad_reach_the_pad_too(qtbot: QtBot, program: Application, symbol: str) -> None:
    focus(qtbot, program.contacts.view)
    type_text(symbol)
    assert program.pad.field.text() == symbol


def test_digits_typed_in_the_list_are_not_added_to_the_number_chosen_there(qtbot: QtBot, program: Application) -> None:
    view = program.contacts.view
    click(view.viewport(), place_of(view, "Asha Rao") + NOT_A_BUTTON)
    focus(qtbot, view)
    type_text("044")
    assert program.pad.field.text() == "044"
    focus(qtbot, view)
    type_text("2")
    settle(qtbot, program)
    assert program.pad.field.text().replace(" ", "") == "0442"
    assert "Asha" not in name_on_button(program)


def test_shortcuts_type_nothing(qtbot: QtBot, program: Application) -> None:
    focus(qtbot, program.contacts.view)
    press(Key.Key_7, Qt.KeyboardModifier.AltModifier)
    press(Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    press(Key.Key_Space)
    assert program.pad.field.text() == ""
    assert program.window.search.text() == ""


def test_digits_pressed_on_the_pad_are_grouped_and_the_field_takes_over(qtbot: QtBot, program: Application) -> None:
    for digit in "9840222222":
        click(program.pad.keys.keys[digit])
    assert program.pad.field.text() == "98402 22222"
    assert program.pad.field.edit.hasFocus()
    settle(qtbot, program)


def test_up_recalls_the_last_number_with_its_name_and_calls_nobody(qtbot: QtBot, program: Application) -> None:
    focus(qtbot, program.pad.field.edit)
    press(Key.Key_Up)
    assert program.pad.field.text() == ""
    older = make_call(CallState.ENDED, id="old", e164="+442079460018", contact_name="Ben Carter", started_at=1.0)
    program.core.journal.adopt([make_call(CallState.ENDED), older])
    press(Key.Key_Up)
    settle(qtbot, program)
    assert program.pad.field.text() == "+91 98402 22222"
    assert name_on_button(program) == "Call Asha Rao"
    assert sent(program) == []


def test_the_button_names_the_number_where_nobody_is_known(qtbot: QtBot, program: Application) -> None:
    assert name_on_button(program) == "Call"
    type_number(program, qtbot, "+12025550199")
    assert name_on_button(program) == "Call +1 202-555-0199"


def test_a_long_name_is_shortened_on_the_button_and_told_whole(program: Application) -> None:
    program.pad.load(INDIAN, "Johannes & Sons of the Very Long Name Company")
    assert program.pad.call_button.text().endswith("…")
    assert "&&" in program.pad.call_button.text()
    assert name_on_button(program) == "Call Johannes & Sons of the Very Long Name Company"


def test_another_country_reads_the_typed_number_anew(qtbot: QtBot, program: Application) -> None:
    account = program.core.accounts.active
    assert account is not None
    type_number(program, qtbot, "02079460018")
    assert "Ben" not in name_on_button(program)
    program.core.accounts.update_account(replace(account, region="GB"))
    settle(qtbot, program)
    assert name_on_button(program) == "Call Ben Carter"
    program.core.accounts.update_account(replace(account, region="US"))
    settle(qtbot, program)
    assert "Ben" not in name_on_button(program)


def test_a_name_stays_while_the_number_is_the_same(qtbot: QtBot, program: Application) -> None:
    account = program.core.accounts.active
    assert account is not None
    program.pad.load(INDIAN, "Our own name for her")
    program.core.accounts.update_account(replace(account, caller_id="+442079460123"))
    settle(qtbot, program)
    assert name_on_button(program) == "Call Our own name for her"


def test_digits_to_press_after_the_call_is_answered_are_told(qtbot: QtBot, program: Application) -> None:
    type_number(program, qtbot, "")
    program.pad.load("+442079460018,12#")
    assert "then press 12#" in program.pad.facts.accessibleName()


def test_a_name_that_is_html_is_shown_letter_by_letter(program: Application) -> None:
    program.pad.load(INDIAN, "<b>Asha</b> " * 8)
    assert "&lt;b&gt;Asha" in program.pad.facts.toolTip()
    assert program.pad.facts.textFormat() == Qt.TextFormat.PlainText


def test_what_has_no_room_is_left_out_whole_and_told_under_the_pointer(program: Application) -> None:
    program.pad.load(INDIAN, "Asha Rao of the Long Company Name")
    assert program.pad.facts.text().startswith("India")
    assert "Asha Rao" in program.pad.facts.toolTip()
