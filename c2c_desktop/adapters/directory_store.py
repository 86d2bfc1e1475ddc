"""Shared directories in the contact list's file: what they are, up to where they are known, and their contacts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from c2c_desktop.adapters import contact_rows, contact_writing
from c2c_desktop.adapters.contact_schema import MIGRATIONS
from c2c_desktop.adapters.database import Database
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.directory_contact import contact_of, updated
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.record_contact import RecordContacts
from c2c_desktop.domain.shared_directory import (
    DirectoryChange,
    DirectoryCursor,
    DirectoryEntry,
    DirectoryError,
    DirectoryKind,
    DirectoryRemoval,
    DirectoryState,
    SharedDirectory,
    directory_name,
)
from c2c_desktop.services.ports import Clock

if TYPE_CHECKING:
    import sqlite3

_ASKED_AT_ONCE = 500
_STATES = (
    "SELECT d.*, (SELECT count(*) FROM contact WHERE directory = d.id AND directory) AS contacts FROM directory AS d"
)
_Latest = dict[str, Contact | None]
"""What became of each entry, by its key; None where it is gone."""


class SqliteDirectoryStore:
    """Implements the `DirectoryStore` port on the file of a `SqliteContactStore`. Any thread, any process."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._database = Database(path, MIGRATIONS)
        self._clock = clock

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def states(self) -> list[DirectoryState]:
        """Return every directory in the order they were added."""
        return [_state(row) for row in self._database.read(f"{_STATES} ORDER BY d.id")]

    def add(self, directory: SharedDirectory) -> SharedDirectory:
        """Store a new one, with its id, which none ever had."""
        with self._database.transaction() as connection:
            name = _free_name(connection, directory.name, 0)
            row = connection.execute(
                "INSERT INTO directory (name, kind, address, user, region) VALUES (?, ?, ?, ?, ?) RETURNING id",
                (name, directory.kind.value, directory.address, directory.user, directory.region),
            ).fetchone()
        return SharedDirectory(row[0], name, directory.kind, directory.address, directory.user, directory.region)

    def rename(self, directory_id: int, name: str) -> None:
        """Give one another name."""
        with self._database.transaction() as connection:
            free = _free_name(connection, name, directory_id)
            connection.execute("UPDATE directory SET name = ? WHERE id = ?", (free, directory_id))

    def remove(self, directory_id: int) -> None:
        """Forget one and all its contacts."""
        with self._database.transaction() as connection:
            rows = connection.execute("SELECT id FROM contact WHERE directory = ? AND directory", (directory_id,))
            is_renewed = contact_writing.apply(connection, [], [row[0] for row in rows])
            connection.execute("DELETE FROM directory_entry WHERE directory_id = ?", (directory_id,))
            connection.execute("DELETE FROM directory WHERE id = ?", (directory_id,))
        if is_renewed:
            self._database.renew()

    def cursor(self, directory_id: int) -> DirectoryCursor:
        """Return up to where it is known."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT token FROM directory WHERE id = ?", (directory_id,)).fetchone()
            tags = connection.execute(
                "SELECT key, etag FROM directory_entry WHERE directory_id = ? ORDER BY key", (directory_id,)
            ).fetchall()
        return DirectoryCursor(row[0] if row is not None else "", tuple((key, tag) for key, tag in tags))

    def apply(
        self, directory_id: int, changes: Iterable[DirectoryChange], cursor: Callable[[], DirectoryCursor]
    ) -> DirectoryState:
        """Take all of `changes`, or nothing. Contacts that come out as they are stored are not written."""
        contacts = RecordContacts(self._state_of(directory_id).directory.region)
        latest: _Latest = {}
        skipped = 0
        for change in changes:
            if isinstance(change, DirectoryEntry):
                latest[change.key] = contact_of(change.record, contacts, directory_id)
            elif isinstance(change, DirectoryRemoval):
                latest[change.key] = None
            else:
                skipped += 1
        now_known = cursor()
        with self._database.transaction() as connection:
            if connection.execute("SELECT 1 FROM directory WHERE id = ?", (directory_id,)).fetchone() is None:
                raise _removed()
            changed, is_renewed = _Application(connection, directory_id).take(latest)
            _remember_tags(connection, directory_id, now_known)
            now = self._clock.now()
            connection.execute(
                "UPDATE directory SET token = ?, changed = ?, skipped = ?, updated_at = ?, tried_at = ?, problem = '',"
                " failures = 0, not_before = 0 WHERE id = ?",
                (now_known.token, changed, skipped, now, now, directory_id),
            )
        if is_renewed:
            self._database.renew()
        return self._state_of(directory_id)

    def failed(self, directory_id: int, problem: str, not_before: float = 0.0) -> DirectoryState:
        """Remember that a try failed."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE directory SET tried_at = ?, problem = ?, failures = failures + 1, not_before = ? WHERE id = ?",
                (self._clock.now(), problem, not_before, directory_id),
            )
        return self._state_of(directory_id)

    def _state_of(self, directory_id: int) -> DirectoryState:
        rows = self._database.read(f"{_STATES} WHERE d.id = ?", (directory_id,))
        if not rows:
            raise _removed()
        return _state(rows[0])


class _Application:
    """What changed in one directory, being stored."""

    def __init__(self, connection: sqlite3.Connection, directory_id: int) -> None:
        self._connection = connection
        self._directory_id = directory_id

    def take(self, latest: _Latest) -> tuple[int, bool]:
        """Return how many contacts changed, and whether everybody was indexed anew."""
        before = self._contacts_of(list(latest))
        removed: list[int] = []
        wanted: dict[str, Contact] = {}
        for key, contact in latest.items():
            known = before.get(key)
            if contact is None:
                removed += [known.id] if known is not None else []
            elif known is None:
                wanted[key] = contact
            elif (now := updated(known, contact)) != known:
                wanted[key] = now
        stored = list(contact_writing.with_ids(self._connection, wanted.values()))
        is_renewed = contact_writing.apply(self._connection, stored, removed)
        self._connection.executemany(
            "DELETE FROM directory_entry WHERE directory_id = ? AND key = ?",
            [(self._directory_id, key) for key, contact in latest.items() if contact is None],
        )
        self._connection.executemany(
            "INSERT INTO directory_entry (directory_id, key, etag, contact_id) VALUES (?, ?, '', ?)"
            " ON CONFLICT (directory_id, key) DO UPDATE SET contact_id = excluded.contact_id",
            [(self._directory_id, key, contact.id) for key, contact in zip(wanted, stored, strict=True)],
        )
        return len(stored) + len(removed), is_renewed

    def _contacts_of(self, keys: Sequence[str]) -> dict[str, Contact]:
        """Return the contacts entries are here. One that is not this directory's (an id is used again) is not."""
        found: dict[str, Contact] = {}
        for asked in _parts(keys):
            rows = self._connection.execute(
                f"SELECT {contact_rows.COLUMNS}, e.key FROM directory_entry AS e"  # noqa: S608  # marks
                " JOIN contact AS c ON c.id = e.contact_id AND c.directory = e.directory_id"
                f" WHERE e.directory_id = ? AND e.key IN ({', '.join('?' * len(asked))})",
                (self._directory_id, *asked),
            ).fetchall()
            contacts = contact_rows.read(self._connection, rows)
            found.update((row[-1], contact) for row, contact in zip(rows, contacts, strict=True))
        return found


def _removed() -> DirectoryError:
    return DirectoryError("This directory was removed meanwhile.", NextStep.NONE)


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), _ASKED_AT_ONCE):
        yield keys[start : start + _ASKED_AT_ONCE]


def _remember_tags(connection: sqlite3.Connection, directory_id: int, cursor: DirectoryCursor) -> None:
    """Keep the tags that are others than before; an entry that became no contact has one too."""
    rows = connection.execute("SELECT key, etag FROM directory_entry WHERE directory_id = ?", (directory_id,))
    known = dict(rows.fetchall())
    connection.executemany(
        "INSERT INTO directory_entry (directory_id, key, etag) VALUES (?, ?, ?)"
        " ON CONFLICT (directory_id, key) DO UPDATE SET etag = excluded.etag",
        [(directory_id, key, tag) for key, tag in cursor.tags if known.get(key) != tag],
    )


def _free_name(connection: sqlite3.Connection, name: str, directory_id: int) -> str:
    """Return `name` as it is kept. Raises `UserFacingError` where it is empty, or another directory has it."""
    rows = connection.execute("SELECT name FROM directory WHERE id <> ?", (directory_id,)).fetchall()
    return directory_name(name, (row[0] for row in rows))


def _state(row: Any) -> DirectoryState:
    directory = SharedDirectory(
        row["id"], row["name"], DirectoryKind(row["kind"]), row["address"], row["user"], row["region"]
    )
    return DirectoryState(
        directory,
        row["contacts"],
        row["changed"],
        row["skipped"],
        row["updated_at"],
        row["tried_at"],
        row["problem"],
        row["failures"],
        row["not_before"],
    )
