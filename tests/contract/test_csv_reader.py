"""CSV that is wrong in every way it can be: a line in the report, or a cleaned value, and never a crash."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Iterator

import pytest

from c2c_desktop.adapters.csv_reader import read_csv, read_head
from c2c_desktop.adapters.csv_rows import LONG_LINE, LONGEST_LINE, MOST_LINES, OPEN_QUOTE, CsvRows
from c2c_desktop.adapters.csv_shape import find_shape
from c2c_desktop.domain.column_guess import guess_mapping
from c2c_desktop.domain.contact_record import ContactRecord, SkippedRecord
from c2c_desktop.domain.csv_shape import CsvShape
from c2c_desktop.domain.record_row import TOO_LONG, RowReader

HEADER = "Name,Phone,Note\n"
ROW = "Asha Rao,98402 22222,\n"


def read(data: bytes | str, shape: CsvShape | None = None) -> list[ContactRecord | SkippedRecord]:
    stream = io.BytesIO(data.encode() if isinstance(data, str) else data)
    shape = shape or find_shape(stream)
    head = read_head(stream, shape)
    found = list(read_csv(stream, shape, guess_mapping(head.header, head.cells)))
    assert not stream.closed
    return found


def names(found: list[ContactRecord | SkippedRecord]) -> list[str]:
    return [record.name for record in found if isinstance(record, ContactRecord)]


def skipped(found: list[ContactRecord | SkippedRecord]) -> list[tuple[int, str]]:
    return [(record.line, record.reason) for record in found if isinstance(record, SkippedRecord)]


@pytest.mark.parametrize("rows_behind", [0, 1, 5, MOST_LINES * 3])
@pytest.mark.parametrize("quoted", [False, True])
def test_an_unclosed_quote_swallows_its_own_line_only(rows_behind: int, quoted: bool) -> None:
    row = '"Asha Rao","98402 22222",""\n' if quoted else ROW
    found = read(f'{HEADER}{row}"Ravi,98402 33333,\n{row * rows_behind}')
    assert skipped(found) == [(3, OPEN_QUOTE)]
    assert names(found) == ["Asha Rao"] * (1 + rows_behind)
    assert [record.line for record in found] == list(range(2, 4 + rows_behind))
    assert next(r for r in found if isinstance(r, SkippedRecord)).text == '"Ravi,98402 33333,'


def test_a_quote_that_is_closed_by_luck_only_is_seen() -> None:
    found = read(f'{HEADER}Ravi,98402 33333,"the 5\n{ROW * 3}Meera,98402 44444,is 6"\n{ROW}')
    assert skipped(found) == [(2, OPEN_QUOTE)]
    assert names(found) == ["Asha Rao"] * 3 + ["Meera", "Asha Rao"]
    found = read(f'{HEADER}"Ravi,98402 33333,\nMeera",98402 44444,\n{ROW}')
    assert skipped(found)[0] == (2, OPEN_QUOTE)
    assert names(found)[-1] == "Asha Rao"


def test_in_a_block_of_rows_with_notes_the_faulty_one_is_found() -> None:
    row = 'Asha Rao,98402 22222,"one\ntwo, three"\n'
    found = read(f'{HEADER}{row * 70}"Ravi,98402 33333,\n{row * 70}')
    assert skipped(found) == [(142, OPEN_QUOTE)]
    assert names(found) == ["Asha Rao"] * 140
    assert [r.line for r in found] == [*range(2, 142, 2), 142, *range(143, 283, 2)]


def test_a_note_of_many_lines_is_one_record_and_lines_are_counted() -> None:
    found = read(f'{HEADER}Asha,98402 22222,"one,\r\ntwo\rthree\n\nfour"\n\n{ROW}')
    notes = [(r.line, r.note) for r in found if isinstance(r, ContactRecord)]
    assert notes == [(2, "one,\ntwo\nthree\n\nfour"), (8, "")]


def test_a_row_without_end_is_given_up_by_its_first_line() -> None:
    lines = "x\n" * (MOST_LINES + 10)
    found = read(f'{HEADER}Ravi,98402 33333,"{lines}\n{ROW}')
    assert skipped(found)[0] == (2, OPEN_QUOTE)
    assert names(found)[-1] == "Asha Rao"


def test_quotes_that_are_not_doubled_are_read_as_meant() -> None:
    found = read(f'{HEADER}"Asha "A" Rao",98402 22222,\n"Ravi" Kumar,98402 33333,"x\n{ROW}')
    assert names(found)[0] == 'Asha A" Rao"'
    assert skipped(found) == [(3, OPEN_QUOTE)]
    assert names(found)[-1] == "Asha Rao"


class _Endless(io.RawIOBase):
    """A file as large as asked for, of one repeated piece, that is nowhere in memory."""

    def __init__(self, begin: bytes, piece: bytes, times: int, end: bytes) -> None:
        self._pieces = self._all(begin, piece, times, end)
        self._left = b""

    @staticmethod
    def _all(begin: bytes, piece: bytes, times: int, end: bytes) -> Iterator[bytes]:
        yield begin
        for _ in range(times):
            yield piece
        yield end

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._left = self._left or next(self._pieces, b"")
        count = min(len(buffer), len(self._left))
        buffer[:count], self._left = self._left[:count], self._left[count:]
        return count


@pytest.mark.parametrize("piece", [b"x" * 1_000_000, b"\0" * 1_000_000, b'"' * 1_000_000, b"," * 1_000_000])
def test_a_line_of_100_mb_is_one_line_of_the_report_and_not_kept(piece: bytes) -> None:
    file = io.BufferedReader(_Endless(f"{HEADER}{ROW}".encode(), piece, 100, f"\n{ROW}".encode()))
    mapping = guess_mapping(HEADER.strip().split(","), [])
    tracemalloc.start()
    found = list(read_csv(file, CsvShape(), mapping))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert names(found) == ["Asha Rao"] * 2
    assert skipped(found) == [(3, LONG_LINE)]
    assert found[-1].line == 4
    assert peak < 12_000_000


def test_a_long_line_inside_a_row_gives_up_the_row_first() -> None:
    long = "y" * (LONGEST_LINE * 2)
    found = read(f'{HEADER}Ravi,98402 33333,"x\n{long}"\n{ROW}', CsvShape())
    assert skipped(found) == [(2, OPEN_QUOTE), (3, LONG_LINE)]
    assert names(found) == ["Asha Rao"]


def test_a_file_that_ends_in_a_long_line_or_begins_with_one() -> None:
    assert skipped(read(f"{HEADER}{'y' * LONGEST_LINE}", CsvShape())) == [(2, LONG_LINE)]
    found = list(CsvRows(io.BytesIO(b"y" * LONGEST_LINE * 2 + b"\n" + ROW.encode()), CsvShape()))
    assert [type(one) for one in found] == [SkippedRecord, tuple]
    assert list(CsvRows(io.BytesIO(b"sep=;\n"), CsvShape(lines_before=3))) == []
    assert list(CsvRows(io.BytesIO(b""), CsvShape())) == []


def test_many_rows_pass_through_flat() -> None:
    file = io.BufferedReader(_Endless(HEADER.encode(), ROW.encode() * 1000, 50, b""))
    mapping = guess_mapping(HEADER.strip().split(","), [])
    tracemalloc.start()
    count = sum(1 for _ in read_csv(file, CsvShape(), mapping))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 50_000
    assert peak < 2_000_000


@pytest.mark.parametrize(
    "byte", [b"\0", b"\x1a", b"\x1b", b"\x7f", b"\xe2\x80\xae", b"\xe2\x81\xa6", b"\xef\xbb\xbf", b"\xed\xa0\x80"]
)
def test_what_cannot_be_seen_is_taken_out(byte: bytes) -> None:
    (found,) = read(HEADER.encode() + b"As" + byte + b"ha,984" + byte + b"02 22222," + byte + b"\n")
    assert isinstance(found, ContactRecord)
    assert found.name in {"Asha", "As\u00ed \u20acha", "As\u00ed\ufffd\u20acha"}
    assert found.note in {"", "\u00ed \u20ac", "\u00ed\ufffd\u20ac"}


def test_a_byte_of_windows_far_behind_the_sample_is_read_as_such() -> None:
    found = read(
        HEADER.encode() + ROW.encode() * 20_000 + "Jörg,98402 33333,\n".encode("cp1252") + "Zoë,98402 44444,\n".encode()
    )
    assert names(found)[-2:] == ["Jörg", "Zoë"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-le", "utf-32-be", "ascii", "shift-jis", "mac-roman"])
@pytest.mark.parametrize("data", [bytes(range(256)) * 9, b"\xff" * 999, b"\x00\xd8" * 99 + b"\n", b"\x80\n" * 99])
def test_bytes_that_are_no_text_are_lines_of_the_report(encoding: str, data: bytes) -> None:
    mapping = guess_mapping(["Name", "Phone"], [])
    for found in read_csv(io.BytesIO(data), CsvShape(encoding), mapping):
        assert found.line >= 1


def test_rows_that_are_too_long_are_skipped_and_too_short_are_filled() -> None:
    found = read(f"{HEADER}Rao,Asha,98402 22222,,x\nRavi,98402 33333\nMeera\nx,98402 44444,,,,,\n")
    assert skipped(found) == [(2, TOO_LONG)]
    assert names(found) == ["Ravi", "Meera", "x"]


def test_a_stream_that_breaks_says_so() -> None:
    class Broken(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _: memoryview) -> int:  # type: ignore[override]
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        list(read_csv(io.BufferedReader(Broken()), CsvShape(), guess_mapping(["Name"], [])))


def test_a_reader_nobody_goes_on_with_leaves_the_stream_open() -> None:
    stream = io.BytesIO((HEADER + ROW * 500).encode())
    reading = read_csv(stream, CsvShape(), guess_mapping(["Name", "Phone", "Note"], []))
    next(reading)
    del reading
    assert not stream.closed


def test_the_head_is_what_the_import_begins_with() -> None:
    stream = io.BytesIO(f"{HEADER}\n{ROW * 50}".encode())
    shape = find_shape(stream)
    head = read_head(stream, shape)
    assert stream.tell() == 0
    assert head.header == ("Name", "Phone", "Note")
    assert [line for line, _ in head.rows] == list(range(3, 23))
    mapping = guess_mapping(head.header, head.cells)
    assert RowReader(mapping).read(range(3, 23), head.cells) == list(read_csv(stream, shape, mapping))[:20]


def test_the_head_of_garbage_ends() -> None:
    head = read_head(io.BytesIO(b'"x\n' * 2000), CsvShape())
    assert len(head.rows) <= 20
    assert read_head(io.BytesIO(b"\n"), CsvShape()).header == ()


def test_every_row_is_what_the_library_reads() -> None:
    stream = io.StringIO(newline="")
    rows = [[f"n{n}", 'a "b", c' if n % 7 == 0 else "", "x\ny" if n % 5 == 0 else "z"] for n in range(1000)]
    csv.writer(stream).writerows(rows)
    found = [row for _, row in CsvRows(io.BytesIO(stream.getvalue().encode()), CsvShape(), 3)]  # type: ignore[misc]
    assert found == rows
