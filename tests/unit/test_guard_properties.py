"""What holds for the guard whatever the rules: a restriction never makes it milder, and a refusal stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c2c_desktop.domain.call import CallState, Source
from c2c_desktop.domain.dialing import DialRequest, Verdict
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.number import LineKind, parse_number
from c2c_desktop.domain.policy import CallingHours, GuardPolicy
from c2c_desktop.domain.settings import Settings
from c2c_desktop.services.guard import RULES, Circumstances, DoNotCall, decide
from tests.fakes import ACCOUNT, INDIAN, MemorySettingsStore
from tests.unit.builders import LONDON, Rig, make_call

NOW = 1_800_000_000.0
SEVERITY = [Verdict.ALLOW, Verdict.ASK, Verdict.REFUSE]
NUMBERS = [parse_number(text) for text in (INDIAN, LONDON, "+1 900 555 0123", "+881 6 123 45678", "+44 7700 900123")]
COUNTRIES = st.frozensets(st.sampled_from(["IN", "GB", "US", "IT"]), max_size=3)
PREFIXES = st.lists(st.sampled_from(["+91", "+9198", "+44", "+4420", "+1", "+881"]), max_size=2).map(tuple)
verdicts = st.sampled_from(SEVERITY)
hours = st.builds(CallingHours, st.integers(0, 1439), st.integers(0, 1440))
policies = st.builds(
    GuardPolicy,
    sources=st.dictionaries(st.sampled_from(Source), verdicts),
    kinds=st.dictionaries(st.sampled_from(LineKind), verdicts),
    unknown_country=verdicts,
    allowed_countries=COUNTRIES,
    blocked_countries=COUNTRIES,
    allowed_prefixes=PREFIXES,
    blocked_prefixes=PREFIXES,
    calling_hours=st.none() | hours,
    duplicate_seconds=st.integers(0, 600),
    rates=st.dictionaries(st.sampled_from(Source), st.integers(1, 30)),
    refuse_while_locked=st.booleans(),
    trusted_for_contacts=st.frozensets(st.sampled_from(Source)),
)
calls = st.builds(
    lambda state, ago, number: make_call(state, started_at=NOW - ago, e164=number.e164),
    st.sampled_from(CallState),
    st.floats(-100, 4000),
    st.sampled_from(NUMBERS),
)
circumstances = st.builds(
    Circumstances,
    request=st.builds(DialRequest, st.just(INDIAN), st.sampled_from(Source), contact_name=st.sampled_from(["", "A"])),
    number=st.sampled_from(NUMBERS),
    now=st.just(NOW),
    recent=st.lists(calls, max_size=3).map(tuple),
    policy=policies,
    rules_trouble=st.sampled_from(["", "Trouble."]),
    do_not_call=st.builds(DoNotCall, st.booleans(), st.sampled_from(["", "Trouble."])),
    screen_locked=st.booleans(),
    minutes_there=st.frozensets(st.integers(0, 1439), max_size=2),
    asked=st.integers(0, 40),
)


def stricter(policy: GuardPolicy, source: Source, kind: LineKind) -> list[GuardPolicy]:
    """The policy with one restriction more, for each rule there is."""
    lower_rate = max(policy.rates.get(source, 600) - 5, 1)
    return [
        *(replace(policy, sources={**policy.sources, source: v}) for v in _above(policy.sources.get(source))),
        *(replace(policy, kinds={**policy.kinds, kind: v}) for v in _above(policy.kinds.get(kind))),
        *(replace(policy, unknown_country=v) for v in _above(policy.unknown_country)),
        replace(policy, blocked_countries=policy.blocked_countries | {"GB"}),
        replace(policy, blocked_prefixes=(*policy.blocked_prefixes, "+4420")),
        replace(policy, allowed_prefixes=()),
        replace(policy, allowed_countries=policy.allowed_countries - {"GB"} or frozenset({"FR"})),
        replace(policy, duplicate_seconds=min(policy.duplicate_seconds + 100, 600)),
        replace(policy, rates={**policy.rates, source: lower_rate}),
        replace(policy, refuse_while_locked=True),
        replace(policy, trusted_for_contacts=frozenset()),
        replace(policy, calling_hours=CallingHours(0, 0)),
    ]


def _above(verdict: Verdict | None) -> list[Verdict]:
    return SEVERITY[SEVERITY.index(verdict) + 1 :] if verdict is not None else [Verdict.REFUSE]


@settings(deadline=None, max_examples=150)
@given(circumstances)
def test_a_restriction_never_makes_the_verdict_milder(at: Circumstances) -> None:
    before = SEVERITY.index(decide(at).verdict)
    changed = [replace(at, policy=policy) for policy in stricter(at.policy, at.source, at.number.kind)]
    changed += [
        replace(at, do_not_call=DoNotCall(listed=True)),
        replace(at, rules_trouble="Trouble."),
        replace(at, screen_locked=True),
        replace(at, asked=at.asked + 20),
    ]
    for other in changed:
        assert SEVERITY.index(decide(other).verdict) >= before


@settings(deadline=None, max_examples=150)
@given(circumstances)
def test_the_weightiest_finding_decides_and_only_its_reasons_are_told(at: Circumstances) -> None:
    decision = decide(at)
    found = [finding for rule in RULES if (finding := rule(at)) is not None]
    worst = max((SEVERITY.index(finding.verdict) for finding in found), default=0)
    assert SEVERITY.index(decision.verdict) <= worst
    assert (SEVERITY.index(decision.verdict) == worst) or (worst == 1 and at.request.contact_name and len(found) == 1)
    assert list(decision.reasons) == [f.reason for f in found if f.verdict is decision.verdict]
    assert all(reason and reason.endswith(".") for reason in decision.reasons)


@pytest.mark.parametrize("source", Source)
@pytest.mark.parametrize(
    "forbid",
    [
        lambda policy, source: replace(policy, sources={source: Verdict.REFUSE}),
        lambda policy, _: replace(policy, blocked_countries=frozenset({"IN"})),
        lambda policy, _: replace(policy, blocked_prefixes=("+91",)),
        lambda policy, _: replace(policy, kinds={LineKind.MOBILE: Verdict.REFUSE}),
    ],
)
def test_a_refusal_is_not_overridden_by_a_confirmation(
    source: Source, forbid: Callable[[GuardPolicy, Source], GuardPolicy]
) -> None:
    policy = forbid(GuardPolicy(), source)
    rig = Rig(settings=MemorySettingsStore(Settings(accounts=(ACCOUNT,), guard=policy)))
    proposal = rig.dialer.consider(DialRequest(INDIAN, source))
    assert proposal.decision.verdict is Verdict.REFUSE
    with pytest.raises(UserFacingError) as caught:
        rig.dialer.place(proposal, confirmed=True)
    assert caught.value.message == proposal.decision.reason
    rig.runner.finish()
    assert (rig.gateway.orders, rig.journal.recent()) == ([], [])
