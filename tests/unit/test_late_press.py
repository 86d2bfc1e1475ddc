"""A button that is pressed late: it does what it says, or nothing."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.services.announcer import announce
from c2c_desktop.services.late_press import is_still_meant
from tests.unit.builders import LONDON, make_call

S = CallState
NOT_SENT = make_call(S.NOT_SENT)
RETRIED = make_call(S.INITIATED, id="c-2", request_id="r-2")
CALLING = [NextStep.RETRY, NextStep.CALL_AGAIN, NextStep.USE_SOFTPHONE]


def test_a_retry_that_was_followed_already_calls_nobody() -> None:
    assert is_still_meant(NextStep.RETRY, NOT_SENT, [NOT_SENT])
    assert not is_still_meant(NextStep.RETRY, NOT_SENT, [RETRIED, NOT_SENT])


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("step", CALLING)
def test_a_step_that_calls_is_done_only_where_the_call_offers_it_now(state: CallState, step: NextStep) -> None:
    call = make_call(state, request_id="r-1")
    assert is_still_meant(step, call, [call]) == (step in announce(call, has_feed=True).actions)


@pytest.mark.parametrize("step", CALLING)
def test_a_retry_of_a_call_that_went_out_after_all_is_none(step: NextStep) -> None:
    assert not is_still_meant(step, make_call(S.CONNECTED, request_id="r-1"), [])


def test_a_call_to_somebody_else_meanwhile_changes_nothing() -> None:
    other = make_call(S.ENDED, id="c-2", e164=LONDON)
    assert is_still_meant(NextStep.RETRY, NOT_SENT, [other, NOT_SENT])
    assert is_still_meant(NextStep.RETRY, NOT_SENT, [])


def test_what_does_not_call_is_done_however_often_the_number_was_called() -> None:
    ended = make_call(S.ENDED, request_id="r-1")
    harmless = set(NextStep) - set(CALLING)
    assert all(is_still_meant(step, ended, [RETRIED, ended]) for step in harmless)
    assert not is_still_meant(NextStep.CALL_AGAIN, ended, [RETRIED, ended])
