"""Merges contacts of the own list and takes merges back, in a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from c2c_desktop.adapters.contact_duplicates import follow, read_ids
from c2c_desktop.adapters.contact_writing import keep_before_edit, remove, replace_one, with_ids
from c2c_desktop.adapters.merged_contacts import bring_back, remember
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_merge import ContactsChangedError, MergeUndo, group_of, merge

if TYPE_CHECKING:
    import sqlite3


def merge_seen(connection: sqlite3.Connection, contact: Contact, members: Sequence[Contact]) -> MergeUndo:
    """Let `contact` stand for `members`, the oldest first. Raises `ContactsChangedError` where they changed."""
    if read_ids(connection, [member.id for member in members]) != list(members):
        raise ContactsChangedError
    return _merge(connection, contact, members)


def merge_certain(connection: sqlite3.Connection, groups: Sequence[Sequence[int]]) -> list[MergeUndo]:
    """Merge the groups that nobody needs to look at as they stand now."""
    done: list[MergeUndo] = []
    for ids in groups:
        members = read_ids(connection, ids)
        group = group_of(members)
        if group is not None and group.is_certain and group.ids == tuple(ids):
            done.append(_merge(connection, merge(members).contact, members))
    return done


def undo(connection: sqlite3.Connection, merges: Sequence[MergeUndo]) -> list[MergeUndo]:
    """Bring contacts back, each with its id unless somebody has it now; return what changed since and stays."""
    left: list[MergeUndo] = []
    for each in merges:
        if read_ids(connection, [each.contact.id]) != [each.contact]:
            left.append(each)
            continue
        first, *gone = each.members
        back = [replace(contact, id=0) if _is_taken(connection, contact.id) else contact for contact in gone]
        for contact in [first, *(stored := list(with_ids(connection, back)))]:
            replace_one(connection, contact)
        for old, contact in zip(gone, stored, strict=True):
            bring_back(connection, old.id, contact.id)
    return left


def _is_taken(connection: sqlite3.Connection, contact_id: int) -> bool:
    return connection.execute("SELECT 1 FROM contact WHERE id = ?", (contact_id,)).fetchone() is not None


def _merge(connection: sqlite3.Connection, contact: Contact, members: Sequence[Contact]) -> MergeUndo:
    gone = [member.id for member in members[1:]]
    keep_before_edit(connection, contact)
    for contact_id in gone:
        remove(connection, contact_id)
    replace_one(connection, contact)
    follow(connection, contact.id, gone)
    remember(connection, contact.id, members[1:])
    return MergeUndo(contact, tuple(members))
