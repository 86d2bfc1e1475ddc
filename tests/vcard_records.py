"""Random contacts that survive being written and read: every script, and characters that mean something in a vCard."""

from __future__ import annotations

import random

from c2c_desktop.adapters.vcard_text import cleaned, cleaned_note
from c2c_desktop.domain.contact_record import (
    EMAIL_LENGTH,
    KIND_LENGTH,
    NAME_LENGTH,
    NUMBER_LENGTH,
    TAG_LENGTH,
    UID_LENGTH,
    ContactRecord,
    RecordNumber,
)

NASTY = (
    "\\", "\\\\", ";", ",", ":", "=", "==", "\\n", "\\N", '"', "'", "^n", "\n", "\r\n", "\t", "  ", " ", "BEGIN:VCARD",
    "END:VCARD", "TEL:1", "\nTEL:666\n", ".", "=3D", "=0A", "%2B", "…", "\u202e", "\u200d", "\u200c", "\u2028",
    "\x00", "\x85", "\ufeff", "\ud800", "👩‍👩‍👧‍👦", "🇬🇧", "ﬃ", "a\u0301" * 9, "x" * 90, "é" * 40, "अ" * 30,
    "𝔸" * 25, "starred", "myContacts", "\ufffd", "\U000e0041", "\ue000", "~",
)  # fmt: skip
_SCRIPTS = (
    (0x41, 0x5B), (0xC0, 0x180), (0x370, 0x400), (0x400, 0x530), (0x5D0, 0x5EB), (0x620, 0x6D4), (0x904, 0x970),
    (0xB85, 0xBCE), (0xE01, 0xE5C), (0x10A0, 0x1100), (0x3040, 0x3100), (0x4E00, 0x9FF0), (0xAC00, 0xD7A4),
    (0x1F300, 0x1F650), (0x20000, 0x20100), (0x21, 0x7F),
)  # fmt: skip
_KINDS = ("", "mobile", "work", "home", "main", "fax", "pager", "other")


def any_text(rnd: random.Random, most: int = 8) -> str:
    """Return words of one script, with anything between and in them."""
    low, high = rnd.choice(_SCRIPTS)
    parts = []
    for _ in range(rnd.randint(0, most)):
        parts.append("".join(chr(rnd.randrange(low, high)) for _ in range(rnd.randint(1, 9))))
        if rnd.random() < 0.5:
            parts.append(rnd.choice(NASTY))
    return rnd.choice(("", " ", "")).join(parts)


def dirty_record(rnd: random.Random) -> ContactRecord:
    """Return a contact as anybody might hand it in: nothing cleaned, nothing cut."""
    numbers = tuple(
        RecordNumber(f"+{any_text(rnd, 3)}{place}", rnd.choice((*_KINDS, any_text(rnd, 2))))
        for place in range(rnd.choice((0, 1, 1, 2, 5)))
    )
    if numbers and rnd.random() < 0.5:
        best = rnd.randrange(len(numbers))
        numbers = tuple(RecordNumber(n.as_written, n.kind, place == best) for place, n in enumerate(numbers))
    return ContactRecord(
        any_text(rnd) if rnd.random() < 0.8 else "",
        any_text(rnd) if rnd.random() < 0.6 else "",
        numbers,
        tuple(f"a{any_text(rnd, 3)}@example.org" for _ in range(rnd.choice((0, 1, 3)))),
        tuple(any_text(rnd, 2) for _ in range(rnd.choice((0, 1, 4)))),
        any_text(rnd, 40) if rnd.random() < 0.6 else "",
        rnd.choice(("", any_text(rnd, 3), "urn:uuid:9f8f4d1e-8a3e-4a80-9d4f-0e5d6f0fb001")),
        rnd.random() < 0.3,
    )


def as_read(record: ContactRecord) -> ContactRecord | None:
    """Return what a file should give back of `record`; None where nothing that counts is left of it."""
    numbers = tuple(
        RecordNumber(text, cleaned(number.kind, KIND_LENGTH), number.preferred)
        for number in record.numbers
        if 0 < len(text := cleaned(number.as_written, NUMBER_LENGTH + 1)) <= NUMBER_LENGTH
    )
    emails = [cleaned(email, EMAIL_LENGTH + 1) for email in record.emails]
    tags = dict.fromkeys(tag for tag in (cleaned(tag, TAG_LENGTH) for tag in record.tags) if tag)
    uid = cleaned(record.uid, UID_LENGTH + 1)
    name, company = cleaned(record.name, NAME_LENGTH), cleaned(record.company, NAME_LENGTH)
    kept = tuple(email for email in emails if 0 < len(email) <= EMAIL_LENGTH)
    if not (name or company or numbers or kept):
        return None
    uid = uid if len(uid) <= UID_LENGTH else ""
    return ContactRecord(name, company, numbers, kept, tuple(tags), cleaned_note(record.note), uid, record.favourite)


def clean_record(rnd: random.Random) -> ContactRecord:
    """Return a contact that was read from somewhere."""
    while True:
        record = as_read(dirty_record(rnd))
        if record is not None:
            return record
