"""The journal of calls in SQLite."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Container
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from c2c_desktop.adapters.database import Database
from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.route import Route
from c2c_desktop.services.ports import no_objection

PLACING_SECONDS = 600.0
"""Far longer than any request takes: where the system does not tell when a process began, an older entry is no
call under way, whoever bears its process ID now."""

LOOK_BACK = 100
"""Entries looked through before an intent is stored: more than people and scripts write in two minutes."""

_log = logging.getLogger(__name__)

if TYPE_CHECKING:
    import sqlite3

MIGRATIONS = (
    """
    CREATE TABLE call (
        id TEXT PRIMARY KEY,
        e164 TEXT NOT NULL,
        shown_number TEXT NOT NULL,
        contact_name TEXT NOT NULL,
        source TEXT NOT NULL,
        route TEXT NOT NULL,
        user_id TEXT NOT NULL,
        started_at REAL NOT NULL,
        state TEXT NOT NULL,
        caller_id TEXT NOT NULL,
        extra_params TEXT NOT NULL,
        request_id TEXT NOT NULL,
        code INTEGER,
        message TEXT NOT NULL,
        next_step TEXT NOT NULL,
        connected_at REAL,
        ended_at REAL,
        talk_seconds REAL,
        outcome TEXT,
        owner INTEGER NOT NULL
    );
    CREATE INDEX call_started ON call (started_at)
    """,
    "ALTER TABLE call ADD COLUMN post_dial TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE call ADD COLUMN owner_began INTEGER NOT NULL DEFAULT 0",
    # A table of its own: whoever stores a call, from whatever it knows, leaves its note alone.
    "CREATE TABLE note (call_id TEXT PRIMARY KEY, text TEXT NOT NULL)",
)
"""What makes each version of the file from the one before it."""

_COLUMNS = (
    "id", "e164", "shown_number", "contact_name", "source", "route", "user_id", "started_at", "state",
    "caller_id", "extra_params", "request_id", "code", "message", "next_step", "connected_at", "ended_at",
    "talk_seconds", "outcome", "post_dial", "owner", "owner_began",
)  # fmt: skip
NEWEST = (
    "SELECT call.*, note.text AS note FROM call LEFT JOIN note ON note.call_id = call.id"
    " ORDER BY call.rowid DESC LIMIT ?"
)
"""Asks for so many rows that `readable_call` reads, the one written last first."""
_UPSERT = (
    f"INSERT INTO call ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608  # constants
    f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in _COLUMNS[1:-2])}"
)


class SqliteCallStore:
    """Implements the `CallStore` port on one file. Any thread."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, MIGRATIONS)
        self._begun: set[str] = set()

    @property
    def set_aside(self) -> Path | None:
        """Where a damaged journal was moved, if one was found."""
        return self._database.set_aside

    def begin(
        self, call: Call, known: Container[str] = (), objection: Callable[[list[Call]], str] = no_objection
    ) -> str:
        """Insert the intent, unless `objection` speaks against it; on return it is synced.

        No other process writes between the question and the answer.
        """
        with self._database.transaction() as connection:
            rows = connection.execute(NEWEST, (LOOK_BACK,)).fetchall()
            unknown = [row for row in rows if row["id"] != call.id and row["id"] not in known]
            words = objection([read for read in map(readable_call, unknown) if read is not None])
            if not words:
                self._begun.add(call.id)
                connection.execute(_UPSERT, _values(call))
        return words

    def save(self, call: Call) -> None:
        """Insert or update, but for the note."""
        with self._database.transaction() as connection:
            connection.execute(_UPSERT, _values(call))

    def set_note(self, call_id: str, text: str) -> None:
        """Replace the note of a call, whoever placed it and whether it is stored yet or not; "" removes it."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM note WHERE call_id = ?", (call_id,))
            if text:
                connection.execute("INSERT INTO note (call_id, text) VALUES (?, ?)", (call_id, text))

    def recent(self, limit: int) -> list[Call]:
        """Return the calls written last, the last one first: whatever the clock was set to meanwhile."""
        rows = self._database.read(NEWEST, (limit,))
        return [call for call in map(readable_call, rows) if call is not None]

    def settle_abandoned(self) -> int:
        """Turn PLACING entries whose process no longer runs into UNCERTAIN."""
        rows = self._database.read(
            "SELECT id, owner, owner_began, started_at FROM call WHERE state = ?", (CallState.PLACING.value,)
        )
        abandoned = [row["id"] for row in rows if row["id"] not in self._begun and not _is_under_way(row)]
        if abandoned:
            with self._database.transaction() as connection:
                for call_id in abandoned:
                    connection.execute(
                        "UPDATE call SET state = ?, message = ? WHERE id = ? AND state = ?",
                        (
                            CallState.UNCERTAIN.value,
                            "The program stopped while this call was being placed",
                            call_id,
                            CallState.PLACING.value,
                        ),
                    )
        return len(abandoned)

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _is_under_way(row: sqlite3.Row) -> bool:
    """Whether the process that began the call of `row` still runs."""
    process_id, began = int(row["owner"]), int(row["owner_began"])
    if not _is_running(process_id):
        return False
    if began and (now := _beginning(process_id)):
        return began == now  # else the ID went to another process
    return bool(row["started_at"] > time.time() - PLACING_SECONDS)


def _is_running(process_id: int) -> bool:
    if process_id == os.getpid():
        return False  # what this process began is known; this one is of an earlier one with the same ID
    if os.name != "posix":
        return False
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _beginning(process_id: int) -> int:
    """When a process began, in the system's ticks since it was started; 0 where the system does not tell."""
    try:
        facts = Path(f"/proc/{process_id}/stat").read_bytes()
    except OSError:
        return 0
    return int(facts.rpartition(b")")[2].split()[19])


@cache
def _own_beginning(process_id: int) -> int:
    """The same of this process, which does not change. `process_id`: its own, another one in a fork."""
    return _beginning(process_id)


def _values(call: Call) -> tuple[object, ...]:
    return (
        call.id,
        call.e164,
        call.shown_number,
        call.contact_name,
        call.source.value,
        call.route.value,
        call.user_id,
        call.started_at,
        call.state.value,
        call.caller_id,
        json.dumps(call.extra_params),
        call.request_id,
        call.code,
        call.message,
        call.next_step.value,
        call.connected_at,
        call.ended_at,
        call.talk_seconds,
        call.outcome.value if call.outcome else None,
        call.post_dial,
        os.getpid(),
        _own_beginning(os.getpid()),
    )


def readable_call(row: sqlite3.Row) -> Call | None:
    """Return the call of a row; None for one that no version of this program wrote."""
    try:
        return _call(row)
    except (ValueError, TypeError) as error:
        _log.warning("an entry of the journal cannot be read: %s", error)
        return None


def _call(row: sqlite3.Row) -> Call:
    return Call(
        id=row["id"],
        e164=row["e164"],
        shown_number=row["shown_number"],
        contact_name=row["contact_name"],
        source=Source(row["source"]),
        route=Route(row["route"]),
        user_id=row["user_id"],
        started_at=row["started_at"],
        state=CallState(row["state"]),
        caller_id=row["caller_id"],
        extra_params=dict(json.loads(row["extra_params"])),
        request_id=row["request_id"],
        code=row["code"],
        message=row["message"],
        next_step=NextStep(row["next_step"]),
        connected_at=row["connected_at"],
        ended_at=row["ended_at"],
        talk_seconds=row["talk_seconds"],
        outcome=CallState(row["outcome"]) if row["outcome"] else None,
        post_dial=row["post_dial"],
        note=row["note"] or "",
    )
