"""The trust table: what calls at once, what asks, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.dialing import Decision, DialRequest, Verdict
from c2c_desktop.domain.number import parse_number
from c2c_desktop.domain.policy import TRUST
from c2c_desktop.services.guard import decide, source_reason
from c2c_desktop.services.guard_circumstances import Circumstances
from c2c_desktop.services.guard_rules import GOING_ON_SECONDS, PLACING_SECONDS
from tests.fakes import INDIAN
from tests.unit.builders import LONDON, make_call

NOW = 1_800_000_100.0
NUMBER = parse_number(INDIAN)
S = CallState
TRUSTED = [Source.PAD, Source.CONTACT, Source.HISTORY, Source.TRAY, Source.POPUP]
FOREIGN = [Source.HOTKEY, Source.LINK, Source.COMMAND_LINE]


def _decide(text: str = INDIAN, source: Source = Source.PAD, recent: list[Call] | None = None) -> Decision:
    return decide(Circumstances(DialRequest(text, source), parse_number(text), NOW, recent or []))


def _called(seconds_ago: float, state: CallState = S.INITIATED, e164: str = INDIAN) -> Call:
    return make_call(state, started_at=NOW - seconds_ago, e164=e164)


@pytest.mark.parametrize("source", FOREIGN)
def test_a_number_from_another_program_asks_and_says_where_it_comes_from(source: Source) -> None:
    decision = _decide(source=source)
    assert decision.verdict is Verdict.ASK
    assert decision.reasons == (source_reason(source),)
    assert decision.reason.startswith("The number comes from")


@pytest.mark.parametrize("source", TRUSTED)
def test_a_gesture_in_the_program_calls_at_once(source: Source) -> None:
    assert _decide(source=source) == Decision(Verdict.ALLOW)


def test_every_source_has_a_place_in_the_table() -> None:
    assert set(TRUST) == {*TRUSTED, *FOREIGN} == set(Source)


@pytest.mark.parametrize("source", Source)
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("+1 900 555 0123", "premium-rate"),
        ("+979 1 2345 6789", "premium-rate"),
        ("+808 1234 5678", "shared-cost"),
        ("+881 6 123 45678", "satellite"),
        ("+870 773 123 456", "satellite"),
    ],
)
def test_an_expensive_number_asks_whatever_its_source(text: str, word: str, source: Source) -> None:
    decision = _decide(text, source)
    assert decision.verdict is Verdict.ASK
    assert word in decision.reasons[0]


@pytest.mark.parametrize("source", Source)
def test_a_country_nobody_knows_asks(source: Source) -> None:
    decision = decide(Circumstances(DialRequest("", source), replace(NUMBER, region="QQ"), NOW))
    assert decision.verdict is Verdict.ASK
    assert "country of this number is not known" in decision.reason


@pytest.mark.parametrize("source", [s for s in Source if s is not Source.CONTACT])
def test_a_number_in_no_known_range_asks(source: Source) -> None:
    decision = _decide("+44 7700 900123", source)
    assert decision.verdict is Verdict.ASK
    assert "in use in United Kingdom" in decision.reason


def test_a_contact_s_number_is_trusted_though_its_range_is_not_known() -> None:
    assert _decide("+44 7700 900123", Source.CONTACT).verdict is Verdict.ALLOW


@pytest.mark.parametrize("state", [s for s in S if s not in {S.CANCELLED, S.NOT_SENT, S.REFUSED, S.PLACING}])
def test_the_same_number_again_within_thirty_seconds_asks(state: CallState) -> None:
    decision = _decide(recent=[_called(12, state)])
    assert decision.verdict is Verdict.ASK
    assert decision.reason == "You called this number 12 s ago."


@pytest.mark.parametrize("ago", [0, 0.4, 29.9])
def test_a_second_call_asks_from_the_first_moment_to_the_last(ago: float) -> None:
    decision = _decide(recent=[_called(ago)])
    assert decision.verdict is Verdict.ASK
    assert f"{max(int(ago), 1)} s ago" in decision.reason


@pytest.mark.parametrize("ago", [30, 3600])
def test_a_call_longer_ago_does_not_ask(ago: float) -> None:
    assert _decide(recent=[_called(ago)]).verdict is Verdict.ALLOW


def test_a_clock_that_was_set_back_does_not_hide_a_call_just_made() -> None:
    assert _decide(recent=[_called(-3600)]).reason == "You called this number before the clock was set back."


@pytest.mark.parametrize(("given_up", "verdict"), [(1, Verdict.ASK), (119, Verdict.ASK), (121, Verdict.ALLOW)])
def test_a_call_that_may_have_got_through_asks_for_two_minutes_from_its_end(given_up: float, verdict: Verdict) -> None:
    call = replace(_called(given_up + 60, S.UNCERTAIN), ended_at=NOW - given_up)
    assert _decide(recent=[call]).verdict is verdict


def test_an_entry_another_program_left_as_being_placed_does_not_ask_for_ever() -> None:
    assert _decide(recent=[_called(PLACING_SECONDS, S.PLACING, LONDON)]) == Decision(Verdict.ALLOW)


@pytest.mark.parametrize("state", [S.CANCELLED, S.NOT_SENT, S.REFUSED])
def test_a_call_that_reached_nobody_can_be_tried_again_at_once(state: CallState) -> None:
    assert _decide(recent=[_called(2, state)]).verdict is Verdict.ALLOW


def test_another_number_is_no_duplicate() -> None:
    assert _decide(recent=[_called(2, e164=LONDON)]).verdict is Verdict.ALLOW


def test_an_older_call_to_the_number_is_found_behind_newer_ones() -> None:
    recent = [_called(2, e164=LONDON), _called(4, S.NOT_SENT), _called(20)]
    assert _decide(recent=recent).reason == "You called this number 20 s ago."


@pytest.mark.parametrize("source", Source)
@pytest.mark.parametrize(("e164", "whom"), [(INDIAN, "this number"), (LONDON, "Asha Rao")])
def test_a_call_on_its_way_asks_first_whomever_it_is_for(e164: str, whom: str, source: Source) -> None:
    decision = _decide(source=source, recent=[_called(120, S.PLACING, e164)])
    assert decision.verdict is Verdict.ASK
    assert decision.reasons[0] == f"A call to {whom} is being placed right now."


@pytest.mark.parametrize("state", [S.AGENT_RINGING, S.AGENT_ANSWERED, S.CUSTOMER_RINGING, S.CONNECTED])
def test_a_call_to_somebody_else_asks_while_one_is_going_on(state: CallState) -> None:
    decision = _decide(recent=[_called(300, state, LONDON)])
    assert decision == Decision(Verdict.ASK, ("Your call to Asha Rao is still going on.",))


@pytest.mark.parametrize("state", [S.INITIATED, S.ENDED, S.AGENT_MISSED, S.CUSTOMER_MISSED, S.UNCERTAIN, S.REFUSED])
def test_a_call_that_is_over_or_untold_does_not_ask_for_another_number(state: CallState) -> None:
    assert _decide(recent=[_called(300, state, LONDON)]) == Decision(Verdict.ALLOW)


def test_a_call_whose_end_was_never_told_stops_asking_after_an_hour() -> None:
    assert _decide(recent=[_called(GOING_ON_SECONDS, S.CONNECTED, LONDON)]) == Decision(Verdict.ALLOW)


def test_several_reasons_are_all_told_the_weightiest_first() -> None:
    text = "+1 900 555 0123"
    recent = [_called(5, e164=parse_number(text).e164)]
    reasons = _decide(text, Source.LINK, recent).reasons
    assert [reason.split()[0] for reason in reasons] == ["You", "This", "The"]
    assert _decide(text, Source.LINK, recent).reason == " ".join(reasons)
