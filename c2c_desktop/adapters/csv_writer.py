"""Contacts to CSV, in the columns of `domain/own_table.py`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from c2c_desktop.domain.contact_record import ContactRecord
from c2c_desktop.domain.list_cell import kept_apart, neutralised
from c2c_desktop.domain.own_table import OWN_HEADER, own_row


def write_csv(records: Iterable[ContactRecord], stream: BinaryIO, for_people: bool) -> int:  # noqa: FBT001
    """Write the records and return how many cells were neutralised. Raises `OSError`; the stream stays open.

    `for_people`: UTF-8 with a byte order mark, which Excel wants, and no cell a spreadsheet calculates: an apostrophe
    stands before `=`, `+`, `-` and `@` (`list_cell.neutralised`), so a number reads `'+44 20 7946 0018`. Else UTF-8
    with every cell as it is. Either way our import gives back the same records but for their lines.
    """
    protected = neutralised if for_people else kept_apart
    text = io.TextIOWrapper(stream, "utf-8-sig" if for_people else "utf-8", errors="replace", newline="")
    changed = 0
    try:
        writer = csv.writer(text)
        writer.writerow(OWN_HEADER)
        for record in records:
            cells = own_row(record)
            kept = [protected(cell) if cell else cell for cell in cells]
            if for_people and kept != cells:
                changed += sum(a != b for a, b in zip(kept, cells, strict=True))
            writer.writerow(kept)
    finally:
        text.detach()
    return changed
