"""The events of a call's life: in the order seen in the field, with what each carries."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from typing import Any

import pytest

from c2c_desktop.sandbox.life import events_of
from c2c_desktop.sandbox.magic import MAGIC_NUMBERS, Outcome
from c2c_desktop.sandbox.server import KEPT_EVENTS, Pace, SandboxServer
from tests.contract.sandbox_client import ask, events, request_fields

NUMBERS = {magic.outcome: magic.number for magic in MAGIC_NUMBERS}
BOTH_RING = ["a event started", "a event answered", "b event started"]
HAPPY = [*BOTH_RING, "b event answered", "a event hangup", "b cdr answered", "a cdr answered"]
AGENT_LOST = ["a event started", "a cdr missed", "a event hangup"]
CUSTOMER_LOST = [*BOTH_RING, "a event hangup", "b cdr missed", "a cdr answered"]


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with SandboxServer(pace=Pace.INSTANT, slow_seconds=0.0) as server:
        yield server


def order(life: list[dict[str, Any]]) -> list[str]:
    return [f"{event['leg']} {event['type']} {event['status']}" for event in life]


@pytest.mark.parametrize(
    ("outcome", "expected", "reason"),
    [
        (Outcome.HAPPY, HAPPY, "recv_bye"),
        (Outcome.SLOW, HAPPY, "recv_bye"),
        (Outcome.AGENT_MISSES, AGENT_LOST, "recv_cancel"),
        (Outcome.AGENT_REJECTS, AGENT_LOST, "sent_reject"),
        (Outcome.NO_BALANCE, AGENT_LOST, "sent_reject"),
        (Outcome.CUSTOMER_BUSY, CUSTOMER_LOST, "user_busy"),
        (Outcome.CUSTOMER_MISSES, CUSTOMER_LOST, "recv_cancel"),
    ],
)
def test_each_life_has_its_order_and_its_end(
    server: SandboxServer, outcome: Outcome, expected: list[str], reason: str
) -> None:
    said = ask(server, request_fields(to=NUMBERS.get(outcome, 919840222222), extra_params={"crm": "7"}))
    life = events(server, len(expected))
    assert order(life) == expected
    assert {event["request_id"] for event in life} == {said.fields["request_id"]}
    assert [event["hangup_reason"] for event in life if event["status"] == "hangup"] == [reason]
    assert all(event["extra_params"] == {"crm": "7"} for event in life)
    assert all(event["user"] == SandboxServer.user_id for event in life)
    assert all(("answeredsec" in event) == (event["type"] == "cdr") for event in life)


def test_legs_have_ids_of_their_own_and_share_the_agents_conversation(server: SandboxServer) -> None:
    ask(server, request_fields())
    life = events(server, len(HAPPY))
    ids = {leg: {event["cmiuuid"] for event in life if event["leg"] == leg} for leg in "ab"}
    assert len(ids["a"]) == len(ids["b"]) == 1
    assert ids["a"] != ids["b"]
    assert {event["conversation_uuid"] for event in life} == ids["a"]


def test_the_customers_record_tells_whether_they_talked(server: SandboxServer) -> None:
    ask(server, request_fields(to=NUMBERS[Outcome.CUSTOMER_BUSY]))
    records = {e["leg"]: e for e in events(server, len(CUSTOMER_LOST)) if e["type"] == "cdr"}
    assert records["a"]["status"] == "answered"
    assert (records["b"]["status"], records["b"]["answeredsec"]) == ("missed", 0)


def test_with_both_routes_off_nothing_rings(server: SandboxServer) -> None:
    ask(server, request_fields(webrtc=False, followme=False))
    life = events(server, 2)
    assert order(life) == ["a cdr missed", "a event hangup"]


def test_a_call_to_the_mobile_lives_as_any_other(server: SandboxServer) -> None:
    ask(server, request_fields(webrtc=False, followme=True))
    assert order(events(server, len(HAPPY))) == HAPPY


def test_calls_whose_answer_was_lost_live_too(server: SandboxServer) -> None:
    for outcome in (Outcome.DROPPED, Outcome.HALF_ANSWER):
        with pytest.raises((http.client.RemoteDisconnected, http.client.IncompleteRead)):
            ask(server, request_fields(to=NUMBERS[outcome]))
    assert order(events(server, 2 * len(HAPPY))) == HAPPY * 2


def test_a_refused_call_has_no_life(server: SandboxServer) -> None:
    ask(server, request_fields(to=NUMBERS[Outcome.TOO_MANY]))
    said = ask(server, request_fields())
    assert events(server, 1)[0]["request_id"] == said.fields["request_id"]


def test_the_stream_can_be_asked_for_one_call(server: SandboxServer) -> None:
    ask(server, request_fields())
    said = ask(server, request_fields())
    wanted = said.fields["request_id"]
    assert {e["request_id"] for e in events(server, len(HAPPY), f"?request_id={wanted}")} == {wanted}


def test_events_are_numbered_upwards_and_replayed_to_each_who_asks(server: SandboxServer) -> None:
    ask(server, request_fields())
    first, second = events(server, len(HAPPY)), events(server, len(HAPPY))
    assert first == second
    numbers = [event["seq"] for event in first]
    assert numbers == sorted(set(numbers))
    assert all(event["time"] > 1_600_000_000_000 for event in first)


def test_only_the_newest_events_are_kept(server: SandboxServer) -> None:
    calls = KEPT_EVENTS // len(HAPPY) + 5
    for _ in range(calls):
        last = ask(server, request_fields()).fields["request_id"]
    events(server, len(HAPPY), f"?request_id={last}")
    kept = events(server, KEPT_EVENTS)
    assert kept[-1]["request_id"] == last
    assert kept[-1]["seq"] - kept[0]["seq"] == KEPT_EVENTS - 1


def test_the_pace_stretches_the_waits_of_a_life() -> None:
    waits = [seconds for seconds, _ in events_of(Outcome.HAPPY, request_fields(), "r-1")]
    assert sum(waits) > 10
    assert all(seconds > 0 for seconds in waits)


def test_events_come_as_they_happen() -> None:
    with SandboxServer(pace=Pace.QUICK) as server:
        said = ask(server, request_fields(to=NUMBERS[Outcome.AGENT_REJECTS]))
        life = events(server, len(AGENT_LOST))
        assert order(life) == AGENT_LOST
        assert {event["request_id"] for event in life} == {said.fields["request_id"]}
        assert life[1]["time"] - life[0]["time"] >= 250
