"""Who an entry of a file is: UID, then e-mail, then name and number; and who it is not."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_match import Known, Likeness, Traits, find_match, is_same_entry, names_agree, traits_of
from tests.fakes import INDIAN
from tests.unit.builders import LONDON


def person(name: str = "", *facts: str, company: str = "") -> Traits:
    """An entry: facts with @ are addresses, those that begin with u UIDs, others numbers, read ones with +."""
    emails = tuple(fact for fact in facts if "@" in fact)
    uids = [fact for fact in facts if fact.startswith("u")]
    numbers = [
        ContactNumber(fact, fact if fact.startswith("+") else "") for fact in facts if fact not in {*emails, *uids}
    ]
    return traits_of(Contact(0, name, company, tuple(numbers), emails=emails, uid=uids[0] if uids else ""))


@pytest.mark.parametrize(
    ("said", "other"),
    [
        (person("Asha", INDIAN), person("Ben", INDIAN)),
        (person("", INDIAN, company="Acme"), person("", INDIAN, company="Zed")),
        (person("Asha"), person("Asha", INDIAN)),
        (person("Asha"), person("Ben")),
        (person("Asha", company="Acme"), person("Asha", company="Zed")),
        (person("Asha", INDIAN), person("Asha", LONDON)),
        (person("Asha", "ext 1"), person("Asha", "ext 2")),
        (person("Asha", "u1", "a@example.org"), person("Ben", "u2", "a@example.org")),
        (person("Asha", "u1"), person("Asha", "u2")),
        (person(), person("Asha", "u1", "a@example.org", INDIAN)),
    ],
)
def test_strangers_are_not_taken_for_each_other(said: Traits, other: Traits) -> None:
    assert find_match(said, [Known(1, other)]) is None


@pytest.mark.parametrize(
    ("said", "other", "likeness"),
    [
        (person("Asha", "u1"), person("Ben", "u1"), Likeness.UID),
        (person("asha RAO", "A@example.org"), person("Asha Rao", "a@EXAMPLE.org"), Likeness.NAMED_EMAIL),
        (person("Asha", "a@example.org"), person("Ben", "a@example.org"), Likeness.EMAIL),
        (person("Asha", "u1", "a@example.org"), person("Ben", "a@example.org"), Likeness.EMAIL),
        (person("Asha", "u1", INDIAN), person("Asha", "u2", INDIAN), Likeness.NUMBER),
        (person("", INDIAN, company="Acme"), person("", INDIAN, company="ACME"), Likeness.NUMBER),
        (person("Asha", INDIAN, company="Acme"), person("Asha", INDIAN, company="Zed"), Likeness.NUMBER),
        (person("Asha", "ext 1"), person("Asha", "ext 1"), Likeness.NUMBER),
        (person("Asha", company="Acme"), person("asha", company="acme"), Likeness.ALONE),
    ],
)
def test_the_same_are_found(said: Traits, other: Traits, likeness: Likeness) -> None:
    assert find_match(said, [Known(1, person("Zed", LONDON)), Known(2, own=other)]) == (likeness, 2)


def test_the_strongest_likeness_decides_then_the_oldest() -> None:
    said = person("Asha", "u1", "a@example.org", INDIAN)
    known = [
        Known(5, person("Asha", INDIAN)),
        Known(4, person("Asha", INDIAN)),
        Known(7, own=person("Asha", "a@example.org")),
        Known(9, person("Ben", "u1")),
    ]
    assert find_match(said, known) == (Likeness.UID, 9)
    assert find_match(said, known[:3]) == (Likeness.NAMED_EMAIL, 7)
    assert find_match(said, known[:2]) == (Likeness.NUMBER, 4)
    assert find_match(said, [Known(2, own=person("Asha", INDIAN)), *known[:2]]) == (Likeness.NUMBER, 4)


def test_an_address_of_several_is_nobodys() -> None:
    said = person("Asha", "team@example.org")
    ben, cy = person("Ben", "team@example.org"), person("Cy", "team@example.org")
    assert find_match(said, [Known(1, ben)], frozenset({"team@example.org"})) is None
    assert find_match(said, [Known(1, ben), Known(2, cy)]) is None
    assert find_match(said, [Known(1, ben), Known(2, person("Asha", "team@example.org"))]) == (Likeness.NAMED_EMAIL, 2)


def test_whom_a_person_renamed_is_found_as_the_file_said_them() -> None:
    assert find_match(person("Asha", INDIAN), [Known(1, person("Asha", INDIAN), person("My boss", LONDON))]) == (
        Likeness.NUMBER,
        1,
    )


@pytest.mark.parametrize(
    ("name", "other", "agree"),
    [
        ("Asha Rao", "Rao, Asha", True),
        ("Asha", "Asha Rao", True),
        ("", "Asha", True),
        ("Asha Rao", "Asha Roy", False),
        ("Asha", "Ben", False),
    ],
)
def test_names_agree_where_one_says_no_more_than_the_other(name: str, other: str, agree: bool) -> None:
    assert names_agree(person(name), person(other)) is agree
    assert names_agree(person(other), person(name)) is agree


@pytest.mark.parametrize(
    ("earlier", "later", "same"),
    [
        (person("Asha", "u1"), person("Ben", "u1"), False),
        (person("Asha", "u1"), person("Asha Rao", "u1"), True),
        (person("Asha", "u1", "a@example.org"), person("Ben", "u1", "a@example.org"), True),
        (person("Asha", "a@example.org"), person("Ben", "a@example.org"), False),
        (person("Asha", "a@example.org"), person("Rao Asha", "a@example.org"), True),
        (person("Asha", "u1", INDIAN), person("Asha", "u2", INDIAN), True),
        (person("Asha", INDIAN), person("Ben", INDIAN), False),
        (person("Asha"), person("Asha"), True),
        (person("Asha"), person("Ben"), False),
        (person("Asha"), person("Asha", "ext 1"), False),
    ],
)
def test_entries_of_one_file_are_one_where_nothing_speaks_against_it(
    earlier: Traits, later: Traits, same: bool
) -> None:
    assert is_same_entry(earlier, later) is same
