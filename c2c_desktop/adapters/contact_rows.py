"""Contacts as rows of `contact` and `phone`, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.search_words import digits_of, words_of

if TYPE_CHECKING:
    import sqlite3

_CHUNK = 5_000
_ASKED_AT_ONCE = 500
_INSERT = (
    "INSERT INTO contact (id, ord, name, company, favourite, tags, note, name_key, company_key, tags_key, plain_key)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_PHONE = "INSERT INTO phone (contact_id, e164, written, kind) VALUES (?, ?, ?, ?)"


def insert(connection: sqlite3.Connection, contacts: Iterable[Contact]) -> None:
    """Add or replace contacts, who bear their ids, at no place of the alphabet and in no index: `rebuild` follows."""
    stream = iter(contacts)
    while chunk := list({contact.id: contact for contact in islice(stream, _CHUNK)}.values()):
        ids = [(contact.id,) for contact in chunk]
        connection.executemany("DELETE FROM contact WHERE id = ?", ids)
        connection.executemany("DELETE FROM phone WHERE contact_id = ?", ids)
        connection.executemany(_INSERT, [_values(contact, -contact.id, keys_of(contact)) for contact in chunk])
        connection.executemany(_INSERT_PHONE, [row for contact in chunk for row in _phones(contact)])


def insert_at(connection: sqlite3.Connection, contact: Contact, place: int, keys: Sequence[str]) -> None:
    """Add one contact, who bears its id, at a place of the alphabet; `keys` are its `keys_of`."""
    connection.execute(_INSERT, _values(contact, place, keys))
    connection.executemany(_INSERT_PHONE, _phones(contact))


def delete(connection: sqlite3.Connection, contact_id: int) -> None:
    """Take the rows of a contact away, not what the index knows of it."""
    connection.execute("DELETE FROM contact WHERE id = ?", (contact_id,))
    connection.execute("DELETE FROM phone WHERE contact_id = ?", (contact_id,))


def keys_of(contact: Contact) -> tuple[str, str, str, str]:
    """Return the words of name, company and tags, and what a contact without any is sorted by."""
    name, company = " ".join(words_of(contact.name)), " ".join(words_of(contact.company))
    plain = ""
    if not name and not company and contact.numbers:
        plain = digits_of(contact.numbers[0].e164 or contact.numbers[0].shown)
    return name, company, " ".join(word for tag in contact.tags for word in words_of(tag)), plain


def read(connection: sqlite3.Connection, rows: Sequence[Sequence[Any]]) -> list[Contact]:
    """Return the contacts of rows that begin as `contact_query` reads them, with their numbers."""
    numbers: dict[int, list[ContactNumber]] = {row[1]: [] for row in rows}
    for contact_id, written, e164, kind in _phones_of(connection, list(numbers)):
        numbers[contact_id].append(ContactNumber(written, e164, kind))
    return [
        Contact(
            contact_id,
            name,
            company,
            tuple(numbers[contact_id]),
            bool(favourite),
            tuple(tags.split("\n")) if tags else (),
            note,
        )
        for _, contact_id, name, company, favourite, tags, note, *_ in rows
    ]


def _phones_of(connection: sqlite3.Connection, ids: list[int]) -> Iterator[tuple[int, str, str, str]]:
    cursor = connection.cursor()
    cursor.row_factory = None
    for start in range(0, len(ids), _ASKED_AT_ONCE):
        asked = ids[start : start + _ASKED_AT_ONCE]
        yield from cursor.execute(
            f"SELECT contact_id, written, e164, kind FROM phone WHERE contact_id IN ({', '.join('?' * len(asked))})"  # noqa: S608  # marks
            " ORDER BY contact_id, id",
            asked,
        )


def _values(contact: Contact, place: int, keys: Sequence[str]) -> tuple[object, ...]:
    tags = "\n".join(contact.tags)
    return contact.id, place, contact.name, contact.company, int(contact.favourite), tags, contact.note, *keys


def _phones(contact: Contact) -> list[tuple[object, ...]]:
    return [(contact.id, number.e164, number.shown, number.kind) for number in contact.numbers]
