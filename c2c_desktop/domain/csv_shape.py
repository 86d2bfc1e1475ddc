"""How a table of text is written down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CsvShape:
    """How a table is written down. Plain: a person may choose another encoding or delimiter."""

    encoding: str = "utf-8"
    """As Python calls it, without a byte order mark of its own: "utf-8", "utf-16-le", "cp1252"."""
    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    """What stands before a quotation mark inside a cell, where it is not doubled."""
    has_header: bool = True
    lines_before: int = 0
    """Lines before the table: `sep=;`, titles."""
