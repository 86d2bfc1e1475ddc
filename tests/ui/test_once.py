"""One gesture is one call, whatever the hand does; and a call that is cancelled in time is never sent."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.services.ports import Lane
from c2c_desktop.ui.ask_dialog import AskDialog
from c2c_desktop.ui.call_banner import ARMED_MS
from tests.ui.rig import INDIAN, buttons, click, dialog, double_click, make_call, press, sent, settle

Key = Qt.Key
S = CallState


@pytest.fixture
def gate(program: Application) -> Iterator[threading.Event]:
    """The network lane waits until the gate is opened."""
    gate = threading.Event()
    program.lanes.run(Lane.NETWORK, lambda: gate.wait(10), lambda _: None, lambda _: None)
    yield gate
    gate.set()


def newest(program: Application) -> Call:
    return program.core.journal.recent()[0]


def until_placed(qtbot: QtBot, program: Application) -> None:
    qtbot.waitUntil(lambda: bool(program.core.journal.recent()))


def until(qtbot: QtBot, program: Application, state: CallState) -> None:
    until_placed(qtbot, program)
    qtbot.waitUntil(lambda: newest(program).state is state)
    settle(qtbot, program)


def test_a_call_cancelled_before_it_is_sent_sends_nothing(
    qtbot: QtBot, program: Application, gate: threading.Event
) -> None:
    program.pad.load(INDIAN, "Asha Rao")
    click(program.pad.call_button)
    assert program.banner.title.text() == "Calling Asha Rao…"
    click(buttons(program.banner)["Cancel"])
    assert newest(program).state is S.CANCELLED
    assert program.banner.detail.text() == "Nothing was sent to call Asha Rao."
    gate.set()
    settle(qtbot, program)
    assert sent(program) == []
    assert program.core.call_store.recent(1)[0].state is S.CANCELLED


def test_cancelling_too_late_is_told(qtbot: QtBot, program: Application) -> None:
    program.pad.load("+917000000007")
    click(program.pad.call_button)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    click(buttons(program.banner)["Cancel"])
    assert program.window.toast.label.text() == "Too late to cancel: the request is on its way."
    assert newest(program).state is S.PLACING


def test_two_quick_clicks_place_one_call(qtbot: QtBot, program: Application, gate: threading.Event) -> None:
    program.pad.load(INDIAN)
    double_click(program.pad.call_button)
    gate.set()
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    asked = dialog()
    if asked is not None:
        asked.reject()
    settle(qtbot, program)
    assert len(sent(program)) == len(program.core.journal.recent()) == 1


def test_a_second_quick_click_on_retry_never_cancels(qtbot: QtBot, program: Application, gate: threading.Event) -> None:
    program.display.show_call(make_call(S.NOT_SENT, next_step=NextStep.RETRY, started_at=time.time()))
    since = time.monotonic()
    qtbot.waitUntil(lambda: time.monotonic() - since > ARMED_MS / 1000 + 0.02)
    click(buttons(program.banner)["Retry"])
    assert newest(program).state is S.PLACING
    click(buttons(program.banner)["Cancel"])
    assert newest(program).state is S.PLACING
    gate.set()
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    settle(qtbot, program)


def test_five_enters_in_a_row_place_one_call_and_open_one_question_at_most(qtbot: QtBot, program: Application) -> None:
    program.pad.load(INDIAN)
    program.pad.field.edit.setFocus()
    for _ in range(5):
        press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    asked = dialog()
    if asked is not None:
        assert isinstance(asked, AskDialog)
        asked.reject()
    settle(qtbot, program)
    assert len(sent(program)) == len(program.core.journal.recent()) == 1


def test_enter_on_the_call_button_calls_once(qtbot: QtBot, program: Application) -> None:
    program.pad.load(INDIAN)
    program.pad.call_button.setFocus()
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    until(qtbot, program, S.ENDED)
    assert dialog() is None


def test_a_call_lives_through_its_legs_and_the_banner_follows(qtbot: QtBot, program: Application) -> None:
    told: list[CallState] = []
    program.desk.call_changed.connect(lambda call: told.append(call.state))
    program.pad.load(INDIAN, "Asha Rao")
    click(program.pad.call_button)
    until(qtbot, program, S.ENDED)
    assert told[0] is S.PLACING
    lived = [S.INITIATED, S.AGENT_RINGING, S.AGENT_ANSWERED, S.CUSTOMER_RINGING, S.CONNECTED, S.ENDED]
    assert list(dict.fromkeys(told[1:])) == lived
    assert program.banner.title.text() == "Call with Asha Rao ended · 0:12"


@pytest.mark.parametrize(
    ("number", "state"),
    [
        ("+917000000001", S.REFUSED),
        ("+917000000004", S.UNCERTAIN),
        ("+917000000008", S.UNCERTAIN),
        ("+917000000014", S.REFUSED),
    ],
)
def test_what_goes_wrong_stays_on_the_banner(qtbot: QtBot, program: Application, number: str, state: CallState) -> None:
    program.pad.load(number)
    click(program.pad.call_button)
    until_placed(qtbot, program)
    qtbot.waitUntil(lambda: not newest(program).is_placing)
    settle(qtbot, program)
    assert newest(program).state is state
    assert program.banner.isVisible()
    assert program.banner.title.property("tone") == ("bad" if state is S.REFUSED else "warn")
    assert len(sent(program)) == 1


def test_the_request_id_can_be_copied_from_the_banner(qtbot: QtBot, program: Application) -> None:
    program.pad.load(INDIAN)
    click(program.pad.call_button)
    until(qtbot, program, S.ENDED)
    click(buttons(program.banner)["Copy request ID"])
    assert QGuiApplication.clipboard().text() == newest(program).request_id != ""
    assert program.window.toast.label.text() == "Request ID copied."


def test_escape_puts_the_banner_away(qtbot: QtBot, program: Application) -> None:
    program.pad.load(INDIAN)
    click(program.pad.call_button)
    until(qtbot, program, S.ENDED)
    program.contacts.view.setFocus()
    for _ in range(2):
        press(Key.Key_Escape)
        assert not program.banner.isVisible()


def test_enters_on_cancel_never_reach_a_contact(qtbot: QtBot, program: Application) -> None:
    program.window.search.setFocus()
    program.banner.show_call(make_call(CallState.PLACING), has_feed=True)
    qtbot.waitUntil(program.banner.isVisible)
    buttons(program.banner)["Cancel"].setFocus(Qt.FocusReason.TabFocusReason)
    program.banner.show_call(make_call(CallState.CANCELLED), has_feed=True)
    # Else it wanders through the window, to the search among others, where the next Enters call somebody.
    assert program.window.focusWidget() is program.banner
    for _ in range(3):
        press(Qt.Key.Key_Return)
    settle(qtbot, program)
    assert sent(program) == []


def test_a_call_is_shown_though_the_clock_was_set_back(program: Application) -> None:
    program.desk.call_changed.emit(make_call(CallState.CANCELLED, id="before", started_at=1_700_003_600.0))
    now = make_call(CallState.PLACING, id="now", started_at=1_700_000_000.0)
    program.desk.call_changed.emit(now)
    assert program.banner.call == now
    cancelled = make_call(CallState.CANCELLED, id="now", started_at=1_700_000_000.0)
    program.desk.call_changed.emit(cancelled)
    assert program.banner.call == cancelled


def test_enters_on_undo_never_reach_a_contact(qtbot: QtBot, program: Application) -> None:
    program.window.search.setFocus()
    undone: list[str] = []
    program.window.toast.say("Ben Carter was deleted.", "Undo", lambda: undone.append("once"))
    program.window.toast.button.setFocus(Qt.FocusReason.TabFocusReason)
    press(Key.Key_Return)
    assert program.window.focusWidget() is program.window
    for _ in range(3):
        press(Key.Key_Return)
    settle(qtbot, program)
    assert (undone, sent(program)) == (["once"], [])
