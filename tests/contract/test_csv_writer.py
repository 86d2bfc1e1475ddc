"""import(export(x)) == x, for programs and for people, and no spreadsheet calculates what people open."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import replace

import pytest

from c2c_desktop.adapters.csv_reader import read_csv, read_head
from c2c_desktop.adapters.csv_shape import find_shape
from c2c_desktop.adapters.csv_writer import write_csv
from c2c_desktop.domain.column_guess import guess_mapping
from c2c_desktop.domain.contact_record import (
    NAME_LENGTH,
    NOTE_LENGTH,
    NUMBER_LENGTH,
    TAG_LENGTH,
    ContactRecord,
    RecordNumber,
    SkippedRecord,
)
from c2c_desktop.domain.list_cell import FORMULA_STARTS
from c2c_desktop.domain.number_kind import NUMBER_KINDS
from c2c_desktop.domain.plain_text import clean_text

_PIECES = (
    *"=+-@'\"\\,;|:*abZ0189\t\r\n ", " ::: ", ":::", "''", '""', "＝", "é", "ß", "आ", "👩\u200d👧", "\u200c",
    "\u202e", "\0", "\ud800", "sep=;", "9.84E+11", "1.0", '="1"', "* ", "myContacts", "starred", "mailto:", "<x>",
    "yes", "\u2028", "\x1a", "BEGIN:VCARD",
)  # fmt: skip


def text(rnd: random.Random, limit: int) -> str:
    return clean_text("".join(rnd.choice(_PIECES) for _ in range(rnd.choice((0, 1, 2, 5, 12)))), limit)


def texts(rnd: random.Random, limit: int, most: int, end: str = "") -> tuple[str, ...]:
    made = (f"{part}{end}" for _ in range(rnd.randint(0, most)) if (part := text(rnd, limit)))
    return tuple(dict.fromkeys(made))


def some_record(rnd: random.Random) -> ContactRecord:
    numbers = tuple(
        RecordNumber(written, rnd.choice(("", *NUMBER_KINDS)), rnd.random() < 0.3)
        for written in texts(rnd, NUMBER_LENGTH, rnd.choice((0, 1, 2, 8)))
    )
    return ContactRecord(
        text(rnd, NAME_LENGTH) or "=x", text(rnd, NAME_LENGTH), numbers, texts(rnd, 60, 3, "@example.org"),
        texts(rnd, TAG_LENGTH, 3), text(rnd, NOTE_LENGTH), text(rnd, 60), rnd.random() < 0.3,
    )  # fmt: skip


def exported(records: list[ContactRecord], for_people: bool) -> tuple[bytes, int]:
    stream = io.BytesIO()
    changed = write_csv(iter(records), stream, for_people)
    assert not stream.closed
    return stream.getvalue(), changed


def imported(data: bytes) -> list[ContactRecord | SkippedRecord]:
    stream = io.BytesIO(data)
    shape = find_shape(stream)
    head = read_head(stream, shape)
    return list(read_csv(stream, shape, guess_mapping(head.header, head.cells)))


@pytest.mark.parametrize("for_people", [True, False])
@pytest.mark.parametrize("seed", range(20))
def test_what_is_exported_is_imported_the_same(seed: int, for_people: bool) -> None:
    rnd = random.Random(seed)
    records = [some_record(rnd) for _ in range(rnd.choice((0, 1, 150)))]
    data, _ = exported(records, for_people)
    assert [replace(found, line=0) for found in imported(data)] == records


@pytest.mark.parametrize("seed", range(5))
def test_no_cell_for_people_is_a_formula_and_the_changed_ones_are_counted(seed: int) -> None:
    records = [some_record(random.Random(seed * 1000 + n)) for n in range(200)]
    (for_people, changed), (for_programs, unchanged) = exported(records, True), exported(records, False)
    cells = [cell for row in csv.reader(io.StringIO(for_people.decode("utf-8-sig"), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(tuple(FORMULA_STARTS))]
    assert unchanged == 0
    plain = [cell for row in csv.reader(io.StringIO(for_programs.decode(), newline="")) for cell in row]
    starts = [cell for cell in plain if cell.startswith(tuple(FORMULA_STARTS))]
    assert changed >= len(starts) > 0


def test_a_number_stays_readable_and_comes_back() -> None:
    record = ContactRecord("=HYPERLINK(1)", numbers=(RecordNumber("+44 20 7946 0018", "work"),), tags=("@vip", "-x"))
    data, changed = exported([record], True)
    assert data.startswith(b"\xef\xbb\xbfName,")
    assert changed == 3
    assert b"'+44 20 7946 0018" in data
    assert b"'=HYPERLINK(1)" in data
    (found,) = imported(data)
    assert replace(found, line=0) == record
    assert found.line == 2


def test_for_programs_cells_are_as_they_are() -> None:
    data, changed = exported([ContactRecord("'Asha", numbers=(RecordNumber("+44 20 7946 0018"),))], False)
    assert (changed, data.splitlines()[1]) == (0, b"'Asha,,,+44 20 7946 0018,,,,,,,,,,,,")


def test_a_record_nobody_cleaned_is_written_all_the_same() -> None:
    nasty = ContactRecord("\ud800\tA\r\n=1", "\r=1", (RecordNumber("\t+1"),))
    data, changed = exported([nasty], True)
    assert changed == 3
    assert [type(found) for found in imported(data)] == [ContactRecord]


def test_a_full_disk_is_told() -> None:
    class Full(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, _: object) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_csv([ContactRecord("Asha")] * 5000, io.BufferedWriter(Full(), 1), for_people=True)
