"""The table of call states: what may follow what, and what a call says of itself."""

from __future__ import annotations

from itertools import product

import pytest

from c2c_desktop.domain.call import FAILED_STATES, FINAL_STATES, MOVES, CallState, IllegalMoveError, can_move
from tests.unit.builders import make_call

S = CallState
SENT = {S.INITIATED, S.REFUSED, S.NOT_SENT, S.UNCERTAIN}
MISSED = {S.AGENT_MISSED, S.AGENT_REJECTED, S.CUSTOMER_MISSED}
AFTER_AGENT = {S.CUSTOMER_RINGING, S.CUSTOMER_MISSED, S.CONNECTED, S.ENDED}
LEGS = MISSED | AFTER_AGENT | {S.AGENT_RINGING, S.AGENT_ANSWERED}

LEGAL: dict[CallState, set[CallState]] = {
    S.DRAFT: {S.CANCELLED, S.PLACING},
    S.PLACING: {S.CANCELLED, *SENT},
    S.INITIATED: LEGS,
    S.AGENT_RINGING: LEGS - {S.AGENT_RINGING},
    S.AGENT_ANSWERED: AFTER_AGENT,
    S.CUSTOMER_RINGING: {S.CUSTOMER_MISSED, S.CONNECTED, S.ENDED},
    S.CONNECTED: {S.ENDED},
    S.AGENT_MISSED: {S.ENDED},
    S.AGENT_REJECTED: {S.ENDED},
    S.CUSTOMER_MISSED: {S.ENDED},
}
PAIRS = list(product(CallState, CallState))
LEGAL_PAIRS = [(a, b) for a, b in PAIRS if b in LEGAL.get(a, set())]
ILLEGAL_PAIRS = [(a, b) for a, b in PAIRS if b not in LEGAL.get(a, set())]


@pytest.mark.parametrize(("before", "after"), ILLEGAL_PAIRS)
def test_a_move_the_table_does_not_hold_raises_and_names_both_states(before: CallState, after: CallState) -> None:
    call = make_call(before)
    assert not can_move(call, after)
    with pytest.raises(IllegalMoveError, match=f"{before.value} → {after.value}"):
        call.moved(after)


@pytest.mark.parametrize(("before", "after"), LEGAL_PAIRS)
def test_a_move_the_table_holds_gives_a_new_call_in_that_state(before: CallState, after: CallState) -> None:
    call = make_call(before)
    moved = call.moved(after, message="why")
    assert can_move(call, after)
    assert (moved.state, moved.message, moved.id) == (after, "why", call.id)
    assert call.state is before


def test_the_table_knows_every_state() -> None:
    assert set(MOVES) == set(CallState)


@pytest.mark.parametrize("state", CallState)
def test_final_states_are_exactly_those_nothing_follows(state: CallState) -> None:
    call = make_call(state)
    assert call.is_final == (state not in LEGAL) == (state in FINAL_STATES)


@pytest.mark.parametrize("state", CallState)
def test_no_state_leads_back_to_itself_or_to_before_the_request(state: CallState) -> None:
    reached: set[CallState] = set()
    ahead = set(MOVES[state])
    while ahead:
        following = ahead.pop()
        reached.add(following)
        ahead |= MOVES[following] - reached
    assert state not in reached
    assert S.DRAFT not in reached


@pytest.mark.parametrize("state", CallState)
def test_only_a_call_on_its_way_is_placing(state: CallState) -> None:
    assert make_call(state).is_placing == (state is S.PLACING)


@pytest.mark.parametrize("state", CallState)
def test_what_failed_or_reached_nobody_went_wrong(state: CallState) -> None:
    assert make_call(state).went_wrong == (state in FAILED_STATES | MISSED)


@pytest.mark.parametrize("outcome", [None, S.CONNECTED, *MISSED])
def test_an_ended_call_went_wrong_by_its_outcome(outcome: CallState | None) -> None:
    assert make_call(S.ENDED, outcome=outcome).went_wrong == (outcome in MISSED)


def test_the_callee_is_the_contact_or_else_the_number() -> None:
    assert make_call().callee == "Asha Rao"
    assert make_call(contact_name="").callee == "+91 98402 22222"
