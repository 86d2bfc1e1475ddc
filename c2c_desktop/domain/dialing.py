"""What leads to a call: the request, the guard's word on it, and what the service is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import CallState, Source
from c2c_desktop.domain.errors import NextStep, RefusedNumberError
from c2c_desktop.domain.number import PhoneNumber
from c2c_desktop.domain.route import Route


@dataclass(frozen=True, slots=True)
class DialRequest:
    """One gesture that asks for a call. What is None is taken from the account."""

    text: str
    source: Source
    contact_name: str = ""
    route: Route | None = None
    caller_id: str | None = None
    extra_params: dict[str, str] | None = None
    region: str | None = None
    origin: str = ""
    """What another program handed over, where `text` is only the part of it that was chosen."""
    must_ask: str = ""
    """Why the person is asked in any case, in words; "" where the rules alone decide."""


class Verdict(Enum):
    """What the guard says of a request."""

    ALLOW = "allow"
    ASK = "ask"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Decision:
    """The guard's verdict and its reasons in words, the weightiest first."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()
    information: tuple[str, ...] = ()
    """What is good to know but neither asks nor refuses, like an earlier call."""
    grounds: tuple[str, ...] = field(default=(), compare=False)
    """The rules that gave the reasons: the words of one change as seconds pass."""

    @property
    def reason(self) -> str:
        """All reasons as one text, "" where there is none."""
        return " ".join(self.reasons)


class UnansweredError(RefusedNumberError):
    """The guard asks something by now that the person was not shown."""

    def __init__(self, decision: Decision) -> None:
        super().__init__("Something has changed meanwhile", f"{decision.reason} Nothing was sent.")
        self.decision = decision


@dataclass(frozen=True, slots=True)
class Proposal:
    """A call as it would be placed: what the person is shown is what is sent."""

    call_id: str
    request: DialRequest
    number: PhoneNumber
    account: Account
    route: Route
    caller_id: str
    extra_params: dict[str, str]
    decision: Decision
    known_calls: frozenset[str] = frozenset()
    """IDs of the calls the guard looked at."""


@dataclass(frozen=True, slots=True)
class CallOrder:
    """The fields of the service's request but for the secret."""

    user_id: str
    to: int
    route: Route
    caller_id: int | None = None
    extra_params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placement:
    """What became of one request to the service."""

    state: CallState
    code: int | None = None
    message: str = ""
    request_id: str = ""
    next_step: NextStep = NextStep.NONE
