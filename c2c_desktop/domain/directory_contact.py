"""From an entry of a shared directory to the contact it is here."""

from __future__ import annotations

from dataclasses import replace

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_record import ContactRecord
from c2c_desktop.domain.record_contact import RecordContacts


def contact_of(record: ContactRecord, contacts: RecordContacts, directory_id: int) -> Contact:
    """Return `record` as a contact of that directory, without an id; `contacts` know its region.

    What is for a person to choose is not taken: favourite, route and caller ID. Who has an e-mail address only is
    called by it.
    """
    contact = contacts.contact(record)
    if not (contact.name or contact.company or contact.numbers) and contact.emails:
        contact = replace(contact, name=contact.emails[0])
    return replace(contact, favourite=False, route=None, caller_id=None, directory=directory_id)


def updated(known: Contact, contact: Contact) -> Contact:
    """Return `contact`, as the directory has them now, with the id of `known` and what a person chose there."""
    return replace(contact, id=known.id, favourite=known.favourite, route=known.route, caller_id=known.caller_id)
