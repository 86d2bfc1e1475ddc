"""Taking the last import back, in the transaction it is called in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from c2c_desktop.adapters.contact_json import contact_json, contact_of
from c2c_desktop.adapters.contact_writing import is_many, remove, replace_all, replace_one, stored
from c2c_desktop.adapters.merged_contacts import PARTS, forget, parts_of
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_import import LastImport

if TYPE_CHECKING:
    import sqlite3

_AT_ONCE = 500
_ADDED = """
    SELECT c.id FROM contact AS c, import_run AS i WHERE c.import_id = i.id
    AND c.id NOT IN (SELECT contact_id FROM touched)
    """
_MERGED_INTO_ADDED = f"""
    SELECT p.head, i.id, b.fields FROM ({PARTS}) AS p CROSS JOIN contact AS c ON c.id = p.head
        JOIN import_run AS i ON i.id = c.import_id LEFT JOIN before_edit AS b ON b.contact_id = p.id
    """  # noqa: S608  # fixed parts, here and below
_MERGED_INTO_CHANGED = f"""
    SELECT p.head FROM ({PARTS}) AS p CROSS JOIN before_import AS b ON b.contact_id = p.head
        JOIN contact AS c ON c.id = p.head
    WHERE p.id NOT IN (SELECT contact_id FROM before_said) OR p.id IN (SELECT contact_id FROM before_import)
    """  # noqa: S608
"""Those that somebody went into since the import: of all who had by then, something is in `before_said`."""


def last_import(connection: sqlite3.Connection) -> LastImport | None:
    """Return which import can be taken back; None where there is none."""
    row = connection.execute("SELECT id, name, at, added, changed FROM import_run").fetchone()
    return LastImport(*row) if row is not None else None


def undo_last(connection: sqlite3.Connection) -> tuple[int, int] | None:
    """Take the last import back; return how many contacts are as before it, and how many a person changed since.

    Those stay as they are, and one that was deleted since stays so. None where there is no import to take back.
    """
    if last_import(connection) is None:
        return None
    connection.execute("CREATE TEMP TABLE touched (contact_id INTEGER PRIMARY KEY)")
    connection.execute("CREATE TEMP TABLE undone (contact_id INTEGER PRIMARY KEY, fields TEXT NOT NULL)")
    _find_touched(connection)
    (touched,) = connection.execute("SELECT count(*) FROM touched").fetchone()
    (added,) = connection.execute(f"SELECT count(*) FROM ({_ADDED})").fetchone()  # noqa: S608  # fixed parts
    (changed,) = connection.execute("SELECT count(*) FROM undone").fetchone()
    forget(connection, _ADDED)
    _say_as_before(connection)
    if is_many(connection, added + changed):
        replace_all(connection, _before(connection), gone=_ADDED)
    else:
        for (contact_id,) in connection.execute(_ADDED).fetchall():
            remove(connection, contact_id)
        for contact in _before(connection):
            replace_one(connection, contact)
    for table in ("before_import", "before_said", "import_run"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608  # fixed parts
    return added + changed, touched


def _find_touched(connection: sqlite3.Connection) -> None:
    """Tell whom a person changed since the import, and whose state before it can come back."""
    edited = connection.execute(
        "SELECT b.contact_id, b.fields FROM before_edit AS b JOIN contact AS c ON c.id = b.contact_id"
        " JOIN import_run AS i ON i.id = c.import_id"
    )
    while chunk := edited.fetchmany(_AT_ONCE):
        now = ((contact_id, stored(connection, contact_id), fields) for contact_id, fields in chunk)
        touched = [(contact_id,) for contact_id, contact, said in now if contact and contact_json(contact) != said]
        connection.executemany("INSERT OR IGNORE INTO touched VALUES (?)", touched)
    _find_merged(connection)
    changed = connection.execute(
        "SELECT contact_id, fields, after FROM before_import WHERE contact_id NOT IN (SELECT contact_id FROM touched)"
    )
    while chunk := changed.fetchmany(_AT_ONCE):
        for contact_id, before, after in chunk:
            contact = stored(connection, contact_id)
            if contact is not None and contact_json(contact) == after:
                connection.execute("INSERT INTO undone VALUES (?, ?)", (contact_id, before))
            elif contact is not None:
                connection.execute("INSERT OR IGNORE INTO touched VALUES (?)", (contact_id,))


def _find_merged(connection: sqlite3.Connection) -> None:
    """Tell into whom a person merged others, who would be lost: also where that changed nothing of who was left.

    What the import added goes with it, and those of its own that were merged into that.
    """
    merged = connection.execute(_MERGED_INTO_ADDED).fetchall()
    strangers = [(head,) for head, run, said in merged if said is None or contact_of(said).import_id != run]
    connection.executemany("INSERT OR IGNORE INTO touched VALUES (?)", strangers)
    connection.execute(f"INSERT OR IGNORE INTO touched {_MERGED_INTO_CHANGED}")


def _say_as_before(connection: sqlite3.Connection) -> None:
    """Let files have said of the contacts that come back, and of all merged into them, what they had before."""
    undone = "SELECT contact_id FROM undone"
    theirs = f"{undone} UNION SELECT id FROM ({parts_of(undone)})"  # noqa: S608  # fixed parts
    connection.execute(f"DELETE FROM before_edit WHERE contact_id IN ({theirs})")  # noqa: S608  # fixed parts
    connection.execute(
        f"INSERT INTO before_edit SELECT * FROM before_said WHERE contact_id IN ({theirs}) AND fields <> ''"  # noqa: S608
    )


def _before(connection: sqlite3.Connection) -> Iterator[Contact]:
    rows = connection.execute("SELECT contact_id, fields FROM undone")
    while chunk := rows.fetchmany(_AT_ONCE):
        yield from (contact_of(fields, contact_id) for contact_id, fields in chunk)
