"""The life of an accepted call, told in webhook-shaped events.

The order is the one seen in the field. `user_busy` as a hangup reason is the sandbox's own assumption: the
service documents none for a busy customer. With both routes off nothing rings: the agent's leg ends as missed.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from c2c_desktop.sandbox.magic import Outcome

Event = dict[str, Any]


class Pace(Enum):
    """Seconds a lifelike second takes."""

    INSTANT = 0.0
    QUICK = 0.15
    LIFELIKE = 1.0


@dataclass(frozen=True, slots=True)
class _Beat:
    after: float
    leg: str
    kind: str
    status: str
    reason: str = ""
    talked: int = 0


_AGENT_UP = (_Beat(0.4, "a", "event", "started"), _Beat(2.5, "a", "event", "answered"))
_HAPPY = (
    *_AGENT_UP,
    _Beat(0.6, "b", "event", "started"),
    _Beat(3.0, "b", "event", "answered"),
    _Beat(12.0, "a", "event", "hangup", "recv_bye"),
    _Beat(0.1, "b", "cdr", "answered", "sent_bye", 12),
    _Beat(0.1, "a", "cdr", "answered", "recv_bye", 15),
)


def _customer_lost(reason: str, after: float) -> tuple[_Beat, ...]:
    return (
        *_AGENT_UP,
        _Beat(0.6, "b", "event", "started"),
        _Beat(after, "a", "event", "hangup", reason),
        _Beat(0.1, "b", "cdr", "missed", reason),
        _Beat(0.1, "a", "cdr", "answered", reason, 5),
    )


def _agent_lost(reason: str, after: float) -> tuple[_Beat, ...]:
    return (
        _Beat(0.4, "a", "event", "started"),
        _Beat(after, "a", "cdr", "missed", reason),
        _Beat(0.1, "a", "event", "hangup", reason),
    )


_LIVES: dict[Outcome, tuple[_Beat, ...]] = {
    Outcome.AGENT_MISSES: _agent_lost("recv_cancel", 8.0),
    Outcome.AGENT_REJECTS: _agent_lost("sent_reject", 2.0),
    Outcome.NO_BALANCE: _agent_lost("sent_reject", 0.5),
    Outcome.CUSTOMER_BUSY: _customer_lost("user_busy", 1.5),
    Outcome.CUSTOMER_MISSES: _customer_lost("recv_cancel", 8.0),
}


def events_of(outcome: Outcome, request: Mapping[str, Any], request_id: str) -> Iterator[tuple[float, Event]]:
    """Yield pairs of lifelike seconds to wait and the event that follows (without `time` and `seq`)."""
    beats = _LIVES.get(outcome, _HAPPY)
    if not request.get("webrtc", True) and not request.get("followme", False):
        beats = (_Beat(5.0, "a", "cdr", "missed", "recv_cancel"), _Beat(0.1, "a", "event", "hangup", "recv_cancel"))
    ids = {leg: str(uuid.uuid4()) for leg in "ab"}
    for beat in beats:
        event: Event = {
            "type": beat.kind,
            "leg": beat.leg,
            "status": beat.status,
            "user": request.get("user_id", ""),
            "to": request.get("to"),
            "direction": "outbound",
            "cmiuuid": ids[beat.leg],
            "conversation_uuid": ids["a"],
            "request_id": request_id,
            "extra_params": request.get("extra_params", {}),
        }
        if beat.kind == "cdr":
            event["answeredsec"] = beat.talked
        if beat.reason:
            event["hangup_reason"] = beat.reason
        yield beat.after, event


class Storyteller:
    """Tells the lives of all calls on one thread, each event at its time."""

    def __init__(self, pace: Pace, tell: Callable[[Event], None]) -> None:
        self._pace = pace
        self._tell = tell
        self._due: list[tuple[float, int, Event]] = []
        self._changed = threading.Condition()
        self._stopped = False
        self._count = 0
        self._thread = threading.Thread(target=self._work, name="sandbox-life", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; what was to come is dropped."""
        with self._changed:
            self._stopped = True
            self._changed.notify()
        self._thread.join(1.0)

    def begin(self, outcome: Outcome, request: Mapping[str, Any], request_id: str) -> None:
        """Begin the life of one accepted call."""
        at = time.monotonic()
        with self._changed:
            for seconds, event in events_of(outcome, request, request_id):
                at += seconds * self._pace.value
                self._count += 1
                self._due.append((at, self._count, event))
            self._due.sort(key=lambda due: due[:2])
            self._changed.notify()

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._stopped and (not self._due or self._due[0][0] > time.monotonic()):
                    self._changed.wait(self._due[0][0] - time.monotonic() if self._due else None)
                if self._stopped:
                    return
                event = self._due.pop(0)[2]
            self._tell(event)
