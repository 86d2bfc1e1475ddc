"""Writing contacts and their index in one transaction: one by one, or everybody anew where that is faster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from c2c_desktop.adapters import contact_index, contact_order, contact_rows
from c2c_desktop.adapters.contact_json import contact_json
from c2c_desktop.domain.contact import Contact

if TYPE_CHECKING:
    import sqlite3

FEWEST_SORTED_ANEW = 500
"""Contacts saved at once from which it can be faster to sort and index everybody anew."""

_EDIT_PER_ROW = 4
"""How many contacts are indexed anew in the time one is edited in the index."""

_CACHE_KIB = 64 * 1024
"""Memory for pages while everybody is indexed anew."""


def is_many(connection: sqlite3.Connection, changes: int, removed: int = 0) -> bool:
    """Whether so many contacts change, some of them `removed`, that everybody is indexed anew sooner."""
    there = int(connection.execute("SELECT count(*) FROM contact").fetchone()[0]) - removed
    return changes >= FEWEST_SORTED_ANEW and changes * _EDIT_PER_ROW > there


def apply(connection: sqlite3.Connection, stored: Sequence[Contact], removed: Sequence[int] = ()) -> bool:
    """Remove contacts, and add or replace others, who bear their ids; return whether everybody was indexed anew.

    Then the connection stays slow: `Database.renew` after the transaction.
    """
    if is_many(connection, len(stored) + len(removed), len(removed)):
        for contact_id in removed:
            contact_rows.delete(connection, contact_id)
        replace_all(connection, stored)
        return True
    for contact_id in removed:
        remove(connection, contact_id)
    for contact in stored:
        replace_one(connection, contact)
    return False


def with_ids(connection: sqlite3.Connection, contacts: Iterable[Contact]) -> Iterator[Contact]:
    """Give new contacts their ids."""
    # An id is nobody else's, ever: of those that are gone other tables, rows in sight and open forms still know.
    (last,) = connection.execute(
        "SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'contact'), 0)"
    ).fetchone()
    for contact in contacts:
        last = max(last + 1, contact.id) if not contact.id else max(last, contact.id)
        yield replace(contact, id=contact.id or last)


def replace_one(connection: sqlite3.Connection, contact: Contact) -> None:
    """Store a contact and index it; it keeps its place where it sorts as before."""
    keys = contact_rows.keys_of(contact)
    sort_key = next(filter(None, (*keys[:2], keys[3])), "")
    before = connection.execute(
        "SELECT ord, name_key, company_key, plain_key FROM contact WHERE id = ?", (contact.id,)
    ).fetchone()
    if before is not None:
        remove(connection, contact.id)
    stays = before is not None and next(filter(None, tuple(before)[1:]), "") == sort_key
    place = before[0] if stays else contact_order.place_for(connection, sort_key, contact.id)
    contact_rows.insert_at(connection, contact, place, keys)
    contact_index.add(connection, contact.id)


def keep_before_edit(connection: sqlite3.Connection, contact: Contact) -> None:
    """Keep what files said of a contact that a person is about to change. `contact`: as it will be.

    Of a contact that no import added there is nothing to keep, nor where it is known already.
    """
    before = stored(connection, contact.id)
    if before is None:
        connection.execute("DELETE FROM before_edit WHERE contact_id = ?", (contact.id,))
    elif before.import_id and before != contact:
        connection.execute("INSERT OR IGNORE INTO before_edit VALUES (?, ?)", (contact.id, contact_json(before)))


def stored(connection: sqlite3.Connection, contact_id: int) -> Contact | None:
    """Return a contact as it is stored."""
    return contact_rows.by_id(connection, [contact_id]).get(contact_id)


def remove(connection: sqlite3.Connection, contact_id: int) -> None:
    """Take a contact out, if it is there."""
    if connection.execute("SELECT 1 FROM contact WHERE id = ?", (contact_id,)).fetchone() is not None:
        contact_index.remove(connection, contact_id)
        contact_rows.delete(connection, contact_id)


def replace_all(
    connection: sqlite3.Connection,
    contacts: Iterable[Contact],
    gone: str = "",
    told: Callable[[int], None] = lambda _: None,
) -> None:
    """Store contacts and index everybody anew. `told` hears how many are indexed, now and then.

    `gone`: a query for the ids of those who are taken out.
    """
    (usual,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    try:
        if gone:
            contact_rows.delete_all(connection, gone)
        contact_rows.insert(connection, contacts)
        contact_index.rebuild(connection, told)
    finally:
        connection.execute(f"PRAGMA cache_size = {usual}")
