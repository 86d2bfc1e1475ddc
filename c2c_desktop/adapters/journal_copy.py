"""Reading the journal where its folder cannot be written: SQLite needs to write there even to read."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.domain.call import Call


def calls_of_copy(path: Path, limit: int) -> list[Call] | None:
    """Return the calls of the journal at `path`, the last one first, from a private copy that is deleted again.

    The file itself is left as it is. None where it cannot be read, or is damaged. Raises `StorageError` for one of a
    newer version.
    """
    with tempfile.TemporaryDirectory(prefix="c2c-journal-") as folder:
        copy = Path(folder) / path.name
        try:
            if not path.exists():
                return [] if path.parent.is_dir() else None
            if not (_is_in_use(path) and _copied_by_sqlite(path, copy)):
                _copy_files(path, copy)
        except OSError:
            return None
        store = SqliteCallStore(copy)
        try:
            store.settle_abandoned()
            calls = store.recent(limit)
        finally:
            store.close()
        return None if store.set_aside is not None else calls


def _is_in_use(path: Path) -> bool:
    """Whether somebody, perhaps this process, has the journal open, or had and came to a bad end."""
    return path.with_name(f"{path.name}-shm").exists()


def _copied_by_sqlite(path: Path, copy: Path) -> bool:
    """Copy by SQLite, where it can read the file. Closing the file itself would give up this process's locks on it."""
    import sqlite3  # noqa: PLC0415

    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as journal,
            closing(sqlite3.connect(copy)) as beside,
        ):
            journal.backup(beside)
    except sqlite3.Error:
        copy.unlink(missing_ok=True)
        return False
    return True


def _copy_files(path: Path, copy: Path) -> None:
    shutil.copyfile(path, copy)
    log = path.with_name(f"{path.name}-wal")  # the newest calls
    if log.exists():
        shutil.copyfile(log, copy.with_name(log.name))
