"""What each of the guard's rules says, and who set it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from c2c_desktop.domain.call import CallState, Source
from c2c_desktop.domain.dialing import Decision, DialRequest, Verdict
from c2c_desktop.domain.number import LineKind, parse_number
from c2c_desktop.domain.policy import OUTSIDE, TRUST, CallingHours, GuardPolicy
from c2c_desktop.services.guard import Circumstances, DoNotCall, decide, source_reason
from tests.fakes import INDIAN
from tests.unit.builders import LONDON, make_call

NOW = 1_800_000_000.0
OFFICE_HOURS = CallingHours(9 * 60, 20 * 60)
COLLEAGUE = replace(parse_number(INDIAN), e164="101", region="", country="", kind=LineKind.EXTENSION)
ALLOW, ASK, REFUSE = Verdict.ALLOW, Verdict.ASK, Verdict.REFUSE


def at(text: str = INDIAN, source: Source = Source.PAD, name: str = "", **facts: Any) -> Circumstances:
    """A call to `text`; `facts` are those of the circumstances, and rules."""
    rules = {key: facts.pop(key) for key in list(facts) if key in GuardPolicy.__slots__}
    number = facts.pop("number", None) or parse_number(text)
    request = DialRequest(text, source, contact_name=name)
    return Circumstances(request, number, NOW, policy=GuardPolicy(**rules), **facts)


def refused(circumstances: Circumstances) -> str:
    decision = decide(circumstances)
    assert decision.verdict is REFUSE
    return decision.reason


def asked(circumstances: Circumstances) -> str:
    decision = decide(circumstances)
    assert decision.verdict is ASK
    return decision.reason


# Sources


@pytest.mark.parametrize("source", Source)
def test_a_source_that_is_switched_off_says_so_and_who_did_it(source: Source) -> None:
    circumstances = at(source=source, sources={**TRUST, source: REFUSE})
    words = refused(circumstances)
    assert words.startswith("Calls from ")
    assert words.endswith(" are switched off.")
    locks = {f"guard.sources.{source.value}": "Set by your administrator: Example Ltd."}
    assert refused(replace(circumstances, locks=locks)) == f"{words} Set by your administrator: Example Ltd."


@pytest.mark.parametrize("source", Source)
def test_any_source_can_be_made_to_ask_and_has_its_own_words(source: Source) -> None:
    assert asked(at(source=source, sources={**TRUST, source: ASK})) == source_reason(source)
    assert len({source_reason(other) for other in Source}) == len(Source)


def test_a_source_nobody_set_is_trusted_as_far_as_the_table_says() -> None:
    assert decide(at(source=Source.LINK, sources={})).verdict is ASK
    assert decide(at(source=Source.PAD, sources={})).verdict is ALLOW


def test_a_trusted_source_calls_known_contacts_without_asking() -> None:
    facts: dict[str, Any] = {"source": Source.LINK, "trusted_for_contacts": frozenset({Source.LINK})}
    assert decide(at(name="Asha Rao", **facts)) == Decision(ALLOW)
    assert decide(at(name="", **facts)).verdict is ASK
    assert decide(at(name="Asha Rao", **{**facts, "source": Source.HOTKEY})).verdict is ASK


@pytest.mark.parametrize(
    "facts",
    [
        {"text": "+1 900 555 0123"},
        {"text": "+44 7700 900123"},
        {"recent": [make_call(CallState.INITIATED, started_at=NOW - 5)]},
        {"calling_hours": OFFICE_HOURS},
        {"rules_trouble": "Your administrator’s rules cannot be read."},
        {"do_not_call": DoNotCall(trouble="The do-not-call list is still being read.")},
    ],
    ids=lambda facts: next(iter(facts)),
)
def test_a_contact_on_a_trusted_source_is_asked_about_where_any_other_rule_asks(facts: dict[str, Any]) -> None:
    trusted: dict[str, Any] = {"source": Source.LINK, "trusted_for_contacts": frozenset({Source.LINK})}
    decision = decide(at(name="Asha Rao", **trusted, **facts))
    assert decision.verdict is ASK
    assert len(decision.reasons) == 2
    assert decision.reasons[-1] == source_reason(Source.LINK)


def test_trust_in_contacts_does_not_open_a_source_that_is_switched_off() -> None:
    trusted: dict[str, Any] = {"name": "Asha Rao", "trusted_for_contacts": frozenset({Source.LINK})}
    assert refused(at(source=Source.LINK, sources={Source.LINK: REFUSE}, **trusted))


# Countries and prefixes


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"blocked_countries": frozenset({"GB"})}, "Your rules block calls to United Kingdom."),
        ({"allowed_countries": frozenset({"IN"})}, "Your rules allow calls to India only."),
        ({"allowed_countries": frozenset({"IN", "IT"})}, "Your rules allow calls to India and Italy only."),
        (
            {"allowed_countries": frozenset({"IN", "IT", "FR", "DE", "ES"})},
            "Your rules allow calls to France, Germany, India and 2 other countries only.",
        ),
        ({"allowed_countries": frozenset({"QQ"})}, "Your rules allow calls to QQ only."),
        ({"blocked_prefixes": ("+1", "+4420")}, "Your rules block calls to numbers that begin with +4420."),
        (
            {"blocked_prefixes": ("+44",), "allowed_prefixes": ("+442079",)},
            "Your rules block calls to numbers that begin with +44.",
        ),
        ({"blocked_countries": frozenset({"GB"}), "allowed_countries": frozenset({"GB"})}, "Your rules block"),
    ],
)
def test_a_number_the_lists_keep_out_is_refused(rules: dict[str, Any], words: str) -> None:
    for source in Source:
        assert refused(at(LONDON, source, **rules)).startswith(words)


@pytest.mark.parametrize(
    "rules",
    [
        {"allowed_countries": frozenset({"GB"})},
        {"blocked_countries": frozenset({"IN"})},
        {"allowed_countries": frozenset({"IN"}), "allowed_prefixes": ("+4420",)},
        {"blocked_countries": frozenset({"GB"}), "allowed_prefixes": ("+4420",)},
        {"blocked_prefixes": ("+4421", "+442079460124")},
    ],
)
def test_a_number_the_lists_let_through_calls_at_once(rules: dict[str, Any]) -> None:
    assert decide(at(LONDON, Source.CONTACT, **rules)).verdict is ALLOW


def test_the_reason_says_who_locked_the_list() -> None:
    locks = {"guard.blocked_countries": "Set by your administrator."}
    assert refused(at(LONDON, blocked_countries=frozenset({"GB"}), locks=locks)).endswith(
        "United Kingdom. Set by your administrator."
    )


def test_a_colleague_s_extension_has_no_country_no_prefix_and_no_time_zone() -> None:
    rules: dict[str, Any] = {
        "allowed_countries": frozenset({"IN"}),
        "blocked_countries": frozenset({""}),
        "blocked_prefixes": ("1", "+1", ""),
        "unknown_country": REFUSE,
        "calling_hours": OFFICE_HOURS,
    }
    assert decide(at(number=COLLEAGUE, **rules)).verdict is ALLOW


@pytest.mark.parametrize(("verdict", "asks"), [(ALLOW, ()), (ASK, ("country",)), (REFUSE, ("country",))])
def test_a_country_nobody_knows_is_treated_as_set(verdict: Verdict, asks: tuple[str, ...]) -> None:
    decision = decide(at(number=replace(parse_number(INDIAN), region="QQ"), unknown_country=verdict))
    assert decision.verdict is verdict
    assert all(word in decision.reason for word in asks)


def test_a_line_that_belongs_to_no_country_has_a_rule_of_its_own() -> None:
    satellite = at("+881 6 123 45678", kinds={LineKind.SATELLITE: ALLOW}, unknown_country=REFUSE)
    assert "country" not in decide(satellite).reason


# Kinds, do-not-call, hours


@pytest.mark.parametrize(("kind", "text"), [(LineKind.PREMIUM, "+1 900 555 0123"), (LineKind.MOBILE, INDIAN)])
def test_a_kind_of_line_is_treated_as_set(kind: LineKind, text: str) -> None:
    assert kind.value in refused(at(text, kinds={kind: REFUSE}))
    assert asked(at(text, kinds={kind: ASK}))
    assert decide(at(text, Source.CONTACT, kinds={})).verdict is ALLOW


def test_a_kind_without_words_of_its_own_is_named() -> None:
    assert asked(at(kinds={LineKind.MOBILE: ASK})) == "You want to be asked before calls to mobile numbers."


def test_a_number_on_the_do_not_call_list_is_refused_whatever_asks() -> None:
    words = refused(at("+1 900 555 0123", Source.LINK, do_not_call=DoNotCall(listed=True, trouble="Being read.")))
    assert words == "This number is on your do-not-call list."


def test_a_list_that_cannot_tell_asks_before_every_call() -> None:
    trouble = "The do-not-call list cannot be read: Permission denied."
    assert asked(at(do_not_call=DoNotCall(trouble=trouble))) == trouble


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        ({5 * 60 + 10}, "It is 05:10 there, outside your calling hours (09:00–20:00)."),
        ({20 * 60}, "It is 20:00 there"),
        ({8 * 60, 10 * 60}, "It may be 08:00 there"),
        (set(), "What time it is at this number is not known. Your calling hours are 09:00–20:00."),
    ],
)
def test_outside_calling_hours_where_the_number_is_asks(minutes: set[int], words: str) -> None:
    assert asked(at(calling_hours=OFFICE_HOURS, minutes_there=frozenset(minutes))).startswith(words)


@pytest.mark.parametrize("minutes", [{9 * 60}, {19 * 60 + 59}, {10 * 60, 15 * 60 + 30}])
def test_inside_calling_hours_nothing_asks(minutes: set[int]) -> None:
    assert decide(at(calling_hours=OFFICE_HOURS, minutes_there=frozenset(minutes))).verdict is ALLOW


def test_calling_hours_are_off_unless_set() -> None:
    assert decide(at(minutes_there=frozenset({3 * 60}))).verdict is ALLOW


# Rates, the locked screen, the administrator


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source.LINK, "More than 10 links asked for a call within a minute."),
        (Source.HOTKEY, "More than 10 selections asked for a call within a minute."),
        (Source.TRAY, "More than 10 calls from the tray menu were asked for within a minute."),
    ],
)
def test_a_source_that_asks_too_often_is_refused(source: Source, words: str) -> None:
    assert refused(at(source=source, rates={source: 10}, asked=11)) == words
    assert decide(at(source=source, rates={source: 10}, asked=10)).verdict is TRUST[source]
    assert decide(at(source=source, rates={}, asked=1000)).verdict is TRUST[source]


@pytest.mark.parametrize("source", Source)
def test_a_locked_screen_refuses_what_comes_from_other_programs_only(source: Source) -> None:
    decision = decide(at(source=source, screen_locked=True))
    if source in OUTSIDE:
        assert decision.verdict is REFUSE
        assert decision.reason == "Your screen is locked. Unlock it to call from a link or with the hotkey."
    else:
        assert decision.verdict is TRUST[source]


@pytest.mark.parametrize("source", OUTSIDE)
def test_the_rule_about_the_locked_screen_can_be_switched_off(source: Source) -> None:
    assert decide(at(source=source, screen_locked=True, refuse_while_locked=False)).verdict is ASK


def test_an_administrator_s_rules_that_cannot_be_read_ask_before_every_call() -> None:
    trouble = "Your administrator’s rules cannot be read: the file is damaged."
    decision = decide(at("+1 900 555 0123", rules_trouble=trouble))
    assert decision.verdict is ASK
    assert decision.reasons[0] == trouble
