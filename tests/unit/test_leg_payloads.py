"""Webhook payloads as the service sends them, and as nobody should."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.legs import MAX_TALK_SECONDS, LegEvent, call_after, leg_event
from tests.unit.builders import make_call

LIVE: dict[str, Any] = {
    "type": "event",
    "leg": "a",
    "status": "started",
    "user": "101_1111112",
    "to": 919840222222,
    "cmiuuid": "1b2c",
    "conversation_uuid": "1b2c",
    "direction": "outbound",
    "time": 1_800_000_000_500,
    "request_id": "r-1",
    "extra_params": {"{}": None},
}
RECORD: dict[str, Any] = LIVE | {
    "type": "cdr",
    "leg": "b",
    "status": "answered",
    "answeredsec": 12,
    "hangup_reason": "recv_bye",
}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
ODD = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["event", "cdr"]) | JSON,
        "leg": st.sampled_from(["a", "b"]) | JSON,
        "status": st.sampled_from(["started", "answered", "hangup", "missed"]) | JSON,
        "time": JSON,
        "request_id": st.just("r-1") | JSON,
        "answeredsec": JSON,
        "hangup_reason": JSON,
        "extra_params": JSON,
        "custom": JSON,
    },
)


@given(ODD | st.dictionaries(st.text(), JSON), st.sampled_from(CallState))
@example(RECORD | {"leg": []}, CallState.CONNECTED)
@example(RECORD | {"leg": {}}, CallState.CONNECTED)
@example(RECORD | {"time": 10**400}, CallState.CONNECTED)
@example(RECORD | {"time": math.nan}, CallState.CONNECTED)
@example(RECORD | {"answeredsec": 10**400}, CallState.CONNECTED)
def test_no_payload_raises_or_gives_a_time_that_is_none(payload: dict[str, Any], state: CallState) -> None:
    event = leg_event(payload)
    if event is None:
        return
    assert math.isfinite(event.at)
    assert event.at >= 0
    assert event.talk_seconds is None or 0 <= event.talk_seconds <= MAX_TALK_SECONDS
    after = call_after(make_call(state, request_id="r-1"), event)
    assert after.talk_seconds is None or after.talk_seconds >= 0


def test_a_live_event_is_read() -> None:
    assert leg_event(LIVE) == LegEvent("r-1", "a", record=False, status="started", at=1_800_000_000.5)


def test_a_record_is_read_with_its_talk_and_reason() -> None:
    expected = LegEvent("r-1", "b", record=True, status="answered", at=1_800_000_000.5, talk_seconds=12.0)
    event = leg_event(RECORD)
    assert event is not None
    assert event.reason == "recv_bye"
    assert (event.leg, event.record, event.at, event.talk_seconds) == ("b", True, expected.at, 12.0)


@pytest.mark.parametrize("params", [{}, '{"deal": "7"}', {"{}": None}, None, [1], 7])
def test_extra_params_in_any_shape_change_nothing(params: object) -> None:
    assert leg_event(LIVE | {"extra_params": params}) == leg_event(LIVE)


@pytest.mark.parametrize(
    "change",
    [
        {"request_id": ""},
        {"request_id": None},
        {"request_id": 7},
        {"leg": "c"},
        {"leg": ""},
        {"leg": ["a"]},
        {"status": None},
        {"status": 1},
    ],
)
def test_what_is_no_event_of_a_click_to_call_leg_is_left_out(change: dict[str, Any]) -> None:
    assert leg_event(LIVE | change) is None


@pytest.mark.parametrize("missing", ["request_id", "leg", "status"])
def test_an_event_without_a_field_it_needs_is_left_out(missing: str) -> None:
    assert leg_event({name: value for name, value in LIVE.items() if name != missing}) is None


@pytest.mark.parametrize("time", [None, "1800000000500", math.nan, math.inf, -1, 10**20, 10**400, [1]])
def test_a_time_that_cannot_be_is_none(time: object) -> None:
    event = leg_event(LIVE | {"time": time})
    assert event is not None
    assert event.at == 0.0


@pytest.mark.parametrize("seconds", [None, "12", -1, math.nan, math.inf, MAX_TALK_SECONDS + 1, 10**400])
def test_a_talk_that_cannot_be_is_not_known(seconds: object) -> None:
    event = leg_event(RECORD | {"answeredsec": seconds})
    assert event is not None
    assert event.talk_seconds is None


@pytest.mark.parametrize("reason", [None, 7, ["busy"], {"msg": "busy"}])
def test_a_reason_that_is_no_text_is_none(reason: object) -> None:
    event = leg_event(RECORD | {"hangup_reason": reason})
    assert event is not None
    assert event.reason == ""


def test_a_payload_read_from_json_text_is_the_same_event() -> None:
    assert leg_event(json.loads(json.dumps(RECORD))) == leg_event(RECORD)
