"""Reading the journal where its folder cannot be written: SQLite needs to write there even to read."""

from __future__ import annotations

import shutil
import tempfile
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
            shutil.copyfile(path, copy)
            log = path.with_name(f"{path.name}-wal")  # the newest calls
            if log.exists():
                shutil.copyfile(log, copy.with_name(log.name))
        except OSError:
            return None
        store = SqliteCallStore(copy)
        try:
            store.settle_abandoned()
            calls = store.recent(limit)
        finally:
            store.close()
        return None if store.set_aside is not None else calls
