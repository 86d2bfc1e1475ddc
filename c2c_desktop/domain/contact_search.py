"""What a search of the contacts asks for: words, digits of numbers or of a keypad, tags."""

from __future__ import annotations

import re
from dataclasses import dataclass

from c2c_desktop.domain.search_words import INSIDE, calling_code_of, digits_of, words_of

LONGEST_SEARCH = 200
"""Characters of a text that are looked for; the rest of a pasted page is not."""

SHORTEST_NATIONAL = 7
"""Digits from which a number typed with its country is looked for without it too: it may be stored so."""

_QUOTED_TAG = re.compile(r"""(?<!\S)#["“”„]([^"“”„]*)["“”„]?""")
"""A tag with blanks in it: #"hot lead"; as one types the second quotation mark is not there yet."""

_QUOTES = re.compile('["“”„]')

_TRUNK_IN_BRACKETS = re.compile(r"\(\s*0+\s*\)")


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a search that holds letters. At least one of the two is there."""

    word: str
    """Found at the beginning of a word, from `INSIDE` letters inside one; "" for digits with separators in them."""
    digits: str = ""
    """Found inside a number, fewer than `INSIDE` where it begins; "" for letters."""

    @property
    def is_long(self) -> bool:
        """Whether it is found inside words and numbers."""
        return len(self.word or self.digits) >= INSIDE


@dataclass(frozen=True, slots=True)
class ContactSearch:
    """A search, read. Every term and every tag must be there; for a number all `keys`, or one of the others."""

    terms: tuple[Term, ...] = ()
    tags: tuple[str, ...] = ()
    """How words of tags begin."""
    keys: tuple[str, ...] = ()
    """Digits as words: keys of a keypad, or digits a name is written with."""
    needles: tuple[str, ...] = ()
    """Digits inside a number, `INSIDE` or more of them."""
    begins: tuple[str, ...] = ()
    """Fewer digits, with which a number begins."""

    @property
    def is_number(self) -> bool:
        """Whether digits were typed and no letter, tags aside."""
        return bool(self.needles or self.begins)

    @property
    def is_empty(self) -> bool:
        """Whether everybody is meant."""
        return not (self.terms or self.tags or self.is_number)


def read_search(text: str) -> ContactSearch:
    """Return what `text` asks for. Never fails: signs mean nothing, and a text of nothing else means everybody."""
    text = text[:LONGEST_SEARCH]
    parts = _QUOTED_TAG.sub(" ", text).split()
    marked = [*_QUOTED_TAG.findall(text), *(part for part in parts if part.startswith("#"))]
    tags = tuple(word for tag in marked for word in words_of(tag))
    parts = [part for part in parts if not part.startswith("#")]
    if any(_has_letter(part) for part in parts):
        return ContactSearch(tuple(term for part in parts for term in _terms(part)), tags)
    plain = " ".join(parts)
    long, short = _needles(plain)
    is_typed_on_keys = (long or short) and plain.replace(" ", "").isdecimal()
    return ContactSearch((), tags, tuple(map(digits_of, parts)) if is_typed_on_keys else (), long, short)


def tag_search(tag: str) -> str:
    """Return what finds those who have `tag`: #vip, or #"hot lead" where it has blanks."""
    bare = " ".join(_QUOTES.sub(" ", tag).split())
    return f'#"{bare}"' if " " in bare else f"#{bare}"


def _has_letter(part: str) -> bool:
    return any(character.isalpha() for character in part)


def _terms(part: str) -> list[Term]:
    words = words_of(part)
    if _has_letter(part):
        return [Term(word) for word in words]
    long, short = _needles(part)
    needle = next(iter(long + short), "")
    word = words[0] if len(words) == 1 else ""
    return [Term(word, needle)] if word or needle else []


def _needles(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what can stand inside a number written with its country, and what it can begin with, for digits as typed.

    Zeros in front are a country's or a city's sign, unless they stand in the middle of a number.
    """
    digits = digits_of(_TRUNK_IN_BRACKETS.sub("", text))
    bare = digits.lstrip("0")
    if not bare:
        return (), ()
    ways = [bare]
    if digits.startswith("00") or text.lstrip(" (").startswith("+"):
        code = calling_code_of(bare)
        national = bare[len(code) :]
        without_trunk = national.lstrip("0")
        ways = [bare, code + without_trunk] if without_trunk else [code]
        if len(without_trunk) >= SHORTEST_NATIONAL:
            ways.append(without_trunk)
    short = tuple(way for way in ways if len(way) < INSIDE)
    if short and not text.lstrip(" (").startswith("+"):
        ways.append(digits)
    return tuple(dict.fromkeys(way for way in ways if len(way) >= INSIDE)), tuple(dict.fromkeys(short))
