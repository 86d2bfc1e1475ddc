"""The versions of our SQLite files: each is brought to the newest one, and has what that one has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from c2c_desktop.domain.errors import StorageError

if TYPE_CHECKING:
    import sqlite3

    Migration = str | Callable[[sqlite3.Connection], None]
    """Statements, or what works on a connection that is in a transaction."""


def migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    """Bring the file at `path` to the newest version, in one transaction; one with something in it is copied first.

    Raises `StorageError` for one that is newer than this program, `sqlite3.DatabaseError` for one that has no version.
    """
    import sqlite3  # noqa: PLC0415

    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version < 0:
        raise sqlite3.DatabaseError("that is no version")
    if version > len(migrations):
        raise StorageError(
            "This data is from a newer version",
            f"{path.name} was written by a newer C2C Desktop. Update the program.",
        )
    if version == len(migrations):
        return
    if version:
        backup = path.with_name(f"{path.name}.before-{len(migrations)}")
        backup.touch(0o600)
        with closing(sqlite3.connect(backup)) as copy:
            connection.backup(copy)
    connection.execute("BEGIN IMMEDIATE")
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    for number, migration in enumerate(migrations[version:], start=version + 1):
        _run(connection, migration)
        connection.execute(f"PRAGMA user_version={number}")
    connection.execute("COMMIT")


def check_columns(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    """Compare with what the migrations make. Raises `sqlite3.DatabaseError` where a column is missing."""
    import sqlite3  # noqa: PLC0415

    with closing(sqlite3.connect(":memory:")) as model:
        model.isolation_level = None
        for migration in migrations:
            _run(model, migration)
        missing = _columns(model) - _columns(connection)
    if missing:
        raise sqlite3.DatabaseError(f"there is no {min(missing)}")


def _run(connection: sqlite3.Connection, migration: Migration) -> None:
    if not isinstance(migration, str):
        migration(connection)
        return
    for statement in migration.split(";"):
        if statement.strip():
            connection.execute(statement)


def _columns(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute(
        "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table'"
    )
    return {f"{table}.{column}" for table, column in rows}
