"""Contacts from CSV and TSV: any shape, any size, one record at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from c2c_desktop.adapters.csv_rows import CsvRows
from c2c_desktop.domain.column_mapping import MOST_COLUMNS, ColumnMapping, Meaning
from c2c_desktop.domain.contact_record import ContactRecord, SkippedRecord
from c2c_desktop.domain.csv_shape import CsvShape
from c2c_desktop.domain.own_table import OWN_MAPPING
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.record_row import PREVIEWED_ROWS, RowReader

_LONGEST_SHOWN = 200
_ONE_LINE = (
    Meaning.FULL_NAME, Meaning.FIRST_NAME, Meaning.LAST_NAME, Meaning.COMPANY, Meaning.NUMBER, Meaning.NUMBER_KIND,
    Meaning.EMAIL, Meaning.UID,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CsvHead:
    """The beginning of a table, for a guess and a preview. The cells are cleaned."""

    header: tuple[str, ...]
    """Empty where the table has none."""
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """Each with the line it starts in."""

    @property
    def cells(self) -> list[tuple[str, ...]]:
        """The rows without their lines."""
        return [row for _, row in self.rows]


def read_head(stream: BinaryIO, shape: CsvShape, most: int = PREVIEWED_ROWS) -> CsvHead:
    """Return the header and the first rows, and leave the (seekable) stream where it was. Raises `OSError`."""
    start = stream.tell()
    header: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[str, ...]]] = []
    wanted = most + shape.has_header
    for looked_at, found in enumerate(CsvRows(stream, shape)):
        if not isinstance(found, SkippedRecord):
            rows.append((found[0], tuple(clean_text(cell, _LONGEST_SHOWN) for cell in found[1][:MOST_COLUMNS])))
        if len(rows) == wanted or looked_at > wanted * 10:
            break
    stream.seek(start)
    if shape.has_header and rows:
        header = rows.pop(0)[1]
    return CsvHead(header, tuple(rows))


def read_csv(stream: BinaryIO, shape: CsvShape, mapping: ColumnMapping) -> Iterator[ContactRecord | SkippedRecord]:
    """Yield what stands in `stream`, from where it is to its end, as it is read; memory stays flat.

    A row one of whose numbers was left out yields the record, then a `SkippedRecord` of the same line. Raises
    `OSError` as the stream does, and nothing else. The stream is not closed. Blocks; never on the main thread.
    """
    read = RowReader(mapping).read
    header_to_come = shape.has_header
    one_line = frozenset(mapping.indexes(*_ONE_LINE))
    # A note in a file we wrote ourselves is whole, whatever stands in its lines.
    width = 0 if mapping == OWN_MAPPING else len(mapping.columns)
    for found in CsvRows(stream, shape, width, one_line).blocks():
        if isinstance(found, SkippedRecord):
            yield found
        elif header_to_come:
            header_to_come = False
            yield from read(found[0][1:], found[1][1:])
        else:
            yield from read(*found)
