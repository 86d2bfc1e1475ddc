"""Contact files: cards as programs write them, with lines changed, doubled, cut and put elsewhere."""

from __future__ import annotations

import io
import random
import re
import unicodedata
from dataclasses import replace

from c2c_desktop.adapters.vcard_reader import read_vcards
from c2c_desktop.adapters.vcard_writer import write_vcards
from c2c_desktop.domain.contact_record import (
    EMAIL_LENGTH,
    KIND_LENGTH,
    MOST_EMAILS,
    MOST_NUMBERS,
    MOST_TAGS,
    NAME_LENGTH,
    NOTE_LENGTH,
    NUMBER_LENGTH,
    SKIPPED_TEXT_LENGTH,
    TAG_LENGTH,
    UID_LENGTH,
    ContactRecord,
    SkippedRecord,
)
from tests.fuzz.inputs import mutated, some_bytes, some_text

_NAMES = (
    "FN", "N", "TEL", "TEL", "TEL", "EMAIL", "ORG", "NOTE", "CATEGORIES", "UID", "AGENT", "PHOTO", "X-ABLabel",
    "VERSION", "KIND", "NICKNAME", "X-ABShowAs", "X-STARRED", "X-C2C-FAVOURITE", "BEGIN", "END", "REV", "tel", "",
    "ä", "\ufeffTEL",
)  # fmt: skip
_GROUPS = ("", "", "", "item1.", "item2.", "a.b.", ".", "ITEM1.")
_PARAMETERS = (
    ";CELL", ";TYPE=WORK,FAX", ";PREF", ";PREF=1", ";PREF=999", ";ENCODING=QUOTED-PRINTABLE", ";QUOTED-PRINTABLE",
    ";BASE64", ";ENCODING=b", ";CHARSET=UTF-8", ";CHARSET=UTF-16", ";CHARSET=latin-1", ";CHARSET=Shift_JIS",
    ";CHARSET=zlib",
    ";CHARSET=ISO-2022-JP", ";CHARSET=", ';LABEL="a: b; c"', ';X="', ";VALUE=uri", ";X-Beach house", ";", "=", ";TYPE=",
    ";\r\n TYPE=CELL",
)  # fmt: skip
_VALUES = (
    "Asha Rao", "Rao;Asha;;;", "VCARD", "2.1", "3.0", "4.0", "tel:+44-20-7946-0018;ext=12", "+44 20 7946 0018", "group",
    "org", "COMPANY", "1", "starred,myContacts", "_$!<HomeFAX>!$_", "J=C3=B6rg", "=0D=0A=\r\nmore", "=\r\n=", "=3B=5C;",
    "SsO2cmc=", "BEGIN:VCARD\\nEND:VCARD", "a\\", "\\n\\,\\;\\\\", "a\r\n b", "a\r\n\tb", "", "mailto:a@example.org",
    "山田;太郎",
    "\u202e\x00\x1b", "x" * 300, "%2525252B", "a,b;c,d", "=\r\nEND:VCARD", "urn:uuid:0", "…", "\udc80\udcff",
)  # fmt: skip
_ENDS = ("\r\n", "\r\n", "\n", "\r", "\n\n", "\r\n ", "\x0b", "\u2028", "")
_PIECES = (
    *':;,="\\.\r\n \t\0%',
    "=\r\n",
    "\r\n ",
    "BEGIN:VCARD\r\n",
    "END:VCARD\r\n",
    "\udce9",
    "é",
    "\u202e",
    "=C3",
    "TEL:",
)
_NO_BYTES = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Surrogates that stand for no byte."""

_ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1")


class VCards:
    """Never an error; every text clean and within its limit; and what was read is written and read the same."""

    name = "vCards"

    def make(self, rnd: random.Random) -> bytes:
        text = "".join(some_card(rnd) for _ in range(rnd.randint(1, 3)))
        if rnd.random() < 0.5:
            text = mutated(rnd, text, _PIECES)
        encoding, text = rnd.choice(_ENCODINGS), _NO_BYTES.sub("?", text)
        data = text.encode(encoding, "surrogateescape" if encoding.startswith("utf-8") else "replace")
        return some_bytes(rnd, (data,)) if rnd.random() < 0.3 else data

    def feed(self, made: bytes) -> None:
        lines = made.count(b"\n") + made.count(b"\r") + 1
        records: list[ContactRecord] = []
        for found in read_vcards(io.BytesIO(made)):
            assert 1 <= found.line <= lines
            if isinstance(found, SkippedRecord):
                _check(found.text, SKIPPED_TEXT_LENGTH)
                _check(found.reason, SKIPPED_TEXT_LENGTH)
                assert found.reason.endswith(".")
            else:
                check_card(found)
                records.append(replace(found, line=0))
        assert [record.line for record in records] == sorted(record.line for record in records)
        for version in ("4.0", "3.0"):
            again = io.BytesIO()
            write_vcards(records, again, "4.0" if version == "4.0" else "3.0")
            assert _again(again.getvalue()) == records


def _again(data: bytes) -> list[ContactRecord]:
    found = list(read_vcards(io.BytesIO(data)))
    assert not [entry.reason for entry in found if isinstance(entry, SkippedRecord)]
    return [replace(entry, line=0) for entry in found if isinstance(entry, ContactRecord)]


def check_card(record: ContactRecord) -> None:
    """Fail where a record is not clean, too large, or nobody."""
    assert record.name or record.company or record.numbers or record.emails
    assert len(record.numbers) <= MOST_NUMBERS
    assert len(record.emails) <= MOST_EMAILS
    assert len(record.tags) == len(set(record.tags)) <= MOST_TAGS
    assert sum(number.preferred for number in record.numbers) <= 1
    assert all(number.as_written for number in record.numbers)
    assert all((*record.emails, *record.tags))
    limited = [(record.name, NAME_LENGTH), (record.company, NAME_LENGTH), (record.uid, UID_LENGTH)]
    limited += [(number.as_written, NUMBER_LENGTH) for number in record.numbers]
    limited += [(number.kind, KIND_LENGTH) for number in record.numbers]
    limited += [(email, EMAIL_LENGTH) for email in record.emails]
    limited += [(tag, TAG_LENGTH) for tag in record.tags]
    limited += [(line, NOTE_LENGTH) for line in record.note.split("\n")]
    for text, limit in limited:
        _check(text, limit)
    assert len(record.note) <= NOTE_LENGTH
    assert record.note == record.note.strip()


def _check(text: str, limit: int) -> None:
    assert len(text) <= limit
    assert text == " ".join(text.split())
    hidden = [c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}]
    assert not [c for c in hidden if c not in "\u200c\u200d"]


def some_card(rnd: random.Random) -> str:
    """Return a card as programs write it, or nearly."""
    lines = [_line(rnd) for _ in range(rnd.randint(0, 9))]
    version = rnd.choice(("2.1", "3.0", "4.0"))
    return f"BEGIN:VCARD\r\nVERSION:{version}\r\n{''.join(lines)}END:VCARD\r\n"


def _line(rnd: random.Random) -> str:
    value = rnd.choice(_VALUES) if rnd.random() < 0.8 else some_text(rnd)
    if rnd.random() < 0.02:
        value *= rnd.choice((10, 60))
    parameters = "".join(rnd.choices(_PARAMETERS, k=rnd.choice((0, 0, 1, 1, 2, 3))))
    line = f"{rnd.choice(_GROUPS)}{rnd.choice(_NAMES)}{parameters}:{value}{rnd.choice(_ENDS[:4])}"
    return (line if rnd.random() < 0.97 else rnd.choice(_VALUES) + rnd.choice(_ENDS)) * rnd.choice((1, 1, 1, 1, 1, 120))
