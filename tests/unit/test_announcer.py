"""What is said of a call in every state, on every route, with and without a feed."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.settings import NotificationKind
from c2c_desktop.services.announcer import (
    ACTION_LABELS,
    Announcement,
    Step,
    Tone,
    announce,
    duration_words,
    outcome_words,
    press_words,
)
from tests.unit.builders import make_call

S = CallState
REQUEST_ID = "s96C6XK1BUHX0oVZ"
MISSED = [S.AGENT_MISSED, S.AGENT_REJECTED, S.CUSTOMER_MISSED]
OUTCOMES = [None, S.CONNECTED, *MISSED]


def _every_call() -> list[Call]:
    return [
        make_call(state, route=route, outcome=outcome, request_id=request_id, contact_name=name, next_step=step)
        for state, route, outcome, request_id, name, step in product(
            S, Route, OUTCOMES, [REQUEST_ID, ""], ["Asha Rao", ""], [NextStep.NONE, NextStep.FIX_SIGN_IN]
        )
        if state is S.ENDED or outcome is None
    ]


CALLS = _every_call()


def _words(said: Announcement) -> str:
    return f"{said.title} {said.detail}".lower()


@pytest.mark.parametrize("has_feed", [True, False])
def test_every_state_on_every_route_has_words_and_buttons_that_have_labels(has_feed: bool) -> None:
    for call in CALLS:
        said = announce(call, has_feed=has_feed, now=call.started_at + 5)
        assert said.title.strip()
        assert said.detail.strip()
        assert "none" not in _words(said).split()
        assert set(said.actions) <= set(ACTION_LABELS)
        assert len(set(said.actions)) == len(said.actions)
        assert outcome_words(call).strip()


@pytest.mark.parametrize("has_feed", [True, False])
def test_nothing_but_a_connected_call_is_said_to_be_connected(has_feed: bool) -> None:
    for call in CALLS:
        said = announce(call, has_feed=has_feed)
        reached = S.CONNECTED in {call.state, call.outcome}
        assert reached or "connected" not in _words(said) + outcome_words(call).lower()
        assert reached or said.tone is not Tone.GOOD
        assert reached or said.kind is not NotificationKind.CONNECTED
        assert reached or said.steps[1] is not Step.DONE


def test_no_words_hold_the_request_id() -> None:
    for call in CALLS:
        for has_feed in (True, False):
            said = announce(call, has_feed=has_feed)
            assert REQUEST_ID not in said.title + said.detail + outcome_words(call)


def test_a_retry_is_offered_exactly_where_nothing_was_sent() -> None:
    for call in CALLS:
        assert (NextStep.RETRY in announce(call, has_feed=True).actions) == (call.state is S.NOT_SENT)


def test_a_cancel_is_offered_exactly_while_the_call_is_not_yet_with_the_service() -> None:
    for call in CALLS:
        offered = NextStep.CANCEL in announce(call, has_feed=True).actions
        assert offered == (call.state in {S.DRAFT, S.PLACING})


def test_a_note_is_offered_once_somebody_was_talked_to_or_nobody_came() -> None:
    noted = {S.CONNECTED, S.ENDED, *MISSED}
    for call in CALLS:
        actions = announce(call, has_feed=True).actions
        assert (NextStep.ADD_NOTE in actions) == (call.state in noted)
        assert len(actions) <= 3
        if NextStep.CALL_AGAIN in actions:
            assert actions[0] is NextStep.CALL_AGAIN
        if NextStep.COPY_REQUEST_ID in actions:
            assert actions[-1] is NextStep.COPY_REQUEST_ID


@pytest.mark.parametrize("step", [s for s in NextStep if s is not NextStep.NONE])
def test_an_uncertain_call_only_ever_offers_to_call_again(step: NextStep) -> None:
    said = announce(make_call(S.UNCERTAIN, next_step=step), has_feed=True)
    assert said.actions == (NextStep.CALL_AGAIN,)
    assert "may still ring" in said.detail
    assert "Check it before you call again" in said.detail


@pytest.mark.parametrize(
    ("step", "actions"),
    [
        (NextStep.NONE, (NextStep.RETRY,)),
        (NextStep.RETRY, (NextStep.RETRY,)),
        (NextStep.FIX_SIGN_IN, (NextStep.FIX_SIGN_IN, NextStep.RETRY)),
        (NextStep.OPEN_SETTINGS, (NextStep.OPEN_SETTINGS, NextStep.RETRY)),
    ],
)
def test_a_call_that_was_not_sent_offers_what_mends_it_and_a_retry(
    step: NextStep, actions: tuple[NextStep, ...]
) -> None:
    said = announce(make_call(S.NOT_SENT, next_step=step), has_feed=True)
    assert said.actions == actions
    assert "Nothing rings" in said.detail


@pytest.mark.parametrize(
    ("step", "actions"),
    [
        (NextStep.NONE, (NextStep.CALL_AGAIN,)),
        (NextStep.RETRY, (NextStep.CALL_AGAIN,)),
        (NextStep.USE_SOFTPHONE, (NextStep.USE_SOFTPHONE,)),
    ],
)
def test_a_refused_call_says_the_service_s_reason_and_offers_the_way_on(
    step: NextStep, actions: tuple[NextStep, ...]
) -> None:
    said = announce(make_call(S.REFUSED, next_step=step, message="Not allowed."), has_feed=True)
    assert (said.detail, said.actions) == ("Not allowed.", actions)
    assert announce(make_call(S.REFUSED), has_feed=True).detail == "It gave no reason."


@pytest.mark.parametrize("state", [S.REFUSED, S.NOT_SENT, S.UNCERTAIN])
def test_the_message_of_a_failure_is_said(state: CallState) -> None:
    assert "the proxy said no" in _words(announce(make_call(state, message="The proxy said no"), has_feed=True))


def test_an_uncertain_call_without_a_message_says_that_no_answer_came() -> None:
    assert announce(make_call(S.UNCERTAIN), has_feed=True).title == "No answer from the service"


@pytest.mark.parametrize(
    ("route", "start"),
    [
        (Route.SOFTPHONE, "Your softphone should ring: pick up to reach Asha Rao."),
        (Route.MOBILE, "Your mobile should ring: pick up to reach Asha Rao."),
        (Route.NEITHER, "Both routes are off"),
    ],
)
def test_an_initiated_call_says_which_phone_should_ring(route: Route, start: str) -> None:
    said = announce(make_call(S.INITIATED, route=route, request_id=REQUEST_ID), has_feed=True)
    assert said.detail.startswith(start)
    assert said.steps == (Step.ACTIVE, Step.WAITING)
    assert said.actions == (NextStep.COPY_REQUEST_ID,)


@pytest.mark.parametrize("route", Route)
def test_a_call_that_cannot_be_traced_says_so_and_has_no_id_to_copy(route: Route) -> None:
    said = announce(make_call(S.INITIATED, route=route), has_feed=True)
    assert "cannot be traced" in said.detail
    assert said.actions == ()


@pytest.mark.parametrize("route", Route)
@pytest.mark.parametrize(("has_feed", "request_id"), list(product([True, False], [REQUEST_ID, ""])))
def test_an_initiated_call_is_over_where_nothing_more_will_be_heard(
    route: Route, has_feed: bool, request_id: str
) -> None:
    said = announce(make_call(S.INITIATED, route=route, request_id=request_id), has_feed=has_feed)
    assert said.is_over == (not (has_feed and request_id))


def test_a_call_is_over_when_its_state_says_so() -> None:
    alive = {S.DRAFT, S.PLACING, S.INITIATED, S.AGENT_RINGING, S.AGENT_ANSWERED, S.CUSTOMER_RINGING, S.CONNECTED}
    for call in CALLS:
        if call.request_id:
            assert announce(call, has_feed=True).is_over == (call.state not in alive)


@pytest.mark.parametrize("outcome", MISSED)
@pytest.mark.parametrize("message", ["", "Busy"])
def test_an_ended_call_that_reached_nobody_says_the_same_as_before_its_end(outcome: CallState, message: str) -> None:
    ended = make_call(S.ENDED, outcome=outcome, message=message, request_id=REQUEST_ID)
    missed = make_call(outcome, message=message, request_id=REQUEST_ID)
    assert announce(ended, has_feed=True) == announce(missed, has_feed=True)
    assert outcome_words(ended) == outcome_words(missed)


def test_the_words_follow_the_two_legs() -> None:
    titles = [
        announce(make_call(state), has_feed=True).title
        for state in (S.AGENT_RINGING, S.AGENT_ANSWERED, S.CUSTOMER_RINGING, S.CONNECTED)
    ]
    assert titles == [
        "Your softphone is ringing",
        "You picked up",
        "Asha Rao’s phone is ringing",
        "Connected to Asha Rao",
    ]


def test_a_busy_customer_is_said_to_be_busy() -> None:
    busy, silent = make_call(S.CUSTOMER_MISSED, message="Busy"), make_call(S.CUSTOMER_MISSED)
    assert announce(busy, has_feed=True).title == "Asha Rao was busy"
    assert announce(silent, has_feed=True).title == "Asha Rao did not answer"
    assert [outcome_words(busy), outcome_words(silent)] == ["Busy", "No answer"]


def test_a_connected_call_says_how_long_and_on_which_number() -> None:
    call = make_call(S.CONNECTED, connected_at=100.0)
    said = announce(call, has_feed=True, now=142.0)
    assert said.title == "Connected to Asha Rao · 0:42"
    assert said.detail == "+91 98402 22222 · via your softphone"
    assert announce(make_call(S.CONNECTED, contact_name=""), has_feed=True).detail == "On your softphone."


@pytest.mark.parametrize(
    ("route", "word"), [(Route.MOBILE, "· via your mobile"), (Route.NEITHER, "· via neither phone")]
)
def test_a_call_that_was_talked_says_its_length_and_route(route: Route, word: str) -> None:
    call = make_call(S.ENDED, outcome=S.CONNECTED, talk_seconds=3727.9, route=route)
    said = announce(call, has_feed=True)
    assert said.title == "Call with Asha Rao ended · 1:02:07"
    assert said.detail.endswith(word)
    assert outcome_words(call) == "Talked 1:02:07"


def test_a_call_that_ended_without_an_outcome_reached_nobody_for_all_that_is_known() -> None:
    call = make_call(S.ENDED)
    assert announce(call, has_feed=True).detail == "Asha Rao was not reached."
    assert outcome_words(call) == "Ended"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-5, "0:00"), (0, "0:00"), (9.9, "0:09"), (60, "1:00"), (3599, "59:59"), (3600, "1:00:00"), (90061, "25:01:01")],
)
def test_a_duration_is_minutes_and_seconds(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


@given(st.floats(0, 10**6))
def test_a_duration_says_every_second(seconds: float) -> None:
    parts = [int(part) for part in duration_words(seconds).split(":")]
    assert sum(n * 60**power for power, n in enumerate(reversed(parts))) == int(seconds)


@pytest.mark.parametrize(
    ("due_in", "words"), [(3.0, "in 3 s…"), (2.02, "in 2 s…"), (0.4, "in 1 s…"), (-1.0, "in 1 s…")]
)
def test_a_call_that_is_held_back_says_for_how_long(due_in: float, words: str) -> None:
    held = make_call(S.DRAFT, started_at=1_700_000_000.0 + due_in)
    told = announce(held, has_feed=True, now=1_700_000_000.0)
    assert told.title == f"Calling Asha Rao {words}"
    assert told.detail == "Nothing is sent yet. Esc cancels."
    assert told.actions == (NextStep.CANCEL,)
    assert not told.is_over


def test_keys_are_told_apart_where_a_pause_is_between_them() -> None:
    assert press_words("1234#") == "Then press 1234# yourself."
    assert press_words("1,204#") == "Then press 1, then 204# yourself."
