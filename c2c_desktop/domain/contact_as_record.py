"""From a contact to the record that is written of it."""

from __future__ import annotations

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_record import ContactRecord, RecordNumber


def contact_as_record(contact: Contact) -> ContactRecord:
    """Return what a file can hold of `contact`: all but its id, its directory and its import.

    Numbers stand there as somebody wrote them: one without its country is read in the country of the import.
    """
    return ContactRecord(
        contact.name,
        contact.company,
        tuple(RecordNumber(number.written, number.kind, number.preferred) for number in contact.numbers),
        contact.emails,
        contact.tags,
        contact.note,
        contact.uid,
        contact.favourite,
        route=contact.route.value if contact.route is not None else "",
        caller_id=contact.caller_id,
    )
