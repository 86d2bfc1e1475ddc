"""What the guard's rules look at, and what one of them can say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from c2c_desktop.domain.call import Call, Source
from c2c_desktop.domain.dialing import DialRequest, Verdict
from c2c_desktop.domain.number import LineKind, PhoneNumber
from c2c_desktop.domain.policy import GuardPolicy


@dataclass(frozen=True, slots=True)
class DoNotCall:
    """What the do-not-call list says of a number. `trouble`: why the list cannot tell, in words."""

    listed: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """All the guard looks at. `recent`: calls, newest first; `now`: UTC seconds."""

    request: DialRequest
    number: PhoneNumber
    now: float
    recent: Sequence[Call] = ()
    policy: GuardPolicy = field(default_factory=GuardPolicy)
    locks: Mapping[str, str] = field(default_factory=dict)
    """What an administrator locked, and the words that say so."""
    rules_trouble: str = ""
    """Why rules, an administrator's or the person's own, cannot be read, in words."""
    do_not_call: DoNotCall = DoNotCall()
    screen_locked: bool = False
    minutes_there: frozenset[int] = frozenset()
    """The times of day it may be where the number is, in minutes since midnight; looked at for calling hours only."""
    asked: int = 0
    """Requests of this source within the last minute, this one included; 0 where it is not to be counted."""

    @property
    def source(self) -> Source:
        """Where the request comes from."""
        return self.request.source

    @property
    def is_extension(self) -> bool:
        """Whether a colleague is called: a number without country or prefix."""
        return self.number.kind is LineKind.EXTENSION

    def locked(self, key: str) -> str:
        """Return who locked that rule, to be put behind a reason; "" where nobody did."""
        words = self.locks.get(f"guard.{key}", "")
        return f" {words}" if words else ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says: ASK or REFUSE, and why."""

    verdict: Verdict
    reason: str
