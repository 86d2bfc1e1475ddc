"""A contact as a row of a list."""

from __future__ import annotations

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_dialing import CANNOT_BE_CALLED, kind_words, number_shown, own_way_words
from c2c_desktop.domain.contact_search import ContactSearch
from c2c_desktop.ui.row_model import Row


def contact_row(contact: Contact, payload: Contact, search: ContactSearch, directory: str) -> Row:
    """Return how `contact` of that shared directory is shown; its row acts on `payload`, whose numbers are whole."""
    whole = number_shown(payload, search)
    if whole is None:
        number, after = "", "no number"
    else:
        number = contact.numbers[payload.numbers.index(whole)].shown
        after = kind_words(payload, whole, len(payload.numbers) - 1)
    can_call = whole is not None and bool(whole.e164)
    return Row(
        title=contact.label,
        outcome="" if can_call or whole is None else CANNOT_BE_CALLED,
        before=contact.company if contact.name else "",
        number=number,
        after=after,
        directory=directory,
        initials=contact.initials,
        tone="warn",
        favourite=contact.favourite,
        tip=own_way_words(payload),
        can_call=can_call,
        payload=payload,
    )
