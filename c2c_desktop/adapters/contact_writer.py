"""Puts a contact file in its place: whole, or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from c2c_desktop.adapters.csv_writer import write_csv
from c2c_desktop.adapters.vcard_writer import write_vcards
from c2c_desktop.domain.contact_export import ExportFormat
from c2c_desktop.domain.contact_record import ContactRecord
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.whole_file import NotAFileError, whole_file

_TITLE = "The contacts could not be exported"
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ESTALE})


class ContactFileWriter:
    """Implements the `ContactWriter` port. Any thread; blocks."""

    def write(self, records: Iterable[ContactRecord], path: str, kind: ExportFormat) -> int:
        """Write beside the file and take its place at the end, synced to the disk.

        A new file can be read by its owner only, one that is replaced by those who could before.
        """
        place = Path(path)
        try:
            with whole_file(place) as file:
                return write_records(records, file, kind)
        except OSError as error:
            raise _in_words(error, Path(os.path.realpath(place))) from error


def write_records(records: Iterable[ContactRecord], stream: BinaryIO, kind: ExportFormat) -> int:
    """Write to a stream that stays open; return how many cells were neutralised. Raises `OSError` as it does."""
    if kind in {ExportFormat.VCARD_3, ExportFormat.VCARD_4}:
        write_vcards(records, stream, "4.0" if kind is ExportFormat.VCARD_4 else "3.0")
        return 0
    return write_csv(records, stream, for_people=kind is ExportFormat.CSV_FOR_PEOPLE)


def _in_words(error: OSError, place: Path) -> StorageError:
    if isinstance(error, NotAFileError):
        what = "a folder" if error.errno == errno.EISDIR else "a device, not a file"
        message = f"{place.name or place} is {what}. Choose another name."
    elif error.errno in _NO_ROOM:
        message = "There is no room left on the disk. Free some space, or choose another place."
    elif error.errno in _NOT_ALLOWED:
        message = f"{place} cannot be written. Close it where it is open, or choose another place."
    elif error.errno in _GONE:
        message = f"There is no folder {place.parent}. Choose another place."
    else:
        message = f"{place.name} cannot be written ({error.strerror or 'for an unknown reason'}). Choose another place."
    return StorageError(_TITLE, message)
