"""A contact as one line of JSON: what a file says of it, and how it was before a person or an import changed it."""

from __future__ import annotations

import json
from typing import Any

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.route import Route

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def contact_json(contact: Contact) -> str:
    """Return all of `contact` but its id."""
    return _encode(
        [
            contact.name,
            contact.company,
            [[n.shown, n.e164, n.kind, n.preferred, n.as_written] for n in contact.numbers],
            contact.favourite,
            contact.tags,
            contact.note,
            contact.emails,
            contact.uid,
            contact.route.value if contact.route else "",
            contact.caller_id,
            contact.directory,
            contact.import_id,
        ]
    )


def contact_of(text: str, contact_id: int = 0) -> Contact:
    """Return what `contact_json` was made of. Raises `ValueError` for anything else."""
    try:
        values: list[Any] = json.loads(text)
        name, company, numbers, favourite, tags, note, emails, uid, route, caller_id, directory, import_id = values
        return Contact(
            contact_id,
            name,
            company,
            tuple([ContactNumber(*number) for number in numbers]),
            favourite,
            tuple(tags),
            note,
            tuple(emails),
            uid,
            Route(route) if route else None,
            caller_id,
            directory,
            import_id,
        )
    except (TypeError, RecursionError) as error:
        raise ValueError("no stored contact") from error
