"""Calling a contact: which number is meant, and the one request that calls it."""

from __future__ import annotations

from c2c_desktop.domain.call import Source
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_search import ContactSearch
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.number import parse_number, region_while_typing
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.search_marks import holds_number

CANNOT_BE_CALLED = "Cannot be called"
"""What a number is marked with that could not be read."""

_EVERYBODY = ContactSearch()


class UnreadableNumberError(NumberError):
    """A contact's number that could not be read: what it would call is not known."""

    def __init__(self, number: ContactNumber) -> None:
        super().__init__(
            "That number cannot be called", f"“{number.shown}” cannot be read as a number. Correct it in the contact."
        )


def numbers_in_order(contact: Contact) -> list[ContactNumber]:
    """Return all numbers, as a list offers them: the preferred one first, those that cannot be called last."""
    return sorted(contact.numbers, key=lambda number: (not number.e164, not number.preferred))


def number_shown(contact: Contact, search: ContactSearch = _EVERYBODY) -> ContactNumber | None:
    """Return the one number a list shows: the first that holds the digits asked for, else the one called first.

    One that cannot be called only where no other can; None where there is none.
    """
    return next(iter(_held(contact, search) or numbers_in_order(contact)), None)


def number_meant(contact: Contact, search: ContactSearch = _EVERYBODY) -> ContactNumber | None:
    """Return the number a press on Call means, always the one shown: the only one, or the preferred one.

    None where somebody has to choose first, or none can be called.
    """
    held = _held(contact, search)
    among = held or [number for number in contact.numbers if number.e164]
    shown = number_shown(contact, search)
    if shown is None or not shown.e164:
        return None
    wants_another = not held and any(number.preferred and not number.e164 for number in contact.numbers)
    return shown if shown.preferred or (len(among) == 1 and not wants_another) else None


def contact_request(contact: Contact, number: ContactNumber, source: Source) -> DialRequest:
    """Return what calls `number` of `contact`, the way the contact wants to be called where it says so.

    Every call of a contact comes from here. Raises `UnreadableNumberError` for a number without E.164.
    """
    if not number.e164:
        raise UnreadableNumberError(number)
    return DialRequest(
        dialled_text(number), source, contact.name or contact.company, route=contact.route, caller_id=contact.caller_id
    )


def dialled_text(number: ContactNumber) -> str:
    """Return what dials exactly `number`, with what is pressed after it is answered; "" for one that cannot be read."""
    if not any(character.isalpha() or character in ",;#" for character in number.as_written):
        return number.e164
    try:
        read = parse_number(number.as_written, region_while_typing(number.e164, "IN"))
    except NumberError:
        return number.e164
    return f"{number.e164},{read.post_dial}" if read.post_dial and read.e164 == number.e164 else number.e164


def own_way_words(contact: Contact) -> str:
    """Return how calls to `contact` differ from those of the account; "" where they don't."""
    words = [_rings_first(contact.route) if contact.route is not None else ""]
    if contact.caller_id is not None:
        words.append(f"Caller ID: {contact.caller_id or 'as chosen at TeleCMI'}.")
    return " ".join(filter(None, words))


def kind_words(contact: Contact, number: ContactNumber, others: int = 0) -> str:
    """Return what a row says after `number`: its kind, how many `others` there are, and how the agent's own leg goes.

    The last only where the contact has a route of its own, and the number can be called.
    """
    kind = f"{number.kind}, {others} more" if others else number.kind
    return f"{kind} · {contact.route.via}" if contact.route is not None and number.e164 else kind


def _rings_first(route: Route) -> str:
    return "Neither of your phones rings." if route is Route.NEITHER else f"{route.device} rings first."


def _held(contact: Contact, search: ContactSearch) -> list[ContactNumber]:
    """Return the numbers that can be called and hold the digits of `search`."""
    return [number for number in numbers_in_order(contact) if number.e164 and holds_number(number.e164, search)]
