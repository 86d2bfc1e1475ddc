"""Looks through the contact list for those who share something, a little of it in memory at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from c2c_desktop.adapters import contact_rows
from c2c_desktop.adapters.database import Database, InterruptedReadError
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_merge import group_of
from c2c_desktop.domain.duplicates import MOST_HOLDERS, FoundDuplicates, Grouping, Reason, in_order, pairs_of

if TYPE_CHECKING:
    import sqlite3

_ASKED_AT_ONCE = 500
_ROWS_PER_HOLDER = 4
"""Rows of a value for each contact that is looked at: one can have it twice, shared directories have it too."""

# Each walks along an index, but for the last, which SQLite sorts on the disk: an index of its own would cost every
# contact that is saved, for a question somebody asks once a month.
_SHARED = {
    Reason.UID: "SELECT group_concat(id) FROM contact WHERE uid <> '' GROUP BY uid HAVING min(id) < max(id)",
    Reason.EMAIL: (
        "SELECT group_concat(contact_id) FROM email GROUP BY address HAVING min(contact_id) < max(contact_id)"
    ),
    Reason.NUMBER: (
        "SELECT group_concat(contact_id) FROM phone WHERE e164 <> ''"
        " GROUP BY e164 HAVING min(contact_id) < max(contact_id)"
    ),
    Reason.COMPANY: (
        "SELECT group_concat(id) FROM contact WHERE name_key <> '' AND company_key <> '' AND NOT directory"
        " GROUP BY name_key, company_key HAVING count(*) > 1"
    ),
}


class DuplicateSearch:
    """Implements the `DuplicateSearch` port on the contact list's file. Any thread, one search at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._searching: sqlite3.Connection | None = None
        self._stopped = False

    def find(self, most: int) -> FoundDuplicates | None:
        """Walk along what contacts share, on one state of the list."""
        try:
            with self._database.reading() as connection, self._interruptible(connection):
                return self._find(connection, most)
        except InterruptedReadError:
            return None

    def interrupt(self) -> None:
        """Stop a `find` that is under way."""
        with self._lock:
            if self._searching is not None:
                self._stopped = True
                self._searching.interrupt()

    def keep_apart(self, ids: Sequence[int]) -> None:
        """Remember every two of them."""
        with self._database.transaction() as connection:
            connection.executemany("INSERT OR IGNORE INTO apart (first, second) VALUES (?, ?)", pairs_of(ids))

    def propose_again(self, ids: Sequence[int]) -> None:
        """Forget it."""
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM apart WHERE first = ? AND second = ?", pairs_of(ids))

    def _find(self, connection: sqlite3.Connection, most: int) -> FoundDuplicates:
        grouping = Grouping(frozenset(contact_rows.tuples(connection, "SELECT first, second FROM apart")))
        for reason, statement in _SHARED.items():
            for sharing in self._sharing(connection, f"{statement} AND count(*) <= {MOST_HOLDERS * _ROWS_PER_HOLDER}"):
                self._go_on()
                grouping.take(reason, sharing)
                if grouping.count > most:
                    break
        found = []
        for ids in _batches(grouping.groups()[:most]):
            self._go_on()
            contacts = contact_rows.by_id(connection, [contact_id for each in ids for contact_id in each])
            found += [group for each in ids if (group := group_of([contacts[contact_id] for contact_id in each]))]
        return FoundDuplicates(in_order(found), is_all=grouping.count <= most)

    def _sharing(self, connection: sqlite3.Connection, statement: str) -> Iterator[list[Contact]]:
        """Return, for each value that several own contacts have, who they are."""
        told = (tuple(sorted(set(map(int, ids.split(","))))) for (ids,) in contact_rows.tuples(connection, statement))
        for batch in _batches(told):
            self._go_on()
            own = contact_rows.by_id(connection, [contact_id for ids in batch for contact_id in ids])
            for ids in batch:
                yield [own[contact_id] for contact_id in ids if contact_id in own and not own[contact_id].directory]

    def _go_on(self) -> None:
        if self._stopped:
            raise InterruptedReadError

    @contextmanager
    def _interruptible(self, connection: sqlite3.Connection) -> Iterator[None]:
        with self._lock:
            self._searching, self._stopped = connection, False
        try:
            yield
        finally:
            with self._lock:
                self._searching = None


def read_ids(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Contact]:
    """Return who is there of `ids`, of the own list, the oldest first."""
    contacts = contact_rows.by_id(connection, ids)
    return [contacts[contact_id] for contact_id in sorted(contacts) if not contacts[contact_id].directory]


def follow(connection: sqlite3.Connection, contact_id: int, gone: Sequence[int]) -> None:
    """Let a contact be kept apart from whom those were kept apart from whom it stands for now. In a transaction."""
    for old in gone:
        rows = connection.execute(
            "SELECT second FROM apart WHERE first = ?1 UNION SELECT first FROM apart WHERE second = ?1", (old,)
        ).fetchall()
        pairs = [pair for (other,) in rows if other not in gone for pair in pairs_of((contact_id, other))]
        connection.executemany("INSERT OR IGNORE INTO apart (first, second) VALUES (?, ?)", pairs)


def _batches(groups: Iterator[tuple[int, ...]] | Sequence[tuple[int, ...]]) -> Iterator[list[tuple[int, ...]]]:
    """Return some groups at a time, whose contacts are read at once."""
    batch: list[tuple[int, ...]] = []
    size = 0
    for ids in groups:
        batch.append(ids)
        size += len(ids)
        if size >= _ASKED_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
