"""Writes vCard 4.0 (RFC 6350) and 3.0 (RFC 2426): what `vcard_reader` reads from it equals what was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Literal

from c2c_desktop.adapters.vcard_text import cleaned, cleaned_note
from c2c_desktop.domain.calling_fields import route_named
from c2c_desktop.domain.contact_record import (
    KIND_LENGTH,
    NAME_LENGTH,
    TAG_LENGTH,
    ContactRecord,
    RecordNumber,
)

LONGEST_WRITTEN_LINE = 75
"""Octets of a line without its end; a longer one is folded."""

_TYPES = {"mobile": "CELL", "work": "WORK", "home": "HOME", "fax": "FAX", "pager": "PAGER"}
_URI = re.compile(r"urn:uuid:[0-9A-Fa-f-]+")
_TAGS_OF_GOOGLE = {"starred", "myContacts"}
_ESCAPED = re.compile(r"[\\,;\n]")
_TOP_BITS, _MIDDLE_OF_CHARACTER = 0b1100_0000, 0b1000_0000
_UNCUT = 10_000
"""Characters: of what must be whole to be right, a record may hold more than is read again."""


def write_vcards(records: Iterable[ContactRecord], stream: BinaryIO, version: Literal["4.0", "3.0"] = "4.0") -> int:
    """Write `records` to `stream` in UTF-8, one card each, and return how many. Errors of `stream` pass.

    Texts are cleaned and cut as the reader does it, so that none of them can pass for a line of its own.
    """
    count = 0
    for record in records:
        stream.write(b"".join(_folded(line) for line in _lines(record, version)))
        count += 1
    return count


def _lines(record: ContactRecord, version: str) -> Iterator[str]:
    name, company = cleaned(record.name, NAME_LENGTH), cleaned(record.company, NAME_LENGTH)
    yield from ("BEGIN:VCARD", f"VERSION:{version}")
    if uid := cleaned(record.uid, _UNCUT):
        is_text = version == "4.0" and not _URI.fullmatch(uid)
        yield f"UID{';VALUE=text' * is_text}:{_escaped(uid)}"
    yield f"FN:{_escaped(name or company)}"  # required, even where there is nothing to say
    if version == "3.0":
        yield f"N:;{_escaped(name)};;;"  # required too; which word is the family name is nobody's guess
    if company:
        yield f"ORG:{_escaped(company)}"
        if not name:
            yield "X-ABShowAs:COMPANY"
    for place, number in enumerate(record.numbers, start=1):
        yield from _number_lines(number, place, version)
    for email in record.emails:
        yield f"EMAIL:{_escaped(cleaned(email, _UNCUT))}"
    tags = [tag for tag in (cleaned(tag, TAG_LENGTH) for tag in record.tags) if tag]
    if tags:
        yield f"CATEGORIES:{','.join(map(_escaped, tags))}"
    yield from _own_lines(record, tags)
    if note := cleaned_note(record.note):
        yield f"NOTE:{_escaped(note)}"
    yield "END:VCARD"


def _own_lines(record: ContactRecord, tags: list[str]) -> Iterator[str]:
    """Yield what no other program knows."""
    if record.favourite or not _TAGS_OF_GOOGLE.isdisjoint(tags):
        yield f"X-C2C-FAVOURITE:{int(record.favourite)}"
    if route := route_named(record.route):
        yield f"X-C2C-ROUTE:{route}"
    if record.caller_id is not None:
        yield f"X-C2C-CALLER-ID:{_escaped(cleaned(record.caller_id, _UNCUT))}"


def _number_lines(number: RecordNumber, place: int, version: str) -> Iterator[str]:
    written, kind = cleaned(number.as_written, _UNCUT), cleaned(number.kind, KIND_LENGTH)
    head = f"TEL;TYPE={_TYPES[kind]}" if kind in _TYPES else "TEL"
    if number.preferred:
        head += ";PREF=1" if version == "4.0" else ";TYPE=PREF"
    if not kind or kind in _TYPES:
        yield f"{head}:{_escaped(written)}"
        return
    yield f"item{place}.{head}:{_escaped(written)}"
    label = f"_$!<{kind.capitalize()}>!$_" if kind in {"main", "other"} else kind
    yield f"item{place}.X-ABLabel:{_escaped(label)}"


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\\n" if found[0] == "\n" else f"\\{found[0]}", text)


def _folded(line: str) -> bytes:
    """Return `line` with its end, folded between characters."""
    data = line.encode()
    if len(data) <= LONGEST_WRITTEN_LINE:
        return data + b"\r\n"
    pieces, start, end = [], 0, LONGEST_WRITTEN_LINE
    while end < len(data):
        while data[end] & _TOP_BITS == _MIDDLE_OF_CHARACTER:
            end -= 1
        pieces.append(data[start:end])
        start, end = end, end + LONGEST_WRITTEN_LINE - 1
    return b"\r\n ".join([*pieces, data[start:]]) + b"\r\n"
