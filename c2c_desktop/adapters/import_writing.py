"""Taking a staged file into the contact list, in the transaction it is called in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby, islice
from typing import TYPE_CHECKING

from c2c_desktop.adapters import contact_rows
from c2c_desktop.adapters.contact_json import contact_json, contact_of
from c2c_desktop.adapters.contact_writing import is_many, replace_all, replace_one
from c2c_desktop.adapters.import_matches import find_targets
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.import_merge import Said, Verdict, outcome_of
from c2c_desktop.domain.import_of_merged import outcome_of_merged

if TYPE_CHECKING:
    import sqlite3

_AT_ONCE = 500
_INDEXING = 0.6
"""Share of the time that indexing everybody anew takes."""

_FOUND = 0.1
"""Share after which it is known who is known."""

_PLANNED = 0.2

_KNOWN = """
    SELECT t.contact_id, t.is_same_card, s.rows, s.fields FROM target AS t CROSS JOIN said AS s ON s.id = t.id
    ORDER BY t.contact_id, t.id
    """
_NEW = "FROM said WHERE id NOT IN (SELECT id FROM target)"


class ImportWriting:
    """One import, on the connection its file is staged on."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        told: Callable[[float], None],
        name: str,
        now: float,
        *,
        is_file_right: bool,
    ) -> None:
        """`told` hears which part is done, from 0 to 1. `name`: the file's, as it is shown; `now`: UTC seconds."""
        self._connection = connection
        self._told = told
        self._name, self._now = name, now
        self._is_file_right = is_file_right
        self.rows: Counter[Verdict] = Counter()
        """Of the file, by what became of them."""
        self.import_id = 0
        """What it can be undone by, once it is written."""
        self._added = self._changed = 0

    def plan(self) -> None:
        """Find out what is to be done; nothing of the list is changed."""
        find_targets(self._connection)
        self._told(_FOUND)
        self._connection.execute(
            "CREATE TEMP TABLE change (contact_id INTEGER PRIMARY KEY, fields TEXT NOT NULL, before TEXT NOT NULL)"
        )
        self._connection.execute("CREATE TEMP TABLE saying (contact_id INTEGER PRIMARY KEY, fields TEXT)")
        known = self._connection.execute(_KNOWN)
        groups = groupby(known, key=lambda row: row[0])
        while chunk := [(contact_id, list(rows)) for contact_id, rows in islice(groups, _AT_ONCE)]:
            self._plan_known(chunk)
        self._added, rows = self._connection.execute(f"SELECT count(*), coalesce(sum(rows), 0) {_NEW}").fetchone()
        self.rows[Verdict.ADDED] += self._added
        self.rows[Verdict.MERGED] += rows - self._added
        self._told(_PLANNED)

    @property
    def is_nothing(self) -> bool:
        """Whether the list is as it would be."""
        anything = "SELECT 1 FROM change UNION ALL SELECT 1 FROM saying LIMIT 1"
        return not self._added and not self._connection.execute(anything).fetchone()

    def write(self) -> None:
        """Do what was planned."""
        if self._added or self._changed:
            self.import_id = self._begin_run()
            self._write_contacts(self.import_id)
        self._connection.execute("DELETE FROM before_edit WHERE contact_id IN (SELECT contact_id FROM saying)")
        self._connection.execute("INSERT INTO before_edit SELECT * FROM saying WHERE fields IS NOT NULL")
        self._told(1.0)

    def _write_contacts(self, import_id: int) -> None:
        self._connection.execute("INSERT INTO before_import SELECT contact_id, before, fields FROM change")
        self._connection.execute(
            "INSERT INTO before_said SELECT * FROM before_edit WHERE contact_id IN (SELECT contact_id FROM change)"
        )
        # Of those merged already files may have said nothing: an undo must know that they were merged by now.
        self._connection.execute(
            "INSERT OR IGNORE INTO before_said SELECT p.id, ifnull(b.fields, '') FROM part AS p"
            " JOIN change AS c ON c.contact_id = p.head LEFT JOIN before_edit AS b ON b.contact_id = p.id"
        )
        contacts = self._contacts(import_id)
        total = self._added + self._changed
        if is_many(self._connection, total):
            (there,) = self._connection.execute("SELECT count(*) FROM contact").fetchone()
            part = (1 - _PLANNED) * _INDEXING / max(there + self._added, 1)
            replace_all(
                self._connection,
                self._counted(contacts, (1 - _PLANNED) * (1 - _INDEXING) / max(total, 1)),
                told=lambda done: self._told(1 - (1 - _PLANNED) * _INDEXING + part * done),
            )
        else:
            for contact in self._counted(contacts, (1 - _PLANNED) / max(total, 1)):
                replace_one(self._connection, contact)

    def _plan_known(self, chunk: list[tuple[int, list[sqlite3.Row]]]) -> None:
        ids = [contact_id for contact_id, _ in chunk]
        own = contact_rows.by_id(self._connection, ids)
        said_before = self._said_before(ids)
        parts = self._parts_of(ids)
        changes: list[tuple[int, str, str]] = []
        sayings: list[tuple[int, str | None]] = []
        for contact_id, rows in chunk:
            contact, before = own[contact_id], said_before.get(contact_id)
            saids = [Said(contact_of(row[3]), bool(row[1])) for row in rows]
            if contact_id in parts:
                outcome, news = outcome_of_merged(
                    contact, before, parts[contact_id], saids, is_file_right=self._is_file_right
                )
                sayings += [(part, contact_json(said)) for part, said in news.items()]
            else:
                outcome = outcome_of(contact, before, saids, is_file_right=self._is_file_right)
            self.rows[outcome.verdict] += sum(row[2] for row in rows)
            if outcome.contact != contact:
                changes.append((contact_id, contact_json(outcome.contact), contact_json(contact)))
            if outcome.said != before:
                sayings.append((contact_id, contact_json(outcome.said) if outcome.said else None))
        self._changed += len(changes)
        self._connection.executemany("INSERT INTO change VALUES (?, ?, ?)", changes)
        self._connection.executemany("INSERT INTO saying VALUES (?, ?)", sayings)

    def _said_before(self, ids: list[int]) -> dict[int, Contact]:
        rows = self._connection.execute(
            f"SELECT contact_id, fields FROM before_edit WHERE contact_id IN ({', '.join('?' * len(ids))})",  # noqa: S608  # marks
            ids,
        )
        return {contact_id: contact_of(fields) for contact_id, fields in rows}

    def _parts_of(self, ids: list[int]) -> dict[int, dict[int, Contact]]:
        """Return what files said of those that were merged, by whom they were merged into and their own ids."""
        parts: dict[int, dict[int, Contact]] = {}
        for head, part, fields in self._connection.execute(
            "SELECT p.head, p.id, b.fields FROM part AS p CROSS JOIN before_edit AS b ON b.contact_id = p.id"  # noqa: S608  # marks
            f" WHERE p.head IN ({', '.join('?' * len(ids))}) ORDER BY p.id",
            ids,
        ):
            parts.setdefault(head, {})[part] = contact_of(fields, part)
        return parts

    def _begin_run(self) -> int:
        """Make this the last import, which can be undone; return its id, which none ever had."""
        (import_id,) = self._connection.execute(
            "SELECT 1 + max((SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'import_run'), 0)),"
            " (SELECT coalesce(max(import_id), 0) FROM contact WHERE import_id))"
        ).fetchone()
        for table in ("before_import", "before_said", "import_run"):
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608  # fixed parts
        run = (import_id, self._name, self._now, self._added, self._changed)
        self._connection.execute("INSERT INTO import_run VALUES (?, ?, ?, ?, ?)", run)
        return int(import_id)

    def _contacts(self, import_id: int) -> Iterator[Contact]:
        """Yield all that are stored, with their ids."""
        changed = self._connection.execute("SELECT contact_id, fields FROM change")
        while chunk := changed.fetchmany(_AT_ONCE):
            yield from (contact_of(fields, contact_id) for contact_id, fields in chunk)
        (last,) = self._connection.execute(
            "SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'contact'), 0)"
        ).fetchone()
        self._connection.execute("DELETE FROM before_edit WHERE contact_id > ?", (last,))
        added = self._connection.execute(f"SELECT fields {_NEW} ORDER BY id")  # fixed parts
        while chunk := added.fetchmany(_AT_ONCE):
            for (fields,) in chunk:
                last += 1
                yield replace(contact_of(fields, last), import_id=import_id)

    def _counted(self, contacts: Iterator[Contact], part: float) -> Iterator[Contact]:
        for done, contact in enumerate(contacts, start=1):
            yield contact
            if done % _AT_ONCE == 0:
                self._told(_PLANNED + part * done)
