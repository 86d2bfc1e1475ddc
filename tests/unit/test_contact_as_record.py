"""What is written of a contact."""

from __future__ import annotations

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_as_record import contact_as_record
from c2c_desktop.domain.contact_record import ContactRecord, RecordNumber
from c2c_desktop.domain.route import Route


def test_all_of_a_contact_is_there_but_where_it_is_kept() -> None:
    numbers = (
        ContactNumber("+44 20 7946 0018", "+442079460018", "work", as_written="020 7946 0018"),
        ContactNumber("ext 12", "", "other", preferred=True),
    )
    contact = Contact(
        7, "Asha", "Blue Kite", numbers, favourite=True, tags=("vip",), note="a\nb", emails=("a@example.org",),
        uid="u-1", route=Route.MOBILE, caller_id="+44 20 7946 0001", directory=3, import_id=4,
    )  # fmt: skip
    assert contact_as_record(contact) == ContactRecord(
        "Asha", "Blue Kite", (RecordNumber("020 7946 0018", "work"), RecordNumber("ext 12", "other", preferred=True)),
        ("a@example.org",), ("vip",), "a\nb", "u-1", favourite=True, route="mobile", caller_id="+44 20 7946 0001",
    )  # fmt: skip


def test_what_a_contact_does_not_say_its_record_does_not() -> None:
    assert contact_as_record(Contact(1, "Asha")) == ContactRecord("Asha")
    assert contact_as_record(Contact(1, "Asha", caller_id="")).caller_id == ""
