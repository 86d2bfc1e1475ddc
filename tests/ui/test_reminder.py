"""The card with the digits to press afterwards: they are kept, shown, and never sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.call import CallState, Source
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.reminder_card import ReminderCard
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import INDIAN, click, dialog, make_call, press, sent, settle

S = CallState


@pytest.fixture
def card(qtbot: QtBot, theme: Theme, icons: Icons) -> Iterator[ReminderCard]:
    window = QWidget()
    qtbot.addWidget(window)
    card = ReminderCard(theme, icons, window)
    window.show()
    qtbot.waitExposed(window)
    yield card
    window.close()


def test_the_digits_are_never_sent(qtbot: QtBot, program: Application) -> None:
    program.pad.load(f"{INDIAN},,1234#")
    assert "then press" in program.pad.facts.accessibleName()
    click(program.pad.call_button)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    settle(qtbot, program)
    assert sent(program)[0]["to"] == int(INDIAN[1:])
    assert "1234" not in str(sent(program)[0])
    assert "1234#" in program.core.journal.recent()[0].post_dial


def test_the_question_says_what_to_press_afterwards(qtbot: QtBot, program: Application) -> None:
    program.desk.ask_for(DialRequest(f"tel:{INDIAN},,1234#", Source.LINK))
    qtbot.waitUntil(lambda: dialog() is not None)
    asked = dialog()
    assert asked is not None
    assert any("1234# yourself." in label.text() for label in asked.findChildren(QLabel))
    asked.reject()


@pytest.mark.parametrize("state", [S.CANCELLED, S.REFUSED, S.NOT_SENT, S.ENDED, S.AGENT_MISSED, S.CUSTOMER_MISSED])
def test_it_goes_with_the_call(card: ReminderCard, state: CallState) -> None:
    card.show_call(make_call(S.PLACING, post_dial="1234#"))
    assert card.isVisible()
    card.show_call(make_call(state, post_dial="1234#"))
    assert not card.isVisible()


@pytest.mark.parametrize("state", [S.DRAFT, S.PLACING, S.INITIATED, S.AGENT_RINGING, S.CONNECTED, S.UNCERTAIN])
def test_it_stays_while_somebody_may_answer(card: ReminderCard, state: CallState) -> None:
    card.show_call(make_call(state, post_dial="1234#"))
    assert card.isVisible()
    assert card.words.text() == "After they answer, press 1234#"


def test_a_call_without_digits_needs_none(card: ReminderCard) -> None:
    card.show_call(make_call(S.CONNECTED, post_dial="1234#"))
    card.show_call(make_call(S.PLACING, id="another"))
    assert not card.isVisible()


def test_closed_it_stays_closed_for_that_call(card: ReminderCard) -> None:
    card.show_call(make_call(S.PLACING, post_dial="1234#"))
    click(card.dismiss)
    card.show_call(make_call(S.CONNECTED, post_dial="1234#"))
    assert not card.isVisible()
    card.show_call(make_call(S.PLACING, id="another", post_dial="99"))
    assert card.words.text() == "After they answer, press 99"
    assert card.isVisible()


def test_copy_puts_the_digits_in_the_clipboard(card: ReminderCard) -> None:
    card.show_call(make_call(S.CONNECTED, post_dial="1234#"))
    click(card.copy)
    assert QGuiApplication.clipboard().text() == "1234#"
    assert card.isVisible()


def test_it_outlives_the_banner(program: Application) -> None:
    program.display.show_call(make_call(S.UNCERTAIN, post_dial="1234#"))  # a phone may still ring
    card = program.window.findChild(ReminderCard)
    assert isinstance(card, ReminderCard)
    press(Qt.Key.Key_Escape)
    assert not program.banner.isVisible()
    assert card.isVisible()
    program.window.toast.say("words")
    bottom = program.window.toast.geometry().bottom()
    assert bottom < card.mapTo(program.window, card.rect().topLeft()).y()


def test_enters_on_its_buttons_never_reach_a_contact(qtbot: QtBot, program: Application) -> None:
    program.window.search.setFocus()
    program.display.show_call(make_call(S.INITIATED, post_dial="1234#"))
    card = program.window.findChild(ReminderCard)
    assert isinstance(card, ReminderCard)
    qtbot.waitUntil(card.isVisible)
    card.copy.setFocus(Qt.FocusReason.TabFocusReason)
    program.display.show_call(make_call(S.ENDED, post_dial="1234#"))
    assert program.window.focusWidget() is program.window
    for _ in range(3):
        press(Qt.Key.Key_Return)
    settle(qtbot, program)
    assert sent(program) == []
