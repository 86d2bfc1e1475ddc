"""Several numbers in one text: one is chosen, none are run together, and the guard still has its word."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.ui.ask_dialog import AskDialog
from c2c_desktop.ui.choice_dialog import ChoiceDialog
from tests.ui.rig import click, dialog, double_click, press, ready, repeat, sent, settle

Key = Qt.Key
TWO = "+44 20 7946 0018 / +91 98402 22222"
LONDON, INDIAN = 442079460018, 919840222222
FACTS = Qt.ItemDataRole.UserRole


def choice(qtbot: QtBot, program: Application, text: str = TWO, source: Source = Source.PAD) -> ChoiceDialog:
    if source is Source.PAD:
        program.pad.load(text)
        program.pad.call()
    else:
        program.desk.ask_for(DialRequest(text, source))
    qtbot.waitUntil(lambda: dialog() is not None)
    opened = dialog()
    assert isinstance(opened, ChoiceDialog)
    settle(qtbot, program)
    return opened


def row(opened: ChoiceDialog, number: int) -> QPoint:
    return opened.list.visualItemRect(opened.list.item(number)).center()


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_1, Key.Key_2, Key.Key_Space])
def test_a_key_pressed_too_soon_chooses_nothing(qtbot: QtBot, program: Application, key: Qt.Key) -> None:
    opened = choice(qtbot, program)
    press(key)
    assert opened.isVisible()
    opened.reject()
    settle(qtbot, program)
    assert sent(program) == []


def test_a_double_click_that_comes_too_soon_chooses_nothing(qtbot: QtBot, program: Application) -> None:
    opened = choice(qtbot, program)
    double_click(opened.list.viewport(), row(opened, 1))
    click(opened.go_on)
    assert opened.isVisible()
    opened.reject()
    settle(qtbot, program)
    assert sent(program) == []


def test_an_enter_that_is_held_down_chooses_nothing(qtbot: QtBot, program: Application) -> None:
    opened = choice(qtbot, program)
    ready(qtbot)
    for _ in range(5):
        repeat(Key.Key_Return, "\r")
    assert opened.isVisible()
    opened.reject()
    assert sent(program) == []


@pytest.mark.parametrize("by_button", [True, False])
def test_escape_takes_none_of_them(qtbot: QtBot, program: Application, by_button: bool) -> None:
    opened = choice(qtbot, program)
    ready(qtbot)
    click(opened.dont) if by_button else press(Key.Key_Escape)
    settle(qtbot, program)
    assert dialog() is None
    assert sent(program) == []
    assert program.pad.field.text() == TWO  # nothing is lost
    assert program.core.journal.recent() == []


def test_enter_on_the_other_button_takes_none(qtbot: QtBot, program: Application) -> None:
    opened = choice(qtbot, program)
    ready(qtbot)
    opened.dont.setFocus(Qt.FocusReason.TabFocusReason)
    press(Key.Key_Return)
    settle(qtbot, program)
    assert dialog() is None
    assert sent(program) == []


@pytest.mark.parametrize(
    ("keys", "number"),
    [
        ((Key.Key_Return,), LONDON),
        ((Key.Key_Down, Key.Key_Return), INDIAN),
        ((Key.Key_Down, Key.Key_Up, Key.Key_Enter), LONDON),
        ((Key.Key_1,), LONDON),
        ((Key.Key_2,), INDIAN),
        ((Key.Key_3, Key.Key_2), INDIAN),
    ],
)
def test_the_keyboard_chooses_exactly_one(
    qtbot: QtBot, program: Application, keys: tuple[Qt.Key, ...], number: int
) -> None:
    choice(qtbot, program)
    ready(qtbot)
    for key in keys:
        press(key)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    settle(qtbot, program)
    assert [body["to"] for body in sent(program)] == [number]


def test_a_click_chooses_and_a_double_click_calls(qtbot: QtBot, program: Application) -> None:
    opened = choice(qtbot, program)
    ready(qtbot)
    click(opened.list.viewport(), row(opened, 1))
    assert opened.isVisible()
    double_click(opened.list.viewport(), row(opened, 1))
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    settle(qtbot, program)
    assert sent(program)[0]["to"] == INDIAN


def test_what_was_chosen_stands_in_the_pad(qtbot: QtBot, program: Application) -> None:
    choice(qtbot, program)
    ready(qtbot)
    press(Key.Key_2)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    settle(qtbot, program)
    assert program.pad.field.text() == "+91 98402 22222"
    assert program.core.journal.recent()[0].contact_name == "Asha Rao"


def test_a_link_with_several_numbers_is_asked_about_after_the_choice(qtbot: QtBot, program: Application) -> None:
    program.pad.load("+12025550143")
    choice(qtbot, program, f"tel:{TWO}", Source.LINK)
    ready(qtbot)
    press(Key.Key_1)
    qtbot.waitUntil(lambda: isinstance(dialog(), AskDialog))
    asked = dialog()
    assert asked is not None
    for _ in range(3):
        press(Key.Key_Return)  # meant for the choice
    assert asked.isVisible()
    told = [label.text() for label in asked.findChildren(QLabel)]
    assert "+44 20 7946 0018" in told
    assert f"tel:{TWO}" in told  # what the program handed over, as it was
    assert program.pad.field.text() == "+1 202-555-0143"
    asked.reject()
    settle(qtbot, program)
    assert sent(program) == []


def test_each_number_is_told_with_country_kind_and_contact(qtbot: QtBot, program: Application) -> None:
    opened = choice(qtbot, program)
    assert [opened.list.item(n).text() for n in range(2)] == ["+44 20 7946 0018", "+91 98402 22222"]
    assert [opened.list.item(n).data(FACTS) for n in range(2)] == [
        "Ben Carter · United Kingdom · landline",
        "Asha Rao · India · mobile",
    ]
    names = [opened.list.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(2)]
    assert names[1] == "+91 98402 22222, Asha Rao · India · mobile"
    assert not opened.grab().isNull()
    opened.reject()


def test_links_that_come_meanwhile_are_counted(qtbot: QtBot, program: Application) -> None:
    opened = choice(qtbot, program, source=Source.LINK)
    for _ in range(3):
        program.desk.ask_for(DialRequest(TWO, Source.LINK))
    assert dialog() is opened
    assert "3 more links came meanwhile and were left alone." in [label.text() for label in opened.findChildren(QLabel)]
    opened.reject()
