"""Whether two names can be one person's, by their words of `search_words.words_of`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import IntEnum


class Agreement(IntEnum):
    """How far two names agree."""

    NO = 0
    """They are different people's."""
    OPEN = 1
    """One of them is missing: nothing speaks for it or against it."""
    PARTLY = 2
    """One says less than the other: "Asha" or "A. Rao" beside "Asha Rao"."""
    FULLY = 3
    """The same words, in any order."""


def agreement(first: Sequence[str], second: Sequence[str]) -> Agreement:
    """Return how far two names agree, whichever is given first.

    A name that says less has its words in the other, one letter for a word at most once each, and at least one of its
    words whole: "A. Rao" can be Asha Rao, "A. R." can be anybody.
    """
    if first == second:
        return Agreement.FULLY
    if not first or not second:
        return Agreement.OPEN
    if set(first).isdisjoint(second):
        return Agreement.NO  # most are: soon told
    less, more = sorted((Counter(first), Counter(second)), key=lambda words: words.total())
    if less == more:
        return Agreement.FULLY
    shared = less & more
    if not any(_is_whole(word) for word in shared):
        return Agreement.NO
    left, right = less - shared, more - shared
    initials = Counter(word for word in right.elements() if not _is_whole(word))
    begun = Counter(word[0] for word in left.elements() if _is_whole(word))
    whole = Counter(word[0] for word in right.elements() if _is_whole(word))
    alone = Counter(word for word in left.elements() if not _is_whole(word))
    return Agreement.PARTLY if begun <= initials and alone <= whole else Agreement.NO


def _is_whole(word: str) -> bool:
    return len(word) > 1
