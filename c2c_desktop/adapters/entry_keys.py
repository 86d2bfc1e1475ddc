"""What names a record of a file that names nothing itself, and tells whether it changed."""

from __future__ import annotations

import hashlib

from c2c_desktop.domain.contact import email_key
from c2c_desktop.domain.contact_record import ContactRecord
from c2c_desktop.domain.plain_text import fold

_HASH_BYTES = 10


class EntryKeys:
    """Gives every record of one reading a key of its own."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def key(self, record: ContactRecord) -> str:
        """Return the UID, else the first e-mail address, else name and number; numbered where all are taken."""
        key = ""
        for key in _candidates(record):
            if key not in self._taken:
                break
        else:
            number, first = 2, key
            while key in self._taken:
                key, number = f"{first} #{number}", number + 1
        self._taken.add(key)
        return key


def record_hash(record: ContactRecord) -> str:
    """Return what is different once anything of a record is, but where it stands."""
    facts = (
        record.name,
        record.company,
        [(number.as_written, number.kind, number.preferred) for number in record.numbers],
        record.emails,
        record.tags,
        record.note,
        record.uid,
        record.favourite,
    )
    return hashlib.blake2b(repr(facts).encode(), digest_size=_HASH_BYTES).hexdigest()


def _candidates(record: ContactRecord) -> list[str]:
    number = record.numbers[0].as_written if record.numbers else ""
    digits = "".join(character for character in number if character.isdecimal() or character == "+")
    return [
        *([f"uid {record.uid}"] if record.uid else []),
        *([f"mail {email_key(record.emails[0])} {fold(record.name or record.company)}"] if record.emails else []),
        f"name {fold(record.name or record.company)} {digits}",
    ]
