"""Importing again: known contacts are updated and not doubled, and what a person changed stays."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.route import Route
from tests.contract.import_rig import Book
from tests.contract.test_contact_import import ASHA, BEN, counts
from tests.fakes import INDIAN


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


@pytest.mark.parametrize("many", [False, True])
def test_an_import_updates_who_changed_and_keeps_what_a_person_changed(book: Book, many: bool) -> None:
    others = [f"Person {n},,,p{n}@example.org,,," for n in range(2000 if many else 5)]
    book.take(book.file([ASHA, *others]))
    asha = book.named("Asha Rao")
    book.save(replace(asha, name="Asha R.", favourite=True, route=Route.MOBILE))
    changed = ASHA.replace("Acme", "Zed").replace("Asha Rao", "Asha Devi")
    path = book.file([changed, *(row.replace("Person", "Human") if many else row for row in others)])
    report = book.take(path)
    assert counts(report) == ((0, 2000, 1, 0, 0) if many else (0, 0, 1, 5, 0))
    after = book.named("Asha R.")
    assert (after.company, after.favourite, after.route, after.id) == ("Zed", True, Route.MOBILE, asha.id)
    report = book.take(path)
    assert (report.kept, report.unchanged, report.contacts) == (1, len(others), len(others) + 1)
    book.check()
    report = book.take(path, is_file_right=True)
    assert counts(report)[2] == 1
    assert book.named("Asha Devi").route is Route.MOBILE


def test_one_made_by_hand_gets_what_it_lacks(book: Book) -> None:
    (own,) = book.save(Contact(0, "Asha Rao", numbers=(ContactNumber("+91 98402 22222", INDIAN, "home"),)))
    path = book.file([ASHA])
    assert counts(book.take(path)) == (0, 0, 1, 0, 0)
    (after,) = book.everybody()
    assert (after.id, after.numbers, after.company, after.uid) == (own.id, own.numbers, "Acme", "u-1")
    book.save(replace(after, company="", tags=()))
    assert book.take(path).kept == 1
    assert book.everybody()[0].company == ""


def test_contacts_of_shared_directories_are_not_touched(book: Book) -> None:
    shared = Contact(0, "Asha Rao", "", (), emails=("asha@example.org",), uid="u-1", directory=3)
    book.save(shared)
    assert counts(book.take(book.file([ASHA]))) == (1, 0, 0, 0, 0)
    assert [c.directory for c in book.everybody()] == [3, 0]


def test_nobody_comes_by_the_id_of_one_that_is_gone(book: Book) -> None:
    book.take(book.file([ASHA]))
    asha = book.named("Asha Rao")
    book.save(replace(asha, name="Mine"))
    book.delete(asha)
    book.take(book.file([BEN]))
    assert book.everybody()[0].id > asha.id
    book.check()
    assert counts(book.take(book.file([BEN.replace("Ben Hill,", "Ben Hill,Zed")]))) == (0, 1, 0, 0, 0)


def random_row(chance: random.Random) -> str:
    number = chance.choice(("", "+91 98402 22222", "098402 33333", "ext 12", "020 7946 0018", "+44 20 7946 0123"))
    return ",".join(
        (
            chance.choice(("", "Asha Rao", "Rao Asha", "Asha", "Ben Hill", "राजेश")),
            chance.choice(("", "", "Acme", "Zed")),
            number,
            chance.choice(("", "", "a@example.org", "B@example.org", "team@example.org")),
            chance.choice(("", "vip", "VIP")),
            chance.choice(("", "", "a note")),
            chance.choice(("", "", "", "u-1", "u-2")),
        )
    )


def edit(book: Book, chance: random.Random) -> dict[int, Contact]:
    """A person changes some contacts and deletes one; returns those that were changed."""
    everybody = book.everybody()
    changed = {}
    for contact in chance.sample(everybody, len(everybody) // 2):
        fields: dict[str, Any] = chance.choice(
            [
                {"name": f"Mine {contact.id}"}, {"company": "My words"}, {"numbers": ()}, {"emails": ()},
                {"note": "Mine", "tags": ()}, {"numbers": (ContactNumber("ext 99", ""), *contact.numbers)},
            ]
        )  # fmt: skip
        (changed[contact.id],) = book.save(replace(contact, **fields))
    return changed


@pytest.mark.parametrize("seed", range(12))
def test_the_same_file_again_changes_nothing_and_keeps_what_a_person_changed(book: Book, seed: int) -> None:
    chance = random.Random(seed)
    rows = [random_row(chance) for _ in range(chance.randrange(1, 40))]
    book.save(Contact(0, "Asha Rao", emails=("a@example.org",)), Contact(0, "By hand"))
    path = book.file(rows)
    first = book.take(path)
    everybody = book.everybody()
    again = book.take(path)
    assert book.everybody() == everybody
    assert again.added == again.updated == again.merged == 0
    assert (again.contacts, again.skipped) == (first.contacts, first.skipped)
    changed = edit(book, chance)
    after_edit = book.everybody()
    third = book.take(path)
    assert [c for c in book.everybody() if c.id <= everybody[-1].id] == after_edit
    assert changed.keys() <= {c.id for c in after_edit}
    assert third.updated == third.merged == 0
    book.check()


def test_two_files_together_are_one_list(book: Book) -> None:
    book.take(book.file([ASHA]))
    report = book.take(book.cards("FN:Asha Rao\nEMAIL:asha@example.org\nTEL;TYPE=work:020 7946 0018", "FN:Zed"))
    assert counts(report) == (1, 1, 0, 0, 0)
    assert len(book.named("Asha Rao").numbers) == 2
    with closing(sqlite3.connect(book.path)) as connection:
        assert connection.execute("SELECT count(*) FROM before_edit").fetchone() == (0,)
