"""Which characters of a shown text answer a search: the words' beginnings, and the digits of numbers.

As the contact list searches: a word matches at a word's start, without case and accents; digits match anywhere
in a number, however it is grouped.
"""

from __future__ import annotations

from c2c_desktop.domain.plain_text import fold

Span = tuple[int, int]
"""The first character and the one after the last."""


def word_marks(text: str, search: str) -> list[Span]:
    """Return where words of `text` begin as a word of `search` does, in no order; spans can overlap."""
    folded, places = "", list[int]()
    for place, character in enumerate(text):
        bare = fold(character)
        folded += bare
        places += [place] * len(bare)
    starts = [at for at in range(len(folded)) if not folded[at].isspace() and (at == 0 or folded[at - 1].isspace())]
    return [
        (places[at], places[at + len(word) - 1] + 1)
        for word in fold(search).split()
        for at in starts
        if folded.startswith(word, at)
    ]


def digit_marks(number: str, search: str) -> list[Span]:
    """Return where the digits of `search` stand in `number`: of each of its words, or of all where it has no letter."""
    places = [place for place, character in enumerate(number) if character.isdigit()]
    digits = "".join(number[place] for place in places)
    marks: list[Span] = []
    for wanted in searched_digits(search):
        at = digits.find(wanted)
        if at >= 0:
            marks.append((places[at], places[at + len(wanted) - 1] + 1))
    return marks


def searched_digits(search: str) -> list[str]:
    """Return the digits a search asks numbers for, as the contact list reads it; often none."""
    if not any(character.isalpha() for character in search):
        wanted = [_digits(search).lstrip("0")]
    else:
        wanted = [_digits(word) for word in search.split()]
    return [digits for digits in wanted if digits]


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())
