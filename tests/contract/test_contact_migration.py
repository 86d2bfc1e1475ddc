"""A contact list of the first version becomes one that finds as one types, and nothing of it is lost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from c2c_desktop.adapters.contact_schema import MIGRATIONS
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.adapters.database import Database
from c2c_desktop.domain.contact import Contact, ContactNumber
from tests.bench.people import people
from tests.contract.test_contact_oracle import differences

Row = tuple[int, str, str, int, str]


def first_version(path: Path, rows: Iterable[Row]) -> None:
    """Write a list as the first version did."""
    with closing(Database(path, MIGRATIONS[:1])) as database, database.transaction() as connection:
        connection.executemany(
            "INSERT INTO contact (id, name, company, favourite, numbers, sort_key, words, digits)"
            " VALUES (?, ?, ?, ?, ?, '', '', '')",
            rows,
        )


def second_version(path: Path, contacts: Iterable[Contact]) -> None:
    """Write a list as the second version did, with an import that could be undone."""
    with closing(SqliteContactStore(path)) as store:
        store.fill(contacts)
    with closing(sqlite3.connect(path)) as connection:
        for table in ("merged", "import_run", "before_import", "before_said", "word", "letters"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("CREATE TABLE import_run (id INTEGER PRIMARY KEY)")
        connection.execute(
            "CREATE TABLE before_import"
            " (contact_id INTEGER PRIMARY KEY, fields TEXT NOT NULL, said TEXT, after TEXT NOT NULL)"
        )
        connection.execute("INSERT INTO import_run VALUES (1)")
        connection.execute("INSERT INTO before_import VALUES (1, '{}', NULL, '{}')")
        connection.execute("PRAGMA user_version = 2")
        connection.commit()


def row_of(contact: Contact) -> Row:
    numbers = json.dumps([[n.shown, n.e164, n.kind] for n in contact.numbers], ensure_ascii=False)
    return contact.id, contact.name, contact.company, int(contact.favourite), numbers


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "contacts.sqlite3"


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        ("", [""]),
        ("no\njson", ["no json"]),
        ("{}", []),
        ("[]", []),
        ("[1]", ["[1]"]),
        ("null", ["null"]),
        ('[["a"]]', ['[["a"]]']),
        ('[["1", "2", "3", "4"]]', ['[["1", "2", "3", "4"]]']),
        ("[[1, null, []]]", ["1"]),
    ],
)
def test_numbers_somebody_else_wrote_are_kept_as_they_stand(path: Path, numbers: str, kept: list[str]) -> None:
    first_version(path, [(5, "Asha Rao", "", 0, numbers)])
    with closing(SqliteContactStore(path)) as store:
        (found,) = store.search("asha", 5).contacts
        assert found.id == 5
        assert [number.shown for number in found.numbers] == kept


def test_an_empty_list_becomes_an_empty_list(path: Path) -> None:
    first_version(path, [])
    with closing(SqliteContactStore(path)) as store:
        assert store.count() == 0
        assert store.save(Contact(0, "Asha Rao")).id == 1


def test_everybody_is_there_with_id_and_numbers_and_is_found(path: Path) -> None:
    contacts = [
        *(Contact(c.id, c.name, c.company, c.numbers, c.id % 40 == 0) for c in people(800)),
        Contact(5000, "", "", (ContactNumber("ext 12", "", "other"),)),
        Contact(6000, "★", "", ()),
    ]
    first_version(path, map(row_of, reversed(contacts)))
    with closing(SqliteContactStore(path)) as store:
        assert sorted(store.search("", 1000).contacts, key=lambda c: c.id) == contacts
        assert (
            differences(store, contacts, ["", "a", "raj", "rao", "kum", "984", "9", "725", "राज", "ext 12", "maha"])
            == []
        )
        assert store.save(Contact(0, "New")).id == 6001
    with closing(sqlite3.connect(path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "contact_before" not in tables


def test_a_list_of_the_second_version_is_found_by_parts_of_words_and_in_spite_of_slips(path: Path) -> None:
    contacts = [Contact(c.id, c.name, c.company, c.numbers, c.id % 40 == 0) for c in people(800)]
    second_version(path, contacts)
    with closing(SqliteContactStore(path)) as store:
        assert differences(store, contacts, ["", "raj", "aje", "ashs", "mehat", "umar k", "984", "maha", "zzz"]) == []
        assert store.last_import() is None
        assert sorted(store.search("", 1000).contacts, key=lambda c: c.id) == contacts


def test_the_list_as_it_was_is_kept_beside(path: Path) -> None:
    contacts = list(people(30))
    first_version(path, map(row_of, contacts))
    with closing(SqliteContactStore(path)) as store:
        assert store.count() == 30
    backup = path.with_name(f"contacts.sqlite3.before-{len(MIGRATIONS)}")
    with closing(sqlite3.connect(backup)) as connection:
        rows = connection.execute("SELECT id, name, company, favourite, numbers FROM contact ORDER BY id").fetchall()
    assert rows == [row_of(contact) for contact in contacts]


def test_a_list_the_first_version_lost_a_column_of_is_set_aside(path: Path) -> None:
    first_version(path, [(1, "Asha Rao", "", 0, "[]")])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE contact RENAME COLUMN name TO called")
    with closing(SqliteContactStore(path)) as store, pytest.raises(Exception, match="could not be stored"):
        store.count()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT called FROM contact").fetchall() == [("Asha Rao",)]


@pytest.mark.logs("set aside")
def test_a_list_of_this_version_that_lacks_its_index_is_set_aside(path: Path) -> None:
    with closing(SqliteContactStore(path)) as store:
        store.save(Contact(0, "Asha Rao"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE w")
    with closing(SqliteContactStore(path)) as store:
        assert store.count() == 0
        assert store.set_aside is not None
