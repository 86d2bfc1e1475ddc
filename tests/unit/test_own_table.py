"""What a record becomes in our own exports."""

from __future__ import annotations

from dataclasses import replace

from c2c_desktop.domain.contact_record import ContactRecord, RecordNumber
from c2c_desktop.domain.own_table import MOST_NOTE_LINES, OWN_HEADER, OWN_MAPPING, own_row
from c2c_desktop.domain.record_row import RowReader

NUMBERS = tuple(RecordNumber(f"98402 0000{n}", "mobile" if n % 2 else "", preferred=n in {1, 4}) for n in range(6))
FULL = ContactRecord(
    "Asha", "Example", NUMBERS, ("a:::@x.org", "b\\@x.org"), ("vip ::: uk", "x;y"), "note", "7", favourite=True
)


def test_a_row_has_the_cells_of_the_header_and_nothing_is_lost() -> None:
    empty = ContactRecord("Ravi")
    rows = [own_row(FULL), own_row(empty)]
    assert [len(row) for row in rows] == [len(OWN_HEADER)] * 2
    assert RowReader(OWN_MAPPING).read([0, 0], rows) == [FULL, empty]


def test_the_cells_can_be_read_by_people() -> None:
    cells = dict(zip(OWN_HEADER, own_row(FULL), strict=True))
    assert cells["Number 2 kind"] == "* mobile"
    assert cells["Number 2"] == "98402 00001"
    assert cells["More numbers"] == "mobile: 98402 00003 ::: *: 98402 00004 ::: mobile: 98402 00005"
    assert cells["Favourite"] == "yes"


def test_how_somebody_is_called_is_in_the_table() -> None:
    records = [ContactRecord("A", route="mobile", caller_id="+44 20 7946 0018"), ContactRecord("B", caller_id="")]
    cells = dict(zip(OWN_HEADER, own_row(records[1]), strict=True))
    assert (cells["Route"], cells["Caller ID"]) == ("", "none")
    assert RowReader(OWN_MAPPING).read([0, 0], list(map(own_row, records))) == records
    foreign = own_row(replace(records[0], route="both", caller_id="Asha"))
    assert RowReader(OWN_MAPPING).read([0], [foreign]) == [ContactRecord("A")]


def test_of_a_note_with_too_many_lines_the_last_ones_are_one() -> None:
    whole, long = "\n".join(["x"] * MOST_NOTE_LINES), "\n".join(["x"] * (MOST_NOTE_LINES + 2))
    assert RowReader(OWN_MAPPING).read([0], [own_row(ContactRecord("A", note=whole))]) == [
        ContactRecord("A", note=whole)
    ]
    (found,) = RowReader(OWN_MAPPING).read([0], [own_row(ContactRecord("A", note=long))])
    assert isinstance(found, ContactRecord)
    assert found.note == f"{whole} x x"
