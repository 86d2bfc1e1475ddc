"""From what was found to the rows of the list, under their headings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice, takewhile

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_rank import MOST_FAVOURITES
from c2c_desktop.domain.found_contacts import Heading, Section
from c2c_desktop.ui.row_model import Row

ALL = Row("All contacts", is_heading=True)
_FAVOURITES = Row("Favourites", is_heading=True)

RowOf = Callable[[Contact], Row]


def rows_of_search(sections: Sequence[Section], row_of: RowOf) -> list[Row]:
    """Return the rows of all sections."""
    rows: list[Row] = []
    for section in sections:
        goes_on = section.after is not None and section is not sections[-1]
        if section.heading is not Heading.NONE:
            first = f", the first {len(section.contacts)}" if goes_on else ""
            rows.append(Row(f"{section.heading.value}{first}", is_heading=True))
        rows += map(row_of, section.contacts)
    return rows


def rows_of_everybody(contacts: Sequence[Contact], row_of: RowOf, start: int = 0) -> list[Row]:
    """Return the rows from `start` on, with headings over the first favourites and all others, if there are any."""
    number = first_favourites(contacts)
    headings = {0: _FAVOURITES, number: ALL} if number else {}
    rows: list[Row] = []
    for at, contact in enumerate(contacts[start:], start):
        if at in headings:
            rows.append(headings[at])
        rows.append(row_of(contact))
    return rows


def first_favourites(everybody: Sequence[Contact]) -> int:
    """Return how many stand at the beginning of everybody because they are favourites."""
    return sum(1 for _ in islice(takewhile(lambda contact: contact.favourite, everybody), MOST_FAVOURITES))
