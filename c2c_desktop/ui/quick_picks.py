"""The rows of quick dial: each is one number that can be called, and the request that calling it makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from c2c_desktop.domain.call import Call, Source
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_dialing import (
    CANNOT_BE_CALLED,
    contact_request,
    kind_words,
    numbers_in_order,
    own_way_words,
)
from c2c_desktop.domain.contact_search import read_search
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.number import PhoneNumber
from c2c_desktop.domain.search_marks import holds_number
from c2c_desktop.services.announcer import outcome_words
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.row_model import Row
from c2c_desktop.ui.when import moment_words


@dataclass(frozen=True, slots=True)
class Pick:
    """What a row of quick dial stands for."""

    id: str
    """The same as long as the row means the same number of the same person."""
    e164: str
    """That number; "" where it could not be read."""
    request: DialRequest | None
    """What calling it asks for; never masked. None for a number that cannot be called."""
    is_number: bool = False
    """Whether it is a number alone, of nobody who is known."""
    contact: Contact | None = None
    """Whose number it is that cannot be called: there is something to mend."""


def contact_rows(
    contact: Contact, numbers: ShownNumbers, source: Source, search: str = "", only: str = "", directory: str = ""
) -> Iterable[Row]:
    """Return a row for each number of `contact`: those that hold the digits of `search`, or else all, preferred first.

    One that cannot be called has a row where no other has, or where it holds the digits.
    `only`: the E.164 of the one number that is meant. `directory`: the name of the shared one `contact` comes from.
    """
    shown = numbers.contact(contact)
    asked = read_search(search)
    listed = [number for number in numbers_in_order(contact) if not only or number.e164 == only]
    held = [number for number in listed if holds_number(number.e164 or number.shown, asked)]
    for number in held or [number for number in listed if number.e164] or listed:
        masked = shown.numbers[contact.numbers.index(number)]
        title = shown.name or shown.company or masked.shown
        request = contact_request(contact, number, source) if number.e164 else None
        yield Row(
            title=title,
            outcome="" if request else CANNOT_BE_CALLED,
            before=shown.company if shown.name else "",
            number=masked.shown if title != masked.shown else "",
            after=kind_words(contact, number),
            directory=directory,
            initials=contact.initials,
            tone="warn",
            favourite=contact.favourite,
            tip=own_way_words(contact),
            can_call=request is not None,
            payload=Pick(
                f"contact {contact.id} {number.e164 or number.shown}",
                number.e164,
                request,
                contact=None if request else contact,
            ),
        )


def call_row(call: Call, numbers: ShownNumbers) -> Row:
    """Return a row that calls again whom `call` called, with the account as it is now."""
    shown = numbers.call(call)
    text = f"{call.e164},{call.post_dial}" if call.post_dial else call.e164
    return Row(
        title=shown.callee,
        aside=moment_words(call.started_at),
        number=shown.shown_number if call.contact_name else "",
        after=outcome_words(call),
        initials=Contact(0, call.contact_name or "#").initials,
        payload=Pick(
            f"call {call.e164}",
            call.e164,
            DialRequest(text, Source.POPUP, call.contact_name),
            is_number=not call.contact_name,
        ),
    )


def number_row(number: PhoneNumber, request: DialRequest) -> Row:
    """Return a row for a number that was typed: who typed it may read it, also in privacy mode."""
    return Row(
        title=f"Call {number.shown}",
        before=number.country,
        after=_line(number),
        initials="#",
        payload=Pick(f"number {number.e164}", number.e164, request, is_number=True),
    )


def choice_row(number: PhoneNumber, contact: Contact | None, numbers: ShownNumbers, source: Source, origin: str) -> Row:
    """Return a row for one of the numbers in the text `origin` of another program; of `contact`, where one has it."""
    shown = numbers.number(number.shown)
    name = numbers.contact(contact).label if contact is not None else ""
    return Row(
        title=name or shown,
        before=number.country,
        number=shown if name else "",
        after=_line(number),
        initials=contact.initials if contact is not None else "#",
        payload=Pick(
            f"choice {number.e164}",
            number.e164,
            DialRequest(chosen_text(number), source, origin=origin),
            is_number=contact is None,
        ),
    )


def chosen_text(number: PhoneNumber) -> str:
    """Return what dials exactly `number`, with what is pressed after it is answered."""
    return f"{number.e164},{number.post_dial}" if number.post_dial else number.e164


def _line(number: PhoneNumber) -> str:
    return f"{number.kind.value}, then press {number.post_dial}" if number.post_dial else number.kind.value
