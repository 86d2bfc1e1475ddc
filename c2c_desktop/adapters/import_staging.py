"""What a file says, in temporary tables of the importing process: the contact list is neither locked nor changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from c2c_desktop.adapters.contact_json import contact_json, contact_of
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_match import Traits, is_same_entry, traits_of
from c2c_desktop.domain.contact_record import SkippedRecord
from c2c_desktop.domain.import_merge import joined

if TYPE_CHECKING:
    import sqlite3

SAME_UID = "Another contact of this file has the same UID and another name: both are kept, this one without its UID."

_CACHE_KIB = 32 * 1024
_AT_ONCE = 1000
_MOST_ROUNDS = 4

TRAITS = """
    CREATE TEMP TABLE {0}_uid (uid TEXT NOT NULL, id INTEGER NOT NULL);
    CREATE TEMP TABLE {0}_email (address TEXT NOT NULL, name TEXT NOT NULL, id INTEGER NOT NULL);
    CREATE TEMP TABLE {0}_number (number TEXT NOT NULL, name TEXT NOT NULL, company TEXT NOT NULL, id INTEGER NOT NULL);
    CREATE TEMP TABLE {0}_alone (name TEXT NOT NULL, company TEXT NOT NULL, id INTEGER NOT NULL)
    """
"""Tables of what contacts are recognised by, to be given a prefix; a company counts where there is no name, or alone.
"""

TABLES = ("uid", "email", "number", "alone")

_SAID = """
    CREATE TEMP TABLE said (id INTEGER PRIMARY KEY, line INTEGER NOT NULL, rows INTEGER NOT NULL, fields TEXT NOT NULL);
    CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY, head INTEGER NOT NULL);
    CREATE TEMP TABLE bare (id INTEGER PRIMARY KEY);
    CREATE TEMP TABLE alike (id INTEGER NOT NULL, head INTEGER NOT NULL)
    """

_SAME = {
    "uid": "uid",
    "email": "address",
    "named_email": "address, name",
    "number": "number, name, company",
    "alone": "name, company",
}
"""What has to be the same in two rows to look at both."""


class Staging:
    """The contacts of one file. On one connection, which nobody else uses meanwhile."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """In a transaction of temporary tables, as `add` and `group`."""
        self._connection = connection
        connection.execute(f"PRAGMA temp.cache_size = -{_CACHE_KIB}")
        for statement in (_SAID + ";" + TRAITS.format("said")).split(";"):
            connection.execute(statement)
        self._rows = 0

    def add(self, contacts: Sequence[tuple[int, Contact]]) -> None:
        """Take contacts, each with its line."""
        numbered = [(self._rows + at, line, contact) for at, (line, contact) in enumerate(contacts, start=1)]
        self._rows += len(contacts)
        self._connection.executemany(
            "INSERT INTO said VALUES (?, ?, 1, ?)",
            [(at, line, contact_json(contact)) for at, line, contact in numbered],
        )
        keep_traits(self._connection, "said", [(at, traits_of(contact)) for at, _, contact in numbered])

    def group(self) -> list[SkippedRecord]:
        """Join the entries that are one contact, in the first of them; return what had to be left out."""
        left_out: list[SkippedRecord] = []
        for _ in range(_MOST_ROUNDS):  # who was joined can be recognised by more than before
            for name, columns in _SAME.items():
                table = f"said_{name.removeprefix('named_')}"
                self._connection.execute(
                    f"INSERT INTO alike SELECT s.id, f.head FROM {table} AS s JOIN (SELECT {columns}, min(id) AS head"  # noqa: S608  # fixed parts
                    f" FROM {table} GROUP BY {columns} HAVING min(id) < max(id)) AS f USING ({columns})"
                    " WHERE s.id <> f.head"
                )
            pairs = self._connection.execute("SELECT DISTINCT id, head FROM alike ORDER BY id, head")
            while chunk := pairs.fetchmany(_AT_ONCE):
                for entry, head in chunk:
                    left_out.extend(self._compare(entry, head))
            if not self._recognise_anew():
                break
        return left_out

    def _recognise_anew(self) -> bool:
        """Recognise those that changed by what they are now; return whether any did."""
        changed = "SELECT id FROM gone UNION SELECT head FROM gone UNION SELECT id FROM bare"
        for name in TABLES:
            self._connection.execute(f"DELETE FROM said_{name} WHERE id IN ({changed})")  # noqa: S608  # fixed parts
        rows = self._connection.execute(f"SELECT id, fields FROM said WHERE id IN ({changed})")  # noqa: S608  # fixed parts
        is_any = False
        while chunk := rows.fetchmany(_AT_ONCE):
            is_any = True
            keep_traits(self._connection, "said", [(entry, traits_of(contact_of(text))) for entry, text in chunk])
        for table in ("gone", "bare", "alike"):
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608  # fixed parts
        return is_any

    def _compare(self, entry: int, head: int) -> Iterator[SkippedRecord]:
        """Join two entries, if they are one contact and not joined yet."""
        if self._head_of(entry) != entry or (head := self._head_of(head)) >= entry:
            return
        _, first_rows, first = self._read(head)
        line, rows, second = self._read(entry)
        earlier, later = traits_of(first), traits_of(second)
        if is_same_entry(earlier, later):
            self._connection.execute(
                "UPDATE said SET rows = ?, fields = ? WHERE id = ?",
                (first_rows + rows, contact_json(joined([first, second])), head),
            )
            self._connection.execute("DELETE FROM said WHERE id = ?", (entry,))
            self._connection.execute("INSERT INTO gone VALUES (?, ?)", (entry, head))
        elif earlier.uid and earlier.uid == later.uid:
            fields = contact_json(replace(second, uid=""))
            self._connection.execute("UPDATE said SET fields = ? WHERE id = ?", (fields, entry))
            self._connection.execute("INSERT OR IGNORE INTO bare VALUES (?)", (entry,))
            yield SkippedRecord(line, SAME_UID, second.label)

    def _head_of(self, entry: int) -> int:
        row = self._connection.execute("SELECT head FROM gone WHERE id = ?", (entry,)).fetchone()
        return self._head_of(row[0]) if row else entry

    def _read(self, entry: int) -> tuple[int, int, Contact]:
        line, rows, fields = self._connection.execute(
            "SELECT line, rows, fields FROM said WHERE id = ?", (entry,)
        ).fetchone()
        return line, rows, contact_of(fields)


def keep_traits(connection: sqlite3.Connection, prefix: str, entries: Sequence[tuple[int, Traits]]) -> None:
    """Write what entries are recognised by into the tables of `TRAITS`."""
    tables: dict[str, list[tuple[str | int, ...]]] = {
        "uid": [(traits.uid, entry) for entry, traits in entries if traits.uid],
        "email": [(address, traits.name, entry) for entry, traits in entries for address in traits.emails],
        "number": [(number, *traits.label, entry) for entry, traits in entries for number in traits.numbers],
        "alone": [(traits.name, traits.company, entry) for entry, traits in entries if traits.is_alone],
    }
    for name, rows in tables.items():
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {prefix}_{name} VALUES ({marks})", rows)  # noqa: S608  # fixed parts
