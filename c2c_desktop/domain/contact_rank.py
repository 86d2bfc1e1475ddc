"""Which contacts answer a search, and which stand before others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_search import ContactSearch, Term
from c2c_desktop.domain.search_words import INSIDE, digits_of, keypad_digits, needle_at, words_of

MOST_FAVOURITES = 500
"""Favourites, by the alphabet, that stand before all others; further ones stand among the others."""


class Rank(IntEnum):
    """How well a contact answers; lower ones stand first, within one the alphabet decides."""

    NAME = 0
    """Every part begins a word of the name; for digits: on the keypad."""
    COMPANY = 1
    """Every part begins a word of name or company, one or two digits also a number; for digits: a number."""
    INSIDE = 2
    """Parts stand inside words, or in numbers."""
    SIMILAR = 3
    """Only one letter more, less, other or swapped makes it answer; asked where nobody else does."""


@dataclass(frozen=True)
class Entry:
    """What of a contact is searched."""

    name: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    """E.164 where a number could be read, else as it was written."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of name and company."""
        return self.name + self.company

    @cached_property
    def digits(self) -> str:
        """The digits of each number, one number a line."""
        return "\n".join(map(digits_of, self.numbers))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keypad's digits for the words the contact goes by."""
        return tuple(filter(None, map(keypad_digits, self.name or self.company)))


def entry_of(contact: Contact) -> Entry:
    """Return what of `contact` is searched."""
    return Entry(
        tuple(words_of(contact.name)),
        tuple(words_of(contact.company)),
        tuple(word for tag in contact.tags for word in words_of(tag)),
        tuple(number.e164 or number.shown for number in contact.numbers),
    )


def sort_key(contact: Contact) -> str:
    """Return what `contact` is sorted by: its name, its company or its first number, as words; the id decides a tie."""
    words = words_of(contact.name) or words_of(contact.company)
    return " ".join(words) or digits_of(contact.numbers[0].e164 or contact.numbers[0].shown if contact.numbers else "")


def rank_of(search: ContactSearch, entry: Entry) -> Rank | None:
    """Return how well `entry` answers, None for not at all. Never `SIMILAR`: ask `is_similar`."""
    if not all(_begins(tag, entry.tags) for tag in search.tags):
        return None
    if search.is_number:
        if search.keys and all(_begins(key, entry.words + entry.keys) for key in search.keys):
            return Rank.NAME
        if any(_is_in_number(needle, entry) for needle in search.begins):
            return Rank.COMPANY
        return Rank.INSIDE if any(_is_in_number(needle, entry) for needle in search.needles) else None
    if all(term.word and _begins(term.word, entry.name) for term in search.terms):
        return Rank.NAME
    if all(_is_begun(term, entry) for term in search.terms):
        return Rank.COMPANY
    return Rank.INSIDE if all(_stands_in(term, entry) for term in search.terms) else None


def is_similar(variants: tuple[tuple[str, ...], ...], tags: tuple[str, ...], entry: Entry) -> bool:
    """Whether one of the variants of each term begins a word of `entry`, and all tags are there."""
    return all(any(_begins(word, entry.words) for word in each) for each in variants) and all(
        _begins(tag, entry.tags) for tag in tags
    )


def _begins(part: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110  # this way it takes half as long, and every favourite is asked at each key
        if word.startswith(part):
            return True
    return False


def _is_begun(term: Term, entry: Entry) -> bool:
    if term.word and _begins(term.word, entry.words):
        return True
    return not term.is_long and bool(term.digits) and _is_in_number(term.digits, entry)


def _stands_in(term: Term, entry: Entry) -> bool:
    if not term.is_long:
        return _is_begun(term, entry)
    if term.word and any(term.word in word for word in entry.words):
        return True
    return bool(term.digits) and _is_in_number(term.digits, entry)


def _is_in_number(needle: str, entry: Entry) -> bool:
    if len(needle) >= INSIDE:
        return needle in entry.digits
    return any(needle_at(needle, number) >= 0 for number in entry.numbers)
