"""Calls: the journal, the service that places them, what it tells of them, and the world around."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, field, replace

from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.domain.dialing import CallOrder, Placement
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.domain.legs import LegEvent
from c2c_desktop.domain.secret import Secret
from c2c_desktop.services.ports import no_objection

INDIAN = "+919840222222"
"""A sample number; shown as +91 98402 22222."""


class MemoryCallStore:
    """The journal in memory. `fails` is raised instead of writing."""

    def __init__(self) -> None:
        self.calls: dict[str, Call] = {}
        self.notes: dict[str, str] = {}
        self.fails: StorageError | None = None
        self.begun: list[str] = []

    def begin(
        self, call: Call, known: Container[str] = (), objection: Callable[[list[Call]], str] = no_objection
    ) -> str:
        if self.fails is not None:
            raise self.fails
        unknown = [c for c in self.recent(len(self.calls)) if c.id != call.id and c.id not in known]
        words = objection(unknown)
        if not words:
            self.save(call)
            self.begun.append(call.id)
        return words

    def save(self, call: Call) -> None:
        if self.fails is not None:
            raise self.fails
        self.calls[call.id] = call

    def set_note(self, call_id: str, text: str) -> None:
        if self.fails is not None:
            raise self.fails
        self.notes[call_id] = text

    def recent(self, limit: int) -> list[Call]:
        return [replace(c, note=self.notes.get(c.id, "")) for c in list(reversed(self.calls.values()))[:limit]]

    def settle_abandoned(self) -> int:
        abandoned = [c for c in self.calls.values() if c.state is CallState.PLACING and c.id not in self.begun]
        for call in abandoned:
            message = "The program stopped while this call was being placed"
            self.calls[call.id] = call.moved(CallState.UNCERTAIN, message=message)
        return len(abandoned)


@dataclass
class FakeGateway:
    """Answers with `placement` and keeps what it was asked; `during` runs while a request is under way."""

    placement: Placement = field(default_factory=lambda: Placement(CallState.INITIATED, 200, "Call initiated", "r-1"))
    orders: list[CallOrder] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    during: Callable[[], None] = lambda: None
    fails: Exception | None = None
    warmed: int = 0
    closed: bool = False

    def place(self, order: CallOrder, secret: Secret, claim: Callable[[], bool] = lambda: True) -> Placement:
        if not claim():
            return Placement(CallState.CANCELLED)
        self.orders.append(order)
        self.secrets.append(secret.reveal())
        self.during()
        if self.fails is not None:
            raise self.fails
        return self.placement

    def warm(self) -> None:
        self.warmed += 1

    def close(self) -> None:
        self.closed = True


class FakeFeed:
    """A feed a test speaks through: `tell` reaches whoever follows that call."""

    def __init__(self) -> None:
        self.followed: dict[str, Callable[[LegEvent], None]] = {}
        self.closed = False

    def follow(self, request_id: str, heard: Callable[[LegEvent], None]) -> None:
        self.followed[request_id] = heard

    def tell(self, event: LegEvent) -> None:
        self.followed[event.request_id](event)

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeSurroundings:
    """A world a test makes up."""

    locked: bool = False
    do_not_call: set[str] = field(default_factory=set)
    trouble: str = ""

    def screen_is_locked(self) -> bool:
        return self.locked

    def is_do_not_call(self, e164: str) -> bool:
        return e164 in self.do_not_call

    def do_not_call_trouble(self) -> str:
        return self.trouble
