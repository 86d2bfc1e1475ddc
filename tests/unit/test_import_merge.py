"""What a contact becomes that a file knows too: a person's own edits win, field by field."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from c2c_desktop.domain.contact import Contact, ContactNumber, cleaned
from c2c_desktop.domain.import_merge import Outcome, Said, Verdict, content, joined, outcome_of
from c2c_desktop.domain.plain_text import fold
from c2c_desktop.domain.record_contact import number_key
from c2c_desktop.domain.route import Route
from tests.fakes import INDIAN
from tests.unit.builders import LONDON

MOBILE = ContactNumber("+91 98402 22222", INDIAN)
OFFICE = ContactNumber("+44 20 7946 0123", LONDON, "work")
DESK = ContactNumber("ext 12", "", "work")
FILE = Contact(
    0, "Asha Rao", "Acme", (MOBILE, OFFICE), tags=("vip",), note="From the fair", emails=("a@example.org",), uid="u-1"
)
IMPORTED = replace(FILE, id=4, import_id=2)


def outcome(
    own: Contact, said: Contact, before: Contact | None = None, *, card: bool = True, right: bool = False
) -> Outcome:
    return outcome_of(own, before, [Said(said, card)], is_file_right=right)


def edited(**fields: Any) -> tuple[Contact, Contact]:
    """A contact a person changed, and as it was before."""
    return replace(IMPORTED, **fields), IMPORTED


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Asha R."}, {"company": ""}, {"note": ""}, {"favourite": True}, {"numbers": (MOBILE,)},
        {"numbers": (OFFICE, MOBILE)}, {"numbers": (MOBILE, replace(OFFICE, kind="home"))},
        {"numbers": (MOBILE, replace(OFFICE, preferred=True))}, {"numbers": (MOBILE, OFFICE, DESK)},
        {"emails": ("b@example.org",)}, {"emails": ()}, {"tags": ()}, {"tags": ("mine",)},
        {"route": Route.MOBILE, "caller_id": LONDON},
    ],
)  # fmt: skip
@pytest.mark.parametrize("card", [True, False])
def test_what_a_person_changed_stays_when_the_same_file_comes_again(fields: dict[str, Any], card: bool) -> None:
    own, before = edited(**fields)
    result = outcome(own, FILE, before, card=card)
    assert result.contact == own
    would_change = outcome(own, FILE, before, card=card, right=True).contact != own
    assert result.verdict is (Verdict.KEPT if would_change else Verdict.UNCHANGED)
    assert content(result.said or own) == FILE


def test_what_is_kept_is_told_apart_from_what_is_the_same() -> None:
    own, before = edited(name="Asha R.")
    assert outcome(own, FILE, before).verdict is Verdict.KEPT
    assert outcome(own, replace(FILE, name="Asha R."), before).verdict is Verdict.UNCHANGED
    assert outcome(own, FILE, before, right=True).verdict is Verdict.MERGED
    for fields in ({"favourite": True}, {"route": Route.MOBILE}):  # the file says nothing of it
        own, before = edited(**fields)
        assert outcome(own, FILE, before).verdict is Verdict.UNCHANGED
    made_by_hand = replace(FILE, id=9, company="Zed")
    assert outcome(made_by_hand, FILE).verdict is Verdict.KEPT
    assert outcome(replace(FILE, id=9), FILE).verdict is Verdict.UNCHANGED


def test_the_file_may_be_said_to_be_right() -> None:
    own, before = edited(name="Asha R.", company="", note="Mine", numbers=(DESK,), emails=(), tags=("mine",))
    result = outcome(own, FILE, before, right=True)
    assert content(result.contact) == replace(FILE, tags=("mine", "vip"))
    assert result.verdict is Verdict.MERGED
    kept = outcome(own, FILE, before, card=False, right=True).contact
    assert kept.numbers == (DESK, MOBILE, OFFICE)


def test_what_nobody_touched_follows_the_file() -> None:
    said = replace(FILE, name="Asha Devi Rao", company="Zed", numbers=(OFFICE,), emails=("new@example.org",))
    result = outcome(IMPORTED, said)
    assert result == Outcome(replace(said, id=4, import_id=2), None, Verdict.UPDATED)


def test_what_a_file_does_not_say_is_no_reason_to_forget() -> None:
    assert outcome(IMPORTED, Contact(0, "Asha Rao", uid="u-1")) == Outcome(IMPORTED, None, Verdict.UNCHANGED)


def test_another_file_only_adds_numbers_addresses_and_tags() -> None:
    said = Contact(0, "Asha Rao", "", (DESK,), emails=("b@example.org",), tags=("crm",))
    result = outcome(IMPORTED, said, card=False)
    assert result.contact.numbers == (MOBILE, OFFICE, DESK)
    assert result.contact.emails == ("a@example.org", "b@example.org")
    assert result.contact.tags == ("vip", "crm")
    assert (result.contact.company, result.verdict, result.said) == ("Acme", Verdict.UPDATED, None)


def test_edits_and_news_meet_field_by_field() -> None:
    own, before = edited(name="Asha R.", numbers=(replace(MOBILE, kind="home"), OFFICE, DESK))
    said = replace(FILE, name="Asha Devi Rao", company="Zed", numbers=(replace(OFFICE, kind="main"),))
    result = outcome(own, said, before)
    assert (result.contact.name, result.contact.company) == ("Asha R.", "Zed")
    assert result.contact.numbers == (replace(MOBILE, kind="home"), replace(OFFICE, kind="main"), DESK)
    assert result.verdict is Verdict.MERGED
    assert result.said is not None
    assert content(result.said) == said
    assert outcome(result.contact, said, result.said) == Outcome(result.contact, result.said, Verdict.KEPT)


def test_a_number_gone_from_the_card_goes_unless_a_person_made_it_theirs() -> None:
    own, before = edited(note="Mine")
    assert outcome(own, replace(FILE, numbers=(OFFICE,)), before).contact.numbers == (OFFICE,)
    assert outcome(own, replace(FILE, numbers=(OFFICE,)), before, card=False).contact.numbers == (MOBILE, OFFICE)


def test_the_number_a_person_prefers_stays_the_preferred_one() -> None:
    own, before = edited(numbers=(MOBILE, replace(OFFICE, preferred=True)))
    said = replace(FILE, numbers=(replace(MOBILE, preferred=True), OFFICE))
    numbers = outcome(own, said, before).contact.numbers
    assert [(n.e164, n.preferred) for n in numbers] == [(INDIAN, False), (LONDON, True)]
    gone = outcome(own, replace(FILE, numbers=(replace(MOBILE, preferred=True),)), before, right=True).contact
    assert gone.numbers == (replace(MOBILE, preferred=True),)


def test_one_made_by_hand_only_gets_what_it_lacks() -> None:
    own = Contact(9, "Boss", numbers=(replace(MOBILE, kind="home"),), favourite=True)
    result = outcome(own, FILE, card=False)
    assert result.contact == replace(
        own, company="Acme", numbers=(replace(MOBILE, kind="home"), OFFICE), tags=("vip",), note="From the fair",
        emails=("a@example.org",), uid="u-1",
    )  # fmt: skip
    assert (result.verdict, result.said and content(result.said)) == (Verdict.MERGED, FILE)
    without = replace(result.contact, numbers=own.numbers, company="")
    assert outcome(without, FILE, result.said).contact == without


def test_entries_of_one_file_are_joined_the_first_counts() -> None:
    second = Contact(
        0, "Asha R.", "Zed", (DESK, replace(MOBILE, kind="home")), True, ("crm",), emails=("A@example.org",)
    )
    whole = joined([FILE, second, Contact(0, "")])
    assert whole == replace(FILE, numbers=(MOBILE, OFFICE, DESK), favourite=True, tags=("vip", "crm"))
    result = outcome_of(IMPORTED, None, [Said(FILE, True), Said(second, False)], is_file_right=False)
    assert result == Outcome(replace(whole, id=4, import_id=2), None, Verdict.UPDATED)


def _random_contact(chance: random.Random) -> Contact:
    numbers = [MOBILE, OFFICE, DESK, replace(MOBILE, kind="home"), replace(OFFICE, preferred=True)]
    return cleaned(
        Contact(
            0, chance.choice(("Asha", "Asha Rao", "")), chance.choice(("Acme", "Zed", "")),
            tuple(chance.sample(numbers, chance.randrange(4))), chance.random() < 0.3,
            tuple(chance.sample(("vip", "VIP", "lead", "crm"), chance.randrange(3))), chance.choice(("", "a", "b")),
            tuple(chance.sample(("a@example.org", "b@example.org"), chance.randrange(3))), chance.choice(("", "u-1")),
        )
    )  # fmt: skip


def _without_doubles(contact: Contact) -> Contact:
    """As records become contacts."""
    numbers = {number_key(number): number for number in contact.numbers}
    return replace(
        contact, numbers=tuple(numbers.values()), tags=tuple({fold(tag): tag for tag in contact.tags}.values())
    )


def test_whatever_was_changed_the_same_file_again_changes_nothing() -> None:
    chance = random.Random(23)
    verdicts: set[Verdict] = set()
    for _ in range(3000):
        own = replace(_random_contact(chance), id=3, import_id=chance.randrange(2))
        before = chance.choice((None, replace(_random_contact(chance), id=3, import_id=own.import_id)))
        said = Said(_without_doubles(_random_contact(chance)), chance.random() < 0.5)
        right = chance.random() < 0.3
        first = outcome_of(own, before, [said], is_file_right=right)
        again = outcome_of(first.contact, first.said, [said], is_file_right=right)
        assert again.contact == first.contact
        assert (again.said is None) == (first.said is None)
        assert again.verdict is Verdict.UNCHANGED or (again.verdict is Verdict.KEPT and not right)
        verdicts |= {first.verdict, again.verdict}
    assert verdicts == {Verdict.UPDATED, Verdict.MERGED, Verdict.KEPT, Verdict.UNCHANGED}
