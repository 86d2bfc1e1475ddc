"""From the service's events to the states of a call, in every order they were seen and some they were not."""

from __future__ import annotations

from itertools import permutations

import pytest

from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.domain.legs import LegEvent, call_after
from tests.unit.builders import make_call

S = CallState
START = 1_800_000_010.0

A_STARTED = LegEvent("r-1", "a", record=False, status="started", at=START)
A_ANSWERED = LegEvent("r-1", "a", record=False, status="answered", at=START + 2)
A_HANGUP = LegEvent("r-1", "a", record=False, status="hangup", at=START + 42, reason="recv_bye")
A_RECORD = LegEvent("r-1", "a", record=True, status="answered", at=START + 44, talk_seconds=40, reason="recv_bye")
A_MISSED = LegEvent("r-1", "a", record=True, status="missed", at=START + 20, talk_seconds=0, reason="recv_cancel")
A_REJECTED = LegEvent("r-1", "a", record=True, status="missed", at=START + 5, talk_seconds=0, reason="sent_reject")
B_STARTED = LegEvent("r-1", "b", record=False, status="started", at=START + 3)
B_ANSWERED = LegEvent("r-1", "b", record=False, status="answered", at=START + 10)
B_HANGUP = LegEvent("r-1", "b", record=False, status="hangup", at=START + 42, reason="sent_bye")
B_RECORD = LegEvent("r-1", "b", record=True, status="answered", at=START + 43, talk_seconds=31, reason="sent_bye")
B_MISSED = LegEvent("r-1", "b", record=True, status="missed", at=START + 33, talk_seconds=0, reason="recv_cancel")
B_BUSY = LegEvent("r-1", "b", record=True, status="missed", at=START + 5, talk_seconds=0, reason="user_busy")

HAPPY = (A_STARTED, A_ANSWERED, B_STARTED, B_ANSWERED, A_HANGUP, B_RECORD, A_RECORD)


def _after(*events: LegEvent, call: Call | None = None) -> Call:
    call = call or make_call(S.INITIATED, request_id="r-1", message="Call initiated")
    for event in events:
        call = call_after(call, event)
    return call


def _states(*events: LegEvent) -> list[CallState]:
    return [_after(*events[: n + 1]).state for n in range(len(events))]


def test_a_call_that_goes_well_passes_every_state_in_order() -> None:
    ended = [S.ENDED] * 3
    assert _states(*HAPPY) == [S.AGENT_RINGING, S.AGENT_ANSWERED, S.CUSTOMER_RINGING, S.CONNECTED, *ended]
    call = _after(*HAPPY)
    assert (call.outcome, call.connected_at, call.ended_at) == (S.CONNECTED, START + 10, START + 42)
    assert call.talk_seconds == 31


def test_the_talk_is_measured_until_the_record_says_it() -> None:
    assert _after(*HAPPY[:5]).talk_seconds == 32


@pytest.mark.parametrize(
    ("record", "state"), [(A_MISSED, S.AGENT_MISSED), (A_REJECTED, S.AGENT_REJECTED)], ids=["missed", "rejected"]
)
def test_an_agent_who_does_not_pick_up_ends_the_call_before_the_customer_is_dialled(
    record: LegEvent, state: CallState
) -> None:
    assert _states(A_STARTED, record, A_HANGUP) == [S.AGENT_RINGING, state, S.ENDED]
    call = _after(A_STARTED, record, A_HANGUP)
    assert (call.outcome, call.talk_seconds, call.connected_at) == (state, None, None)
    assert call.went_wrong


def test_leg_b_decides_though_leg_a_says_answered() -> None:
    call = _after(A_STARTED, A_ANSWERED, B_STARTED, A_HANGUP, B_MISSED, A_RECORD)
    assert (call.state, call.outcome) == (S.ENDED, S.CUSTOMER_MISSED)
    assert call.went_wrong


@pytest.mark.parametrize("order", list(permutations([A_HANGUP, B_MISSED, A_RECORD])))
def test_leg_b_decides_in_whatever_order_the_records_come(order: tuple[LegEvent, ...]) -> None:
    call = _after(A_STARTED, A_ANSWERED, B_STARTED, *order)
    assert (call.state, call.outcome) == (S.ENDED, S.CUSTOMER_MISSED)


@pytest.mark.parametrize("order", list(permutations([A_HANGUP, B_HANGUP, B_RECORD, A_RECORD])))
def test_the_talk_is_leg_b_s_in_whatever_order_the_records_come(order: tuple[LegEvent, ...]) -> None:
    call = _after(*HAPPY[:4], *order)
    assert (call.state, call.outcome, call.talk_seconds) == (S.ENDED, S.CONNECTED, 31)


@pytest.mark.parametrize("order", list(permutations([B_RECORD, A_RECORD])))
@pytest.mark.parametrize("seen", [0, 1, 2, 3])
def test_a_record_of_leg_b_connects_a_call_whose_answer_was_not_heard(seen: int, order: tuple[LegEvent, ...]) -> None:
    call = _after(*HAPPY[:seen], *order)
    assert (call.state, call.outcome, call.talk_seconds) == (S.ENDED, S.CONNECTED, 31)


def test_a_call_that_only_leg_a_s_record_ends_has_no_outcome() -> None:
    call = _after(A_STARTED, A_ANSWERED, A_RECORD)
    assert (call.state, call.outcome, call.talk_seconds) == (S.ENDED, None, None)
    assert not call.went_wrong


def test_a_record_without_seconds_keeps_the_measured_talk() -> None:
    bare = LegEvent("r-1", "b", record=True, status="answered", at=START + 43)
    assert _after(*HAPPY[:4], bare).talk_seconds == 33
    assert _after(*HAPPY[:5], bare).talk_seconds == 32


def test_a_talk_that_ends_before_it_began_lasted_no_time() -> None:
    early = LegEvent("r-1", "a", record=False, status="hangup", at=START)
    assert _after(*HAPPY[:4], early).talk_seconds == 0


def test_a_busy_customer_is_told_from_one_who_does_not_answer() -> None:
    assert _after(A_STARTED, A_ANSWERED, B_STARTED, B_BUSY).message == "Busy"
    assert _after(A_STARTED, A_ANSWERED, B_STARTED, B_MISSED).message == ""


@pytest.mark.parametrize("event", [*HAPPY, A_MISSED, A_REJECTED, B_HANGUP, B_MISSED, B_BUSY])
def test_an_event_heard_twice_changes_nothing_the_second_time(event: LegEvent) -> None:
    before = [e for e in HAPPY if e.at < event.at]
    once = _after(*before, event)
    assert _after(event, call=once) is once


@pytest.mark.parametrize("late", [A_STARTED, A_ANSWERED, B_STARTED, B_ANSWERED, A_HANGUP, A_RECORD, A_MISSED])
def test_a_late_event_never_moves_an_ended_call(late: LegEvent) -> None:
    ended = _after(*HAPPY)
    assert call_after(ended, late) is ended


def test_a_connected_call_is_not_taken_back_by_a_late_ring_or_a_missed_record() -> None:
    connected = _after(*HAPPY[:4])
    for event in (A_STARTED, A_ANSWERED, B_STARTED, B_MISSED):
        assert call_after(connected, event) is connected


def test_a_connected_call_stays_connected_when_a_missed_record_comes_after_its_end() -> None:
    ended = _after(*HAPPY[:5])
    assert call_after(ended, B_MISSED) is ended


@pytest.mark.parametrize("state", [S.INITIATED, S.AGENT_RINGING, S.AGENT_ANSWERED, S.CUSTOMER_RINGING])
def test_a_hangup_alone_says_not_yet_how_the_call_went(state: CallState) -> None:
    call = make_call(state)
    assert call_after(call, A_HANGUP) is call


@pytest.mark.parametrize("status", ["", "STARTED", "ringing", "answered "])
def test_a_status_nobody_knows_changes_nothing(status: str) -> None:
    call = make_call(S.INITIATED)
    assert call_after(call, LegEvent("r-1", "a", record=False, status=status, at=START)) is call


@pytest.mark.parametrize("state", [S.CANCELLED, S.REFUSED, S.NOT_SENT, S.UNCERTAIN, S.PLACING, S.DRAFT])
@pytest.mark.parametrize("event", [*HAPPY, A_MISSED, B_MISSED])
def test_a_call_the_service_did_not_take_is_moved_by_no_event(state: CallState, event: LegEvent) -> None:
    call = make_call(state)
    assert call_after(call, event) is call


def test_answers_that_overtake_their_ringing_are_taken() -> None:
    assert _states(A_ANSWERED, A_STARTED, B_ANSWERED, B_STARTED) == [
        S.AGENT_ANSWERED,
        S.AGENT_ANSWERED,
        S.CONNECTED,
        S.CONNECTED,
    ]
