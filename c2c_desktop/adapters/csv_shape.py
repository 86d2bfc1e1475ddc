"""How a table of text is written down: encoding, delimiter, quotation marks, header, found from its beginning.

`csv.Sniffer` is not used: it takes any character for a delimiter that comes up evenly (a letter, the colon of a time),
gives up on a table of one column and on names with commas in them, is slow on long quoted texts, knows no `sep=`, and
asks lengths and types whether there is a header, which say nothing about contacts. Here four delimiters are tried
with the reader itself, and the one wins under which the first rows have the same number of cells as the header.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from c2c_desktop.adapters.csv_rows import CsvRows, text_of
from c2c_desktop.domain.column_guess import has_header, known_words
from c2c_desktop.domain.contact_record import SkippedRecord
from c2c_desktop.domain.csv_shape import CsvShape
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.own_table import OWN_HEADER
from c2c_desktop.domain.record_row import Row

SAMPLE_BYTES = 262_144
ENCODINGS = ("utf-8", "cp1252", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "iso8859-15", "mac-roman", "shift-jis")
"""What tables are written in; the window offers these and more (`ui.table_shape`)."""
DELIMITERS = ",;\t|"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, which begins alike
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_FILES = (
    (b"PK\x03\x04", "an Excel workbook or another packed file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"\x1f\x8b", "a packed file"),
    (b"%PDF", "a PDF document"),
    (b"SQLite format 3\0", "a database"),
    (b"{\\rtf", "a text document"),
)
_SEPARATOR_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?(?:\r\n|\r|\n|$)", re.IGNORECASE)
_OUR_BEGINNING = ",".join(OWN_HEADER[:4])
_SAMPLE_ROWS = 60
_TITLE_LINES = 8
_FEWEST_QUOTED = 3
_UTF16_SHARE = 20


class NoTableError(UserFacingError):
    """The file is no table of text at all."""


def find_shape(stream: BinaryIO) -> CsvShape:
    """Return how the table is written down, and leave the (seekable) stream where it was.

    Raises `NoTableError` for files of another kind, `OSError` as the stream does. Blocks for milliseconds.
    """
    start = stream.tell()
    sample = stream.read(SAMPLE_BYTES)
    stream.seek(start)
    _refuse_others(sample)
    shape = CsvShape(encoding=find_encoding(sample))
    text = text_of(io.BytesIO(sample), shape.encoding).read()
    if found := _SEPARATOR_LINE.match(text):
        shape = replace(shape, lines_before=1, delimiter=found[1] if found[1] not in '"\r\n' else ",")
        text = text[found.end() :]
    shape = replace(shape, quote=_quote(text), escape=_escape(text))
    if not shape.lines_before:
        shape = replace(shape, delimiter=max(DELIMITERS, key=lambda d: _evenness(sample, replace(shape, delimiter=d))))
    return _with_header(sample, shape)


def find_encoding(sample: bytes) -> str:
    """Return the encoding: a mark tells, then UTF-8 without a fault, then zeros as UTF-16 has them, then Windows."""
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    if encoding := _utf16(sample):
        return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)  # the last character may be cut
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _utf16(sample: bytes) -> str:
    """Return which UTF-16 this is without a mark; delimiters, digits and line ends have a zero on one side."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    enough = len(sample) // 2 // _UTF16_SHARE
    for encoding, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > max(enough, others * 5):
            return encoding
    return ""


def _refuse_others(sample: bytes) -> None:
    if not sample:
        raise NoTableError("No contacts", "The file is empty.")
    for beginning, what in _OTHER_FILES:
        if sample.startswith(beginning):
            raise NoTableError(
                "This is no CSV file", f"It is {what}. Save it as CSV in the program it comes from, then import that."
            )
    if sample[:40].lstrip(codecs.BOM_UTF8 + b" \t\r\n").upper().startswith(b"BEGIN:VCARD"):
        raise NoTableError("This is no CSV file", "It is a vCard file: import it as that.")


def _quote(text: str) -> str:
    """Return the quotation mark: the double one unless cells stand in single ones and there is no double one."""
    is_ours = text.removeprefix("\ufeff").startswith(_OUR_BEGINNING)
    if (
        is_ours
        or '"' in text
        or len(re.findall(r"(?:^|[,;\t|])'[^'\n]*'(?=[,;\t|\r\n]|$)", text, re.MULTILINE)) < _FEWEST_QUOTED
    ):
        return '"'
    return "'"


def _escape(text: str) -> str:
    r"""Return `\` where it stands before quotation marks inside cells, which nobody doubles."""
    inside = re.search(r'\\"(?![,;\t|\r\n]|$)', text)
    return "\\" if inside and not re.search(r'[^,;\t|\r\n]""', text) else ""


def _sample_rows(sample: bytes, shape: CsvShape) -> list[Row]:
    rows: list[Row] = []
    for looked_at, found in enumerate(CsvRows(io.BytesIO(sample), shape)):
        if not isinstance(found, SkippedRecord):
            rows.append(found)
        if looked_at == _SAMPLE_ROWS:
            return rows
    return rows[:-1] if len(sample) == SAMPLE_BYTES and len(rows) > 1 else rows  # the last one is cut


def _evenness(sample: bytes, shape: CsvShape) -> tuple[int, int]:
    """Return how many tenths of the rows are as wide as most, the header among them, and how wide that is."""
    widths = [len(row) for _, row in _sample_rows(sample, shape)]
    if not widths:
        return 0, 0
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    if usual == 1:
        return 0, 1
    heads = usual in widths[:1] or (len(set(widths[:_TITLE_LINES])) > 1 and usual in widths[1:_TITLE_LINES])
    return 10 * widths.count(usual) // len(widths) if heads else 1, usual


def _with_header(sample: bytes, shape: CsvShape) -> CsvShape:
    """Tell titles above the table from its header, and whether it has one."""
    rows = _sample_rows(sample, shape)
    at = _header_at([row for _, row in rows])
    if at:
        shape = replace(shape, lines_before=rows[at][0] - 1)
    return replace(shape, has_header=has_header([row for _, row in rows[at:]]))


def _header_at(rows: Sequence[Sequence[str]]) -> int:
    """Return which of the first rows heads the table: one with known words below narrower ones, else the first."""
    for at, row in enumerate(rows[:_TITLE_LINES]):
        if known_words(row) > 1:
            return at if all(sum(map(bool, before)) < len(row) for before in rows[:at]) else 0
    return 0
