"""Who is known: what the database finds among many is what the rules say, one by one."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from c2c_desktop.adapters.contact_json import contact_of
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.adapters.import_matches import find_targets
from c2c_desktop.adapters.import_staging import Staging
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_match import Known, Traits, find_match, traits_of
from tests.contract.import_rig import Book

NUMBERS = [ContactNumber(f"+91 98402 2222{n}", f"+91984022222{n}") for n in range(4)] + [ContactNumber("ext 12", "")]


def random_contact(chance: random.Random) -> Contact:
    return Contact(
        0,
        chance.choice(("", "Asha Rao", "asha rao", "Rao Asha", "Ben Hill", "राजेश", "Cy Young")),
        chance.choice(("", "", "Acme", "ACME", "Zed")),
        tuple(chance.sample(NUMBERS, chance.choice((0, 0, 1, 2)))),
        emails=tuple(chance.sample(("a@example.org", "B@example.org", "c@example.org"), chance.choice((0, 0, 1, 2)))),
        uid=chance.choice(("", "", "", "u-1", "u-2", "u-3")),
    )


def found(path: Path, contacts: list[Contact]) -> tuple[dict[int, int], dict[int, Traits]]:
    """Whom the database takes the staged for, and whom it staged."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        staging = Staging(connection)
        staging.add([(at, contact) for at, contact in enumerate(contacts)])
        staging.group()
        find_targets(connection)
        targets = dict(connection.execute("SELECT id, contact_id FROM target").fetchall())
        staged = {at: traits_of(contact_of(text)) for at, text in connection.execute("SELECT id, fields FROM said")}
    return targets, staged


@pytest.mark.parametrize("seed", range(15))
def test_the_database_finds_whom_the_rules_find(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / "contacts.sqlite3"
    with closing(SqliteContactStore(path)) as store:
        stored = store.save_all([replace(random_contact(chance), import_id=1) for _ in range(25)])
        stored += store.save_all([replace(random_contact(chance), directory=chance.choice((0, 2))) for _ in range(9)])
        edited = {
            c.id: store.save(replace(c, name=chance.choice(("Mine", "Asha Rao")), emails=()))
            for c in chance.sample(stored[:25], 5)
        }
    targets, staged = found(path, [random_contact(chance) for _ in range(40)])
    # As it is stored now counts for those nobody changed; for the others also as the file said them.
    known = [Known(c.id, traits_of(c)) for c in stored if c.import_id and c.id not in edited]
    known += [Known(c.id, traits_of(c), traits_of(edited[c.id])) for c in stored if c.id in edited]
    known += [Known(c.id, own=traits_of(c)) for c in stored if not c.import_id and not c.directory]
    addresses = [address for traits in staged.values() for address in traits.emails]
    shared = frozenset(address for address in addresses if addresses.count(address) > 1)
    matched = 0
    for at, traits in staged.items():
        expected = find_match(traits, known, shared)
        assert targets.get(at) == (expected[1] if expected else None), (traits, expected)
        matched += expected is not None
    assert matched > 1


def test_a_switchboard_of_thousands_costs_no_more_than_their_number(tmp_path: Path) -> None:
    book = Book(tmp_path)
    rows = [f"Person {n},Acme,+91 98402 22222,office@example.org,,," for n in range(4000)]
    path = book.file(rows)
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    book.take(path)
    with closing(sqlite3.connect(book.path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        staging = Staging(connection)
        staging.add([(1, replace(contact, id=0)) for contact in book.everybody()])
        staging.group()
        connection.set_progress_handler(count, 10_000)
        find_targets(connection)
        assert connection.execute("SELECT count(*) FROM target").fetchone() == (4000,)
    assert steps < 200  # two million steps of SQLite's machine; comparing all with all takes sixteen million rows


def test_only_whom_the_person_keeps_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "contacts.sqlite3"
    with closing(SqliteContactStore(path)) as store:
        store.save(Contact(0, "Asha", directory=1, uid="u-1", emails=("a@example.org",), numbers=(NUMBERS[0],)))
    said = Contact(0, "Asha", uid="u-1", emails=("a@example.org",), numbers=(NUMBERS[0],))
    assert found(path, [said])[0] == {}
