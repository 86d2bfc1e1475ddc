"""Contacts as rows of `contact`, `phone` and `email`, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from c2c_desktop.domain.contact import Contact, ContactNumber, email_key
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.search_words import digits_of, words_of

if TYPE_CHECKING:
    import sqlite3

_CHUNK = 5_000
_ASKED_AT_ONCE = 500
COLUMNS = ", ".join(
    f"c.{name}"
    for name in (
        "ord", "id", "name", "company", "favourite", "tags", "note", "emails", "uid", "route", "caller_id", "directory",
        "import_id",
    )
)  # fmt: skip
"""What `read` takes, of `contact AS c`."""

_INSERT = (
    "INSERT INTO contact (id, ord, name, company, favourite, tags, note, emails, uid, route, caller_id, directory,"
    " import_id, name_key, company_key, tags_key, plain_key)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_PHONE = "INSERT INTO phone (contact_id, e164, shown, as_written, kind, preferred) VALUES (?, ?, ?, ?, ?, ?)"
_INSERT_EMAIL = "INSERT INTO email (contact_id, address) VALUES (?, ?)"
_TABLES = {"contact": "id", "phone": "contact_id", "email": "contact_id"}
_DELETES = [f"DELETE FROM {table} WHERE {column} = ?" for table, column in _TABLES.items()]  # noqa: S608  # fixed parts


def insert(connection: sqlite3.Connection, contacts: Iterable[Contact]) -> None:
    """Add or replace contacts, who bear their ids, at no place of the alphabet and in no index: `rebuild` follows."""
    stream = iter(contacts)
    while chunk := list({contact.id: contact for contact in islice(stream, _CHUNK)}.values()):
        ids = [(contact.id,) for contact in chunk]
        for statement in _DELETES:
            connection.executemany(statement, ids)
        connection.executemany(_INSERT, [_values(contact, -contact.id, keys_of(contact)) for contact in chunk])
        connection.executemany(_INSERT_PHONE, [row for contact in chunk for row in _phones(contact)])
        connection.executemany(_INSERT_EMAIL, [row for contact in chunk for row in _emails(contact)])


def insert_at(connection: sqlite3.Connection, contact: Contact, place: int, keys: Sequence[str]) -> None:
    """Add one contact, who bears its id, at a place of the alphabet; `keys` are its `keys_of`."""
    connection.execute(_INSERT, _values(contact, place, keys))
    connection.executemany(_INSERT_PHONE, _phones(contact))
    connection.executemany(_INSERT_EMAIL, _emails(contact))


def delete(connection: sqlite3.Connection, contact_id: int) -> None:
    """Take the rows of a contact away, not what the index knows of it."""
    for statement in _DELETES:
        connection.execute(statement, (contact_id,))


def delete_all(connection: sqlite3.Connection, which: str) -> None:
    """Take the rows of many contacts away: `which` is a query for their ids. Not what the index knows of them."""
    for table, column in reversed(_TABLES.items()):  # the contacts last: the query may ask for them
        connection.execute(f"DELETE FROM {table} WHERE {column} IN ({which})")  # noqa: S608  # fixed parts


def keys_of(contact: Contact) -> tuple[str, str, str, str]:
    """Return the words of name, company and tags, and what a contact without any is sorted by."""
    name, company = " ".join(words_of(contact.name)), " ".join(words_of(contact.company))
    plain = ""
    if not name and not company and contact.numbers:
        plain = digits_of(contact.numbers[0].e164 or contact.numbers[0].shown)
    return name, company, " ".join(word for tag in contact.tags for word in words_of(tag)), plain


def read(connection: sqlite3.Connection, rows: Sequence[Sequence[Any]]) -> list[Contact]:
    """Return the contacts of rows that begin with `COLUMNS`, with their numbers."""
    numbers: dict[int, list[ContactNumber]] = {row[1]: [] for row in rows}
    for contact_id, shown, e164, kind, preferred, as_written in _phones_of(connection, list(numbers)):
        numbers[contact_id].append(ContactNumber(shown, e164, kind, bool(preferred), as_written))
    return [
        Contact(
            row[1],
            row[2],
            row[3],
            tuple(numbers[row[1]]),
            bool(row[4]),
            _lines(row[5]),
            row[6],
            _lines(row[7]),
            row[8],
            Route(row[9]) if row[9] else None,
            row[10],
            row[11],
            row[12],
        )
        for row in rows
    ]


def by_id(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Contact]:
    """Return who is there of `ids`, any number of them, by their ids."""
    asked = sorted(set(ids))
    rows: list[Sequence[Any]] = []
    for start in range(0, len(asked), _ASKED_AT_ONCE):
        part = asked[start : start + _ASKED_AT_ONCE]
        marks = ", ".join("?" * len(part))
        rows += tuples(connection, f"SELECT {COLUMNS} FROM contact AS c WHERE c.id IN ({marks})", part)  # noqa: S608  # marks
    return {contact.id: contact for contact in read(connection, rows)}


def tuples(connection: sqlite3.Connection, sql: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
    """Ask for rows that know no names: of many they are there sooner."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor.execute(sql, values)


def _lines(stored: str) -> tuple[str, ...]:
    return tuple(stored.split("\n")) if stored else ()


def _phones_of(connection: sqlite3.Connection, ids: list[int]) -> Iterator[tuple[int, str, str, str, int, str]]:
    for start in range(0, len(ids), _ASKED_AT_ONCE):
        asked = ids[start : start + _ASKED_AT_ONCE]
        yield from tuples(
            connection,
            "SELECT contact_id, shown, e164, kind, preferred, as_written FROM phone"  # noqa: S608  # marks
            f" WHERE contact_id IN ({', '.join('?' * len(asked))}) ORDER BY contact_id, id",  # marks
            asked,
        )


def _values(contact: Contact, place: int, keys: Sequence[str]) -> tuple[object, ...]:
    return (
        contact.id,
        place,
        contact.name,
        contact.company,
        int(contact.favourite),
        "\n".join(contact.tags),
        contact.note,
        "\n".join(contact.emails),
        contact.uid,
        contact.route.value if contact.route else "",
        contact.caller_id,
        contact.directory,
        contact.import_id,
        *keys,
    )


def _phones(contact: Contact) -> list[tuple[object, ...]]:
    return [(contact.id, n.e164, n.shown, n.as_written, n.kind, int(n.preferred)) for n in contact.numbers]


def _emails(contact: Contact) -> list[tuple[int, str]]:
    """Return the addresses as they are compared."""
    return [(contact.id, email_key(address)) for address in contact.emails]
