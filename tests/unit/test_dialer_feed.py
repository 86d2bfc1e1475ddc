"""What the legs tell moves the call they belong to, and no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.dialing import Placement
from c2c_desktop.domain.legs import LegEvent
from tests.fakes import FakeFeed, FakeGateway
from tests.unit.builders import LONDON, Rig

S = CallState


def _event(status: str = "started", leg: str = "a", request_id: str = "r-1", at: float = 1_800_000_005.0) -> LegEvent:
    return LegEvent(request_id, leg, record=False, status=status, at=at)


def _feed(rig: Rig) -> FakeFeed:
    assert rig.feed is not None
    return rig.feed


def test_events_are_heard_on_the_main_thread_and_move_the_call() -> None:
    rig = Rig()
    call = rig.initiated()
    _feed(rig).tell(_event())
    assert rig.call(call).state is S.INITIATED
    rig.runner.finish()
    assert rig.call(call).state is S.AGENT_RINGING
    assert rig.store.calls[call.id].state is S.AGENT_RINGING


def test_a_whole_call_is_told_state_by_state() -> None:
    rig = Rig()
    rig.initiated()
    for event in (_event(), _event("answered"), _event(leg="b"), _event("answered", "b"), _event("hangup")):
        _feed(rig).tell(event)
    rig.runner.finish()
    assert rig.told[1:] == [
        S.INITIATED,
        S.AGENT_RINGING,
        S.AGENT_ANSWERED,
        S.CUSTOMER_RINGING,
        S.CONNECTED,
        S.ENDED,
    ]


def test_an_event_that_changes_nothing_is_told_to_nobody() -> None:
    rig = Rig()
    rig.initiated()
    for _ in range(3):
        _feed(rig).tell(_event())
    rig.runner.finish()
    assert rig.told == [S.PLACING, S.INITIATED, S.AGENT_RINGING]


def test_an_event_of_another_call_moves_nothing() -> None:
    rig = Rig()
    call = rig.initiated()
    _feed(rig).followed["r-1"](_event(request_id="r-2"))
    rig.runner.finish()
    assert rig.call(call).state is S.INITIATED


def test_two_calls_hear_only_their_own_events() -> None:
    rig = Rig()
    first = rig.initiated()
    rig.gateway.placement = Placement(S.INITIATED, 200, "Call initiated", "r-2")
    second = rig.place(LONDON)
    rig.runner.finish()
    _feed(rig).tell(_event(request_id="r-2"))
    rig.runner.finish()
    assert (rig.call(first).state, rig.call(second).state) == (S.INITIATED, S.AGENT_RINGING)


def test_an_event_without_a_time_happened_when_it_was_heard() -> None:
    rig = Rig()
    call = rig.initiated()
    rig.clock.pass_by(20)
    _feed(rig).tell(_event("answered", "b", at=0.0))
    rig.runner.finish()
    assert rig.call(call).connected_at == rig.clock.now()


@pytest.mark.parametrize(
    "placement",
    [
        Placement(S.INITIATED, 200, "Call initiated"),
        Placement(S.REFUSED, 404, request_id="r-1"),
        Placement(S.UNCERTAIN, request_id="r-1"),
    ],
)
def test_a_call_that_was_not_taken_or_cannot_be_traced_is_not_followed(placement: Placement) -> None:
    rig = Rig(gateway=FakeGateway(placement))
    rig.place()
    rig.runner.finish()
    assert _feed(rig).followed == {}


def test_without_a_feed_a_call_stays_initiated() -> None:
    rig = Rig(feed=None)
    call = rig.initiated()
    assert rig.call(call).state is S.INITIATED
    assert not rig.dialer.follows_calls
    assert Rig().dialer.follows_calls


def test_events_that_come_before_the_answer_is_settled_are_not_lost() -> None:
    class Early(FakeFeed):
        def follow(self, request_id: str, heard: Callable[[LegEvent], None]) -> None:
            super().follow(request_id, heard)
            self.tell(_event())
            self.tell(_event("answered"))

    rig = Rig(feed=Early())
    call = rig.initiated()
    assert rig.call(call).state is S.AGENT_ANSWERED
