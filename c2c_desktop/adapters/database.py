"""Opening our SQLite files: private, durable, migrated one version at a time.

sqlite3 is imported inside the functions: the first paint does not wait for it.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from c2c_desktop.adapters.damaged_file import set_aside
from c2c_desktop.adapters.database_versions import check_columns, migrate
from c2c_desktop.adapters.held_connection import HeldConnection
from c2c_desktop.adapters.storage_words import storage_error
from c2c_desktop.domain.errors import StorageError

if TYPE_CHECKING:
    import sqlite3

    from c2c_desktop.adapters.database_versions import Migration

BUSY_SECONDS = 5.0
_AGAIN_SECONDS = 0.01

CHECKED_BYTES = 32 << 20
"""Up to this size every page is looked at when a file is opened; a larger one would be waited for, and is looked at
when reading it once failed."""


class InterruptedReadError(Exception):
    """`interrupt` stopped a read."""


class Database:
    """One file, a connection per thread. Callable from any thread; every failure is a `StorageError`."""

    def __init__(self, path: Path, migrations: Sequence[Migration]) -> None:
        self._path = path
        self._migrations = migrations
        self._local = threading.local()
        self._opened: list[HeldConnection] = []
        self._lock = threading.Lock()
        self._checked = False
        self._ahead: int | None = None
        """The file, open for `read_ahead` until the process ends: closing it gives up the locks of every connection."""
        self.set_aside: Path | None = None
        """Where a damaged file was moved, if one was found."""

    @contextmanager
    def transaction(self, patience: float = BUSY_SECONDS) -> Iterator[sqlite3.Connection]:
        """Commit what happens inside, synced to the disk, or nothing of it.

        `patience`: seconds after which it is a `BusyStorageError` that somebody else writes.
        """
        with self._translated(), self._using() as connection:
            connection.execute(f"PRAGMA busy_timeout={patience * 1000:.0f}")
            try:
                yield from _all_or_nothing(connection, "BEGIN IMMEDIATE")
            finally:
                connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000:.0f}")

    @contextmanager
    def beside(self) -> Iterator[sqlite3.Connection]:
        """Let temporary tables of this thread be filled: nobody else sees them or waits, and `close` drops them."""
        with self._translated(), self._using() as connection:
            yield from _all_or_nothing(connection, "BEGIN")

    @contextmanager
    def reading(self, cache_kib: int | None = None) -> Iterator[sqlite3.Connection]:
        """Let several reads see one and the same state. Raises `InterruptedReadError` where somebody interrupts.

        `cache_kib`: memory in which this thread keeps pages from now on, where SQLite's 2 MB are too few.
        """
        with self._translated(), self._using() as connection:
            if cache_kib is not None:
                connection.execute(f"PRAGMA cache_size=-{cache_kib}")
            yield from _in_one_state(connection)

    @contextmanager
    def reading_apart(self) -> Iterator[sqlite3.Connection]:
        """As `reading`, on a connection of its own that is closed at the end: for what takes long. Any thread."""
        with self._translated():
            with self._lock:
                connection = self._open()
            with closing(connection):
                yield from _in_one_state(connection)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        import sqlite3  # noqa: PLC0415

        try:
            yield
        except (sqlite3.Error, OSError) as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
                raise InterruptedReadError from error
            raise self._failed(error) from error

    def read(self, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """Return the rows of a query."""
        import sqlite3  # noqa: PLC0415

        try:
            with self._using() as connection:
                return connection.execute(sql, values).fetchall()
        except (sqlite3.Error, OSError) as error:
            raise self._failed(error) from error

    def read_ahead(self) -> None:
        """Ask the system to read the file into its own memory; returns before it has. Linux; elsewhere nothing."""
        if not hasattr(os, "posix_fadvise"):
            return
        with suppress(OSError), self._lock:
            if self._ahead is None:
                self._ahead = os.open(self._path, os.O_RDONLY)
            os.posix_fadvise(self._ahead, 0, 0, os.POSIX_FADV_WILLNEED)

    def close(self) -> None:
        """Close the connections of all threads; one that works goes on, and closes its own then."""
        with self._lock:
            opened, self._opened = self._opened, []
        self._local = threading.local()
        for held in opened:
            held.close()

    def renew(self) -> None:
        """Let the calling thread go on with a new connection: one that indexed everybody stays slow."""
        held: HeldConnection | None = getattr(self._local, "held", None)
        if held is not None:
            with self._lock, suppress(ValueError):  # closed meanwhile
                self._opened.remove(held)
            held.close()
            self._local.held = None

    def _failed(self, error: Exception) -> StorageError:
        """Translate `error`; after damage the whole file is looked at when the program starts again."""
        import sqlite3  # noqa: PLC0415

        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT:
            with suppress(OSError):
                _make_private(self._doubt)
        return storage_error(error, self._path)

    @property
    def _doubt(self) -> Path:
        """An empty file beside ours: some page of it could not be read."""
        return self._path.with_name(f"{self._path.name}-doubt")

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        """Keep the connection of this thread open meanwhile."""
        held = self._held()
        while not held.take():
            held = self._held()
        try:
            yield held.connection
        finally:
            held.give_back()

    def _held(self) -> HeldConnection:
        """Return the connection of this thread."""
        local = self._local
        held: HeldConnection | None = getattr(local, "held", None)
        if held is None:
            with self._lock:
                held = HeldConnection(self._open())
                self._opened.append(held)
            local.held = held
        return held

    def _open(self) -> sqlite3.Connection:
        import sqlite3  # noqa: PLC0415

        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._path.is_dir():
            self._set_aside()
        _make_private(self._path)
        try:
            return self._connect()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            self._set_aside()
            _make_private(self._path)
            return self._connect()

    def _set_aside(self) -> None:
        """Move the file away, with the log that holds its newest entries."""
        self.set_aside = set_aside(self._path)
        log = self._path.with_name(f"{self._path.name}-wal")
        if log.exists():
            log.rename(self.set_aside.with_name(f"{self.set_aside.name}-wal"))
        self._path.with_name(f"{self._path.name}-shm").unlink(missing_ok=True)

    def _connect(self) -> sqlite3.Connection:
        import sqlite3  # noqa: PLC0415

        connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            connection.row_factory = sqlite3.Row
            _write_ahead(connection)
            connection.execute("PRAGMA synchronous=FULL")
            if not self._checked:
                self._check(connection)
            migrate(connection, self._path, self._migrations)
            if not self._checked:
                check_columns(connection, self._migrations)
                self._checked = True
        except BaseException:
            connection.close()
            raise
        return connection

    def _check(self, connection: sqlite3.Connection) -> None:
        """Look at every page once a run, of a large file where there is doubt. Raises `sqlite3.DatabaseError`."""
        import sqlite3  # noqa: PLC0415

        if self._path.stat().st_size > CHECKED_BYTES and not self._doubt.exists():
            return
        self._doubt.unlink(missing_ok=True)
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)


def _all_or_nothing(connection: sqlite3.Connection, begin: str) -> Iterator[sqlite3.Connection]:
    connection.execute(begin)
    try:
        yield connection
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _in_one_state(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    connection.execute("BEGIN")
    try:
        yield connection
    finally:
        connection.rollback()


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Use the log. Where others turn to it in the same moment SQLite itself does not wait for them."""
    import sqlite3  # noqa: PLC0415

    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_AGAIN_SECONDS)
        else:
            return


def _make_private(path: Path) -> None:
    """Create an empty file only its owner can read, where there is none."""
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
