"""What several contacts become when they are merged: all that each of them knows, and what only a person can decide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import combinations

from c2c_desktop.domain.contact import Contact, ContactNumber, email_key, once
from c2c_desktop.domain.contact_record import MOST_EMAILS, MOST_NUMBERS, MOST_TAGS, NOTE_LENGTH
from c2c_desktop.domain.duplicates import DuplicateGroup, Reason, likeness
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.name_agreement import Agreement, agreement
from c2c_desktop.domain.plain_text import fold
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.search_words import words_of


class Field(Enum):
    """What can contradict; the value is read by people."""

    NAME = "Name"
    COMPANY = "Company"
    PREFERRED = "Called first"
    ROUTE = "Rings first"
    CALLER_ID = "Caller ID"


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things a field can become."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of which the contacts say different things."""

    field: Field
    options: tuple[Option, ...]
    """At least two; the first one is what becomes of it where nobody chooses."""
    is_open: bool
    """Whether they contradict, so that a person must choose; else one says more than the others."""

    def holds(self, value: str | None) -> bool:
        """Whether it can become that."""
        return value is not None and any(option.value == value for option in self.options)


@dataclass(frozen=True, slots=True)
class Merge:
    """Contacts, and the one they become."""

    members: tuple[Contact, ...]
    """The oldest first."""
    contact: Contact
    """With the id of the oldest."""
    choices: tuple[Choice, ...] = ()
    undecided: tuple[Field, ...] = ()
    """The open choices nobody made yet."""
    obstacle: str = ""
    """Why they cannot be merged without losing something, in words; "" where they can."""

    @property
    def is_ready(self) -> bool:
        """Whether it can be done as it stands."""
        return not self.undecided and not self.obstacle


@dataclass(frozen=True, slots=True)
class MergeUndo:
    """A merge that was done, and what it takes to take it back."""

    contact: Contact
    """What they became, as it was stored."""
    members: tuple[Contact, ...]
    """What they were, the one that was kept first."""


class ContactsChangedError(UserFacingError):
    """Contacts are not any more what the person saw when they decided; nothing was done."""

    def __init__(self) -> None:
        super().__init__(
            "These contacts were not merged", "One of them was changed or deleted meanwhile. Look at them again."
        )


def merge(members: Iterable[Contact], chosen: Mapping[Field, str] | None = None) -> Merge:
    """Return what two or more contacts become; `chosen`: the values of options a person chose.

    A name or company that is not chosen, and says something the chosen one does not, is kept in the note.
    """
    chosen = chosen or {}
    ordered = tuple(sorted(members, key=lambda contact: contact.id))
    numbers = _numbers(ordered)
    options = {field: options_of(ordered) for field, options_of in _OPTIONS.items()}
    values = {field: _chosen(told, chosen.get(field)) for field, told in options.items()}
    choices = [_choice(field, told) for field, told in options.items() if len(told) > 1]
    name, company = values[Field.NAME] or "", values[Field.COMPANY] or ""
    route = values[Field.ROUTE]
    contact = Contact(
        ordered[0].id,
        name,
        company,
        tuple(replace(n, preferred=_number_key(n) == values[Field.PREFERRED]) for n in numbers),
        any(member.favourite for member in ordered),
        once((tag for member in ordered for tag in member.tags), fold),
        _note(ordered, name, company),
        once((address for member in ordered for address in member.emails), email_key),
        next((member.uid for member in ordered if member.uid), ""),
        Route(route) if route is not None else None,
        values[Field.CALLER_ID],
        0,
        # Taking an import back must not take what stood elsewhere too.
        ordered[0].import_id if len({member.import_id for member in ordered}) == 1 else 0,
    )
    undecided = tuple(
        choice.field for choice in choices if choice.is_open and not choice.holds(chosen.get(choice.field))
    )
    return Merge(ordered, contact, tuple(choices), undecided, _obstacle(contact))


def group_of(members: Sequence[Contact]) -> DuplicateGroup | None:
    """Return how contacts are proposed; None where one of them is like none of the others any more."""
    ways = {pair: likeness(*pair) for pair in combinations(sorted(members, key=lambda contact: contact.id), 2)}
    alike = {pair: way for pair, way in ways.items() if way is not None}
    if len(members) < 2 or {contact.id for pair in alike for contact in pair} != {contact.id for contact in members}:  # noqa: PLR2004
        return None
    strongest = sorted(alike.values(), key=lambda way: (_ORDER[way.reason], -way.names))
    merged = merge(members)
    return DuplicateGroup(
        tuple(member.id for member in merged.members),
        merged.contact.label or next(iter(merged.contact.emails), ""),
        ", ".join(dict.fromkeys(way.words for way in strongest)),
        all(way is not None and way.is_certain for way in ways.values()) and merged.is_ready,
    )


def _choice(field: Field, options: list[Option]) -> Choice:
    is_open = True
    if field in (Field.NAME, Field.COMPANY):
        words = [words_of(option.value) for option in options]
        is_open = any(agreement(*pair) is Agreement.NO for pair in combinations(words, 2))
    return Choice(field, tuple(options), is_open)


def _chosen(options: list[Option], wanted: str | None) -> str | None:
    values = [option.value for option in options]
    return wanted if wanted in values else next(iter(values), None)


def _texts(texts: Iterable[str]) -> list[Option]:
    """Return what is written differently, the most complete first; of two spellings the better one."""
    different = dict.fromkeys(filter(None, texts))
    if len(different) == 1:
        return [Option(text, text) for text in different]
    spellings: dict[tuple[str, ...], str] = {}
    for text in different:
        key = tuple(words_of(text)) or (text,)
        known = spellings.get(key)
        if known is None or _spelling(text) > _spelling(known):
            spellings[key] = text
    told = sorted(spellings, key=lambda words: (-sum(len(word) > 1 for word in words), -sum(map(len, words))))
    return [Option(spellings[words], spellings[words]) for words in told]


def _spelling(text: str) -> tuple[bool, int]:
    """Return how carefully a text is written: in capitals and small letters, with its accents."""
    return text not in (text.upper(), text.lower()), sum(not character.isascii() for character in text)


def _preferred(members: Sequence[Contact]) -> list[Option]:
    options: dict[str, Option] = {}
    for number in (number for member in members for number in member.numbers if number.preferred):
        options.setdefault(_number_key(number), Option(_number_key(number), number.shown))
    return list(options.values())


def _routes(members: Sequence[Contact]) -> list[Option]:
    routes = dict.fromkeys(member.route for member in members if member.route is not None)
    return [Option(route.value, route.own_phone.capitalize()) for route in routes]


def _caller_ids(members: Sequence[Contact]) -> list[Option]:
    texts = dict.fromkeys(member.caller_id for member in members if member.caller_id is not None)
    return [Option(text, text or "None") for text in texts]


_OPTIONS: dict[Field, Callable[[Sequence[Contact]], list[Option]]] = {
    Field.NAME: lambda members: _texts(member.name for member in members),
    Field.COMPANY: lambda members: _texts(member.company for member in members),
    Field.PREFERRED: _preferred,
    Field.ROUTE: _routes,
    Field.CALLER_ID: _caller_ids,
}
_ORDER = {reason: at for at, reason in enumerate(Reason)}
_KINDS = {"other": 0, "main": 1}
"""What a kind tells; those that are not named tell more."""

_EXTENSION = re.compile(r"(?:ext|extn|extension|x|#|durchwahl)\W{0,3}([0-9]{1,8})\W*$", re.IGNORECASE | re.ASCII)


def _numbers(members: Sequence[Contact]) -> list[ContactNumber]:
    """Return every number once, as the first one has it, with the kind that tells most."""
    kept: dict[str, ContactNumber] = {}
    for number in (number for member in members for number in member.numbers):
        known = kept.setdefault(_number_key(number), number)
        if _KINDS.get(number.kind, 2) > _KINDS.get(known.kind, 2):
            kept[_number_key(number)] = replace(known, kind=number.kind)
    return list(kept.values())


def _number_key(number: ContactNumber) -> str:
    """Return what makes it another number: E.164 and what stands behind it, or the words of one nobody can read."""
    if not number.e164:
        return " ".join(words_of(number.shown)) or number.shown
    extension = _EXTENSION.search(number.written)
    return f"{number.e164} {extension[1]}" if extension else number.e164


def _note(members: Sequence[Contact], name: str, company: str) -> str:
    """Return the notes, one that stands in another left out, and what else the contacts were called."""
    notes: list[str] = []
    for note in (member.note for member in members if member.note):
        if not any(note in other for other in notes):
            notes = [*(other for other in notes if other not in note), note]
    for words, text, kept in (
        *(("Also called", option.value, name) for option in _texts(member.name for member in members)),
        *(("Also at", option.value, company) for option in _texts(member.company for member in members)),
    ):
        line = f"{words}: {text}"
        told, known = words_of(text), words_of(kept)
        is_new = any(len(word) > 1 and word not in known for word in told)
        if text != kept and (is_new or agreement(told, known) in (Agreement.NO, Agreement.OPEN)):
            notes += [line] if not any(line in note.splitlines() for note in notes) else []
    return "\n".join(notes)


def _obstacle(contact: Contact) -> str:
    for number, most, what in (
        (len(contact.numbers), MOST_NUMBERS, "numbers"),
        (len(contact.emails), MOST_EMAILS, "e-mail addresses"),
        (len(contact.tags), MOST_TAGS, "tags"),
        (len(contact.note), NOTE_LENGTH, "characters of notes"),
    ):
        if number > most:
            return f"Together they have {number:,} {what}; a contact holds {most:,}. Remove some of them first."
    return ""
