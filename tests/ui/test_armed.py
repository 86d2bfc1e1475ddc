"""A question that pops up while somebody types in another program is not answered by what they type."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.ui.armed import ARMED_MS, TYPING_MS
from c2c_desktop.ui.ask_dialog import AskDialog
from tests.ui.rig import PATIENCE_MS, click, dialog, press, ready, sent, settle

Key = Qt.Key


@pytest.fixture
def asked(qtbot: QtBot, program: Application) -> AskDialog:
    """A question about a link."""
    program.desk.ask_for(DialRequest("tel:+442079460018", Source.LINK))
    qtbot.waitUntil(lambda: isinstance(dialog(), AskDialog), timeout=PATIENCE_MS)
    question = dialog()
    assert isinstance(question, AskDialog)
    return question


def type_on(qtbot: QtBot, words: str, pause_ms: int) -> None:
    """Type as somebody who looks at another window: into whatever has the keyboard."""
    for character in words:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClicks(target, character)
        since = time.monotonic()
        qtbot.waitUntil(lambda s=since: time.monotonic() - s > pause_ms / 1000)  # type: ignore[misc]


def is_unanswered(program: Application, asked: AskDialog) -> bool:
    return asked.isVisible() and sent(program) == [] and program.core.journal.recent() == []


@pytest.mark.parametrize("last", [Key.Key_Space, Key.Key_Return, Key.Key_Enter])
def test_words_that_are_typed_on_do_not_answer(
    qtbot: QtBot, program: Application, asked: AskDialog, last: Qt.Key
) -> None:
    ready(qtbot)
    type_on(qtbot, "the customer", 90)
    press(last)
    type_on(qtbot, " calls", 90)
    press(last)
    settle(qtbot, program)
    assert is_unanswered(program, asked)


@pytest.mark.usefixtures("asked")
def test_who_typed_and_then_looked_can_answer(qtbot: QtBot, program: Application) -> None:
    ready(qtbot)
    since = time.monotonic()
    type_on(qtbot, "x", 0)
    ready(qtbot)
    assert time.monotonic() - since > (TYPING_MS - ARMED_MS) / 1000
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(sent(program)) == 1, timeout=PATIENCE_MS)
    settle(qtbot, program)
    assert dialog() is None


def test_space_never_calls(qtbot: QtBot, program: Application, asked: AskDialog) -> None:
    ready(qtbot)
    assert asked.go_on.hasFocus()
    press(Key.Key_Space)
    settle(qtbot, program)
    assert is_unanswered(program, asked)


def test_two_quick_enters_do_not_answer(qtbot: QtBot, program: Application, asked: AskDialog) -> None:
    for _ in range(6):
        press(Key.Key_Return)
        since = time.monotonic()
        qtbot.waitUntil(lambda s=since: time.monotonic() - s > ARMED_MS / 2000)  # type: ignore[misc]
    settle(qtbot, program)
    assert is_unanswered(program, asked)


def test_a_question_that_stood_behind_takes_no_key_at_once(
    qtbot: QtBot, program: Application, asked: AskDialog
) -> None:
    ready(qtbot)
    crm = QWidget()
    qtbot.addWidget(crm)
    crm.show()
    crm.activateWindow()
    qtbot.waitUntil(crm.isActiveWindow, timeout=PATIENCE_MS)
    asked.activateWindow()
    qtbot.waitUntil(asked.isActiveWindow, timeout=PATIENCE_MS)
    press(Key.Key_Return)
    settle(qtbot, program)
    assert is_unanswered(program, asked)


def test_a_key_pressed_while_the_program_was_busy_is_no_answer(
    qtbot: QtBot, program: Application, asked: AskDialog
) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        enter = QKeyEvent(kind, Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
        QApplication.postEvent(asked.go_on, enter)
    busy_until = time.monotonic() + 2 * ARMED_MS / 1000
    while time.monotonic() < busy_until:
        pass
    settle(qtbot, program)
    assert is_unanswered(program, asked)


def test_a_click_needs_the_question_to_be_seen_but_not_to_have_the_keyboard(
    qtbot: QtBot, program: Application, asked: AskDialog
) -> None:
    click(asked.go_on)
    assert is_unanswered(program, asked)
    ready(qtbot)
    type_on(qtbot, "x", 0)
    click(asked.go_on)
    qtbot.waitUntil(lambda: len(sent(program)) == 1, timeout=PATIENCE_MS)
    settle(qtbot, program)
