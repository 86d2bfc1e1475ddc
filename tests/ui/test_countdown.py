"""The seconds in which a call can be taken back: Cancel then truly sends nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.domain.call import CallState, Source
from c2c_desktop.domain.dialing import DialRequest, Verdict
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.ui.ask_dialog import AskDialog
from c2c_desktop.ui.countdown import Countdown
from tests.ui.rig import (
    INDIAN,
    LONDON,
    buttons,
    click,
    dialog,
    double_click,
    fire,
    make_call,
    press,
    running,
    running_timers,
    sent,
    settle,
)

Key = Qt.Key
S = CallState


def hold(program: Application, seconds: int = 3) -> None:
    program.core.accounts.change(guard=replace(program.core.accounts.settings.guard, undo_seconds=seconds))


@pytest.fixture
def held(qtbot: QtBot, program: Application) -> Application:
    """A call to Asha Rao that waits its three seconds."""
    hold(program)
    program.pad.load(INDIAN, "Asha Rao")
    click(program.pad.call_button)
    qtbot.waitUntil(lambda: program.banner.title.text() == "Calling Asha Rao in 3 s…")
    return program


def countdown(program: Application) -> Countdown:
    found = program.desk.findChild(Countdown)
    assert isinstance(found, Countdown)
    return found


def run_out(program: Application) -> None:
    fire(countdown(program), 3000)


def is_over(program: Application) -> bool:
    return countdown(program).call is None and running_timers(countdown(program)) == []


def test_cancel_truly_sends_nothing(qtbot: QtBot, held: Application) -> None:
    click(buttons(held.banner)["Cancel"])
    assert is_over(held)
    settle(qtbot, held)
    assert sent(held) == []
    assert held.banner.title.text() == "Cancelled"
    assert held.banner.detail.text() == "Nothing was sent to call Asha Rao."
    assert [call.state for call in held.core.call_store.recent(5)] == [S.CANCELLED]


@pytest.mark.parametrize("typed", ["", "Asha"])
def test_escape_cancels_whatever_has_the_focus(qtbot: QtBot, held: Application, typed: str) -> None:
    held.window.search.setText(typed)
    held.pad.field.edit.setFocus()
    press(Key.Key_Escape)
    assert is_over(held)
    assert held.pad.field.text() != ""
    settle(qtbot, held)
    assert sent(held) == []
    assert held.banner.title.text() == "Cancelled"
    press(Key.Key_Escape)  # and means again what it meant before
    assert held.pad.field.text() == ""


def test_quitting_meanwhile_sends_nothing(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with running(qapp, qtbot, Options(sandbox=True, instant=True, data_dir=tmp_path)) as program:
        hold(program, 1)
        program.pad.load(INDIAN, "Asha Rao")
        click(program.pad.call_button)
        qtbot.waitUntil(lambda: countdown(program).call is not None)
        sandbox = program.core.sandbox
        assert sandbox is not None
        timers = countdown(program)
        program.desk.close()
        assert running_timers(timers) == []
    assert sandbox.received == []


def test_a_second_gesture_for_the_same_number_adds_no_call(qtbot: QtBot, held: Application) -> None:
    double_click(held.pad.call_button)
    held.desk.ask_for(DialRequest(INDIAN, Source.LINK))
    assert dialog() is None
    run_out(held)
    qtbot.waitUntil(lambda: len(sent(held)) == 1)
    settle(qtbot, held)
    assert dialog() is None
    assert len(sent(held)) == 1


@pytest.mark.parametrize("source", [Source.CONTACT, Source.LINK])
def test_another_number_must_wait_until_it_is_cancelled(qtbot: QtBot, held: Application, source: Source) -> None:
    held.desk.ask_for(DialRequest(LONDON, source, "Ben Carter"))
    settle(qtbot, held)
    assert dialog() is None
    assert held.window.toast.label.text() == "A call is about to be placed. Cancel it first."
    run_out(held)
    qtbot.waitUntil(lambda: len(sent(held)) == 1)
    settle(qtbot, held)
    assert sent(held)[0]["to"] == int(INDIAN[1:])


def test_it_is_weighed_again_before_it_is_sent(qtbot: QtBot, held: Application) -> None:
    held.core.journal.note(make_call(S.CONNECTED, id="other", e164=LONDON, started_at=held.core.clock.now()))
    run_out(held)
    asked = dialog()
    assert isinstance(asked, AskDialog)
    assert sent(held) == []
    asked.reject()
    settle(qtbot, held)
    assert sent(held) == []


def test_a_rule_that_came_meanwhile_stops_it(qtbot: QtBot, held: Application) -> None:
    guard = held.core.accounts.settings.guard
    held.core.accounts.change(guard=replace(guard, blocked_countries=frozenset({"IN"})))
    run_out(held)
    settle(qtbot, held)
    assert dialog() is None
    assert sent(held) == []
    assert held.pad.facts.text() == "That call is not allowed"


def test_a_computer_that_slept_meanwhile_calls_nobody(qtbot: QtBot, program: Application) -> None:
    hold(program)
    now = program.core.clock.now()
    program.core.clock.now = lambda: now  # type: ignore[method-assign]
    program.pad.load(INDIAN, "Asha Rao")
    click(program.pad.call_button)
    qtbot.waitUntil(lambda: program.banner.title.text() == "Calling Asha Rao in 3 s…")
    program.core.clock.now = lambda: now + 3600  # type: ignore[method-assign]
    run_out(program)
    settle(qtbot, program)
    assert sent(program) == []
    assert program.banner.title.text() == "Cancelled"


def test_the_seconds_are_counted_and_then_it_is_sent_once(qtbot: QtBot, program: Application) -> None:
    hold(program, 1)
    program.pad.load(INDIAN, "Asha Rao")
    click(program.pad.call_button)
    qtbot.waitUntil(lambda: program.banner.title.text() == "Calling Asha Rao in 1 s…")
    assert sent(program) == []
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    settle(qtbot, program)
    assert len(sent(program)) == len(program.core.journal.recent()) == 1
    assert is_over(program)


def test_the_banner_counts_down(qtbot: QtBot, held: Application) -> None:
    qtbot.waitUntil(lambda: held.banner.title.text() == "Calling Asha Rao in 2 s…")
    assert sent(held) == []
    press(Key.Key_Escape)


def test_after_one_was_cancelled_the_next_waits_as_long(qtbot: QtBot, held: Application) -> None:
    press(Key.Key_Escape)
    held.desk.ask_for(DialRequest(LONDON, Source.CONTACT, "Ben Carter"))
    assert held.banner.title.text() == "Calling Ben Carter in 3 s…"
    held.desk.act(NextStep.CANCEL, make_call(S.PLACING, id="another"))
    assert held.window.toast.label.text() == "Too late to cancel: the request is on its way."
    run_out(held)
    qtbot.waitUntil(lambda: len(sent(held)) == 1)
    settle(qtbot, held)
    assert sent(held)[0]["to"] == int(LONDON[1:])


def test_a_confirmed_question_waits_no_longer(qtbot: QtBot, program: Application) -> None:
    hold(program, 5)
    program.desk.ask_for(DialRequest(LONDON, Source.LINK))
    qtbot.waitUntil(lambda: dialog() is not None)
    asked = dialog()
    assert isinstance(asked, AskDialog)
    asked.accept()
    qtbot.waitUntil(lambda: len(sent(program)) == 1, timeout=4000)
    settle(qtbot, program)


def test_a_call_that_waits_brings_up_the_window_where_it_can_be_cancelled(qtbot: QtBot, program: Application) -> None:
    hold(program)
    guard = program.core.accounts.settings.guard
    sources = {**guard.sources, Source.LINK: Verdict.ALLOW}
    program.core.accounts.change(guard=replace(guard, sources=sources))
    program.window.hide()
    program.desk.ask_for(DialRequest(INDIAN, Source.LINK))
    qtbot.waitUntil(program.window.isVisible)
    click(buttons(program.banner)["Cancel"])
    settle(qtbot, program)
    assert sent(program) == []


def test_without_seconds_a_click_calls_at_once(qtbot: QtBot, program: Application) -> None:
    program.pad.load(INDIAN, "Asha Rao")
    click(program.pad.call_button)
    assert program.desk.findChild(Countdown) is None
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    settle(qtbot, program)


def test_a_call_that_is_due_while_a_question_is_open_is_not_sent(qtbot: QtBot, held: Application) -> None:
    held.desk.ask_for(DialRequest(f"{LONDON} or {INDIAN}", Source.LINK))
    qtbot.waitUntil(lambda: dialog() is not None)
    run_out(held)
    settle(qtbot, held)
    assert sent(held) == []
    assert [call.state for call in held.core.journal.recent()] == [S.CANCELLED]
    assert "was not sent" in held.window.toast.label.text()
    open_dialog = dialog()
    assert open_dialog is not None
    open_dialog.reject()
