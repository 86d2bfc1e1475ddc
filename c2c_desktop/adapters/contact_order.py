"""The alphabet of the contact list: each contact's place is a number, with gaps for those who come between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from c2c_desktop.adapters import contact_index
from c2c_desktop.adapters.contact_index import GAP

if TYPE_CHECKING:
    import sqlite3

_WINDOW = 32
_ROOM = 8
"""The least between neighbours after they moved apart."""


def place_for(connection: sqlite3.Connection, sort_key: str, contact_id: int) -> int:
    """Return a free place for a contact that is not stored yet; neighbours move where there is none. In a transaction.

    Takes as many steps as the number of contacts has binary digits.
    """
    while True:
        before = _last_before(connection, sort_key, contact_id)
        after = _first_place(connection, before)
        if after is None:
            return before + GAP
        if after - before > 1:
            return (before + after) // 2
        _move_apart(connection, before)


def _last_before(connection: sqlite3.Connection, sort_key: str, contact_id: int) -> int:
    """Return the place of the last contact that sorts before; 0 where there is none."""
    low, high = 0, connection.execute("SELECT coalesce(max(ord), 0) FROM contact").fetchone()[0]
    while low < high:
        middle = (low + high) // 2
        place, row_id, *keys = connection.execute(
            "SELECT ord, id, name_key, company_key, plain_key FROM contact WHERE ord > ? ORDER BY ord LIMIT 1",
            (middle,),
        ).fetchone()
        if (next(filter(None, keys), ""), row_id) < (sort_key, contact_id):
            low = place
        else:
            high = middle
    return int(low)


def _first_place(connection: sqlite3.Connection, before: int) -> int | None:
    row = connection.execute("SELECT ord FROM contact WHERE ord > ? ORDER BY ord LIMIT 1", (before,)).fetchone()
    return None if row is None else int(row[0])


def _move_apart(connection: sqlite3.Connection, around: int) -> None:
    """Spread the contacts around a place evenly, as many as it takes to have room between all of them."""
    size = _WINDOW
    while True:
        rows = connection.execute(
            "SELECT ord, id FROM (SELECT ord, id FROM contact WHERE ord <= ?1 ORDER BY ord DESC LIMIT ?2)"
            " UNION ALL SELECT ord, id FROM (SELECT ord, id FROM contact WHERE ord > ?1 ORDER BY ord LIMIT ?2)"
            " ORDER BY ord",
            (around, size),
        ).fetchall()
        first, last = rows[0][0], rows[-1][0]
        floor = connection.execute("SELECT coalesce(max(ord), 0) FROM contact WHERE ord < ?", (first,)).fetchone()[0]
        ceiling = _first_place(connection, last)
        if ceiling is None:
            ceiling = max(last, floor + len(rows) * GAP) + GAP
        step = (ceiling - floor) // (len(rows) + 1)
        if step >= _ROOM:
            break
        size *= 2
    for _, contact_id in rows:
        contact_index.remove(connection, contact_id)
        connection.execute("UPDATE contact SET ord = -id WHERE id = ?", (contact_id,))
    for number, (_, contact_id) in enumerate(rows, start=1):
        connection.execute("UPDATE contact SET ord = ? WHERE id = ?", (floor + number * step, contact_id))
        contact_index.add(connection, contact_id)
