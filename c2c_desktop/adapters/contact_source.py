"""A contact file on disk, whatever kind it is: what it is, and what stands in it."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from c2c_desktop.adapters.csv_reader import CsvHead, read_csv, read_head
from c2c_desktop.adapters.csv_shape import find_shape
from c2c_desktop.adapters.vcard_reader import LINE_TOO_LONG, NO_BEGIN, NO_CARD, read_vcards
from c2c_desktop.domain.column_guess import guess_mapping
from c2c_desktop.domain.column_mapping import RememberedMappings
from c2c_desktop.domain.contact_import import TableFormat
from c2c_desktop.domain.contact_record import ContactRecord, SkippedRecord
from c2c_desktop.domain.errors import UserFacingError

HEAD_BYTES = 1 << 20
"""What is looked at of a file before it is imported."""

_SAMPLE_BYTES = 65_536
_VCARD_ENDINGS = (".vcf", ".vcard")


class UnreadableFileError(UserFacingError):
    """A contact file cannot be opened or read, or there is nothing in it that could be a contact."""


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """Open a contact file. Raises `UnreadableFileError` for what is none, and for what cannot be read inside."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise UnreadableFileError("That is no file", "Choose a file of contacts: vCard or CSV.")
            yield file
    except FileNotFoundError as error:
        raise UnreadableFileError("The file is not there", "It was moved, renamed or deleted.") from error
    except (PermissionError, IsADirectoryError) as error:
        words = "You may not read it." if isinstance(error, PermissionError) else "It is a folder."
        raise UnreadableFileError("The file cannot be opened", words) from error
    except (OSError, ValueError) as error:
        words = (isinstance(error, OSError) and error.strerror) or str(error)
        raise UnreadableFileError("The file cannot be read", f"The system says: {words}.") from error


def is_vcard(stream: BinaryIO, path: str) -> bool:
    """Whether a file is one of cards: by how it begins, else by its name. Leaves the stream where it is."""
    start = stream.tell()
    sample = stream.read(_SAMPLE_BYTES).replace(b"\0", b"")  # UTF-16 has a zero beside each letter
    stream.seek(start)
    first = sample.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return first.upper().startswith(b"BEGIN:VCARD") or (path.lower().endswith(_VCARD_ENDINGS) and bool(sample.strip()))


def beginning(stream: BinaryIO) -> BinaryIO:
    """Return what stands at the beginning of a file, however long its lines are, and leave the stream there."""
    start = stream.tell()
    sample = io.BytesIO(stream.read(HEAD_BYTES))
    stream.seek(start)
    return sample


def find_table(stream: BinaryIO, remembered: RememberedMappings) -> tuple[TableFormat, CsvHead, bool]:
    """Return how a table is read, its first rows, and whether a person read such a table before.

    Raises `UserFacingError` where it is none.
    """
    start = beginning(stream)
    shape = find_shape(start)
    head = read_head(start, shape)
    mapping = remembered.find(head.header) if head.header else None
    is_remembered = mapping is not None
    if mapping is None:
        mapping = guess_mapping(head.header, head.cells)
    return TableFormat(shape, mapping), head, is_remembered


@dataclass(frozen=True, slots=True)
class Source:
    """What stands in an open file."""

    records: Iterator[ContactRecord | SkippedRecord]
    """Read as one goes on."""
    is_table: bool

    def is_whole(self, left_out: SkippedRecord, last: ContactRecord | None) -> bool:
        """Whether what was left out is a whole row or card, not a part of `last`, the contact that came before it."""
        if self.is_table:
            return last is None or left_out.line != last.line
        is_card = left_out.reason.startswith("This card ") or left_out.reason in {NO_BEGIN, NO_CARD}
        return is_card or (last is None and left_out.reason == LINE_TOO_LONG)


def read_source(stream: BinaryIO, path: str, table: TableFormat | None, remembered: RememberedMappings) -> Source:
    """Return what stands in a file. Raises `UserFacingError` at once where no contact can come of it."""
    if table is None and is_vcard(stream, path):
        return Source(read_vcards(stream), is_table=False)
    if table is None:
        table, _, _ = find_table(stream, remembered)
    if not table.mapping.can_find_anybody:
        raise UnreadableFileError(
            "No contacts were found",
            "No column of this file holds names, companies, numbers or e-mail addresses. Nothing was imported.",
        )
    return Source(read_csv(stream, table.shape, table.mapping), is_table=True)
