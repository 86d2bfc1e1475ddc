"""Privacy mode in the dial pad: what comes from a list is masked until it is edited or looked at."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.call import CallState, Source
from tests.ui.rig import INDIAN, click, make_call, press, sent, settle, type_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ASHA, MASKED = "+91 98402 22222", "+91 ••••• •••22"
EYE = "Show the whole number"


def switch(program: Application, *, on: bool) -> None:
    program.core.accounts.change(mask_numbers=on)


def load(program: Application, number: str = INDIAN, name: str = "", source: Source = Source.HISTORY) -> QLineEdit:
    switch(program, on=True)
    program.pad.load(number, name, source)
    edit = program.pad.field.edit
    edit.setFocus()
    return edit


def test_a_number_from_a_list_stands_masked_in_the_pad_and_is_called_whole(qtbot: QtBot, program: Application) -> None:
    edit = load(program)
    assert (edit.text(), program.pad.field.text()) == (MASKED, ASHA)
    assert program.pad.call_button.accessibleName() == f"Call {MASKED}"
    assert program.pad.field.country.text() == "IN"
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    assert sent(program)[0]["to"] == int(INDIAN[1:])


def test_the_eye_shows_the_whole_number_and_goes(qtbot: QtBot, program: Application) -> None:
    edit = load(program, "+44 20 7946 0099")
    settle(qtbot, program)
    eye = program.pad.field.eye
    assert (eye.isVisible(), eye.accessibleName()) == (True, EYE)
    assert program.pad.call_button.accessibleName() == "Call +44 •• •••• ••99"
    click(eye)
    assert edit.text() == "+44 20 7946 0099"
    assert program.pad.call_button.accessibleName() == "Call +44 20 7946 0099"
    assert not eye.isVisible()


@pytest.mark.parametrize(
    ("at", "keys", "whole"),
    [
        (15, [Key.Key_Backspace], "+91 98402 2222"),
        (5, [Key.Key_Backspace], "+91 84022 2222"),
        (4, [Key.Key_Delete], "+91 84022 2222"),
        (15, [Key.Key_3], "+919840222222 3"),
        (4, [Key.Key_7], "+91 79840 22222 2"),
    ],
)
def test_an_edit_of_a_masked_number_changes_the_whole_one_and_shows_it(
    program: Application, at: int, keys: list[Qt.Key], whole: str
) -> None:
    edit = load(program)
    edit.setCursorPosition(at)
    for key in keys:
        press(key)
    assert re.sub(r"\D", "", edit.text()) == re.sub(r"\D", "", whole)
    assert not program.pad.field.is_masked


def test_a_paste_over_a_masked_number_is_read_as_a_paste(program: Application) -> None:
    edit = load(program)
    edit.selectAll()
    QGuiApplication.clipboard().setText("tel:+44-20-7946-0018")
    press(Key.Key_V, CTRL)
    assert edit.text() == program.pad.field.text() == "+44 20 7946 0018"


@pytest.mark.parametrize("key", [Key.Key_C, Key.Key_X])
def test_copy_and_cut_take_the_selected_digits_whole(program: Application, key: Qt.Key) -> None:
    edit = load(program)
    QGuiApplication.clipboard().setText("before")
    edit.setSelection(4, 5)
    press(key, CTRL)
    assert QGuiApplication.clipboard().text() == "98402"
    assert (edit.text() == MASKED) == (key == Key.Key_C)
    edit.deselect()
    press(key, CTRL)
    assert QGuiApplication.clipboard().text() == "98402"


def test_keys_of_the_pad_and_its_backspace_edit_the_whole_number(program: Application) -> None:
    load(program)
    click(program.pad.field.backspace)
    assert re.sub(r"\D", "", program.pad.field.edit.text()) == "91984022222"
    load(program)
    program.pad.field.insert("5")
    assert re.sub(r"\D", "", program.pad.field.edit.text()) == "9198402222225"


def test_escape_leaves_nothing_behind(program: Application) -> None:
    edit = load(program)
    press(Key.Key_Escape)
    assert (edit.text(), program.pad.field.text(), program.pad.field.is_masked) == ("", "", False)
    assert not program.pad.field.eye.isVisible()


def test_another_number_that_is_masked_to_the_same_is_another_number(qtbot: QtBot, program: Application) -> None:
    load(program)
    load(program, "+919841133322")
    assert program.pad.field.edit.text() == MASKED
    assert program.pad.request().text == "+91 98411 33322"
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    assert sent(program)[0]["to"] == 919841133322


def test_what_is_typed_stays_readable_also_when_privacy_comes(program: Application) -> None:
    edit = program.pad.field.edit
    edit.setFocus()
    type_text("9841133322")
    switch(program, on=True)
    assert edit.text() == "98411 33322"
    assert program.pad.call_button.accessibleName() == "Call +91 98411 33322"


def test_a_number_that_was_loaded_is_masked_when_privacy_comes_and_whole_when_it_goes(program: Application) -> None:
    edit = program.pad.field.edit
    program.pad.load(INDIAN, "Asha Rao", Source.CONTACT)
    assert edit.text() == ASHA
    for on, text in ((True, MASKED), (False, ASHA), (True, MASKED)):
        switch(program, on=on)
        assert edit.text() == text
        assert program.pad.request().source is Source.CONTACT
        assert program.pad.call_button.accessibleName() == "Call Asha Rao"


def test_a_number_recalled_with_up_is_masked(program: Application) -> None:
    program.core.journal.adopt([make_call(CallState.ENDED)])
    switch(program, on=True)
    program.pad.field.edit.setFocus()
    press(Key.Key_Up)
    assert program.pad.field.edit.text() == MASKED
