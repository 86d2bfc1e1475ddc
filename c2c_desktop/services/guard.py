"""The trust table: what may call at once, what asks first, what is refused."""

from __future__ import annotations

from collections.abc import Iterable

from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.countries import COUNTRY_NAMES
from c2c_desktop.domain.dialing import Decision, DialRequest, Verdict
from c2c_desktop.domain.number import LineKind, PhoneNumber
from c2c_desktop.domain.policy import TRUST

DUPLICATE_SECONDS = 30.0
"""The same number again within this time asks first."""

UNCERTAIN_SECONDS = 120.0
"""The same after a call that may have got through, counted from when it was given up."""

PLACING_SECONDS = 180.0
"""How long a request can be on its way at most; another process may have left its entry behind."""

_SOURCE_REASONS = {
    Source.HOTKEY: "The number comes from a selection in another program.",
    Source.LINK: "The number comes from a link in another program.",
    Source.COMMAND_LINE: "The number comes from the command line.",
}

_KIND_REASONS = {
    LineKind.PREMIUM: "This is a premium-rate number: it can cost several times a normal call.",
    LineKind.SHARED_COST: "This is a shared-cost number: it may be charged specially.",
    LineKind.SATELLITE: "This is a satellite or global number: it can be very expensive.",
}

GOING_ON_SECONDS = 3600.0
"""How long a call whose end was never told counts as going on."""

_GOING_ON = frozenset(
    {CallState.AGENT_RINGING, CallState.AGENT_ANSWERED, CallState.CUSTOMER_RINGING, CallState.CONNECTED}
)
_REACHED_NOBODY = frozenset({CallState.CANCELLED, CallState.NOT_SENT, CallState.REFUSED})


def source_reason(source: Source) -> str:
    """Return why a source asks first, "" where it does not."""
    return _SOURCE_REASONS.get(source, "")


def decide(request: DialRequest, number: PhoneNumber, recent: Iterable[Call], now: float) -> Decision:
    """Weigh one request against the table. `recent`: calls, newest first; `now`: UTC seconds."""
    calls = list(recent)
    reasons = [
        *_duplicate(number, calls, now),
        *_on_a_call(number, calls, now),
        *_kind(number),
        *_typed_unknown(request, number),
        *_source(request),
    ]
    return Decision(Verdict.ASK, tuple(reasons)) if reasons else Decision(Verdict.ALLOW)


def _on_a_call(number: PhoneNumber, recent: Iterable[Call], now: float) -> list[str]:
    """Somebody who is being called or talked to is not put aside by the next call without a word."""
    for call in recent:
        if call.state in _GOING_ON and 0 <= now - call.started_at < GOING_ON_SECONDS and call.e164 != number.e164:
            return [f"Your call to {call.callee} is still going on."]
    return []


def _source(request: DialRequest) -> list[str]:
    return [source_reason(request.source)] if TRUST[request.source] is Verdict.ASK else []


def _kind(number: PhoneNumber) -> list[str]:
    if number.kind in _KIND_REASONS:
        return [_KIND_REASONS[number.kind]]
    if number.region not in COUNTRY_NAMES:
        return ["The country of this number is not known."]
    return []


def _typed_unknown(request: DialRequest, number: PhoneNumber) -> list[str]:
    if number.in_use or request.source is Source.CONTACT:
        return []
    return [f"This does not look like a number in use in {number.country}. Check its digits."]


def _duplicate(number: PhoneNumber, recent: Iterable[Call], now: float) -> list[str]:
    for call in recent:
        if call.is_placing and now - call.started_at < PLACING_SECONDS:
            same = call.e164 == number.e164
            return [f"A call to {'this number' if same else call.callee} is being placed right now."]
        unsure = call.state is CallState.UNCERTAIN
        ago = now - (max(call.started_at, call.ended_at or 0.0) if unsure else call.started_at)
        recently = ago < (UNCERTAIN_SECONDS if unsure else DUPLICATE_SECONDS)
        if call.e164 == number.e164 and recently and call.state not in _REACHED_NOBODY:
            when = f"{max(int(ago), 1)} s ago" if ago >= 0 else "before the clock was set back"
            return [f"You called this number {when}."]
    return []
