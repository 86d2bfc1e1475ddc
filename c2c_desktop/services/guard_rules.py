"""The guard's rules: what each says of a call, with its reason in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.countries import COUNTRY_NAMES
from c2c_desktop.domain.dialing import Verdict
from c2c_desktop.domain.number import LineKind, PhoneNumber
from c2c_desktop.domain.policy import OUTSIDE, RISKS, TRUST, clock_words
from c2c_desktop.services.guard_circumstances import Circumstances, Finding

GESTURE_SECONDS = 1.0
"""How long the same number asks whatever the rules say: the second click of a double click is no second call."""

UNCERTAIN_SECONDS = 120.0
"""How long the same number asks after a call that may have got through, counted from when it was given up."""

PLACING_SECONDS = 180.0
"""How long a request can be on its way at most; another process may have left its entry behind."""

GOING_ON_SECONDS = 3600.0
"""How long a call whose end was never told counts as going on."""

SOURCE_WORDS: Mapping[Source, str] = {
    Source.PAD: "the dial pad",
    Source.CONTACT: "your contacts",
    Source.HISTORY: "Recents",
    Source.TRAY: "the tray menu",
    Source.POPUP: "the small dial window",
    Source.HOTKEY: "the hotkey",
    Source.LINK: "links",
    Source.COMMAND_LINE: "the command line",
}
"""Where a call comes from, as in "Calls from … ask first"."""

_SOURCE_REASONS = {
    Source.HOTKEY: "The number comes from a selection in another program.",
    Source.LINK: "The number comes from a link in another program.",
    Source.COMMAND_LINE: "The number comes from a command.",
}
_KIND_REASONS = {
    LineKind.PREMIUM: "This is a premium-rate number: it can cost several times a normal call.",
    LineKind.SHARED_COST: "This is a shared-cost number: it may be charged specially.",
    LineKind.SATELLITE: "This is a satellite or global number: it can be very expensive.",
}
_RATE_WORDS = {Source.LINK: "links", Source.HOTKEY: "selections", Source.COMMAND_LINE: "commands"}
_NAMED = 4
"""Countries named in a reason; the rest are counted."""

_GOING_ON = frozenset(
    {CallState.AGENT_RINGING, CallState.AGENT_ANSWERED, CallState.CUSTOMER_RINGING, CallState.CONNECTED}
)
_REACHED_NOBODY = frozenset({CallState.CANCELLED, CallState.NOT_SENT, CallState.REFUSED})


Rule = Callable[[Circumstances], Finding | None]


def source_reason(source: Source) -> str:
    """Return why a call from `source` asks first, where it does."""
    return _SOURCE_REASONS.get(source, f"You want to be asked before calls from {SOURCE_WORDS[source]}.")


def unreadable_rules(at: Circumstances) -> Finding | None:
    """Nothing goes by unasked while rules are not known."""
    return _asks(at.rules_trouble) if at.rules_trouble else None


def do_not_call(at: Circumstances) -> Finding | None:
    """Refuse what is listed; ask while the list cannot tell."""
    if at.do_not_call.listed:
        return _refuses(f"This number is on your do-not-call list.{at.locked('do_not_call_file')}")
    return _asks(at.do_not_call.trouble) if at.do_not_call.trouble else None


def locked_screen(at: Circumstances) -> Finding | None:
    """Somebody who walks by must not be able to call from another program."""
    if at.screen_locked and at.policy.refuse_while_locked and at.source in OUTSIDE:
        return _refuses("Your screen is locked. Unlock it to call from a link or with the hotkey.")
    return None


def refused_source(at: Circumstances) -> Finding | None:
    """Sources that are switched off."""
    if _source_verdict(at) is Verdict.REFUSE:
        return _refuses(
            f"Calls from {SOURCE_WORDS[at.source]} are switched off.{at.locked(f'sources.{at.source.value}')}"
        )
    return None


def blocked_prefix(at: Circumstances) -> Finding | None:
    """Numbers under a blocked prefix, even where a prefix or country allows them."""
    prefix = None if at.is_extension else _prefix(at.number, at.policy.blocked_prefixes)
    if prefix is None:
        return None
    return _refuses(f"Your rules block calls to numbers that begin with {prefix}.{at.locked('blocked_prefixes')}")


def country(at: Circumstances) -> Finding | None:
    """Blocked countries, and all but the allowed ones; a number under an allowed prefix is fine."""
    policy, region = at.policy, at.number.region
    if at.is_extension or _prefix(at.number, policy.allowed_prefixes) is not None:
        return None
    if region in policy.blocked_countries:
        return _refuses(f"Your rules block calls to {at.number.country}.{at.locked('blocked_countries')}")
    if policy.allowed_countries and region not in policy.allowed_countries:
        names = _names(policy.allowed_countries)
        return _refuses(f"Your rules allow calls to {names} only.{at.locked('allowed_countries')}")
    return None


def rate(at: Circumstances) -> Finding | None:
    """A program that floods this one with requests."""
    limit = at.policy.rates.get(at.source)
    if limit is None or at.asked <= limit:
        return None
    what = _RATE_WORDS.get(at.source)
    words = f"{what} asked for a call" if what else f"calls from {SOURCE_WORDS[at.source]} were asked for"
    return _refuses(f"More than {limit} {words} within a minute.{at.locked(f'rates.{at.source.value}')}")


def duplicate(at: Circumstances) -> Finding | None:
    """The same number again within seconds, and any call still being placed."""
    for call in at.recent:
        if call.is_placing and at.now - call.started_at < PLACING_SECONDS:
            same = call.e164 == at.number.e164
            return _asks(f"A call to {'this number' if same else call.callee} is being placed right now.")
        if call.e164 == at.number.e164 and is_duplicate(at, call):
            ago = _ago(at, call)
            when = f"{max(int(ago), 1)} s ago" if ago >= 0 else "before the clock was set back"
            return _asks(f"You called this number {when}.")
    return None


def is_duplicate(at: Circumstances, call: Call) -> bool:
    """Whether the same call now would be one too many."""
    if call.state in _REACHED_NOBODY:
        return False
    seconds = float(at.policy.duplicate_seconds)
    window = max(seconds, UNCERTAIN_SECONDS) if call.state is CallState.UNCERTAIN else seconds
    ago = _ago(at, call)
    return (window > 0 and ago < window) or 0 <= ago < GESTURE_SECONDS


def going_on(at: Circumstances) -> Finding | None:
    """Somebody who is being called or talked to is not put aside by the next call without a word."""
    for call in at.recent:
        recently = 0 <= at.now - call.started_at < GOING_ON_SECONDS
        if call.state in _GOING_ON and recently and call.e164 != at.number.e164:
            return _asks(f"Your call to {call.callee} is still going on.")
    return None


def calling_hours(at: Circumstances) -> Finding | None:
    """Outside the hours, by the clock of whoever is called; where it may be several times, each must be inside."""
    hours = at.policy.calling_hours
    if hours is None or at.is_extension:
        return None
    by = at.locked("calling_hours")
    if not at.minutes_there:
        return _asks(f"What time it is at this number is not known. Your calling hours are {hours.words}.{by}")
    outside = sorted(minute for minute in at.minutes_there if not hours.holds(minute))
    if not outside:
        return None
    is_it = "It is" if len(at.minutes_there) == 1 else "It may be"
    return _asks(f"{is_it} {clock_words(outside[0])} there, outside your calling hours ({hours.words}).{by}")


def kind(at: Circumstances) -> Finding | None:
    """Kinds of line that cost more, and any other kind somebody named."""
    found = at.number.kind
    verdict = at.policy.kinds.get(found, Verdict.ALLOW)
    if verdict is Verdict.REFUSE:
        return _refuses(f"Your rules do not allow calls to {found.value} numbers.{at.locked(f'kinds.{found.value}')}")
    if verdict is Verdict.ASK:
        return _asks(_KIND_REASONS.get(found, f"You want to be asked before calls to {found.value} numbers."))
    return None


def unknown_country(at: Circumstances) -> Finding | None:
    """A country nobody knows. Lines that belong to none, like satellites, have a rule of their own."""
    verdict = at.policy.unknown_country
    if at.number.region in COUNTRY_NAMES or at.is_extension or at.number.kind in RISKS or verdict is Verdict.ALLOW:
        return None
    by = at.locked("unknown_country") if verdict is Verdict.REFUSE else ""
    return Finding(verdict, f"The country of this number is not known.{by}")


def not_in_use(at: Circumstances) -> Finding | None:
    """A number in no known range is most likely mistyped; a contact's was called before."""
    if at.number.in_use or at.source is Source.CONTACT:
        return None
    return _asks(f"This does not look like a number in use in {at.number.country}. Check its digits.")


def asking_source(at: Circumstances) -> Finding | None:
    """Sources that are asked about."""
    return _asks(source_reason(at.source)) if _source_verdict(at) is Verdict.ASK else None


def asked_for(at: Circumstances) -> Finding | None:
    """Gestures that are asked about wherever they come from."""
    return _asks(at.request.must_ask) if at.request.must_ask else None


RULES: tuple[Rule, ...] = (
    unreadable_rules,
    do_not_call,
    locked_screen,
    refused_source,
    blocked_prefix,
    country,
    rate,
    duplicate,
    going_on,
    calling_hours,
    kind,
    unknown_country,
    not_in_use,
    asking_source,
    asked_for,
)
"""All rules, the weightiest reason first."""


def _asks(reason: str) -> Finding:
    return Finding(Verdict.ASK, reason)


def _refuses(reason: str) -> Finding:
    return Finding(Verdict.REFUSE, reason)


def _source_verdict(at: Circumstances) -> Verdict:
    return at.policy.sources.get(at.source, TRUST[at.source])


def _prefix(number: PhoneNumber, prefixes: Sequence[str]) -> str | None:
    return next((prefix for prefix in prefixes if number.e164.startswith(prefix)), None)


def _ago(at: Circumstances, call: Call) -> float:
    ended = call.ended_at if call.state is CallState.UNCERTAIN else None
    return at.now - max(call.started_at, ended or 0.0)


def _names(countries: frozenset[str]) -> str:
    names = sorted(COUNTRY_NAMES.get(code, code) for code in countries)
    if len(names) > _NAMED:
        names = [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} other countries"]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
