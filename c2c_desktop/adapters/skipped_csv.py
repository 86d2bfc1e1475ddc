"""What an import left out, as a table a person opens in a spreadsheet."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from c2c_desktop.domain.contact_record import SkippedRecord
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.list_cell import neutralised

HEADER = ("Line", "Why it was left out", "What stands there")
ENCODING = "utf-8-sig"
"""With the mark Excel wants; the stream's `newline` is "" and its `errors` is "replace"."""


def save_skipped(path: str, problems: Sequence[SkippedRecord]) -> None:
    """Write `problems` to `path`, whatever is there: UTF-8 with the mark Excel wants, no cell that calculates.

    A file that cannot be written whole is none: what is there stays. Raises `UserFacingError`. Blocks.
    """
    target = Path(path)
    try:
        handle, beside = tempfile.mkstemp(prefix=".", suffix=".csv", dir=target.parent)
        try:
            with open(handle, "w", encoding=ENCODING, errors="replace", newline="") as stream:
                write_skipped(stream, problems)
            Path(beside).replace(target)
        except OSError:
            Path(beside).unlink(missing_ok=True)
            raise
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
