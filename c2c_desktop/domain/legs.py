"""From the service's webhook events to the states of a call.

Facts: leg a is the agent, leg b the customer; leg b's record decides the outcome, since leg a's can say
"answered" though the customer never did. Order seen in the field: a started, a answered, b started,
b answered, hangup, record of b, record of a; an agent who never answers: a started, record of a, a hangup.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from c2c_desktop.domain.call import Call, CallState, can_move

MAX_TALK_SECONDS = 7 * 24 * 3600
MAX_TIME_MS = 10**14
"""Some 3000 years: a larger time is none."""


@dataclass(frozen=True, slots=True)
class LegEvent:
    """One thing that happened on one leg. `at`: UTC seconds, 0 where the service told none."""

    request_id: str
    leg: str
    record: bool
    status: str
    at: float
    talk_seconds: float | None = None
    reason: str = ""


def leg_event(payload: Mapping[str, Any]) -> LegEvent | None:
    """Read a webhook's JSON object; None where it is no event of a click-to-call leg."""
    request_id, leg, status = payload.get("request_id"), payload.get("leg"), payload.get("status")
    at, seconds, reason = payload.get("time"), payload.get("answeredsec"), payload.get("hangup_reason")
    if not (isinstance(request_id, str) and request_id and leg in ("a", "b") and isinstance(status, str)):
        return None
    talk = float(seconds) if isinstance(seconds, (int, float)) and 0 <= seconds <= MAX_TALK_SECONDS else None
    return LegEvent(
        request_id=request_id,
        leg=str(leg),
        record=payload.get("type") == "cdr",
        status=status,
        at=at / 1000 if isinstance(at, (int, float)) and 0 <= at <= MAX_TIME_MS else 0.0,
        talk_seconds=talk,
        reason=reason if isinstance(reason, str) else "",
    )


def call_after(call: Call, event: LegEvent) -> Call:
    """Return `call` as it stands after `event`; the same object where the event changes nothing."""
    state = _state_told_by(call, event)
    if state is None or not can_move(call, state):
        return _corrected(call, event) if event.record and event.leg == "b" else call
    if state is CallState.CONNECTED:
        return call.moved(state, connected_at=event.at, outcome=state)
    if state is CallState.ENDED:
        talk = event.talk_seconds if event.leg == "b" else None
        if talk is None and call.connected_at is not None:
            talk = max(event.at - call.connected_at, 0.0)
        outcome = CallState.CONNECTED if event.record and event.leg == "b" else call.outcome
        return call.moved(state, ended_at=event.at, talk_seconds=talk, outcome=outcome)
    if state in {CallState.AGENT_MISSED, CallState.AGENT_REJECTED, CallState.CUSTOMER_MISSED}:
        busy = "Busy" if "busy" in event.reason else ""
        return call.moved(state, outcome=state, message=busy)
    return call.moved(state)


def _corrected(call: Call, event: LegEvent) -> Call:
    """Take what leg b's record says of a call that is over already; the same object where it is nothing new."""
    if call.state is not CallState.ENDED:
        return call
    if event.status == "answered":
        talk = call.talk_seconds if event.talk_seconds is None else event.talk_seconds
        corrected = replace(call, outcome=CallState.CONNECTED, talk_seconds=talk)
    else:
        corrected = replace(call, outcome=call.outcome or CallState.CUSTOMER_MISSED)
    return call if corrected == call else corrected


def _state_told_by(call: Call, event: LegEvent) -> CallState | None:
    if event.record:
        return _state_told_by_record(call, event)
    if event.status == "hangup":
        over = {CallState.CONNECTED, CallState.AGENT_MISSED, CallState.AGENT_REJECTED, CallState.CUSTOMER_MISSED}
        return CallState.ENDED if call.state in over else None
    return {
        ("a", "started"): CallState.AGENT_RINGING,
        ("a", "answered"): CallState.AGENT_ANSWERED,
        ("b", "started"): CallState.CUSTOMER_RINGING,
        ("b", "answered"): CallState.CONNECTED,
    }.get((event.leg, event.status))


def _state_told_by_record(call: Call, event: LegEvent) -> CallState | None:
    answered = event.status == "answered"
    if event.leg == "b":
        return CallState.ENDED if answered else CallState.CUSTOMER_MISSED
    if answered or call.state in {CallState.CUSTOMER_MISSED, CallState.CONNECTED}:
        return CallState.ENDED
    return CallState.AGENT_REJECTED if event.reason == "sent_reject" else CallState.AGENT_MISSED
