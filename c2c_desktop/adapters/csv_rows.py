"""The rows of a table of text, one at a time, whatever is wrong with it; memory stays flat.

The standard library's csv reader does the parsing, strictly: an unclosed quotation mark then shows itself at the next
one instead of swallowing rows. The lines of the row being read are held, so that after such a fault only its first
line is given up and the ones behind it are read again.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from c2c_desktop.domain.contact_record import SkippedRecord
from c2c_desktop.domain.csv_shape import CsvShape
from c2c_desktop.domain.record_row import Row, row_text

if TYPE_CHECKING:
    import _csv

LONGEST_LINE = 65_536
"""Characters of one line, and of one row; less than `csv.field_size_limit`, which is the whole process's."""
LINES_AT_ONCE = 100
"""So few that what becomes of them sets off no garbage collection."""
MOST_LINES = 500
"""Lines one row may take: a note has some."""

LONG_LINE = "This line is too long to be a contact."
OPEN_QUOTE = "A quotation mark is opened in this line and not closed where the row ends."

FALLBACK = "c2c-cp1252"
"""Name of the error handler that reads bytes which are no UTF-8 as what Windows writes in the West."""

_FEWEST_COLUMNS = 3
"""In a narrower table the columns of a line say nothing."""


def _as_windows(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(FALLBACK, _as_windows)


Block = tuple[Sequence[int], Sequence[Sequence[str]]]
"""Where rows start, and the rows."""


class _TooLong(str):
    """The beginning of a line that was cut."""

    __slots__ = ()


class _LineIsTooLongError(Exception):
    """There is no row in this line."""


class _RowHasNoEndError(Exception):
    """More lines than a row may have."""


def csv_reader(lines: Iterable[str], shape: CsvShape, *, strict: bool) -> _csv.Reader:
    """Return the library's reader for that shape."""
    return csv.reader(
        lines, delimiter=shape.delimiter, quotechar=shape.quote, escapechar=shape.escape or None, strict=strict
    )


def text_of(stream: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """Return the text of `stream`, with its line ends; whatever bytes come, reading raises no `UnicodeError`."""
    errors = FALLBACK if encoding == "utf-8" else "replace"
    return io.TextIOWrapper(stream, encoding, errors=errors, newline="")


class CsvRows:
    """Iterate for `(line, cells)` or `SkippedRecord`; blank lines are passed over. Raises `OSError` as the stream does.

    `one_line` are the columns in which a line break together with a delimiter means that a row was swallowed,
    `width` is how many columns there are, 0 where nobody knows. The stream stays open.
    """

    def __init__(
        self, stream: BinaryIO, shape: CsvShape, width: int = 0, one_line: frozenset[int] = frozenset()
    ) -> None:
        self._shape = shape
        self._width = width
        self._one_line = one_line
        self._text = text_of(stream, shape.encoding)
        self._again: deque[str] = deque()
        self._held: list[str] = []
        self._line = 0

    def blocks(self) -> Iterator[Block | SkippedRecord]:
        """Yield rows, some at a time, and what was given up between them."""
        try:
            self._pass_over()
            while lines := self._some_lines():
                yield from self._parsed(lines)
        finally:
            self._text.detach()

    def __iter__(self) -> Iterator[Row | SkippedRecord]:
        for found in self.blocks():
            if isinstance(found, SkippedRecord):
                yield found
            else:
                yield from zip(*found, strict=True)

    def _some_lines(self) -> list[str]:
        again = self._again
        if again:
            lines = list(again)
            again.clear()
            return lines
        lines = list(islice(iter(partial(self._text.readline, LONGEST_LINE), ""), LINES_AT_ONCE))
        return self._mended(lines) if lines and max(map(len, lines)) >= LONGEST_LINE else lines

    def _mended(self, pieces: list[str]) -> list[str]:
        """Return the lines of which long ones came in pieces."""
        lines: list[str] = []
        whole = True
        for piece in pieces:
            if whole:
                lines.append(piece)
            elif type(lines[-1]) is str:
                lines[-1] = _TooLong(lines[-1])
            whole = _is_whole(piece)
        if not whole:
            lines[-1] = self._cut(lines[-1])
        return lines

    def _parsed(self, lines: list[str]) -> Iterator[Block | SkippedRecord]:
        """Yield the rows up to the first that is not plain or whole; that one, then, by itself."""
        starts, rows, done = self._whole_rows(lines)
        self._line += done
        self._again.extendleft(reversed(lines[done:]))
        if rows:
            yield starts, rows
        if self._again:
            found = self._one_row()
            if found is not None:
                yield found if isinstance(found, SkippedRecord) else ([found[0]], [found[1]])

    def _whole_rows(self, lines: list[str]) -> tuple[Sequence[int], list[list[str]], int]:
        """Return where rows start, the rows, and how many of the lines they are."""
        first, before = self._line + 1, 0
        starts, rows = list[int](), list[list[str]]()
        if _TooLong in map(type, lines):
            return starts, rows, before
        reader = csv_reader(lines, self._shape, strict=True)
        try:
            if self._shape.quote not in "".join(lines) and not self._shape.escape:
                rows = list(reader)
                if all(rows):
                    return range(first, first + len(lines)), rows, len(lines)
                return *_without_blank(first, rows), len(lines)
            for row in reader:
                if reader.line_num - before > 1 and self._swallowed(row):
                    break
                if row:
                    starts.append(first + before)
                    rows.append(row)
                before = reader.line_num
        except csv.Error:
            pass
        return starts, rows, before

    def _one_row(self) -> Row | SkippedRecord | None:
        """Read one row with all care; None for a blank line."""
        held = self._held
        try:
            row = next(csv_reader(self._lines(), self._shape, strict=True))
        except _LineIsTooLongError:
            return self._give_up(LONG_LINE if len(held) == 1 else OPEN_QUOTE)
        except (csv.Error, _RowHasNoEndError):
            return self._as_meant() or self._give_up(OPEN_QUOTE)
        if len(held) > 1 and self._swallowed(row):
            return self._give_up(OPEN_QUOTE)
        line = self._line - len(held) + 1
        held.clear()
        return (line, row) if row else None

    def _pass_over(self) -> None:
        """Skip what stands before the table, and the byte order mark."""
        first = self._whole_line()
        if first:
            self._again.append(type(first)(first.removeprefix("\ufeff")))
        for _ in range(self._shape.lines_before):
            self._line += bool(self._again.popleft() if self._again else self._whole_line())

    def _lines(self) -> Iterator[str]:
        """Yield lines for one reader, holding those of the row it is in."""
        held, again = self._held, self._again
        while True:
            line = again.popleft() if again else self._whole_line()
            if not line:
                return
            held.append(line)
            self._line += 1
            if type(line) is _TooLong:
                raise _LineIsTooLongError
            if len(held) > 1 and (len(held) > MOST_LINES or sum(map(len, held)) > LONGEST_LINE):
                raise _RowHasNoEndError
            yield line

    def _whole_line(self) -> str:
        return self._cut(self._text.readline(LONGEST_LINE))

    def _cut(self, line: str) -> str:
        """Return the line that begins with `line`: cut, and its rest passed over, where it is too long."""
        if _is_whole(line):
            return line
        while (rest := self._text.readline(LONGEST_LINE)) and not rest.endswith(("\n", "\r")):
            pass
        return _TooLong(line)

    def _give_up(self, reason: str) -> SkippedRecord:
        """Skip the first line held; the others are read again."""
        line = self._line - len(self._held) + 1
        first, *others = self._held
        self._again.extendleft(reversed(others))
        self._line -= len(others)
        self._held.clear()
        return SkippedRecord(line, reason, row_text([first]))

    def _as_meant(self) -> Row | None:
        """Return the row where it ends with its line, in spite of marks that are not doubled: `"Asha "A" Rao";…`."""
        reader = csv_reader(iter([self._held[0], '"', ""]), self._shape, strict=False)
        try:
            row = next(reader)
        except csv.Error:
            return None
        if reader.line_num > 1 or (len(self._held) > 1 and len(row) != self._width):
            return None
        _, *others = self._held
        line = self._line - len(others)
        self._again.extendleft(reversed(others))
        self._line -= len(others)
        self._held.clear()
        return line, row

    def _swallowed(self, row: list[str]) -> bool:
        """Whether a row of several lines has whole rows in one of its cells: a mark was not closed by luck only."""
        delimiter = self._shape.delimiter
        for i, cell in enumerate(row):
            if ("\n" in cell or "\r" in cell) and delimiter in cell:
                if i in self._one_line:
                    return True
                inner = re.split(r"\r\n|\r|\n", cell)[1:-1]
                if self._width >= _FEWEST_COLUMNS and any(x.count(delimiter) >= self._width - 1 for x in inner):
                    return True
        return False


def _without_blank(first: int, rows: list[list[str]]) -> tuple[list[int], list[list[str]]]:
    return [line for line, row in enumerate(rows, first) if row], [row for row in rows if row]


def _is_whole(line: str) -> bool:
    return len(line) < LONGEST_LINE or line.endswith(("\n", "\r"))
