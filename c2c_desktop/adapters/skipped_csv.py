"""What an import left out, as a table a person opens in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from c2c_desktop.domain.contact_record import SkippedRecord
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.list_cell import neutralised
from c2c_desktop.whole_file import whole_file

HEADER = ("Line", "Why it was left out", "What stands there")
ENCODING = "utf-8-sig"
"""With the mark Excel wants; the stream's `newline` is "" and its `errors` is "replace"."""


def save_skipped(path: str, problems: Sequence[SkippedRecord]) -> None:
    """Write `problems` to `path`, over the file that is there: UTF-8 with the mark Excel wants, no cell calculates.

    A file that cannot be written whole is none: what is there stays. Raises `UserFacingError`. Blocks.
    """
    try:
        with whole_file(Path(path)) as file:
            stream = io.TextIOWrapper(file, encoding=ENCODING, errors="replace", newline="")
            write_skipped(stream, problems)
            stream.detach()
    except OSError as error:
        why = error.strerror or "The disk refused it"
        raise UserFacingError("The list could not be saved", f"{why}. Choose another folder.") from error


def write_skipped(
    stream: TextIO, problems: Sequence[SkippedRecord], more: int = 0, header: Sequence[str] = HEADER
) -> None:
    """Write `problems`, no cell of which calculates; `more` there were that nobody listed. Raises `OSError`."""
    writer = csv.writer(stream)
    writer.writerow(header)
    writer.writerows((each.line, neutralised(each.reason), neutralised(each.text)) for each in problems)
    if more:
        writer.writerow(("", f"And {more:,} more.", ""))
