"""The exports of each maker, with their quirks, from bytes to records without a person choosing anything."""

from __future__ import annotations

import io

import pytest

from c2c_desktop.adapters.csv_reader import read_csv, read_head
from c2c_desktop.adapters.csv_shape import find_shape
from c2c_desktop.domain.column_guess import guess_mapping
from c2c_desktop.domain.contact_record import ContactRecord, RecordNumber, SkippedRecord
from c2c_desktop.domain.record_row import NOBODY, SHORTENED, TOO_LONG, RowReader
from tests.samples import csv_exports as samples


def read(data: bytes) -> list[ContactRecord | SkippedRecord]:
    stream = io.BytesIO(data)
    shape = find_shape(stream)
    head = read_head(stream, shape)
    mapping = guess_mapping(head.header, head.cells)
    found = list(read_csv(stream, shape, mapping))
    assert mapping.can_find_anybody
    assert len(RowReader(mapping).read([line for line, _ in head.rows], head.cells)) == len(found)
    return found


@pytest.mark.parametrize("maker", samples.ALL)
def test_every_sample_is_read_from_every_newline(maker: str) -> None:
    data = samples.ALL[maker]
    if not data.startswith(b"\xff\xfe"):
        assert [type(x) for x in read(data.replace(b"\r\n", b"\n").replace(b"\n", b"\r"))] == [
            type(x) for x in read(data)
        ]
    assert any(isinstance(found, ContactRecord) for found in read(data))


def test_google_old() -> None:
    assert read(samples.GOOGLE_OLD) == [
        ContactRecord(
            "Asha Rao", "Example Trading",
            (
                RecordNumber("+91 98402 22222", "mobile"), RecordNumber("+91 98402 33333", "mobile"),
                RecordNumber("020 7946 0018", "work", preferred=True),
            ),
            ("asha@example.org", "rao@example.org", "asha.home@example.org"), ("Friends",),
            "Met in Pune,\nasks for Meera", favourite=True, line=2,
        ),
        ContactRecord("", "Fax Only Ltd", (RecordNumber("+44 20 7946 0101", "fax"),), line=4),
        ContactRecord("Jürgen Müller", numbers=(RecordNumber("+49 30 23125 018"),), line=5),
    ]  # fmt: skip


def test_google_new_has_no_whole_name() -> None:
    assert read(samples.GOOGLE_NEW) == [
        ContactRecord(
            "Dr. Asha Devi Rao", "Example Trading",
            (RecordNumber("+91 98402 22222", "mobile"), RecordNumber("+1 555 0100", "mobile")),
            ("asha@example.org",), ("VIP",), line=2,
        ),
        ContactRecord("Chotu", numbers=(RecordNumber("+91 98402 44444", "mobile"),), line=3),
        ContactRecord("राजेश कुमार", numbers=(RecordNumber("+91 98402 55555", "other"),), line=4),
    ]  # fmt: skip


def test_outlook_has_a_column_for_every_phone_and_exchange_s_own_addresses() -> None:
    ravi, meera = read(samples.OUTLOOK)
    assert ravi == ContactRecord(
        "Ravi K. Kumar Jr.", "Example, Ltd",
        (
            RecordNumber("+44 20 7946 0102", "fax"), RecordNumber("+44 20 7946 0103", "work"),
            RecordNumber("+44 20 7946 0100", "work"), RecordNumber("+44 7700 900123", "mobile"),
        ),
        ("ravi@example.org",), ("Customer", "VIP"), "First line\nsecond line", line=2,
    )  # fmt: skip
    assert meera == ContactRecord("Meera", numbers=(RecordNumber("+44 20 7946 0105", "home"),), line=4)


def test_outlook_speaks_german_and_french_in_windows_bytes() -> None:
    assert read(samples.OUTLOOK_GERMAN) == [
        ContactRecord(
            "Jürgen Groß", "Müller & Söhne",
            (
                RecordNumber("+49 30 23125 019", "work"), RecordNumber("+49 30 23125 020", "home"),
                RecordNumber("+49 171 3920001", "mobile"),
            ),
            ("j@example.org",), ("Kunde",), line=2,
        )
    ]  # fmt: skip
    assert read(samples.OUTLOOK_FRENCH) == [
        ContactRecord(
            "Éloïse Noël", "Exemple SARL",
            (RecordNumber("+33 1 99 00 12 34", "work"), RecordNumber("+33 6 39 98 12 34", "mobile")),
            tags=("Client",), line=2,
        )
    ]  # fmt: skip


def test_excel_s_separator_line_text_marks_and_damage() -> None:
    found = read(samples.EXCEL)
    assert [(r.line, r.name, [n.as_written for n in r.numbers]) for r in found if isinstance(r, ContactRecord)] == [
        (3, "Jörg Weiß", ["+49 30 23125 021"]),
        (4, "Zoë Gärtner", []),
        (5, "Ölaf", ["+49 30 23125 022"]),
        (7, "Groß, Änne", ["4930231250230"]),
    ]
    assert [(s.line, s.reason) for s in found if isinstance(s, SkippedRecord)] == [(4, SHORTENED)]
    assert [r.note for r in found if isinstance(r, ContactRecord)] == ["kommt um 10,30", "", "", "10,5 €"]


def test_tsv_in_utf_16_with_two_numbers_in_a_cell() -> None:
    asha, ravi = read(samples.TSV)
    assert asha == ContactRecord(
        "Asha Rao", "Example, Ltd",
        (
            RecordNumber("+44 20 7946 0018", "work"), RecordNumber("07700 900123", "mobile"),
            RecordNumber("07700 900124", "mobile"),
        ),
        tags=("vip", "uk"), line=2,
    )  # fmt: skip
    assert isinstance(ravi, ContactRecord)
    assert ravi.name == 'Ravi "Rocky" Kumar'


def test_a_crm_with_titles_ids_and_ragged_rows() -> None:
    found = read(samples.CRM)
    assert found[0] == ContactRecord(
        "Asha Rao", "Example Trading", (RecordNumber("98402 22222", "mobile"),), note="call | after 5", uid="L-17",
        favourite=True, line=4,
    )  # fmt: skip
    assert found[1] == ContactRecord("", "Only A Company", (RecordNumber("044 2345 6789"),), uid="L-18", line=5)
    assert [(s.line, s.reason) for s in found if isinstance(s, SkippedRecord)] == [(6, NOBODY), (7, TOO_LONG)]
    assert found[4] == ContactRecord("Short Row", numbers=(RecordNumber("98402 44444", "mobile"),), uid="L-21", line=8)


def test_without_a_header_the_first_row_is_a_contact() -> None:
    first, *_ = found = read(samples.NO_HEADER)
    assert len(found) == 3
    assert first == ContactRecord(
        "Asha Rao", "Example Trading", (RecordNumber("+91 98402 22222"),), ("asha@example.org",), line=1
    )
