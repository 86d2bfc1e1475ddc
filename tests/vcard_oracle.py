"""What vobject reads of a file, in the words of a contact record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import vobject  # type: ignore[import-untyped]

from c2c_desktop.adapters.vcard_text import cleaned, cleaned_note
from c2c_desktop.domain.contact_record import NAME_LENGTH, ContactRecord


@dataclass(frozen=True, slots=True)
class Told:
    """What both readers tell of a card."""

    full_name: str
    company: str
    numbers: tuple[str, ...]
    emails: tuple[str, ...]
    tags: tuple[str, ...]
    note: str
    uid: str

    @classmethod
    def of(cls, record: ContactRecord) -> Told:
        """Return what `record` tells."""
        numbers = tuple(number.as_written for number in record.numbers)
        name = record.name or record.company
        return cls(name, record.company, numbers, record.emails, record.tags, record.note, record.uid)


def told_by_vobject(text: str) -> list[Told]:
    """Read `text` with vobject."""
    return [_told(card) for card in vobject.readComponents(text, allowQP=True)]


def _told(card: Any) -> Told:
    name = _lines(card, "fn", NAME_LENGTH)
    companies = [
        ", ".join(filter(None, (cleaned(part, NAME_LENGTH) for part in org.value))) for org in _all(card, "org")
    ]
    tags = [tag for found in _all(card, "categories") for tag in found.value]
    return Told(
        name[0] if name else "",
        cleaned(companies[0], NAME_LENGTH) if companies else "",
        _lines(card, "tel", 80),
        _lines(card, "email", 254),
        tuple(dict.fromkeys(filter(None, (cleaned(tag, 60) for tag in tags)))),
        cleaned_note("\n".join(note.value for note in _all(card, "note"))),
        "".join(_lines(card, "uid", 255)[:1]),
    )


def _all(card: Any, name: str) -> list[Any]:
    return list(card.contents.get(name, []))


def _lines(card: Any, name: str, limit: int) -> tuple[str, ...]:
    return tuple(line for found in _all(card, name) if (line := cleaned(found.value, limit)))
