"""Which characters of a shown text answer a search, for marking them: as `contact_rank` finds them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from c2c_desktop.domain.contact_search import ContactSearch
from c2c_desktop.domain.search_words import INSIDE, keypad_digits, needle_at, words_of

_ASCII_WORDS = re.compile("[a-z0-9]+")

Span = tuple[int, int]
"""The first character and the one after the last; never inside a letter with its signs."""


def word_marks(text: str, search: ContactSearch) -> list[Span]:
    """Return where `text`, a name, company or tag, answers `search`, in no order; spans can overlap."""
    words = _words_with_places(text)
    marks: list[Span] = []
    for key in search.keys:
        marks += [_span(places, 0, len(key)) for word, places in words if word.startswith(key)]
        marks += [_span(places, 0, len(key)) for word, places in words if keypad_digits(word).startswith(key)]
    for part in (term.word for term in search.terms if term.word):
        begun = [_span(places, 0, len(part)) for word, places in words if word.startswith(part)]
        marks += begun or [
            _span(places, word.find(part), len(part)) for word, places in words if len(part) >= INSIDE and part in word
        ]
    return list(dict.fromkeys(marks))


def number_marks(shown: str, search: ContactSearch) -> list[Span]:
    """Return where the digits `search` looks for stand in a number, however it is grouped."""
    found = [(needle, at) for needle in _needles(search) if (at := needle_at(needle, shown)) >= 0]
    if not found:
        return []
    places = [(place, place + 1) for place, character in enumerate(shown) if character.isdecimal()]
    if search.is_number:  # of several ways to write one number the longest that stands there is it
        found = sorted(found, key=lambda pair: len(pair[0]))[-1:]
    return [_span(places, at, len(needle)) for needle, at in found]


def holds_number(number: str, search: ContactSearch) -> bool:
    """Whether `number`, E.164 where it could be read, is one that `search` asks for by its digits."""
    return any(needle_at(needle, number) >= 0 for needle in _needles(search))


def _needles(search: ContactSearch) -> list[str]:
    return [*search.needles, *search.begins, *(term.digits for term in search.terms if term.digits)]


def _span(places: list[Span], at: int, length: int) -> Span:
    return places[at][0], places[at + length - 1][1]


@lru_cache(maxsize=512)
def _words_with_places(text: str) -> tuple[tuple[str, list[Span]], ...]:
    """Remember the words of texts: most of those in sight stay while somebody types on."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[tuple[str, list[Span]]]:
    """Return each word as it is compared, and for each of its characters the letter of `text` it comes from."""
    if text.isascii():
        for found in _ASCII_WORDS.finditer(text.lower()):
            yield found[0], [(place, place + 1) for place in range(*found.span())]
        return
    word, places = "", list[Span]()
    for start, end in _letters(text):
        parts = _parts(text[start:end])
        if parts is None:
            continue
        for number, part in enumerate(parts):
            if number:
                yield word, places
                word, places = "", []
            word += part
            places += [(start, end)] * len(part)
        if not parts and word:
            yield word, places
            word, places = "", []
    if word:
        yield word, places


@lru_cache(maxsize=1024)
def _parts(letter: str) -> tuple[str, ...] | None:
    """Return the words a letter stands for, () for a separator; None for a joiner, which is nothing at all."""
    parts = tuple(words_of(letter))
    return None if not parts and not letter.strip("\u200c\u200d") else parts


def _letters(text: str) -> Iterator[Span]:
    """Return the spans of letters with the signs that belong to them."""
    start = 0
    for place, character in enumerate(text):
        if place and (character.isascii() or not unicodedata.category(character).startswith("M")):
            yield start, place
            start = place
    yield start, len(text)
