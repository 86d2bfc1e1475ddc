"""Contacts as rows, and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from c2c_desktop.adapters import contact_rows
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.contact import Contact
from tests.bench.people import people

MANY = 1_203


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[tuple[sqlite3.Connection, dict[int, Contact]]]:
    with closing(SqliteContactStore(tmp_path / "contacts.sqlite3")) as store:
        contacts = store.save_all([*people(MANY - 1), replace(next(people(1)), id=0, directory=3)])
    with closing(sqlite3.connect(tmp_path / "contacts.sqlite3")) as connection:
        yield connection, {contact.id: contact for contact in contacts}


def test_any_number_is_read_by_id_whole_and_each_once(
    stored: tuple[sqlite3.Connection, dict[int, Contact]],
) -> None:
    connection, contacts = stored
    assert len(contacts) == MANY
    assert contact_rows.by_id(connection, [*contacts, *reversed(contacts)]) == contacts


def test_who_is_not_there_is_left_out(stored: tuple[sqlite3.Connection, dict[int, Contact]]) -> None:
    connection, contacts = stored
    last = max(contacts)
    assert contact_rows.by_id(connection, [last + 1, 0, -1, last]) == {last: contacts[last]}
    assert contact_rows.by_id(connection, []) == {}
