"""import(export(x)) = x: every contact, with whatever texts, comes back the same from every kind of file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from c2c_desktop.adapters.contact_writer import write_records
from c2c_desktop.adapters.csv_reader import read_csv, read_head
from c2c_desktop.adapters.csv_shape import find_shape
from c2c_desktop.domain.column_guess import guess_mapping
from c2c_desktop.domain.contact import Contact, ContactNumber, cleaned
from c2c_desktop.domain.contact_as_record import contact_as_record
from c2c_desktop.domain.contact_export import ExportFormat
from c2c_desktop.domain.contact_record import MOST_NUMBERS, ContactRecord, SkippedRecord
from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.list_cell import FORMULA_STARTS
from c2c_desktop.domain.number import parse_number
from c2c_desktop.domain.number_kind import NUMBER_KINDS
from c2c_desktop.domain.own_table import MOST_NOTE_LINES
from c2c_desktop.domain.route import Route
from tests.vcards import read as read_vcards

REGION = "IN"
CSV = (ExportFormat.CSV_FOR_PEOPLE, ExportFormat.CSV_FOR_PROGRAMS)
_PIECES = (
    *"=+-@'\"\\,;|:#*abZ0189\t\r\n ", " ::: ", ":::", "''", '""', "＝", "＠", "é", "ß", "आ", "ம்", "👩\u200d👧",
    "\u200c", "\u202e", "\0", "\u2028", "\x1a", "\x85", "\ufeff", "…", "sep=;", "9.84E+11", "1.0", '="1"', "* ",
    "myContacts", "starred", "<x>", "yes", "none", "=cmd|'/C calc'!A0", ";=1+1;", "BEGIN:VCARD\r\n", "END:VCARD",
    "\\n", "=3D", "=\n", "TEL:1", "x" * 90, "अ" * 40, ",,,,,,,,,,,,,,,,,,",
)  # fmt: skip
_NUMBERS = (
    "+91 98402 22222", "098402 22222", "98402-22222", "0044 20 7946 0018", "+44 (0)20 7946 0018", "+1 202 555 0143",
    "(020) 7946 0018", "112", "12", "ext 12", "+4420", "1-800-FLOWERS", "'+44 20 7946 0018", "=44", "९८४०२२२२२२",
)  # fmt: skip


def texts(most: int = 8) -> st.SearchStrategy[str]:
    """Texts nobody means well with, and any others."""
    return st.lists(st.sampled_from(_PIECES), max_size=most).map("".join) | st.text(max_size=20)


@st.composite
def contacts(draw: st.DrawFn) -> Contact:
    """A contact as an import or a form leaves it: cleaned, and with something to find it by."""
    written = [
        *draw(st.lists(st.sampled_from(_NUMBERS), max_size=5)),
        *draw(st.lists(texts(3).map("+{}".format), max_size=2)),
    ]
    best = draw(st.integers(-1, 6))
    numbers = [
        number_of(
            cleaned(Contact(0, "", numbers=(ContactNumber(text, ""),))), draw(st.sampled_from(NUMBER_KINDS)), at == best
        )
        for at, text in enumerate(written)
    ]
    contact = cleaned(
        Contact(
            0,
            draw(texts()) or "=Asha",
            draw(texts()),
            tuple(number for number in numbers if number is not None),
            draw(st.booleans()),
            tuple(draw(st.lists(texts(3), max_size=4))),
            draw(texts(30)),
            tuple(f"a{email}@example.org" for email in draw(st.lists(texts(3), max_size=3))),
            draw(texts(3)),
            draw(st.none() | st.sampled_from(Route)),
            draw(st.sampled_from((None, "", "+44 20 7946 0018", "912241000000", "1 (202) 555-0143"))),
        )
    )  # fmt: skip
    return contact if contact.label else replace(contact, name="=Asha")


def number_of(holder: Contact, kind: str, preferred: bool) -> ContactNumber | None:
    """The number of a contact, read as an import reads it; None where nothing is left of its text."""
    return read_number(holder.numbers[0].shown, kind, preferred) if holder.numbers else None


def read_number(text: str, kind: str, preferred: bool) -> ContactNumber:
    try:
        number = parse_number(text, REGION)
    except NumberError:
        return ContactNumber(text, "", kind, preferred)
    return ContactNumber(number.shown, number.e164, kind, preferred, text if text != number.shown else "")


def contact_of(record: ContactRecord) -> Contact:
    """A contact as an import makes it."""
    numbers = tuple(read_number(n.as_written, n.kind, n.preferred) for n in record.numbers)
    return Contact(
        0, record.name, record.company, numbers, record.favourite, record.tags, record.note, record.emails, record.uid,
        Route(record.route) if record.route else None, record.caller_id,
    )  # fmt: skip


def exported(many: Iterable[Contact], kind: ExportFormat) -> tuple[bytes, int]:
    stream = io.BytesIO()
    neutralised = write_records(map(contact_as_record, many), stream, kind)
    return stream.getvalue(), neutralised


def imported(data: bytes, kind: ExportFormat) -> list[ContactRecord | SkippedRecord]:
    if kind not in CSV:
        found, skipped = read_vcards(data)
        return [*found, *skipped]
    stream = io.BytesIO(data)
    shape = find_shape(stream)
    head = read_head(stream, shape)
    return list(read_csv(stream, shape, guess_mapping(head.header, head.cells)))


def check(many: list[Contact], kind: ExportFormat) -> None:
    found = imported(exported(many, kind)[0], kind)
    assert [replace(record, line=0) for record in found if isinstance(record, ContactRecord)] == [
        contact_as_record(contact) for contact in many
    ]
    assert [contact_of(record) for record in found if isinstance(record, ContactRecord)] == many
    assert not [told for told in found if isinstance(told, SkippedRecord)]


@pytest.mark.parametrize("kind", ExportFormat)
@given(st.lists(contacts(), max_size=5))
@example([Contact(0, "x", note="-1\n\n=1+1;=2\n'+3\n,,,,,,,,,,,,,,,,,,,,,\nend")])
@example([Contact(0, "x", uid='="+44 20"', company="'=1", tags=("starred", "myContacts"))])
@example([])
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_exported_is_imported_the_same(kind: ExportFormat, many: list[Contact]) -> None:
    check(many, kind)


@pytest.mark.parametrize("kind", ExportFormat)
def test_the_largest_contact_comes_back(kind: ExportFormat) -> None:
    numbers = tuple(ContactNumber(f"at {n:03} " + "9" * 73, "", "other", n == 98) for n in range(MOST_NUMBERS))
    most = Contact(
        0, "n" * 200, "c" * 200, numbers, True, tuple(f"{n:02}" + "t" * 58 for n in range(50)),
        "\n".join(["-" + "x" * 298] * 13), tuple(f"{n:02}" + "e" * 240 + "@example.org" for n in range(50)), "u" * 255,
    )  # fmt: skip
    assert cleaned(most) == most
    check([most], kind)


@pytest.mark.parametrize("kind", ExportFormat)
def test_a_note_of_many_lines_comes_back_in_cards_and_in_csv_up_to_a_limit(kind: ExportFormat) -> None:
    check([Contact(0, "x", note="\n".join(["-x"] * MOST_NOTE_LINES)), Contact(0, "y")], kind)
    longer = Contact(0, "x", note="\n".join(["x"] * 1_900))
    if kind in CSV:
        (found,) = imported(exported([longer], kind)[0], kind)
        assert isinstance(found, ContactRecord)
        assert found.note.split() == longer.note.split()
    else:
        check([longer], kind)


@given(st.lists(contacts(), max_size=5))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_cell_for_people_is_a_formula_whatever_separates_cells(many: list[Contact]) -> None:
    data, neutralised = exported(many, ExportFormat.CSV_FOR_PEOPLE)
    plain = exported(many, ExportFormat.CSV_FOR_PROGRAMS)[0]
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(tuple(FORMULA_STARTS))]
    # A spreadsheet that knows semicolons only takes quotation marks inside a cell for nothing.
    parts = [part.strip(' "') for part in re.split(r"[;\r\n]", "\n".join(cells))]
    assert not [part for part in parts if part.startswith(tuple(FORMULA_STARTS))]
    starts = [cell for row in csv.reader(io.StringIO(plain.decode(), newline="")) for cell in row]
    assert neutralised >= sum(cell.startswith(tuple(FORMULA_STARTS)) for cell in starts)


@pytest.mark.parametrize("kind", ExportFormat)
def test_a_file_s_route_and_caller_id_are_taken_only_where_they_are_some(kind: ExportFormat) -> None:
    record = ContactRecord("Asha", route="both", caller_id="=1+1")
    stream = io.BytesIO()
    write_records([record], stream, kind)
    (found,) = imported(stream.getvalue(), kind)
    assert replace(found, line=0) == ContactRecord("Asha")
