"""What contacts become when they are merged: nothing is lost, and a person decides what contradicts."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from c2c_desktop.domain.contact import Contact, ContactNumber, email_key
from c2c_desktop.domain.contact_merge import Field, Merge, merge
from c2c_desktop.domain.contact_record import MOST_EMAILS, MOST_NUMBERS, MOST_TAGS, NOTE_LENGTH
from c2c_desktop.domain.number_kind import NUMBER_KINDS
from c2c_desktop.domain.plain_text import fold
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.search_words import words_of
from tests.fakes import INDIAN
from tests.unit.builders import LONDON

ASHA = Contact(4, "Asha Rao", "Acme", (ContactNumber("+91 98402 22222", INDIAN, "other", as_written="098402 22222"),))


def other(**facts: object) -> Contact:
    return replace(ASHA, **{"id": 9, **facts})  # type: ignore[arg-type]


def options(told: Merge) -> dict[Field, tuple[list[str], bool]]:
    return {choice.field: ([option.words for option in choice.options], choice.is_open) for choice in told.choices}


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        (other(numbers=tuple(ContactNumber(f"ext {n}", "") for n in range(MOST_NUMBERS))), "101 numbers"),
        (other(emails=tuple(f"{n}@x" for n in range(MOST_EMAILS + 1))), "51 e-mail addresses"),
        (other(tags=tuple(f"t{n}" for n in range(MOST_TAGS + 1))), "51 tags"),
        (other(note="x" * NOTE_LENGTH, name="Mum"), "characters of notes"),
    ],
)
def test_more_than_a_contact_holds_is_not_merged(contact: Contact, words: str) -> None:
    told = merge([ASHA, contact], {Field.NAME: "Asha Rao"})
    assert words in told.obstacle
    assert told.obstacle.endswith("Remove some of them first.")
    assert not told.is_ready


@pytest.mark.parametrize(
    ("first", "second", "field", "words"),
    [
        ({"route": Route.MOBILE}, {"route": Route.SOFTPHONE}, Field.ROUTE, ["Your mobile", "Your softphone"]),
        ({"caller_id": "+442079460123"}, {"caller_id": ""}, Field.CALLER_ID, ["+442079460123", "None"]),
        ({"name": "Asha Rao"}, {"name": "Mum"}, Field.NAME, ["Asha Rao", "Mum"]),
        ({"company": "Acme"}, {"company": "Blue Kite Traders"}, Field.COMPANY, ["Blue Kite Traders", "Acme"]),
        (
            {"numbers": (ContactNumber("+91 98402 22222", INDIAN, preferred=True),)},
            {"numbers": (ContactNumber("+44 20 7946 0123", LONDON, preferred=True),)},
            Field.PREFERRED,
            ["+91 98402 22222", "+44 20 7946 0123"],
        ),
    ],
)
def test_what_contradicts_a_person_decides(
    first: dict[str, object], second: dict[str, object], field: Field, words: list[str]
) -> None:
    members = [replace(ASHA, **first), other(**second)]  # type: ignore[arg-type]
    told = merge(members)
    assert options(told) == {field: (words, True)}
    assert (told.undecided, told.is_ready) == ((field,), False)
    assert merge(members, {field: "something else"}).undecided == (field,)
    for option in told.choices[0].options:
        decided = merge(members, {field: option.value})
        assert (decided.undecided, decided.is_ready) == ((), True)
        contact = decided.contact
        chosen = {
            Field.NAME: contact.name,
            Field.COMPANY: contact.company,
            Field.ROUTE: contact.route.value if contact.route else None,
            Field.CALLER_ID: contact.caller_id,
            Field.PREFERRED: next((n.e164 for n in contact.numbers if n.preferred), None),
        }
        assert chosen[field] == option.value


def test_a_name_that_is_not_chosen_stays_in_the_note_once() -> None:
    members = [replace(ASHA, note="Likes tea"), other(name="Mum", company="Home")]
    told = merge(members, {Field.NAME: "Asha Rao", Field.COMPANY: "Acme"}).contact
    assert told.note == "Likes tea\nAlso called: Mum\nAlso at: Home"
    again = merge([told, other(id=10, name="Mum")], {Field.NAME: "Asha Rao"}).contact
    assert again.note == told.note


@pytest.mark.parametrize(
    ("first", "second", "expected", "lost"),
    [
        ("A. Rao", "Asha Rao", "Asha Rao", ""),
        ("ASHA RAO", "Asha Rao", "Asha Rao", ""),
        ("Asha Rao", "rao asha", "Asha Rao", ""),
        ("Zoe Rao", "Zoë Rao", "Zoë Rao", ""),
        ("zoë rao", "Zoe Rao", "Zoe Rao", ""),
        ("Zoë Rao", "ZOE RAO", "Zoë Rao", ""),
        ("Asha", "Asha Rao", "Asha Rao", ""),
        ("", "Asha Rao", "Asha Rao", ""),
        ("Asha Rao", "A. Rao Kumar", "A. Rao Kumar", "Also called: Asha Rao"),
        ("Asha Rao", "★", "Asha Rao", "Also called: ★"),
        ("Asha Rao", "X", "Asha Rao", "Also called: X"),
    ],
)
def test_the_most_complete_name_and_company_are_taken(first: str, second: str, expected: str, lost: str) -> None:
    told = merge([replace(ASHA, name=first), other(name=second)]).contact
    assert (told.name, told.note) == (expected, lost)
    told = merge([replace(ASHA, company=first), other(company=second)]).contact
    assert (told.company, told.note) == (expected, lost.replace("called", "at"))


def test_a_name_that_says_more_can_be_chosen_against() -> None:
    members = [ASHA, other(name="A. Rao")]
    assert options(merge(members)) == {Field.NAME: (["Asha Rao", "A. Rao"], False)}
    assert merge(members).is_ready
    told = merge(members, {Field.NAME: "A. Rao"}).contact
    assert (told.name, told.note) == ("A. Rao", "Also called: Asha Rao")


def test_a_number_stands_once_with_the_kind_that_tells_most_as_the_first_wrote_it() -> None:
    work = ContactNumber("+91 98402 22222", INDIAN, "work", preferred=True, as_written="+91-98402-22222")
    told = merge([ASHA, other(numbers=(work,)), other(id=10, numbers=(replace(work, kind="mobile", preferred=False),))])
    assert told.contact.numbers == (replace(ASHA.numbers[0], kind="work", preferred=True),)
    main = replace(ASHA.numbers[0], kind="main")
    assert merge([ASHA, other(numbers=(main,))]).contact.numbers == (main,)


def test_numbers_that_differ_behind_their_e164_and_unreadable_ones_are_kept() -> None:
    desk = ContactNumber("+44 20 7946 0123", LONDON, "work", as_written="020 7946 0123 ext 22")
    numbers = (desk, replace(desk, as_written="020 7946 0123 x 23"), replace(desk, as_written=""))
    unread = (
        ContactNumber("ext 12", ""),
        ContactNumber("Ext. 12", ""),
        ContactNumber("x12", ""),
        ContactNumber("?", ""),
    )
    told = merge([replace(ASHA, numbers=numbers), other(numbers=(*numbers, *unread))]).contact
    assert told.numbers == (*numbers, unread[0], unread[2], unread[3])


def test_a_note_that_stands_in_another_is_not_doubled() -> None:
    notes = ("Likes tea", "Likes tea\nand cake", "", "Calls late", "Likes tea\nand cake")
    members = [other(id=at, note=note) for at, note in enumerate(notes, 1)]
    assert merge(members).contact.note == "Likes tea\nand cake\nCalls late"


def test_the_oldest_is_kept_with_the_first_uid_and_an_import_they_share() -> None:
    told = merge([other(uid="second", import_id=3), replace(ASHA, import_id=3), other(id=11, uid="third", import_id=3)])
    assert [member.id for member in told.members] == [4, 9, 11]
    assert (told.contact.id, told.contact.uid, told.contact.import_id) == (4, "second", 3)
    assert merge([other(uid="second"), replace(ASHA, import_id=3)]).contact.import_id == 0


def test_what_one_of_them_has_the_merged_one_has() -> None:
    told = merge(
        [ASHA, other(favourite=True, route=Route.NEITHER, caller_id="1", tags=("VIP", "lead"), emails=("A@x",)),
         other(id=10, tags=("vip",), emails=("a@X", "b@x"))]
    )  # fmt: skip
    contact = told.contact
    assert (contact.favourite, contact.route, contact.caller_id) == (True, Route.NEITHER, "1")
    assert (contact.tags, contact.emails) == (("VIP", "lead"), ("A@x", "b@x"))
    assert (told.choices, told.is_ready) == ((), True)


def any_contact(chance: random.Random, contact_id: int) -> Contact:
    numbers = tuple(
        ContactNumber(f"+44 20 7946 {n:04}", f"+44207946{n:04}" if n % 3 else "", chance.choice(NUMBER_KINDS))
        for n in chance.sample(range(12), chance.randint(0, 4))
    )
    preferred = chance.choice([None, *range(len(numbers))])
    return Contact(
        contact_id,
        chance.choice(("", "Asha Rao", "A. Rao", "RAO ASHA", "Mum", "★", "Zoë", "Rao Kumar A.", "राजेश")),
        chance.choice(("", "Acme", "Acme Ltd", "Blue Kite")),
        tuple(replace(n, preferred=at == preferred) for at, n in enumerate(numbers)),
        chance.random() < 0.3,
        tuple(chance.sample(("vip", "VIP", "lead", "école"), chance.randint(0, 2))),
        chance.choice(("", "one", "one\ntwo", "two", "three\n\none")),
        tuple(chance.sample(("a@x", "A@x", "b@x", "c@x"), chance.randint(0, 2))),
        chance.choice(("", "u1", "u2")),
        chance.choice((None, *Route)),
        chance.choice((None, "", "+442079460123")),
        0,
        chance.randint(0, 2),
    )


def test_nothing_of_any_of_them_is_lost() -> None:
    for seed in range(1500):
        chance = random.Random(seed)
        members = [any_contact(chance, at) for at in chance.sample(range(1, 50), chance.randint(2, 5))]
        open_merge = merge(members)
        chosen = {choice.field: chance.choice(choice.options).value for choice in open_merge.choices}
        told = merge(members, chosen)
        assert told.is_ready
        contact = told.contact
        assert told.members == tuple(sorted(members, key=lambda member: member.id))
        assert contact.id == min(member.id for member in members)
        kept_words = {*words_of(contact.name), *words_of(contact.company), *words_of(contact.note)}
        texts = (contact.name, contact.note)
        for member in members:
            assert {n.e164 for n in member.numbers} <= {n.e164 for n in contact.numbers}
            assert {n.shown for n in member.numbers} <= {n.shown for n in contact.numbers}
            assert {*map(email_key, member.emails)} <= {*map(email_key, contact.emails)}
            assert {*map(fold, member.tags)} <= {*map(fold, contact.tags)}
            assert member.note in contact.note
            for word in (*words_of(member.name), *words_of(member.company)):
                assert word in kept_words or (len(word) == 1 and any(kept[0] == word for kept in kept_words))
            assert member.name != "★" or any("★" in text for text in texts)
        assert contact.favourite is any(member.favourite for member in members)
        for values, kept in (
            ({member.route for member in members} - {None}, contact.route),
            ({member.caller_id for member in members} - {None}, contact.caller_id),
            ({n.e164 or n.shown for m in members for n in m.numbers if n.preferred},
             next((n.e164 or n.shown for n in contact.numbers if n.preferred), None)),
        ):  # fmt: skip
            assert kept in values if values else kept is None
        uids = {member.uid for member in members}
        assert contact.uid in (uids - {""} or {""})
        assert sum(n.preferred for n in contact.numbers) <= 1
        for e164 in {n.e164 for n in contact.numbers} - {""}:
            assert sum(n.e164 == e164 for n in contact.numbers) == 1
