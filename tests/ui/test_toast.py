"""The message at the window's foot: one at a time, seen by somebody, and never in the way of the banner."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.call import CallState
from c2c_desktop.services.health_items import account_health
from c2c_desktop.ui.theme import Theme
from c2c_desktop.ui.toast import HURRIED_MS, LONGEST_QUEUE, SHOWN_MS, Toast
from tests.ui.rig import click, fire, make_call, running_timers


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> QWidget:  # noqa: ARG001  # the toast is measured in its style
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    return window


@pytest.fixture
def toast(qtbot: QtBot, window: QWidget) -> Iterator[Toast]:
    toast = Toast(window, lambda: 40)
    window.show()
    qtbot.waitExposed(window)
    yield toast
    toast.deleteLater()


def test_what_is_said_while_nobody_sees_the_window_waits(qtbot: QtBot, program: Application) -> None:
    toast, window = program.window.toast, program.window
    window.hide()
    toast.say("While you were away")
    assert not toast.isVisible()
    assert running_timers(toast) == []
    window.show()
    assert toast.isVisible()
    fire(toast, SHOWN_MS)
    window.showMinimized()
    qtbot.waitUntil(window.isMinimized)
    toast.say("While it was small")
    assert not toast.isVisible()
    window.showNormal()
    qtbot.waitUntil(toast.isVisible)
    assert toast.label.text() == "While it was small"


def test_a_repeated_message_is_one(toast: Toast) -> None:
    for _ in range(3):
        toast.say("One")
    toast.say("Two")
    toast.say("Two")
    fire(toast, HURRIED_MS)
    assert toast.label.text() == "Two"
    fire(toast, SHOWN_MS)
    assert not toast.isVisible()


def test_a_flood_of_messages_has_an_end(toast: Toast) -> None:
    for number in range(50):
        toast.say(f"Message {number}")
    seen = []
    while toast.isVisible():
        seen.append(toast.label.text())
        fire(toast, running_timers(toast)[0])
    assert len(seen) == LONGEST_QUEUE + 1
    assert seen[-1] == "Message 49"


def test_messages_come_in_turn_and_hurry_where_others_wait(toast: Toast) -> None:
    toast.say("First")
    assert running_timers(toast) == [SHOWN_MS]
    toast.say("Second")
    assert toast.label.text() == "First"
    assert running_timers(toast)[0] <= HURRIED_MS
    fire(toast, running_timers(toast)[0])
    assert toast.label.text() == "Second"
    assert running_timers(toast) == [SHOWN_MS]
    fire(toast, SHOWN_MS)
    assert not toast.isVisible()


def test_what_can_be_undone_is_not_hurried(toast: Toast) -> None:
    toast.say("Ben Carter was deleted.", "Undo", lambda: None)
    toast.say("Next")
    assert running_timers(toast) == [SHOWN_MS]


def test_the_button_acts_once_and_the_next_message_follows(toast: Toast) -> None:
    undone: list[str] = []
    toast.say("Ben Carter was deleted.", "Undo", lambda: undone.append("Ben"))
    toast.say("Next")
    assert toast.button.text() == "Undo"
    click(toast.button)
    assert undone == ["Ben"]
    assert toast.label.text() == "Next"
    assert not toast.button.isVisible()


def test_a_message_no_longer_shown_cannot_be_acted_on(toast: Toast) -> None:
    undone: list[str] = []
    toast.say("Ben Carter was deleted.", "Undo", lambda: undone.append("Ben"))
    fire(toast, SHOWN_MS)
    toast.button.click()
    assert undone == []


def test_words_are_shown_letter_by_letter(toast: Toast) -> None:
    toast.say("<b>Ben</b> was deleted.")
    assert toast.label.text() == "<b>Ben</b> was deleted."
    assert toast.label.textFormat() == Qt.TextFormat.PlainText


def test_long_words_wrap_inside_the_window(window: QWidget, toast: Toast) -> None:
    toast.say("word " * 60)
    assert window.rect().contains(toast.geometry())
    assert toast.geometry().bottom() < window.height() - 40


def on_window(program: Application, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(program.window, QPoint()), widget.size())


@pytest.mark.parametrize("width", [860, 360])
def test_a_banner_that_comes_while_a_message_is_shown_is_not_covered(
    qtbot: QtBot, program: Application, width: int
) -> None:
    window, toast = program.window, program.window.toast
    window.resize(width, 600)
    toast.say("Ben Carter was deleted.", "Undo", lambda: None)
    program.banner.show_call(make_call(CallState.PLACING), has_feed=True)
    qtbot.waitUntil(lambda: not toast.geometry().intersects(on_window(program, program.banner)))
    assert window.rect().contains(toast.geometry())
    low = toast.y()
    program.banner.hide()
    qtbot.waitUntil(lambda: toast.y() > low)


def test_a_message_keeps_its_place_when_the_window_changes_its_size(qtbot: QtBot, program: Application) -> None:
    program.window.toast.say("Words")
    program.window.resize(400, 560)
    qtbot.waitUntil(lambda: program.window.rect().contains(program.window.toast.geometry()))


def test_the_foot_tells_who_is_signed_in_and_that_this_is_the_sandbox(program: Application) -> None:
    assert program.status.words.text() == "Ready · 101_•••••12"
    marks = [w for w in program.status.findChildren(QWidget) if w.property("role") == "chip"]
    assert len(marks) == 1
    assert not program.status.mend.isVisible()


def test_the_dot_of_the_foot_is_amber_where_something_can_be_mended(program: Application) -> None:
    fine = program.status.grab().toImage()
    program.health.report(account_health(""))
    assert program.status.mend.isVisible()
    troubled = program.status.grab().toImage()
    place = (12 + 5, program.status.height() // 2)
    tokens = program.theme.tokens
    assert fine.pixelColor(*place) == tokens.colour("accent")
    assert troubled.pixelColor(*place) == tokens.colour("warn")
