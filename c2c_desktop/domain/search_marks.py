"""Which characters of a shown text answer a search, for marking them: as `contact_rank` finds them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from c2c_desktop.domain.contact_search import ContactSearch
from c2c_desktop.domain.search_words import INSIDE, keypad_digits, needle_at, words_of

_ASCII_WORDS = re.compile("[a-z0-9]+")

Span = tuple[int, int]
"""The first character and the one after the last; never inside a letter with its signs."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is compared."""

    text: str
    starts: Sequence[int]
    """Where in what is shown the letter begins that each character comes from."""
    ends: Sequence[int]

    def span(self, at: int, length: int) -> Span:
        """Return where characters of the word are shown."""
        return self.starts[at], self.ends[at + length - 1]


def word_marks(text: str, search: ContactSearch) -> list[Span]:
    """Return where `text`, a name, company or tag, answers `search`, in no order; spans can overlap."""
    parts = [term.word for term in search.terms if term.word]
    if text.isascii() and not _may_answer(text.lower(), parts, search.keys):
        return []
    words = _words_with_places(text)
    marks: list[Span] = []
    for key in search.keys:
        marks += [word.span(0, len(key)) for word in words if word.text.startswith(key)]
        marks += [word.span(0, len(key)) for word in words if keypad_digits(word.text).startswith(key)]
    for part in parts:
        begun = [word.span(0, len(part)) for word in words if word.text.startswith(part)]
        marks += begun or [
            word.span(word.text.find(part), len(part)) for word in words if len(part) >= INSIDE and part in word.text
        ]
    return list(dict.fromkeys(marks))


def _may_answer(lowered: str, parts: Sequence[str], keys: Sequence[str]) -> bool:
    """Whether a look at the words of an ASCII text can find anything: most companies hold nothing of a name."""
    return any(part in lowered for part in parts) or (
        bool(keys) and any(key in lowered or key in keypad_digits(lowered) for key in keys)
    )


def number_marks(shown: str, search: ContactSearch) -> list[Span]:
    """Return where the digits `search` looks for stand in a number, however it is grouped."""
    found = [(needle, at) for needle in _needles(search) if (at := needle_at(needle, shown)) >= 0]
    if not found:
        return []
    places = [place for place, character in enumerate(shown) if character.isdecimal()]
    if search.is_number:  # of several ways to write one number the longest that stands there is it
        found = sorted(found, key=lambda pair: len(pair[0]))[-1:]
    return [(places[at], places[at + len(needle) - 1] + 1) for needle, at in found]


def holds_number(number: str, search: ContactSearch) -> bool:
    """Whether `number`, E.164 where it could be read, is one that `search` asks for by its digits."""
    return any(needle_at(needle, number) >= 0 for needle in _needles(search))


def _needles(search: ContactSearch) -> list[str]:
    return [*search.needles, *search.begins, *(term.digits for term in search.terms if term.digits)]


@lru_cache(maxsize=512)
def _words_with_places(text: str) -> tuple[_Word, ...]:
    """Remember the words of texts: most of those in sight stay while somebody types on."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[_Word]:
    if text.isascii():
        for found in _ASCII_WORDS.finditer(text.lower()):
            start, end = found.span()
            yield _Word(found[0], range(start, end), range(start + 1, end + 1))
        return
    word, starts, ends = "", list[int](), list[int]()
    for start, end in _letters(text):
        parts = _parts(text[start:end])
        if parts is None:
            continue
        for number, part in enumerate(parts):
            if number:
                yield _Word(word, starts, ends)
                word, starts, ends = "", [], []
            word += part
            starts += [start] * len(part)
            ends += [end] * len(part)
        if not parts and word:
            yield _Word(word, starts, ends)
            word, starts, ends = "", [], []
    if word:
        yield _Word(word, starts, ends)


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
