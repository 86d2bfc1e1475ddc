"""The contact list in SQLite."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from c2c_desktop.adapters.database import Database
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.plain_text import fold

SEARCHED_CHARACTERS = 200
"""Of a search text: SQLite refuses a query of a pasted page."""

if TYPE_CHECKING:
    import sqlite3

_MIGRATIONS = (
    """
    CREATE TABLE contact (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        company TEXT NOT NULL,
        favourite INTEGER NOT NULL,
        numbers TEXT NOT NULL,
        sort_key TEXT NOT NULL,
        words TEXT NOT NULL,
        digits TEXT NOT NULL
    );
    CREATE INDEX contact_order ON contact (favourite DESC, sort_key)
    """,
)


class SqliteContactStore:
    """Implements the `ContactStore` port on one file. Any thread."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, _MIGRATIONS)

    def search(self, text: str, limit: int) -> list[Contact]:
        """Match every word at a word's start, or its digits inside a number; favourites first, then by name."""
        conditions: list[str] = []
        values: list[object] = []
        text = text[:SEARCHED_CHARACTERS]
        words = fold(text).split()
        numeric = bool(words) and all(not c.isalpha() for c in text)
        if numeric:
            conditions.append("digits LIKE ?")
            values.append(f"%{_digits(text).lstrip('0')}%")
        else:
            for word in words:
                conditions.append("(words LIKE ? ESCAPE '\\' OR (? <> '' AND digits LIKE ?))")
                values += [f"% {_escaped(word)}%", _digits(word), f"%{_digits(word)}%"]
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        rows = self._database.read(
            f"SELECT * FROM contact {where} ORDER BY favourite DESC, sort_key, id LIMIT ?",  # noqa: S608  # fixed parts
            (*values, limit),
        )
        return [_contact(row) for row in rows]

    def count(self) -> int:
        """Return how many contacts there are."""
        return int(self._database.read("SELECT count(*) FROM contact")[0][0])

    def save(self, contact: Contact) -> Contact:
        """Add or replace."""
        return self.save_all([contact])[0]

    def save_all(self, contacts: list[Contact]) -> list[Contact]:
        """Add or replace several in one transaction."""
        stored: list[Contact] = []
        with self._database.transaction() as connection:
            for contact in contacts:
                cursor = connection.execute(
                    "INSERT OR REPLACE INTO contact (id, name, company, favourite, numbers, sort_key, words, digits)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        contact.id or None,
                        contact.name,
                        contact.company,
                        int(contact.favourite),
                        json.dumps([[n.shown, n.e164, n.kind] for n in contact.numbers], ensure_ascii=False),
                        fold(contact.label),
                        " " + " ".join(fold(f"{contact.name} {contact.company}").split()),
                        " ".join(f"{n.e164} {_digits(n.shown)}" for n in contact.numbers),
                    ),
                )
                stored.append(replace(contact, id=contact.id or int(cursor.lastrowid or 0)))
        return stored

    def delete(self, contact_id: int) -> None:
        """Remove one."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM contact WHERE id = ?", (contact_id,))

    def find_number(self, e164: str) -> Contact | None:
        """Return the first contact with that number."""
        rows = self._database.read("SELECT * FROM contact WHERE digits LIKE ? LIMIT 20", (f"%{e164}%",))
        for row in rows:
            contact = _contact(row)
            if any(number.e164 == e164 for number in contact.numbers):
                return contact
        return None

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _contact(row: sqlite3.Row) -> Contact:
    numbers = tuple(ContactNumber(shown, e164, kind) for shown, e164, kind in json.loads(row["numbers"]))
    return Contact(row["id"], row["name"], row["company"], numbers, bool(row["favourite"]))
