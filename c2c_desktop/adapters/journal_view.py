"""The journal as somebody sees it who only looks: nothing in its folder is written, created or settled.

A look costs two questions to the file system; the calls are read only when the file, or SQLite's log beside it, is
not as it was.
"""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

from c2c_desktop.adapters.call_store import MIGRATIONS, NEWEST, readable_call
from c2c_desktop.adapters.journal_copy import calls_of_copy
from c2c_desktop.domain.call import Call

SURE_SECONDS = 1.0
"""A file written less long ago may have been written again with nothing to see it by: its times are that coarse."""

AGAIN_SECONDS = 2.0
"""How soon a journal that could not be read is tried again, if nothing happens to it."""

_Sight = tuple[tuple[int, int, int, int] | None, ...]


class JournalView:
    """Looks at one journal, whoever writes it. One thread."""

    def __init__(self, path: Path, limit: int) -> None:
        """`limit`: how many of the calls written last are seen."""
        self._path = path
        self._limit = limit
        self._log = path.with_name(f"{path.name}-wal")
        self._shared = path.with_name(f"{path.name}-shm")
        self._seen: _Sight | None = None
        self._again_at = 0.0
        self.trouble = ""
        """Why the last look failed; "" where it did not."""

    def look(self) -> list[Call] | None:
        """Return the calls, the last one written first; None where nothing seems new, or nothing can be read now.

        Raises `StorageError` for a journal of a newer version.
        """
        sight = (_sight(self._path), _sight(self._log))
        now = time.monotonic()
        if sight == self._seen and now < self._again_at:
            return None
        calls = self._read()
        self._seen = sight
        self.trouble = f"{self._path} cannot be read" if calls is None else ""
        self._again_at = now + AGAIN_SECONDS if calls is None else 0.0 if _is_fresh(sight) else float("inf")
        return calls

    def _read(self) -> list[Call] | None:
        import sqlite3  # noqa: PLC0415

        if not self._path.exists():
            return None if self._path.is_symlink() else []
        # Without a log nobody writes the file itself; with one, its readers and writers meet in shared memory.
        shared = "mode=ro&readonly_shm=1" if self._log.exists() and self._shared.exists() else "mode=ro&immutable=1"
        if self._log.exists() and not self._shared.exists():
            return calls_of_copy(self._path, self._limit)
        try:
            with closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?{shared}", uri=True)) as connection:
                connection.row_factory = sqlite3.Row
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                if not version and not connection.execute("SELECT 1 FROM sqlite_master").fetchall():
                    return []
                if version == len(MIGRATIONS):
                    rows = connection.execute(NEWEST, (self._limit,)).fetchall()
                    return [call for call in map(readable_call, rows) if call is not None]
        except sqlite3.OperationalError:
            pass
        except sqlite3.DatabaseError:
            return None
        return calls_of_copy(self._path, self._limit)


def _sight(path: Path) -> tuple[int, int, int, int] | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino, facts.st_mtime_ns, facts.st_size


def _is_fresh(sight: _Sight) -> bool:
    now = time.time()
    return any(file is not None and abs(now - file[2] / 1e9) < SURE_SECONDS for file in sight)
