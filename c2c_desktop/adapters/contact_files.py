"""Contact files before they are imported: what they are, how they are read, and what their first contacts become."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from c2c_desktop.adapters.contact_source import HEAD_BYTES, beginning, find_table, is_vcard, opened
from c2c_desktop.adapters.csv_reader import CsvHead, read_csv, read_head
from c2c_desktop.adapters.mapping_file import MappingFile
from c2c_desktop.adapters.vcard_reader import read_vcards
from c2c_desktop.domain.contact_import import FileLook, TableFormat
from c2c_desktop.domain.contact_record import ContactRecord, SkippedRecord
from c2c_desktop.domain.record_row import PREVIEWED_ROWS


class DiskContactFiles:
    """Implements the `ContactFiles` port. Database lane."""

    def __init__(self, mappings: MappingFile) -> None:
        self._mappings = mappings

    def look(self, path: str) -> FileLook:
        """Tell cards from a table; read a table as it was read before, else as it is guessed."""
        with opened(path) as file:
            size = _size(file)
            if is_vcard(file, path):
                return FileLook(path, size, first=_first_cards(beginning(file), is_cut=size > HEAD_BYTES))
            table, head, is_remembered = find_table(file, self._mappings.read())
            return _look(path, size, beginning(file), table, head, is_remembered=is_remembered)

    def preview(self, path: str, table: TableFormat) -> FileLook:
        """Read a table as the person says."""
        with opened(path) as file:
            size, start = _size(file), beginning(file)
            return _look(path, size, start, table, read_head(start, table.shape), is_remembered=False)

    def remember(self, look: FileLook) -> None:
        """Keep the mapping, where there is a header to know the table by. Raises `StorageError`."""
        if look.table is not None and look.header:
            self._mappings.remember(look.header, look.table.mapping)


def _look(path: str, size: int, file: BinaryIO, table: TableFormat, head: CsvHead, *, is_remembered: bool) -> FileLook:
    first: Iterator[ContactRecord | SkippedRecord] = islice(read_csv(file, table.shape, table.mapping), PREVIEWED_ROWS)
    return FileLook(path, size, table, is_remembered, head.header, head.rows, tuple(first))


def _first_cards(start: BinaryIO, *, is_cut: bool) -> tuple[ContactRecord | SkippedRecord, ...]:
    found = list(islice(read_vcards(start), PREVIEWED_ROWS))
    return tuple(found[:-1] if is_cut and len(found) < PREVIEWED_ROWS else found)  # the last card is cut


def _size(file: BinaryIO) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size
