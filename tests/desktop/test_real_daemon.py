"""Notifications of real calls, shown and pressed in dunst."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from c2c_desktop.desktop.notifier import Notifier
from c2c_desktop.desktop.tray_icon.tray import Tray
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.ui.armed import ARMED_MS
from tests.desktop.bus_rig import Bus
from tests.desktop.bus_service import BusWitness
from tests.desktop.conftest import StartProgram
from tests.desktop.program_rig import Program
from tests.desktop.real_daemon import RealDaemon, real_daemon
from tests.desktop.rig import Environment, until
from tests.desktop.screen_rig import keys_to, shown_window, xdotool
from tests.ui.rig import make_call

STRANGER = "+917000000099"
"""A number of the sandbox that nobody in the contacts has."""
REFUSED = "+917000000014"
DROPPED = "+917000000008"
CALLEE = "+91 70000 00099"
TRACE = ["default", "copy_request_id"]


@pytest.fixture
def daemon(desktop: Environment, bus: Bus, witness: BusWitness, tmp_path: Path) -> Iterator[RealDaemon]:
    with real_daemon(desktop, bus, witness, tmp_path) as running:
        yield running


def unreachable(start: StartProgram, tmp_path: Path) -> Program:
    """The program with a service that nobody answers for."""
    return start("--api-url", "http://127.0.0.1:9/v2", "--data-dir", str(tmp_path / "data"))


def question(program: Program) -> str:
    return shown_window(program.environment, "Call this number?")


def test_a_call_has_one_notification_that_changes_in_place(daemon: RealDaemon, start: StartProgram) -> None:
    program = start()
    program.dial(STRANGER)
    program.reach("ENDED")
    ended = daemon.wait_for(f"Call with {CALLEE} ended · 0:0")
    ringing, connected = daemon.wait_for("Your softphone is ringing"), daemon.wait_for(f"Connected to {CALLEE}")
    assert daemon.actions(ringing) == TRACE
    assert daemon.actions(connected) == ["default", "add_note", "copy_request_id"]
    assert daemon.actions(ended) == ["default", "call_again", "add_note", "copy_request_id"]
    assert len(set(daemon.ids())) == 1
    assert [call.body[1] for call in daemon.told()] == [0, *daemon.ids()[1:]]


def test_a_refusal_is_told_with_the_services_words(daemon: RealDaemon, start: StartProgram) -> None:
    program = start()
    program.dial(REFUSED)
    told = daemon.wait_for("The service refused the call")
    assert "Too many calls" in told.body[4]
    assert daemon.actions(told) == ["default", "call_again"]


def test_an_uncertain_call_offers_no_retry(daemon: RealDaemon, start: StartProgram) -> None:
    program = start()
    program.dial(DROPPED)
    program.reach("UNCERTAIN")
    told = until(lambda: [c for c in daemon.told() if "before you call again" in c.body[4]], "the warning")[0]
    assert daemon.actions(told) == ["default", "call_again"]


def test_retry_places_exactly_one_more_call(daemon: RealDaemon, start: StartProgram, tmp_path: Path) -> None:
    program = unreachable(start, tmp_path)
    program.dial(STRANGER)
    told = daemon.wait_for("The call was not sent")
    assert "retry" in daemon.actions(told)
    daemon.choose("Retry")
    until(lambda: len(set(program.told("call"))) == 2, "a second call")
    until(lambda: program.states().count("NOT_SENT") == 2, "its outcome")
    assert program.states().count("PLACING") == 2
    assert not question(program)


def test_calling_again_asks_first_and_enter_places_one_call(daemon: RealDaemon, start: StartProgram) -> None:
    program = start("--pace", "instant")
    program.dial(STRANGER)
    program.reach("ENDED")
    daemon.wait_for(f"Call with {CALLEE} ended")
    daemon.choose("Call again")
    asked = until(lambda: question(program), "the question")
    assert len(set(program.told("call"))) == 1
    armed = time.monotonic() + 2.5 * ARMED_MS / 1000
    until(lambda: time.monotonic() > armed, "the moment from which Enter answers")
    keys_to(program.environment, asked, "Return")
    until(lambda: len(set(program.told("call"))) == 2, "the second call")
    assert program.states().count("PLACING") == 2


def test_copy_request_id_puts_it_on_the_clipboard(daemon: RealDaemon, start: StartProgram) -> None:
    program = start("--pace", "instant")
    program.dial(STRANGER)
    daemon.wait_for(f"Call with {CALLEE} ended")
    daemon.choose("Copy request ID")
    request_id = program.told("request_id")[-1]
    until(lambda: request_id in program.told("clipboard"), "the request ID on the clipboard")
    assert len(set(program.told("call"))) == 1


def test_a_click_on_the_body_brings_up_a_minimised_window(daemon: RealDaemon, start: StartProgram) -> None:
    program = start("--pace", "instant")
    program.dial(STRANGER)
    daemon.wait_for(f"Call with {CALLEE} ended")
    xdotool(program.environment, "windowminimize", program.wait_for_window())
    until(lambda: not program.window(), "the minimised window")
    daemon.click()
    program.wait_for_window()
    assert len(set(program.told("call"))) == 1


class Steps:
    """A notifier in this process, in front of dunst, and what was pressed."""

    def __init__(self, notifier: Notifier) -> None:
        self.notifier = notifier
        self.pressed: list[tuple[NextStep, str]] = []
        self.clicks = 0
        notifier.acted.connect(lambda step, call_id: self.pressed.append((step, call_id)))
        notifier.body_clicked.connect(self._click)

    def _click(self) -> None:
        self.clicks += 1


@pytest.fixture
def pause() -> list[bool]:
    """Notifications are paused while something is in it."""
    return []


@pytest.fixture
def steps(own_bus: Bus, daemon: RealDaemon, qapp: object, pause: list[bool]) -> Iterator[Steps]:  # noqa: ARG001
    tray = Tray(lambda _: pytest.fail("there is no tray here"))
    notifier = Notifier(tray, frozenset, paused=lambda: bool(pause))
    yield Steps(notifier)
    notifier.close()
    notifier.deleteLater()


@pytest.mark.parametrize(
    ("label", "step"),
    [
        ("Call again", NextStep.CALL_AGAIN),
        ("Add note", NextStep.ADD_NOTE),
        ("Copy request ID", NextStep.COPY_REQUEST_ID),
    ],
)
def test_each_button_of_a_call_that_ended_is_told(
    daemon: RealDaemon, steps: Steps, qtbot: QtBot, label: str, step: NextStep
) -> None:
    steps.notifier.tell(make_call(CallState.ENDED), has_feed=True)
    qtbot.waitUntil(lambda: len(daemon.told()) == 1)
    daemon.choose(label)
    qtbot.waitUntil(lambda: steps.pressed == [(step, "c-1")])


def test_fix_sign_in_is_pressed(daemon: RealDaemon, steps: Steps, qtbot: QtBot) -> None:
    steps.notifier.tell(make_call(CallState.REFUSED, next_step=NextStep.FIX_SIGN_IN), has_feed=True)
    qtbot.waitUntil(lambda: len(daemon.told()) == 1)
    daemon.choose("Fix sign-in")
    qtbot.waitUntil(lambda: steps.pressed == [(NextStep.FIX_SIGN_IN, "c-1")])


def test_a_retry_that_was_followed_already_stands_on_no_screen_any_more(
    daemon: RealDaemon, steps: Steps, qtbot: QtBot
) -> None:
    steps.notifier.tell(make_call(CallState.NOT_SENT), has_feed=True)
    qtbot.waitUntil(lambda: len(daemon.told()) == 1)
    until(lambda: shown_window(daemon.environment, "Dunst"), "the notification")
    steps.notifier.tell(make_call(CallState.PLACING, id="c-2"), has_feed=True)
    qtbot.waitUntil(lambda: not shown_window(daemon.environment, "Dunst"), timeout=15_000)
    assert steps.pressed == []


def test_pausing_takes_a_notification_away_at_the_calls_end_and_shows_no_other(
    daemon: RealDaemon, steps: Steps, pause: list[bool], qtbot: QtBot
) -> None:
    steps.notifier.tell(make_call(CallState.CONNECTED), has_feed=True)
    qtbot.waitUntil(lambda: len(daemon.told()) == 1)
    until(lambda: shown_window(daemon.environment, "Dunst"), "the notification")
    pause.append(True)
    steps.notifier.tell(make_call(CallState.ENDED), has_feed=True)
    steps.notifier.tell(make_call(CallState.UNCERTAIN, id="c-2", e164="+442079460018"), has_feed=True)
    qtbot.waitUntil(lambda: not shown_window(daemon.environment, "Dunst"), timeout=15_000)
    assert daemon.titles() == ["Connected to Asha Rao"]


def test_a_click_on_the_body_is_told_with_a_token_where_the_daemon_gives_one(
    daemon: RealDaemon, steps: Steps, witness: BusWitness, qtbot: QtBot
) -> None:
    tokens: list[str] = []
    steps.notifier.body_clicked.connect(lambda: tokens.append(steps.notifier.activation_token))
    steps.notifier.tell(make_call(CallState.AGENT_RINGING), has_feed=True)
    qtbot.waitUntil(lambda: len(daemon.told()) == 1)
    daemon.click()
    qtbot.waitUntil(lambda: steps.clicks == 1)
    given = [str(signal.body[1]) for signal in witness.seen("ActivationToken")]
    assert tokens == (given or [""])


def test_muted_moments_are_not_told_and_the_others_are(daemon: RealDaemon, start: StartProgram, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    muted = {"muted": ["agent_ringing", "ended"]}
    (tmp_path / "data" / "settings.json").write_text(json.dumps(muted), encoding="utf-8")
    program = start("--data-dir", str(tmp_path / "data"))
    program.dial(STRANGER)
    program.reach("CONNECTED")
    daemon.wait_for(f"Connected to {CALLEE}")
    assert daemon.titles()[0] == f"Connected to {CALLEE}"
    daemon.click()  # takes it away, so that what follows has nothing to bring up to date
    until(lambda: not shown_window(program.environment, "Dunst"), "no notification")
    told = len(daemon.titles())
    program.reach("ENDED")
    program.dial(REFUSED)
    daemon.wait_for("The service refused the call")
    assert daemon.titles()[told:] == ["The service refused the call"]
