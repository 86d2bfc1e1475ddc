"""The guard's question: only an answer meant for it calls, and it shows exactly what would be dialled."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.call import CallState, Source
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.ui.ask_dialog import AskDialog
from c2c_desktop.ui.contact_dialog import ContactDialog
from tests.ui.rig import (
    INDIAN,
    LONDON,
    click,
    dialog,
    double_click,
    make_call,
    make_contact,
    press,
    ready,
    repeat,
    sent,
    settle,
    titles,
)

Key = Qt.Key
LINK = "tel:+44-(0)20-7946-0018"


def question() -> AskDialog:
    opened = dialog()
    assert isinstance(opened, AskDialog)
    return opened


def ask(qtbot: QtBot, program: Application, text: str = LINK, source: Source = Source.LINK) -> AskDialog:
    program.desk.ask_for(DialRequest(text, source))
    qtbot.waitUntil(lambda: dialog() is not None)
    return question()


def lines(asked: AskDialog) -> list[str]:
    return [label.text() for label in asked.findChildren(QLabel)]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_a_key_pressed_too_soon_is_no_answer(qtbot: QtBot, program: Application, key: Qt.Key) -> None:
    asked = ask(qtbot, program)
    for _ in range(3):
        press(key)
    assert asked.isVisible()
    asked.dont.setFocus()
    press(Key.Key_Return)
    assert asked.isVisible()
    ready(qtbot)
    press(Key.Key_Escape)
    settle(qtbot, program)
    assert sent(program) == []


def test_a_click_that_comes_too_soon_is_no_answer(qtbot: QtBot, program: Application) -> None:
    asked = ask(qtbot, program)
    click(asked.go_on)
    double_click(asked.go_on)
    assert asked.isVisible()
    ready(qtbot)
    click(asked.go_on)
    assert dialog() is None
    qtbot.waitUntil(lambda: len(sent(program)) == 1)


def test_an_enter_that_is_held_down_is_no_answer(qtbot: QtBot, program: Application) -> None:
    asked = ask(qtbot, program)
    ready(qtbot)
    for _ in range(5):
        repeat(Key.Key_Return, "\r")
    assert asked.isVisible()
    assert sent(program) == []
    asked.reject()


def test_escape_does_not_call_and_leaves_no_trace(qtbot: QtBot, program: Application) -> None:
    ask(qtbot, program)
    ready(qtbot)
    press(Key.Key_Escape)
    assert dialog() is None
    settle(qtbot, program)
    assert sent(program) == []
    assert program.core.journal.recent() == []


def test_the_other_button_does_not_call(qtbot: QtBot, program: Application) -> None:
    asked = ask(qtbot, program)
    ready(qtbot)
    click(asked.dont)
    settle(qtbot, program)
    assert sent(program) == []


@pytest.mark.parametrize("put_away", ["hide", "showMinimized"])
def test_a_question_is_seen_though_the_window_is_not(qtbot: QtBot, program: Application, put_away: str) -> None:
    getattr(program.window, put_away)()
    asked = ask(qtbot, program)
    qtbot.waitUntil(asked.isActiveWindow)
    assert not program.window.isMinimized()
    ready(qtbot)
    press(Key.Key_Escape)
    settle(qtbot, program)
    assert sent(program) == []


def test_a_second_request_does_not_stack_a_second_question(qtbot: QtBot, program: Application) -> None:
    first = ask(qtbot, program)
    program.desk.ask_for(DialRequest("+12025550143", Source.LINK))
    program.desk.ask_for(DialRequest("+919840222222", Source.PAD))
    assert question() is first
    assert "+44 20 7946 0018" in lines(first)
    settle(qtbot, program)
    assert sent(program) == []
    first.reject()


def test_after_an_answer_the_next_question_can_come(qtbot: QtBot, program: Application) -> None:
    ask(qtbot, program).reject()
    second = ask(qtbot, program, "+12025550143")
    assert "+1 202-555-0143" in lines(second)
    second.reject()


def test_enter_calls_what_is_shown_once(qtbot: QtBot, program: Application) -> None:
    asked = ask(qtbot, program)
    assert "+44 20 7946 0018" in lines(asked)
    ready(qtbot)
    press(Key.Key_Return)
    assert dialog() is None
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    assert sent(program)[0]["to"] == int(LONDON[1:])
    settle(qtbot, program)
    assert len(sent(program)) == 1


def test_a_link_is_shown_letter_by_letter_without_control_characters(qtbot: QtBot, program: Application) -> None:
    asked = ask(qtbot, program, "tel:+442079460018?<b>x</b>\u202e\u0007" + "y" * 200)
    shown = next(line for line in lines(asked) if line.startswith("tel:"))
    assert shown.startswith("tel:+442079460018?<b>x</b>yyy")
    assert len(shown) <= 120
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in asked.findChildren(QLabel))
    asked.reject()


def test_the_last_call_to_the_number_is_told(qtbot: QtBot, program: Application) -> None:
    old = make_call(CallState.UNCERTAIN, e164=LONDON, started_at=time.time() - 3600)
    program.core.journal.adopt([old])
    asked = ask(qtbot, program)
    told = lines(asked)[lines(asked).index("Last call") + 1]
    assert told.endswith(", uncertain")
    asked.reject()


def test_everything_that_will_be_sent_is_told(qtbot: QtBot, program: Application) -> None:
    account = program.core.accounts.active
    assert account is not None
    program.core.accounts.update_account(type(account)(account.user_id, caller_id="+442079460123"))
    asked = ask(qtbot, program)
    told = lines(asked)
    assert told[told.index("Caller ID") + 1] == "+442079460123"
    assert told[told.index("Rings first") + 1] == "Your softphone"
    assert any(line.startswith("United Kingdom · landline · ") for line in told)
    assert "Ben Carter" in told
    asked.reject()


@pytest.mark.parametrize(
    ("source", "words", "is_repeated"),
    [
        (Source.LINK, "Call this number from a link?", False),
        (Source.HOTKEY, "Call this selected number?", False),
        (Source.COMMAND_LINE, "Call this number?", True),
    ],
)
def test_why_it_asks_is_said_once(
    qtbot: QtBot, program: Application, source: Source, words: str, is_repeated: bool
) -> None:
    asked = ask(qtbot, program, source=source)
    told = lines(asked)
    assert told[0] == words
    assert any(line.startswith("The number comes from") for line in told) == is_repeated
    asked.reject()


def test_an_expensive_number_asks_though_it_was_typed(qtbot: QtBot, program: Application) -> None:
    program.pad.load("+44 909 879 0000")
    click(program.pad.call_button)
    qtbot.waitUntil(lambda: dialog() is not None)
    assert any("premium-rate" in line for line in lines(question()))
    question().reject()
    settle(qtbot, program)
    assert sent(program) == []


def test_the_buttons_show_their_keys(qtbot: QtBot, program: Application) -> None:
    asked = ask(qtbot, program)
    assert (asked.go_on.accessibleName(), asked.dont.accessibleName()) == ("Call", "Don’t call")
    assert not asked.grab().isNull()
    assert asked.height() >= asked.minimumHeight() > 0
    asked.reject()


def test_enter_on_the_other_button_does_not_call(qtbot: QtBot, program: Application) -> None:
    asked = ask(qtbot, program)
    ready(qtbot)
    asked.dont.setFocus(Qt.FocusReason.TabFocusReason)
    press(Key.Key_Return)
    assert dialog() is None
    settle(qtbot, program)
    assert sent(program) == []


def test_enter_on_cancel_of_a_form_stores_nothing(qtbot: QtBot, program: Application) -> None:
    program.dialogs.contact(make_contact(0, "Zed"))
    form = dialog()
    assert isinstance(form, ContactDialog)
    qtbot.waitUntil(form.isActiveWindow)
    form.cancel.setFocus(Qt.FocusReason.TabFocusReason)
    assert form.cancel.hasFocus()
    press(Key.Key_Return)
    assert dialog() is None
    settle(qtbot, program)
    assert "Zed" not in titles(program.contacts.view)


def test_a_yes_does_not_cover_a_reason_that_was_not_shown(qtbot: QtBot, program: Application) -> None:
    ask(qtbot, program)
    ready(qtbot)
    clock = program.core.clock
    program.core.journal.note(make_call(CallState.CONNECTED, id="other", e164="+14155550177", started_at=clock.now()))
    press(Key.Key_Return)
    again = question()
    assert any("still going on" in line for line in lines(again))
    assert sent(program) == []
    ready(qtbot)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    settle(qtbot, program)
    assert dialog() is None


def test_a_yes_after_some_seconds_is_no_other_question(qtbot: QtBot, program: Application) -> None:
    program.desk.ask_for(DialRequest(INDIAN, Source.PAD, "Asha Rao"))
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    settle(qtbot, program)
    asked = ask(qtbot, program, INDIAN, Source.PAD)
    (shown,) = (line for line in lines(asked) if line.startswith("You called this number"))
    weigh, proposal = program.core.dialer.weigh, program.core.dialer.consider(DialRequest(INDIAN, Source.PAD))
    qtbot.waitUntil(lambda: weigh(proposal.request, proposal.number).reason != shown)  # its words count the seconds
    ready(qtbot)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(sent(program)) == 2)
    settle(qtbot, program)
    assert dialog() is None
