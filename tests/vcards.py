"""What the tests of vCards share."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from c2c_desktop.adapters.vcard_reader import read_vcards
from c2c_desktop.adapters.vcard_writer import write_vcards
from c2c_desktop.domain.contact_record import ContactRecord, SkippedRecord

SAMPLES = Path(__file__).parent / "samples" / "vcard"


def read(data: bytes) -> tuple[list[ContactRecord], list[SkippedRecord]]:
    """Return the contacts in `data`, and what was left out."""
    found = list(read_vcards(io.BytesIO(data)))
    return (
        [record for record in found if isinstance(record, ContactRecord)],
        [record for record in found if isinstance(record, SkippedRecord)],
    )


def read_one(*lines: str, version: str = "3.0", encoding: str = "utf-8") -> ContactRecord:
    """Return the contact of a card of these lines, of which nothing is left out."""
    (record,), skipped = read(card(*lines, version=version).encode(encoding))
    assert skipped == []
    return record


def card(*lines: str, version: str = "3.0") -> str:
    """Return a card of these lines."""
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


def written(records: Iterable[ContactRecord], version: Literal["4.0", "3.0"] = "4.0") -> bytes:
    """Return the file of these records."""
    stream = io.BytesIO()
    write_vcards(records, stream, version)
    return stream.getvalue()
