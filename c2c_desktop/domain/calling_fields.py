"""How somebody is called, as a contact file says it: taken only where it is one of the things this program writes."""

from __future__ import annotations

from c2c_desktop.domain.caller_id import CallerIdError, checked_caller_id
from c2c_desktop.domain.contact_record import NUMBER_LENGTH
from c2c_desktop.domain.route import Route

NO_CALLER_ID = "none"
"""Stands in a cell for the caller ID "", which is another than that of the account."""

_ROUTES = frozenset(route.value for route in Route)


def route_named(text: str) -> str:
    """Return the value of a `Route`; "" where `text` names none."""
    word = text.strip().lower()
    return word if word in _ROUTES else ""


def caller_id_named(text: str) -> str | None:
    """Return a caller ID that can be sent, "" for none at all; None where `text` is nothing of the kind."""
    if len(text) > NUMBER_LENGTH:
        return None
    try:
        return checked_caller_id(text)
    except CallerIdError:
        return None


def caller_id_cell(caller_id: str | None) -> str:
    """Return what stands in a cell, which is empty for None."""
    return "" if caller_id is None else caller_id or NO_CALLER_ID


def caller_id_in_cell(cell: str) -> str | None:
    """Return what `caller_id_cell` was made of."""
    if cell.lower() == NO_CALLER_ID:
        return ""
    return caller_id_named(cell) if cell else None
