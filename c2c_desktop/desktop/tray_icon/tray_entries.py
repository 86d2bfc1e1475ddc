"""What stands in the tray's menu: plain lines, made from what can be called and chosen now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import Call, Source
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_dialing import CANNOT_BE_CALLED, contact_request, numbers_in_order
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.number import parse_for
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.route import Route
from c2c_desktop.services.shown_numbers import ShownNumbers

MOST_FAVOURITES = 8
MOST_RECENTS = 5
MOST_NUMBERS = 8
"""Numbers of one favourite."""

LONGEST_NAME = 32
"""Characters; the number beside it is never cut."""

LONGEST_WORDS = 60
"""Characters of what is wrong, and of the words that mend it."""

CLIPBOARD_LIMIT = 80
"""Characters; nobody copies that much to call it."""

_ROUTES = ((Route.SOFTPHONE, "Ring my softphone"), (Route.MOBILE, "Ring my mobile"), (Route.NEITHER, "Ring neither"))


class Gesture(Enum):
    """What choosing a line asks for."""

    QUICK_DIAL = "quick dial"
    TOGGLE = "toggle"
    MEND = "mend"
    CALL = "call"
    ROUTE = "route"
    PAUSE = "pause"
    SETTINGS = "settings"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: with a gesture it can be chosen, with `entries` it opens them, else it is text."""

    label: str
    gesture: Gesture | None = None
    value: object = None
    """What the gesture is about: a `DialRequest`, a `Route`, the name of a mend, whether to pause."""
    checked: bool | None = None
    """Whether it is ticked; None for what cannot be."""
    entries: tuple[Entry, ...] = ()


Group = tuple[Entry, ...]
"""Lines between two separators; never empty."""


@dataclass(frozen=True, slots=True)
class Health:
    """What is wrong, and the words and the name of what mends it; all "" where nothing is."""

    words: str = ""
    mend_label: str = ""
    mend_name: str = ""
    offline: bool = False


@dataclass(frozen=True, slots=True)
class TrayChoices:
    """Everything the menu offers. `account` None: nobody is signed in."""

    favourites: Sequence[Contact] = ()
    recents: Sequence[Call] = ()
    account: Account | None = None
    paused: bool = False
    offers_clipboard: bool = False
    opens_quick_dial: bool = False
    """Whether a click opens quick dial and a middle click the window; else the other way round."""
    health: Health = Health()


def menu_groups(choices: TrayChoices, clipboard: str, numbers: ShownNumbers) -> tuple[Group, ...]:
    """Return the lines of the menu. `clipboard`: what was copied, offered where it is one number."""
    paused = choices.paused
    groups: list[Group] = [
        (
            Entry("Quick dial…", Gesture.QUICK_DIAL),
            Entry("Show or hide C2C Desktop", Gesture.TOGGLE),
            *_clipboard_entries(choices, clipboard, numbers),
        ),
        tuple(_health_entries(choices.health, numbers)),
        _under("Favourites", _favourite_entries(choices.favourites, numbers)),
        _under("Recent", _recent_entries(choices.recents, numbers)),
        tuple(_route_entries(choices.account)),
        (Entry("Pause notifications", Gesture.PAUSE, not paused, checked=paused),),
        (Entry("Settings…", Gesture.SETTINGS), Entry("Quit", Gesture.QUIT)),
    ]
    return tuple(group for group in groups if group)


def _under(heading: str, entries: Iterator[Entry]) -> Group:
    found = tuple(entries)
    return (Entry(heading), *found) if found else ()


def _clipboard_entries(choices: TrayChoices, clipboard: str, numbers: ShownNumbers) -> Iterator[Entry]:
    text = clipboard.strip()
    if not choices.offers_clipboard or not text or len(text) > CLIPBOARD_LIMIT:
        return
    try:
        number = parse_for(choices.account, text)
    except NumberError:  # several numbers too: a line calls what it shows
        return
    asked = f"{number.e164},{number.post_dial}" if number.post_dial else number.e164
    yield Entry(f"Call from clipboard: {numbers.number(number.shown)}", Gesture.CALL, DialRequest(asked, Source.TRAY))


def _health_entries(health: Health, numbers: ShownNumbers) -> Iterator[Entry]:
    words = clean_text(numbers.text(health.words), LONGEST_WORDS).rstrip(".")
    mend = clean_text(health.mend_label, LONGEST_WORDS)
    if words and mend:
        yield Entry(f"{words}: {mend}", Gesture.MEND, health.mend_name)
    elif words:
        yield Entry(words)


def _favourite_entries(favourites: Sequence[Contact], shown_numbers: ShownNumbers) -> Iterator[Entry]:
    for contact in [contact for contact in favourites if contact.numbers][:MOST_FAVOURITES]:
        shown = shown_numbers.contact(contact)
        name = clean_text(shown.label, LONGEST_NAME)
        numbers = numbers_in_order(contact)[:MOST_NUMBERS]
        calls = tuple(
            _call_entry(
                contact,
                number,
                f"{number.kind if len(numbers) > 1 else name} · "
                f"{clean_text(shown.numbers[contact.numbers.index(number)].shown, LONGEST_NAME)}",
            )
            for number in numbers
        )
        yield calls[0] if len(calls) == 1 else Entry(name, entries=calls)


def _call_entry(contact: Contact, number: ContactNumber, words: str) -> Entry:
    """Return the line of one number; of one that cannot be called only words."""
    if not number.e164:
        return Entry(f"{CANNOT_BE_CALLED}: {words}")
    return Entry(f"Call {words}", Gesture.CALL, contact_request(contact, number, Source.TRAY))


def _recent_entries(recents: Sequence[Call], numbers: ShownNumbers) -> Iterator[Entry]:
    told: set[str] = set()
    for call in recents:
        if call.e164 in told:
            continue
        told.add(call.e164)
        shown = numbers.call(call)
        label = " · ".join(filter(None, (clean_text(shown.contact_name, LONGEST_NAME), shown.shown_number)))
        yield Entry(f"Call {label}", Gesture.CALL, DialRequest(call.e164, Source.TRAY, call.contact_name))
        if len(told) == MOST_RECENTS:
            return


def _route_entries(account: Account | None) -> Iterator[Entry]:
    if account is not None:
        for route, words in _ROUTES:
            yield Entry(words, Gesture.ROUTE, route, checked=route is account.route)
