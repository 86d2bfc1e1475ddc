"""One call: its states, the legal moves between them, and what is known about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.route import Route

NOTE_LIMIT = 2000
"""Characters of a note that are kept."""


class Source(Enum):
    """Where a dial came from; the guard trusts each differently."""

    PAD = "pad"
    CONTACT = "contact"
    HISTORY = "history"
    TRAY = "tray"
    POPUP = "popup"
    HOTKEY = "hotkey"
    LINK = "link"
    COMMAND_LINE = "command line"


FOREIGN = frozenset({Source.LINK, Source.HOTKEY, Source.COMMAND_LINE})
"""Sources that are not a hand in this program: whose number it is, they do not say."""


class CallState(Enum):
    """Where a call stands. NOT_SENT: no byte left. UNCERTAIN: bytes may have left, no valid answer came."""

    DRAFT = "DRAFT"
    CANCELLED = "CANCELLED"
    PLACING = "PLACING"
    INITIATED = "INITIATED"
    REFUSED = "REFUSED"
    NOT_SENT = "NOT_SENT"
    UNCERTAIN = "UNCERTAIN"
    AGENT_RINGING = "AGENT_RINGING"
    AGENT_ANSWERED = "AGENT_ANSWERED"
    AGENT_MISSED = "AGENT_MISSED"
    AGENT_REJECTED = "AGENT_REJECTED"
    CUSTOMER_RINGING = "CUSTOMER_RINGING"
    CUSTOMER_MISSED = "CUSTOMER_MISSED"
    CONNECTED = "CONNECTED"
    ENDED = "ENDED"


_S = CallState
_LEG_STATES = frozenset(
    {
        _S.AGENT_RINGING,
        _S.AGENT_ANSWERED,
        _S.AGENT_MISSED,
        _S.AGENT_REJECTED,
        _S.CUSTOMER_RINGING,
        _S.CUSTOMER_MISSED,
        _S.CONNECTED,
        _S.ENDED,
    }
)

MOVES: dict[CallState, frozenset[CallState]] = {
    _S.DRAFT: frozenset({_S.CANCELLED, _S.PLACING}),
    # CANCELLED and NOT_SENT from PLACING: cancel or failure before the first byte.
    _S.PLACING: frozenset({_S.CANCELLED, _S.INITIATED, _S.REFUSED, _S.NOT_SENT, _S.UNCERTAIN}),
    _S.INITIATED: _LEG_STATES,
    _S.UNCERTAIN: frozenset(),
    _S.AGENT_RINGING: _LEG_STATES - {_S.AGENT_RINGING},
    _S.AGENT_ANSWERED: frozenset({_S.CUSTOMER_RINGING, _S.CUSTOMER_MISSED, _S.CONNECTED, _S.ENDED}),
    _S.CUSTOMER_RINGING: frozenset({_S.CUSTOMER_MISSED, _S.CONNECTED, _S.ENDED}),
    _S.CONNECTED: frozenset({_S.ENDED}),
    _S.CANCELLED: frozenset(),
    _S.REFUSED: frozenset(),
    _S.NOT_SENT: frozenset(),
    _S.AGENT_MISSED: frozenset({_S.ENDED}),
    _S.AGENT_REJECTED: frozenset({_S.ENDED}),
    _S.CUSTOMER_MISSED: frozenset({_S.ENDED}),
    _S.ENDED: frozenset(),
}

FINAL_STATES = frozenset(
    {
        _S.CANCELLED,
        _S.REFUSED,
        _S.NOT_SENT,
        _S.UNCERTAIN,
        _S.ENDED,
    }
)
"""States no call leaves."""

FAILED_STATES = frozenset({_S.REFUSED, _S.NOT_SENT, _S.UNCERTAIN})
"""What the recents' filter "Failed or uncertain" shows, beside the missed legs (see `Call.went_wrong`)."""


class IllegalMoveError(Exception):
    """A call was moved against the table: a bug in the caller."""


@dataclass(frozen=True, slots=True)
class Call:
    """One attempt to call somebody, from the gesture to its end. Times are UTC seconds since the epoch."""

    id: str
    e164: str
    shown_number: str
    contact_name: str
    source: Source
    route: Route
    user_id: str
    started_at: float
    state: CallState = CallState.DRAFT
    caller_id: str = ""
    extra_params: dict[str, str] = field(default_factory=dict)
    request_id: str = ""
    code: int | None = None
    message: str = ""
    next_step: NextStep = NextStep.NONE
    connected_at: float | None = None
    ended_at: float | None = None
    talk_seconds: float | None = None
    outcome: CallState | None = None
    """How far the call is known to have come: CONNECTED or a missed leg; None where no leg told."""
    post_dial: str = ""
    """Digits to press after the callee answers: the service cannot send them. A comma is a pause."""
    note: str = field(default="", repr=False)
    """What the person wrote about it, on one or several lines: only for their own eyes, so never in a log."""

    @property
    def callee(self) -> str:
        """Whom the call is for, as the person knows them."""
        return self.contact_name or self.shown_number

    @property
    def is_final(self) -> bool:
        """Whether nothing more can happen to this call."""
        return self.state in FINAL_STATES

    @property
    def is_placing(self) -> bool:
        """Whether the request is on its way."""
        return self.state is CallState.PLACING

    @property
    def went_wrong(self) -> bool:
        """Whether the call failed, stayed uncertain, or nobody picked up."""
        missed = {CallState.AGENT_MISSED, CallState.AGENT_REJECTED, CallState.CUSTOMER_MISSED}
        return self.state in FAILED_STATES or (self.outcome or self.state) in missed

    def moved(self, state: CallState, **facts: Any) -> Call:
        """Return this call in `state` with `facts` set.

        Raises `IllegalMoveError` where the table does not allow it.
        """
        if state not in MOVES[self.state]:
            raise IllegalMoveError(f"{self.state.value} → {state.value}")
        return replace(self, state=state, **facts)


def can_move(call: Call, state: CallState) -> bool:
    """Whether the table allows `call` to go to `state`."""
    return state in MOVES[call.state]


def clean_note(text: str) -> str:
    """Return `text` as a note is kept: its lines, each without control and bidi characters; `NOTE_LIMIT` in all."""
    lines = [clean_text(line, NOTE_LIMIT) for line in text[: NOTE_LIMIT * 8].splitlines()]
    return "\n".join(lines).strip()[:NOTE_LIMIT].rstrip()
