"""Tables of contacts as bytes: shape and mapping found by themselves, and whatever stands there, records or words."""

from __future__ import annotations

import io
import random
from dataclasses import replace

from c2c_desktop.adapters.csv_reader import read_csv, read_head
from c2c_desktop.adapters.csv_shape import ENCODINGS, NoTableError, find_shape
from c2c_desktop.adapters.csv_writer import write_csv
from c2c_desktop.domain.column_guess import guess_mapping
from c2c_desktop.domain.column_mapping import mapping_data, mapping_from
from c2c_desktop.domain.contact_record import (
    MOST_EMAILS,
    MOST_NUMBERS,
    MOST_TAGS,
    NAME_LENGTH,
    NOTE_LENGTH,
    NUMBER_LENGTH,
    SKIPPED_TEXT_LENGTH,
    ContactRecord,
    SkippedRecord,
)
from c2c_desktop.domain.own_table import OWN_MAPPING
from tests.fuzz.inputs import mutated, some_text
from tests.fuzz.targets import check_plain
from tests.samples.csv_exports import ALL

_PIECES = (
    '"', '""', "'", "=", "\\", ",", ";", "\t", "|", "\n", "\r", "\r\n", " ::: ", ":::", "\0", "\ufeff", "\u202e", "é",
    "9.84E+11", "@", "* ", "sep=;\n", "\x1a", "\u2028", '","', '"\n"', "=1+1", "+91 98402 22222", "x" * 200,
)  # fmt: skip
_SEEDS = tuple(
    (data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")) for data in ALL.values()
)


class ContactTables:
    """No error but the documented one; cleaned, capped, lines that grow; what was read survives an export."""

    name = "contact tables"

    def make(self, rnd: random.Random) -> bytes:
        kind = rnd.random()
        if kind < 0.1:
            return rnd.randbytes(rnd.randint(0, 300))
        if kind < 0.2:
            rows = ([some_text(rnd) for _ in range(rnd.randint(0, 5))] for _ in range(rnd.randint(0, 6)))
            text = "\n".join(rnd.choice(",;\t|").join(row) for row in rows)
        else:
            text = mutated(rnd, rnd.choice(_SEEDS), _PIECES)
        data = bytearray(text.encode(rnd.choice((*ENCODINGS[:4], "utf-8", "utf-16", "utf-8-sig")), "replace"))
        for _ in range(rnd.choice((0, 0, 1, 4))):
            at = rnd.randint(0, len(data))
            data[at : at + rnd.randint(0, 2)] = rnd.randbytes(rnd.randint(0, 2))
        return bytes(data)

    def feed(self, made: bytes) -> None:
        stream = io.BytesIO(made)
        try:
            shape = find_shape(stream)
        except NoTableError as error:
            check_plain(error.message)
            return
        head = read_head(stream, shape)
        mapping = guess_mapping(head.header, head.cells)
        assert mapping_from(mapping_data(mapping)) == mapping or not mapping.columns
        assert stream.tell() == 0
        records, line = [], 0
        for found in read_csv(stream, shape, mapping):
            assert found.line >= line
            line = found.line
            if isinstance(found, SkippedRecord):
                check_plain(found.text)
                assert len(found.text) <= SKIPPED_TEXT_LENGTH
            else:
                check_record(found)
                records.append(replace(found, line=0))
        assert line <= made.count(b"\n") + made.count(b"\r") + 1
        for for_people in (True, False):
            check_round_trip(records, for_people)


def check_record(record: ContactRecord) -> None:
    """Fail where a record is not clean, too large, or nobody."""
    assert type(record) is ContactRecord
    hash(record)
    assert record.name or record.company or record.numbers or record.emails
    assert len(record.numbers) <= MOST_NUMBERS
    assert len(record.emails) <= MOST_EMAILS
    assert len(record.tags) <= MOST_TAGS
    assert len(record.note) <= NOTE_LENGTH
    assert max(len(record.name), len(record.company)) <= NAME_LENGTH
    texts = [record.name, record.company, *record.note.split("\n"), record.uid, *record.emails, *record.tags]
    assert record.note == record.note.strip("\n")
    for number in record.numbers:
        assert 0 < len(number.as_written) <= NUMBER_LENGTH
        texts += [number.as_written, number.kind]
    for text in texts:
        check_plain(text)
        assert text == text.strip()
    assert all(record.emails)
    assert all(record.tags)


def check_round_trip(records: list[ContactRecord], for_people: bool) -> None:
    """Fail where an export does not bring the same records back."""
    stream = io.BytesIO()
    write_csv(records, stream, for_people)
    stream.seek(0)
    shape = find_shape(stream)
    head = read_head(stream, shape)
    mapping = guess_mapping(head.header, head.cells)
    assert mapping == OWN_MAPPING
    assert [replace(r, line=0) for r in read_csv(stream, shape, mapping) if isinstance(r, ContactRecord)] == records
