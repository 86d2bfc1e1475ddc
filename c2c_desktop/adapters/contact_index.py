"""The index that finds contacts: two full-text tables whose row is the contact's place in the alphabet.

They hold no text of their own, so that what is taken out must be, letter by letter, what was put in. Both are made
from one query over `contact` and `phone`, and changed in the transaction that changes those. Beside them table `word`
holds the words of names and companies, also of some who are gone, and `letters` finds those that hold some letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from c2c_desktop.adapters.contact_rows import tuples
from c2c_desktop.domain.contact_rank import Entry
from c2c_desktop.domain.search_words import digits_of, number_starts

if TYPE_CHECKING:
    import sqlite3

GAP = 64
"""Between neighbours' places, for those who come between them."""

_CHUNK = 20_000
_BUILD_BYTES = 64 << 20
_USUAL_BYTES = 1 << 20
"""What a full-text table gathers in memory before it writes."""

_SORT_KEY = "CASE WHEN name_key <> '' THEN name_key WHEN company_key <> '' THEN company_key ELSE plain_key END"
_ENTRIES = """
    SELECT c.ord, c.name_key, c.company_key, c.tags_key, (
        SELECT group_concat(number, char(10)) FROM (
            SELECT CASE e164 WHEN '' THEN shown ELSE e164 END AS number
            FROM phone WHERE contact_id = c.id ORDER BY id
        )
    ) FROM contact AS c
"""
_ADD_W = "INSERT INTO w (rowid, name, company, keys, starts, tags) VALUES (?, ?, ?, ?, ?, ?)"
_ADD_T = "INSERT INTO t (rowid, name, company, number) VALUES (?, ?, ?, ?)"
_REMOVE_W = "INSERT INTO w (w, rowid, name, company, keys, starts, tags) VALUES ('delete', ?, ?, ?, ?, ?, ?)"
_REMOVE_T = "INSERT INTO t (t, rowid, name, company, number) VALUES ('delete', ?, ?, ?, ?)"

_Row = tuple[int, str, str, str, str | None]


def entry_of_row(name_key: str, company_key: str, tags_key: str, numbers: str | None = None) -> Entry:
    """Return what is searched of a stored contact."""
    return Entry(
        tuple(name_key.split()),
        tuple(company_key.split()),
        tuple(tags_key.split()),
        tuple(numbers.split("\n")) if numbers else (),
    )


def add(connection: sqlite3.Connection, contact_id: int) -> None:
    """Put a stored contact in."""
    row = _row(connection, contact_id)
    connection.execute(_ADD_W, _words(row))
    connection.execute(_ADD_T, _parts(row))
    connection.executemany(
        "INSERT INTO letters (rowid, text) SELECT id, text FROM word WHERE id = ?",
        [(new,) for new in _new_words(connection, [row[1:3]])],
    )


def remove(connection: sqlite3.Connection, contact_id: int) -> None:
    """Take a contact out, before anything of it is changed."""
    row = _row(connection, contact_id)
    connection.execute(_REMOVE_W, _words(row))
    connection.execute(_REMOVE_T, _parts(row))


def rebuild(connection: sqlite3.Connection, told: Callable[[int], None] = lambda _: None) -> None:
    """Sort all contacts and index them anew: about 50 seconds for a million. In a transaction.

    `told` hears how many are indexed, now and then.
    """
    _sort(connection)
    for table in ("w", "t"):
        _configure(connection, table, "delete-all")
        _configure(connection, table, "hashsize", _BUILD_BYTES)
        _configure(connection, table, "automerge", 0)
    rows: Iterator[_Row] = tuples(connection, f"{_ENTRIES} ORDER BY c.ord")
    done = 0
    while chunk := list(islice(rows, _CHUNK)):
        connection.executemany(_ADD_W, map(_words, chunk))
        connection.executemany(_ADD_T, map(_parts, chunk))
        done += len(chunk)
        told(done)
    for table in ("w", "t"):
        _configure(connection, table, "optimize")
        _configure(connection, table, "hashsize", _USUAL_BYTES)
        _configure(connection, table, "automerge", 4)
    add_all_words(connection)


def add_all_words(connection: sqlite3.Connection) -> None:
    """Gather the words of everybody anew: about five seconds for a million. In a transaction."""
    connection.execute("DELETE FROM word")
    keys: Iterator[tuple[str, str]] = tuples(connection, "SELECT name_key, company_key FROM contact")
    while chunk := list(islice(keys, _CHUNK)):
        _new_words(connection, chunk)
    _configure(connection, "letters", "rebuild")


def _sort(connection: sqlite3.Connection) -> None:
    connection.execute("DROP INDEX contact_ord")
    connection.execute("CREATE TEMP TABLE place (id INTEGER PRIMARY KEY, ord INTEGER NOT NULL)")
    connection.execute(
        f"INSERT INTO place SELECT id, row_number() OVER (ORDER BY {_SORT_KEY}, id) * {GAP} FROM contact"  # noqa: S608  # constants
    )
    connection.execute("UPDATE contact SET ord = place.ord FROM place WHERE place.id = contact.id")
    connection.execute("DROP TABLE place")
    connection.execute("CREATE UNIQUE INDEX contact_ord ON contact (ord)")


def _configure(connection: sqlite3.Connection, table: str, command: str, value: int | None = None) -> None:
    columns, marks = (f"{table}, rank", "?, ?") if value is not None else (table, "?")
    values = (command,) if value is None else (command, value)
    connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)  # noqa: S608  # constants


def _row(connection: sqlite3.Connection, contact_id: int) -> _Row:
    row: _Row = tuples(connection, f"{_ENTRIES} WHERE c.id = ?", (contact_id,)).fetchone()
    return row


def _new_words(connection: sqlite3.Connection, keys: Iterable[tuple[str, str]]) -> list[int]:
    """Add the words of names and companies that are not there yet, and return their ids."""
    words = {word for name, company in keys for key in (name, company) for word in key.split()}
    insert = "INSERT INTO word (text) VALUES (?) ON CONFLICT DO NOTHING RETURNING id"
    return [found[0] for word in sorted(words) if (found := connection.execute(insert, (word,)).fetchone())]


def _words(row: _Row) -> tuple[object, ...]:
    place, name, company, tags, _ = row
    entry = entry_of_row(*row[1:])
    starts = {start for number in entry.numbers for start in number_starts(number)}
    return place, name, company, " ".join(entry.keys), " ".join(sorted(starts)), tags


def _parts(row: _Row) -> tuple[object, ...]:
    place, name, company, _, numbers = row
    return place, name, company, " ".join(map(digits_of, numbers.split("\n"))) if numbers else ""
