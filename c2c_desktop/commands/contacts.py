"""`c2c-desktop contacts`: who answers a text, for people and scripts."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from typing import Any

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.commands.contact_file import contact_file
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.found_contacts import Found, Heading
from c2c_desktop.domain.plain_text import clean_text


def run_contacts(options: argparse.Namespace) -> int:
    """Do what the options ask of the contacts; return the exit status. Raises `StorageError`."""
    if options.action == "export":
        from c2c_desktop.commands.export import run_export  # noqa: PLC0415

        return run_export(options)
    if options.action == "duplicates":
        from c2c_desktop.commands.duplicates import run_duplicates  # noqa: PLC0415

        return run_duplicates(options)
    found = Found()
    if (path := contact_file(options)) is not None:
        with closing(SqliteContactStore(path)) as store:
            found = store.search(options.text, options.limit)
    if options.json:
        print(json.dumps([contact_facts(contact) for contact in found.contacts[: options.limit]], indent=1))
        return 0
    left = options.limit
    for section in found.sections:
        contacts = section.contacts[:left]
        left -= len(contacts)
        if contacts and section.heading is not Heading.NONE:
            print(f"{section.heading.value}:")
        for contact in contacts:
            print(contact_line(contact))
    if not found.sections:
        print("Nobody found.")
    return 0


def contact_facts(contact: Contact) -> dict[str, Any]:
    """Return what scripts are told of a contact."""
    return {
        "name": contact.name,
        "company": contact.company,
        "numbers": [{"e164": n.e164, "kind": n.kind, "as_written": n.written} for n in contact.numbers],
        "tags": list(contact.tags),
        "favourite": contact.favourite,
    }


def contact_line(contact: Contact) -> str:
    """Describe a contact on one line, without anything that would move a terminal's cursor."""
    who = " · ".join(part for part in (contact.name, contact.company) if part)
    numbers = ", ".join(
        f"{number.shown} ({number.kind}{'' if number.e164 else ', cannot be called'})" for number in contact.numbers
    )
    tags = " ".join(f"#{tag}" for tag in contact.tags)
    return clean_text("  ".join(part for part in (who, numbers, tags, "★" if contact.favourite else "") if part), 1000)
