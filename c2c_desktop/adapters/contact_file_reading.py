"""The contacts of a file that is read without anybody watching: a file that looks wrong is refused as a whole."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
from collections.abc import Iterator
from typing import BinaryIO

from c2c_desktop.adapters.contact_source import is_vcard
from c2c_desktop.adapters.csv_reader import read_csv, read_head
from c2c_desktop.adapters.csv_rows import OPEN_QUOTE, csv_reader, text_of
from c2c_desktop.adapters.csv_shape import NoTableError, find_shape
from c2c_desktop.adapters.vcard_reader import NO_END, read_vcards
from c2c_desktop.domain.column_guess import guess_mapping
from c2c_desktop.domain.column_mapping import ColumnMapping, RememberedMappings, remembered_data
from c2c_desktop.domain.contact_record import ContactRecord, SkippedRecord
from c2c_desktop.domain.csv_shape import CsvShape
from c2c_desktop.domain.shared_directory import DirectoryError

_VERSION = 1
"""Another one reads files anew that did not change: when what is read of them has."""

_SAMPLE = 64 * 1024
_TAIL = 16 * 1024
_WIDE = "utf-16", "utf-32"
_CUT_OFF = "The file is cut off."
_WAIT = "It was perhaps being written. It is read again later."


class Reading:
    """How tables are read."""

    def __init__(self, remembered: RememberedMappings) -> None:
        self._remembered = remembered
        data = json.dumps([_VERSION, remembered_data(remembered)])
        self.name = hashlib.blake2b(data.encode(), digest_size=8).hexdigest()
        """Another one for each other way."""

    def mapping(self, file: BinaryIO, shape: CsvShape) -> ColumnMapping:
        """Return what the columns of `file` mean: as a person said of a table with that header, or as guessed."""
        head = read_head(file, shape)
        return self._remembered.find(head.header) or guess_mapping(head.header, head.cells)


def open_contacts(file: BinaryIO, path: str, reading: Reading) -> Iterator[ContactRecord | SkippedRecord]:
    """Yield the contacts of `file`, which can be sought, and what was left out. `path` tells by its ending what it is.

    Raises `DirectoryError`, at the latest at the end: for a file without contacts, of another kind, or cut off.
    """
    if is_vcard(file, path):
        yield from _checked(read_vcards(file), NO_END)
    else:
        shape, mapping = _table(file, reading)
        _refuse_cut_row(file, shape, len(mapping.columns))
        yield from _checked(read_csv(file, shape, mapping), "" if _ends_with_line(file) else OPEN_QUOTE)


def _checked(
    contents: Iterator[ContactRecord | SkippedRecord], sign_of_a_cut: str
) -> Iterator[ContactRecord | SkippedRecord]:
    """Pass on `contents`; raise where there is no contact, or where the last thing left out is `sign_of_a_cut`."""
    found: ContactRecord | SkippedRecord | None = None
    contacts = 0
    for found in contents:
        contacts += isinstance(found, ContactRecord)
        yield found
    if isinstance(found, SkippedRecord) and found.reason == sign_of_a_cut:
        raise DirectoryError(f"{_CUT_OFF} Its last contact, in line {found.line:,}, has no end. {_WAIT}")
    if not contacts:
        raise DirectoryError("There is no contact in the file. Those of before stay in the list.")


def _table(file: BinaryIO, reading: Reading) -> tuple[CsvShape, ColumnMapping]:
    """Return how the table is read. Raises `DirectoryError` where it is none with contacts in it."""
    try:
        shape = find_shape(file)
    except NoTableError as error:
        raise DirectoryError(f"{error.title}. {error.message}") from error
    sample = file.read(_SAMPLE)
    file.seek(0)
    mapping = reading.mapping(file, shape)
    if not mapping.can_find_anybody or (b"\0" in sample and not shape.encoding.startswith(_WIDE)):
        raise DirectoryError(
            "This is no contact file. A CSV file with names and numbers, or a vCard file, can be read."
        )
    return shape, mapping


def _refuse_cut_row(file: BinaryIO, shape: CsvShape, width: int) -> None:
    """Raise where the last line has no end and fewer cells than the others: a number in it may be cut."""
    tail = _tail(file, shape.encoding)
    last = re.split(r"[\r\n]", tail)[-1]
    if not last or shape.quote in last:
        return
    if len(next(csv_reader([last], shape, strict=False), [])) < width:
        raise DirectoryError(f"{_CUT_OFF} Its last line is not whole. {_WAIT}")


def _ends_with_line(file: BinaryIO) -> bool:
    return _tail(file, "latin-1").rstrip("\0").endswith(("\n", "\r"))


def _tail(file: BinaryIO, encoding: str) -> str:
    """Return the end of `file`, decoded from some line's beginning on."""
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, (end - _TAIL) // 4 * 4))  # where a character of two or four bytes begins
    tail = text_of(io.BytesIO(file.read()), encoding).read()
    file.seek(0)
    return tail.lstrip("\ufeff")
