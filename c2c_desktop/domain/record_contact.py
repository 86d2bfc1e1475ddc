"""From what a reader found in a file to a contact of the list: numbers read, texts cut, tags added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from c2c_desktop.domain.contact import Contact, ContactNumber, cleaned, email_key, once
from c2c_desktop.domain.contact_record import ContactRecord, RecordNumber
from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.number import parse_number
from c2c_desktop.domain.number_kind import stored_kind
from c2c_desktop.domain.plain_text import fold
from c2c_desktop.domain.route import Route

_REMEMBERED = 20_000
"""Numbers whose reading is kept: those of a company come again and again."""

_INTERNATIONAL = re.compile(r"\+[1-9][0-9]*(?:[ -][0-9]+)*")
_SEPARATORS = re.compile(r"[^+0-9]")
_LONGEST = 20
"""Characters of a number that is read without a look at the words and numbers around it."""


class RecordContacts:
    """Makes contacts of records, for one file. Not for several threads."""

    def __init__(self, region: str, tags: Sequence[str] = ()) -> None:
        """`region`: the ISO 3166 country of numbers without a country code; `tags`: given to everybody."""
        self._tags = tuple(tags)
        self._region = region
        self._read = lru_cache(maxsize=_REMEMBERED)(self._reading)

    def contact(self, record: ContactRecord) -> Contact:
        """Return `record` as a contact that is not stored yet, of no import.

        A number that cannot be read is kept as it is written, without E.164. A number, an address or a tag that comes
        twice is taken once.
        """
        numbers = (self._number(number) for number in record.numbers)
        return cleaned(
            Contact(
                0,
                record.name,
                record.company,
                once(numbers, number_key),
                record.favourite,
                once((*record.tags, *self._tags), fold),
                record.note,
                once(record.emails, email_key),
                record.uid,
                Route(record.route) if record.route else None,
                record.caller_id,
            )
        )

    def _number(self, number: RecordNumber) -> ContactNumber:
        shown, e164 = self._read(number.as_written)
        kind = stored_kind(number.kind)
        return ContactNumber(
            shown, e164, kind, number.preferred, number.as_written if number.as_written != shown else ""
        )

    def _reading(self, text: str) -> tuple[str, str]:
        """Return the number grouped for people and as E.164."""
        if len(text) <= _LONGEST and _INTERNATIONAL.fullmatch(text) and (read := _plainly_read(text)):
            return read
        try:
            number = parse_number(text, self._region)
        except NumberError:
            return text, ""
        return number.shown, number.e164


def number_key(number: ContactNumber) -> str:
    """Return what is the same for two ways to write one number."""
    return number.e164 or number.shown


def _plainly_read(text: str) -> tuple[str, str] | None:
    """Return what `parse_number` makes of an international number in use, in half its time; None for any other."""
    import phonenumbers  # noqa: PLC0415

    try:
        parsed = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if e164 != text.replace(" ", "").replace("-", ""):
        return None
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return (shown if _SEPARATORS.sub("", shown) == e164 else e164), e164
