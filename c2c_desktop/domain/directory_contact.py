"""From an entry of a shared directory to the contact it is here."""

from __future__ import annotations

from dataclasses import replace

from c2c_desktop.domain.contact import Contact, ContactNumber, cleaned
from c2c_desktop.domain.contact_record import ContactRecord, RecordNumber
from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.number import parse_number
from c2c_desktop.domain.number_kind import number_kind


def contact_of(record: ContactRecord, region: str, directory_id: int) -> Contact:
    """Return `record` as a contact of that directory, without an id.

    Numbers without a country code are of `region`. A number that cannot be read is kept as written, without E.164.
    Who has an e-mail address only is called by it.
    """
    contact = Contact(
        0,
        record.name,
        record.company,
        tuple(_number(number, region) for number in record.numbers),
        tags=record.tags,
        note=record.note,
        emails=record.emails,
        uid=record.uid,
        directory=directory_id,
    )
    if not contact.label and contact.emails:
        contact = replace(contact, name=contact.emails[0])
    return cleaned(contact)


def updated(known: Contact, contact: Contact) -> Contact:
    """Return `contact`, as the directory has them now, with the id of `known` and what a person chose there."""
    return replace(contact, id=known.id, favourite=known.favourite, route=known.route, caller_id=known.caller_id)


def _number(number: RecordNumber, region: str) -> ContactNumber:
    kind = number_kind(number.kind) or "other"
    try:
        read = parse_number(number.as_written, region)
    except NumberError:
        return ContactNumber(number.as_written, "", kind, number.preferred)
    return ContactNumber(read.shown, read.e164, kind, number.preferred, number.as_written)
