"""From the service's webhook events to the states of a call.

Facts: leg a is the agent, leg b the customer; leg b's record decides the outcome, since leg a's can say
"answered" though the customer never did. Order seen in the field: a started, a answered, b started,
b answered, hangup, record of b, record of a; an agent who never answers: a started, record of a, a hangup.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from c2c_desktop.domain.call import Call, CallState, can_move

MAX_TALK_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class LegEvent:
    """One thing that happened on one leg. `at`: UTC seconds."""

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
    if not (isinstance(request_id, str) and request_id and leg in {"a", "b"} and isinstance(status, str)):
        return None
    talk = float(seconds) if isinstance(seconds, (int, float)) and 0 <= seconds <= MAX_TALK_SECONDS else None
    return LegEvent(
        request_id=request_id,
        leg=str(leg),
        record=payload.get("type") == "cdr",
        status=status,
        at=float(at) / 1000 if isinstance(at, (int, float)) else 0.0,
        talk_seconds=talk,
        reason=reason if isinstance(reason, str) else "",
    )


def call_after(call: Call, event: LegEvent) -> Call:
    """Return `call` as it stands after `event`; the same object where the event changes nothing."""
    state = _state_told_by(call, event)
    if state is None or not can_move(call, state):
        if event.record and event.leg == "b" and call.state is CallState.ENDED and event.talk_seconds is not None:
            return _with_talk(call, event.talk_seconds)
        return call
    if state is CallState.CONNECTED:
        return call.moved(state, connected_at=event.at, outcome=state)
    if state is CallState.ENDED:
        talk = event.talk_seconds if event.leg == "b" else None
        if talk is None and call.connected_at is not None:
            talk = max(event.at - call.connected_at, 0.0)
        return call.moved(state, ended_at=event.at, talk_seconds=talk, outcome=call.outcome or call.state)
    if state in {CallState.AGENT_MISSED, CallState.AGENT_REJECTED, CallState.CUSTOMER_MISSED}:
        busy = "Busy" if "busy" in event.reason else ""
        return call.moved(state, outcome=state, message=busy)
    return call.moved(state)


def _with_talk(call: Call, seconds: float) -> Call:
    from dataclasses import replace  # noqa: PLC0415

    return call if call.talk_seconds == seconds else replace(call, talk_seconds=seconds)


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
