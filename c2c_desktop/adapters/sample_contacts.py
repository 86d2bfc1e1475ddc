"""The sandbox's invented people."""

from __future__ import annotations

import json
from importlib.resources import files

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.account import Account


def add_sample_contacts(store: SqliteContactStore, region: str) -> None:
    """Fill an empty contact list with them. Blocks; database lane."""
    from c2c_desktop.services.contact_form import ContactForm, FormNumber, contact_from_form  # noqa: PLC0415  # there

    if store.count():
        return
    people = json.loads(files("c2c_desktop.resources").joinpath("contacts.json").read_text(encoding="utf-8"))
    account = Account("", region=region)
    store.save_all(
        [
            contact_from_form(
                ContactForm(
                    person["name"],
                    person.get("company", ""),
                    tuple(FormNumber(n["number"], n["kind"]) for n in person["numbers"]),
                    favourite=bool(person.get("favourite")),
                ),
                account,
            )
            for person in people
        ]
    )
