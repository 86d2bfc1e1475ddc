"""The trust table: what may call at once, what asks first, what is refused, and what is good to know."""

from __future__ import annotations

from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.dialing import Decision, Verdict
from c2c_desktop.services.announcer import outcome_words
from c2c_desktop.services.guard_circumstances import Circumstances, DoNotCall, Finding
from c2c_desktop.services.guard_rules import RULES, asking_source, is_duplicate, source_reason

__all__ = ["RULES", "Circumstances", "DoNotCall", "Finding", "decide", "source_reason"]

REMEMBERED_SECONDS = 30 * 86400.0
"""How long an earlier call to the same number is worth a word."""

_NOT_TOLD = frozenset({CallState.DRAFT, CallState.PLACING})
_UNITS = ((86400, "day"), (3600, "h"), (60, "min"), (1, "s"))


def decide(at: Circumstances) -> Decision:
    """Weigh one request. What refuses wins over what asks, and then speaks alone."""
    found = {rule.__name__: finding for rule in RULES if (finding := rule(at)) is not None}
    if found.keys() == {asking_source.__name__} and _is_trusted_contact(at):
        found = {}
    verdict = Verdict.ALLOW
    for wanted in (Verdict.REFUSE, Verdict.ASK):
        if any(finding.verdict is wanted for finding in found.values()):
            verdict = wanted
            break
    speaking = {name: finding.reason for name, finding in found.items() if finding.verdict is verdict}
    return Decision(verdict, tuple(speaking.values()), _information(at), tuple(speaking))


def _is_trusted_contact(at: Circumstances) -> bool:
    return at.source in at.policy.trusted_for_contacts and bool(at.request.contact_name)


def _information(at: Circumstances) -> tuple[str, ...]:
    """Return what became of the newest call to this number that no rule looks at."""
    for call in at.recent:
        ago = at.now - call.started_at
        if (
            call.e164 == at.number.e164
            and call.state not in _NOT_TOLD
            and at.policy.duplicate_seconds <= ago < REMEMBERED_SECONDS
            and not is_duplicate(at, call)
        ):
            return (f"You called this number {_ago_words(ago)} ago: {outcome_words(call).lower()}.",)
    return ()


def _ago_words(seconds: float) -> str:
    whole = max(int(seconds), 1)
    length, unit = next((length, unit) for length, unit in _UNITS if whole >= length)
    count = whole // length
    return f"{count} {unit}s" if unit == "day" and count > 1 else f"{count} {unit}"
