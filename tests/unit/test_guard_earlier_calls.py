"""What the guard says of earlier calls to the same number: a second too soon asks, an older one is told."""

from __future__ import annotations

from typing import Any

import pytest

from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.dialing import Decision, DialRequest, Verdict
from c2c_desktop.domain.number import parse_number
from c2c_desktop.domain.policy import GuardPolicy
from c2c_desktop.services.guard import REMEMBERED_SECONDS, Circumstances, decide
from tests.fakes import INDIAN
from tests.unit.builders import LONDON, make_call

NOW = 1_800_000_000.0
S = CallState
DAY = 86400.0


def called(ago: float, state: CallState = S.ENDED, **facts: Any) -> Call:
    return make_call(state, started_at=NOW - ago, **facts)


def told(*recent: Call, duplicate_seconds: int = 30) -> Decision:
    policy = GuardPolicy(duplicate_seconds=duplicate_seconds)
    return decide(Circumstances(DialRequest(INDIAN, Source.PAD), parse_number(INDIAN), NOW, recent, policy=policy))


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (30, "30 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (7200, "2 h"),
        (DAY - 1, "23 h"),
        (DAY, "1 day"),
        (29.9 * DAY, "29 days"),
    ],
)
def test_an_earlier_call_is_told_with_its_age_but_does_not_ask(ago: float, words: str) -> None:
    decision = told(called(ago, outcome=S.CUSTOMER_MISSED))
    assert (decision.verdict, decision.reasons) == (Verdict.ALLOW, ())
    assert decision.information == (f"You called this number {words} ago: no answer.",)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (called(7200, outcome=S.CONNECTED, talk_seconds=42.0), "talked 0:42"),
        (called(7200, S.NOT_SENT), "not sent"),
        (called(7200, S.UNCERTAIN), "uncertain"),
        (called(7200, S.INITIATED), "initiated"),
        (called(7200, S.CUSTOMER_MISSED, message="Busy"), "busy"),
    ],
)
def test_an_earlier_call_is_told_with_its_outcome(call: Call, words: str) -> None:
    assert told(call).information == (f"You called this number 2 h ago: {words}.",)


@pytest.mark.parametrize(
    "call",
    [
        called(REMEMBERED_SECONDS),
        called(7200, e164=LONDON),
        called(7200, S.PLACING),
        called(7200, S.DRAFT),
        called(-7200, S.NOT_SENT),
        called(5, S.NOT_SENT),
    ],
)
def test_what_is_no_earlier_call_is_not_told(call: Call) -> None:
    assert told(call).information == ()


def test_the_newest_earlier_call_is_told() -> None:
    decision = told(called(5), called(3600, S.CUSTOMER_MISSED), called(7200, S.NOT_SENT))
    assert decision.verdict is Verdict.ASK
    assert decision.information == ("You called this number 1 h ago: no answer.",)


def test_a_call_the_guard_asks_about_is_not_told_twice() -> None:
    decision = told(called(60, S.UNCERTAIN))
    assert decision.reasons == ("You called this number 60 s ago.",)
    assert decision.information == ()


def test_how_soon_is_too_soon_can_be_set() -> None:
    assert told(called(90), duplicate_seconds=100).verdict is Verdict.ASK
    assert told(called(90), duplicate_seconds=80).verdict is Verdict.ALLOW


@pytest.mark.parametrize("ago", [0, 0.99])
def test_the_second_click_of_a_double_click_asks_whatever_is_set(ago: float) -> None:
    assert told(called(ago), duplicate_seconds=0).verdict is Verdict.ASK
    assert told(called(1), duplicate_seconds=0).verdict is Verdict.ALLOW


@pytest.mark.parametrize("ago", [1, 5, -3600])
def test_zero_seconds_switch_the_rule_off_but_for_uncertain_calls(ago: float) -> None:
    assert told(called(ago), duplicate_seconds=0).verdict is Verdict.ALLOW
    assert told(called(ago, S.UNCERTAIN), duplicate_seconds=0).verdict is Verdict.ASK


def test_a_call_just_made_is_told_as_a_second_old_where_nothing_asks() -> None:
    assert told(called(1.2), duplicate_seconds=0).information == ("You called this number 1 s ago: ended.",)


def test_a_refusal_tells_of_the_earlier_call_too() -> None:
    policy = GuardPolicy(blocked_countries=frozenset({"IN"}))
    request = DialRequest(INDIAN, Source.PAD)
    decision = decide(Circumstances(request, parse_number(INDIAN), NOW, (called(7200),), policy=policy))
    assert decision.verdict is Verdict.REFUSE
    assert decision.information == ("You called this number 2 h ago: ended.",)
