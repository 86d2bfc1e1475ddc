"""What files said of contacts that were merged into others: so an import knows their cards again.

`merged` tells into whom a contact went, who may have gone on into another; what files said of it stays in
`before_edit`, under the id it had, which is never given again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from c2c_desktop.adapters.contact_json import contact_json
from c2c_desktop.domain.contact import Contact

if TYPE_CHECKING:
    import sqlite3

_UP = """
    WITH RECURSIVE up (id, head) AS (
        SELECT contact_id, into_id FROM merged
        UNION SELECT up.id, m.into_id FROM up JOIN merged AS m ON m.contact_id = up.head
    )
    """
PARTS = f"{_UP} SELECT id, head FROM up WHERE head NOT IN (SELECT contact_id FROM merged)"  # noqa: S608  # fixed parts
"""A query for the ids of all that were merged, each with the id of the contact that stands for it now."""


def parts_of(which: str) -> str:
    """Return a query for the ids of all that were merged into some contacts. `which`: a query for theirs."""
    return f"""
        WITH RECURSIVE down (id) AS (
            SELECT contact_id FROM merged WHERE into_id IN ({which})
            UNION SELECT m.contact_id FROM down JOIN merged AS m ON m.into_id = down.id
        ) SELECT id FROM down
        """  # noqa: S608  # fixed parts


def remember(connection: sqlite3.Connection, contact_id: int, gone: Iterable[Contact]) -> None:
    """Keep what files said of those that go into a contact. In a transaction, as the others."""
    for contact in gone:
        connection.execute("INSERT OR REPLACE INTO merged VALUES (?, ?)", (contact.id, contact_id))
        if contact.import_id:
            connection.execute("INSERT OR IGNORE INTO before_edit VALUES (?, ?)", (contact.id, contact_json(contact)))


def bring_back(connection: sqlite3.Connection, old_id: int, contact_id: int) -> None:
    """Forget that one was merged, and let those merged into it follow it to another id."""
    connection.execute("DELETE FROM merged WHERE contact_id = ?", (old_id,))
    if old_id != contact_id:
        connection.execute("UPDATE merged SET into_id = ? WHERE into_id = ?", (contact_id, old_id))


def forget(connection: sqlite3.Connection, which: str, values: tuple[int, ...] = ()) -> None:
    """Forget what files said of contacts, and of all that were merged into them. `which`: a query for their ids."""
    gone = [row[0] for row in connection.execute(parts_of(which), values)]
    connection.execute(f"DELETE FROM before_edit WHERE contact_id IN ({which})", values)  # noqa: S608  # fixed parts
    for table in ("before_edit", "merged"):
        connection.executemany(f"DELETE FROM {table} WHERE contact_id = ?", [(each,) for each in gone])  # noqa: S608
