"""Which contacts are proposed as one and the same, and above all which are not."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_merge import group_of
from c2c_desktop.domain.duplicates import (
    MOST_HOLDERS,
    MOST_MEMBERS,
    Grouping,
    Reason,
    called,
    find_among,
    likeness,
    pairs_of,
    shared_values,
)
from c2c_desktop.domain.name_agreement import Agreement, agreement
from tests.fakes import INDIAN
from tests.unit.builders import LONDON

SWITCHBOARD = "+442079460001"


def person(contact_id: int, name: str, *numbers: str, **facts: object) -> Contact:
    told = tuple(ContactNumber(n, n if n.startswith("+") else "") for n in numbers)
    return replace(Contact(contact_id, name, numbers=told), **facts)  # type: ignore[arg-type]


def grouped(*contacts: Contact, apart: frozenset[tuple[int, int]] = frozenset()) -> list[tuple[int, ...]]:
    return find_among(contacts, apart)


def test_people_who_share_a_switchboard_are_nobodys_duplicates() -> None:
    names = ("Asha Rao", "Ben Carter", "Meera Nair", "Anil Rao", "Rao Meera")
    assert grouped(*(person(at, name, SWITCHBOARD, company="Acme") for at, name in enumerate(names, 1))) == []


@pytest.mark.parametrize(
    "others",
    [
        [person(2, "A. Rao", SWITCHBOARD), person(3, "Anil Rao", SWITCHBOARD)],
        [person(2, "Rao", SWITCHBOARD), person(3, "Anil Rao", SWITCHBOARD)],
        [person(2, "", SWITCHBOARD, company="Rao"), person(3, "Anil Rao", SWITCHBOARD)],
    ],
)
def test_a_name_that_could_be_eithers_does_not_join_two_people(others: list[Contact]) -> None:
    assert grouped(person(1, "Asha Rao", SWITCHBOARD), *others) == [(1, 2)]


def test_a_number_without_a_name_is_proposed_where_it_is_one_persons_only() -> None:
    bare, asha, ben = person(1, "", INDIAN), person(2, "Asha Rao", INDIAN), person(3, "Ben Carter", INDIAN)
    assert grouped(bare, asha) == [(1, 2)]
    assert grouped(bare, asha, ben) == []
    assert grouped(bare, replace(bare, id=4), asha, ben) == [(1, 4)]
    group = group_of([bare, asha])
    assert group is not None
    assert (group.reason, group.is_certain) == ("same number, one without a name", False)


@pytest.mark.parametrize(
    ("facts", "others"),
    [
        ({"emails": ("a@example.com",)}, {"emails": ("b@example.com",)}),
        ({"numbers": (ContactNumber("1", INDIAN),)}, {"numbers": (ContactNumber("1", LONDON),)}),
        ({"company": ""}, {"company": ""}),
        ({"name": "Asha Rao"}, {"name": "Ben Carter"}),
        ({"company": "Acme"}, {"company": "Blue Kite"}),
        ({"numbers": (ContactNumber("ext 12", ""),), "company": ""}, {"numbers": (ContactNumber("ext 12", ""),)}),
    ],
)
def test_one_name_in_one_company_is_not_enough_where_something_contradicts(
    facts: dict[str, object], others: dict[str, object]
) -> None:
    first, second = person(1, "Raj Kumar", company="Acme"), person(2, "Raj Kumar", company="Acme")
    assert grouped(first, second) == [(1, 2)]
    assert grouped(replace(first, **facts), replace(second, **others)) == []  # type: ignore[arg-type]


def test_two_of_one_name_and_company_are_not_joined_through_a_third() -> None:
    first = person(1, "Raj Kumar", company="Acme", emails=("a@example.com",))
    third = person(3, "Raj Kumar", company="Acme", emails=("b@example.com",))
    assert grouped(first, person(2, "Raj Kumar", INDIAN, company="Acme"), third) == [(1, 2)]


def test_contacts_of_shared_directories_are_never_proposed() -> None:
    first, second = person(1, "Asha Rao", INDIAN), person(2, "Asha Rao", INDIAN)
    assert grouped(first, replace(second, directory=3)) == []
    assert grouped(replace(first, directory=3), replace(second, directory=3)) == []


def test_who_was_said_not_to_be_the_same_is_not_joined_through_others() -> None:
    three = [person(at, "Asha Rao", INDIAN) for at in (1, 2, 3)]
    assert grouped(*three) == [(1, 2, 3)]
    assert grouped(*three, apart=frozenset({(1, 2)})) == [(1, 3)]
    assert grouped(*three, apart=frozenset(pairs_of((3, 1, 2)))) == []


def test_a_team_mailbox_joins_those_whose_names_agree_alone() -> None:
    names = ("Asha Rao", "Ben Carter", "Meera Nair", "RAO Asha")
    assert grouped(*(person(at, name, emails=("info@example.com",)) for at, name in enumerate(names, 1))) == [(1, 4)]


def test_an_address_that_few_have_joins_them_whatever_they_are_called() -> None:
    contacts = [person(1, "Asha Rao", emails=("Me@example.com",)), person(2, "Mum", emails=("me@example.com", "x"))]
    assert grouped(*contacts) == [(1, 2)]
    group = group_of(contacts)
    assert group is not None
    assert (group.reason, group.is_certain) == ("same e-mail address, different names", False)


def test_a_chain_ends_before_it_joins_a_hundred_strangers() -> None:
    chain = [
        person(at, f"Asha {'abcdefghijklmnopqrstuvwxyz'[at % 26]}", f"+9198402{at:05}", f"+9198402{at + 1:05}")
        for at in range(1, 121)
    ]
    assert grouped(*chain) == []
    chain = [replace(contact, name="Asha Rao") for contact in chain]
    groups = grouped(*chain)
    assert {len(group) for group in groups} == {MOST_MEMBERS}
    assert len({each for group in groups for each in group}) == 120


def test_a_chain_of_addresses_joins_different_names_by_twos_only() -> None:
    chain = [person(at, f"Person{'abcdefgh'[at]}", emails=(f"{at}@x", f"{at + 1}@x")) for at in range(8)]
    assert grouped(*chain) == [(0, 1), (2, 3), (4, 5), (6, 7)]


def test_what_more_have_than_anybody_looks_through_tells_nothing() -> None:
    many = [person(at, "Reception", SWITCHBOARD) for at in range(1, MOST_HOLDERS + 2)]
    assert grouped(*many) == []
    assert len(grouped(*many[1:])) == MOST_HOLDERS // MOST_MEMBERS


@pytest.mark.parametrize(
    ("first", "second", "words", "certain"),
    [
        ({"uid": "u"}, {"uid": "u"}, "same entry of an address book", True),
        ({"emails": ("A@x",)}, {"emails": ("a@X",)}, "same e-mail address", True),
        ({"numbers": (ContactNumber("1", INDIAN),)}, {"numbers": (ContactNumber("2", INDIAN),)},
         "same number and name", True),
        ({}, {}, "same name and company", False),
        ({"uid": "u"}, {"uid": "u", "name": "Mum"}, "same entry of an address book, different names", False),
        ({"uid": "u"}, {"uid": "u", "name": "", "company": ""}, "same entry of an address book, one without a name",
         False),
        ({"numbers": (ContactNumber("1", INDIAN),)}, {"numbers": (ContactNumber("1", INDIAN),), "name": "A. Rao"},
         "same number and similar name", False),
        ({"numbers": (ContactNumber("1", INDIAN),)}, {"numbers": (ContactNumber("1", INDIAN),), "company": "Blue Kite"},
         "same number and name", False),
    ],
)  # fmt: skip
def test_each_group_says_why_and_whether_nobody_needs_to_look(
    first: dict[str, object], second: dict[str, object], words: str, certain: bool
) -> None:
    asha = person(1, "Asha Rao", company="Acme")
    contacts = [replace(asha, **first), replace(asha, id=2, **second)]  # type: ignore[arg-type]
    assert grouped(*contacts) == [(1, 2)]
    group = group_of(contacts[::-1])
    assert group is not None
    assert (group.ids, group.reason, group.is_certain) == ((1, 2), words, certain)


def test_a_group_of_several_says_each_reason_once() -> None:
    contacts = [
        person(1, "Asha Rao", INDIAN, emails=("a@x",)),
        person(2, "Asha Rao", INDIAN),
        person(3, "Asha Rao", emails=("a@x",)),
        person(4, "Rao Asha", INDIAN),
    ]
    assert grouped(*contacts) == [(1, 2, 3, 4)]
    group = group_of(contacts)
    assert group is not None
    assert (group.title, group.reason) == ("Asha Rao", "same e-mail address, same number and name")
    assert not group.is_certain  # 3 has nothing of 2 but the name


def test_who_is_like_nobody_any_more_makes_no_group() -> None:
    asha = person(1, "Asha Rao", INDIAN)
    assert group_of([]) is None
    assert group_of([asha]) is None
    assert group_of([asha, replace(asha, id=2, name="Ben")]) is None
    assert group_of([asha, replace(asha, id=2), person(3, "Asha Rao", LONDON)]) is None
    assert likeness(asha, person(3, "Asha Rao", LONDON)) is None


def test_a_contact_with_an_address_alone_is_titled_by_it() -> None:
    contacts = [person(1, "", emails=("a@x",)), person(2, "", emails=("a@x", "b@x"))]
    group = group_of(contacts)
    assert group is not None
    assert (group.title, group.is_certain) == ("a@x", True)


def test_groups_that_grow_together_are_counted_once() -> None:
    grouping = Grouping()
    people = [person(at, "Asha Rao") for at in range(1, 5)]
    for pair in ((0, 1), (2, 3), (1, 2), (0, 3)):
        grouping.take(Reason.NUMBER, [people[at] for at in pair])
    assert (grouping.count, grouping.groups()) == (1, [(1, 2, 3, 4)])


def odd_book(chance: random.Random, count: int) -> list[Contact]:
    """Few names, numbers and addresses, so that much is shared."""
    names = ("Asha Rao", "A. Rao", "Anil Rao", "Rao Asha", "Asha", "", "Ben Carter", "B Carter", "राजेश कुमार")
    return [
        person(
            at,
            chance.choice(names),
            *(f"+44207946{chance.randint(0, 30):04}" for _ in range(chance.randint(0, 2))),
            company=chance.choice(("", "", "Acme", "Blue Kite")),
            emails=tuple(f"{chance.randint(0, 30)}@x" for _ in range(chance.choice((0, 0, 1, 2)))),
            uid=chance.choice(("", "", f"u{chance.randint(0, 20)}")),
            directory=chance.choice((0, 0, 0, 1)),
        )
        for at in range(1, count + 1)
    ]


def test_whatever_the_list_is_groups_are_disjoint_alike_and_small() -> None:
    for seed in range(30):
        chance = random.Random(seed)
        book = odd_book(chance, 80)
        apart = frozenset(pair for pair in pairs_of(range(1, 81)) if chance.random() < 0.05)
        there = {contact.id: contact for contact in book}
        groups = find_among(chance.sample(book, len(book)), apart)
        assert groups == find_among(book, apart)
        ids = [each for group in groups for each in group]
        assert len(ids) == len(set(ids))
        for group in groups:
            assert 1 < len(group) <= MOST_MEMBERS
            assert not set(pairs_of(group)) & apart
            told = group_of([there[each] for each in group])
            assert told is not None
            for first, second in combinations([there[each] for each in group], 2):
                assert not first.directory
                if agreement(called(first), called(second)) is Agreement.NO:
                    of_one = [shared_values(r, first) & shared_values(r, second) for r in (Reason.UID, Reason.EMAIL)]
                    assert any(of_one)
                    assert not told.is_certain
