"""`c2c-desktop contacts duplicates`: which contacts can be one and the same, and why. Changes nothing."""

from __future__ import annotations

import argparse
import json
from contextlib import closing

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.commands.contact_file import contact_file
from c2c_desktop.commands.contacts import contact_facts, contact_line
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.duplicates import MOST_GROUPS, DuplicateGroup
from c2c_desktop.domain.plain_text import clean_text

_READ_AT_ONCE = 200
"""Groups."""


def run_duplicates(options: argparse.Namespace) -> int:
    """Print the groups with their reasons; return the exit status. Raises `StorageError`."""
    told: list[tuple[DuplicateGroup, list[Contact]]] = []
    is_all = True
    if (path := contact_file(options)) is not None:
        with closing(SqliteContactStore(path)) as store:
            found = store.duplicates.find(MOST_GROUPS)
            if found is not None:  # nobody interrupts it here
                is_all = found.is_all
                told = _with_members(store, found.groups)
    if options.json:
        print(json.dumps([_facts(group, members) for group, members in told], indent=1))
        return 0
    for group, members in told:
        print(f"{clean_text(group.title) or 'Without a name'}: {group.reason}{', certain' if group.is_certain else ''}")
        for member in members:
            print(f"  {contact_line(member) or clean_text(', '.join(member.emails), 1000)}")
    if not told:
        print("No duplicates found.")
    if not is_all:
        print("There are more. Merge some of these first.")
    return 0


def _with_members(
    store: SqliteContactStore, groups: tuple[DuplicateGroup, ...]
) -> list[tuple[DuplicateGroup, list[Contact]]]:
    told: list[tuple[DuplicateGroup, list[Contact]]] = []
    for start in range(0, len(groups), _READ_AT_ONCE):
        part = groups[start : start + _READ_AT_ONCE]
        there = {contact.id: contact for contact in store.read_own([each for group in part for each in group.ids])}
        told += [(group, [there[each] for each in group.ids if each in there]) for group in part]
    return told


def _facts(group: DuplicateGroup, members: list[Contact]) -> dict[str, object]:
    contacts = [{**contact_facts(each), "emails": list(each.emails)} for each in members]
    return {"reason": group.reason, "certain": group.is_certain, "contacts": contacts}
