"""Help with typing mistakes: the words one slip of a finger away."""

from __future__ import annotations

from string import ascii_lowercase

from c2c_desktop.domain.contact_search import ContactSearch

SHORTEST, LONGEST = 4, 24
"""Letters of a word that is helped with: shorter ones are like too many others."""

MOST_WORDS = 2
"""Words of one search that are helped with; with more there is no help."""


def similar_terms(search: ContactSearch) -> tuple[tuple[str, ...], ...]:
    """Return for each term the beginnings of words to look for instead; () where there is no help.

    A word keeps its own spelling among its variants. Letters that were left out or mistaken are tried from a to z
    only; letters too many or swapped in every script.
    """
    helped = [term for term in search.terms if _is_helped(term.word)]
    if not 1 <= len(helped) <= MOST_WORDS or not all(term.word for term in search.terms):
        return ()
    return tuple(_variants(term.word) if _is_helped(term.word) else (term.word,) for term in search.terms)


def _is_helped(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and not any(c.isdigit() for c in word)


def _variants(word: str) -> tuple[str, ...]:
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    less = [before + after[1:] for before, after in parts if after]
    swapped = [before + after[1] + after[0] + after[2:] for before, after in parts if len(after) > 1]
    other = [before + letter + after[1:] for before, after in parts if after for letter in ascii_lowercase]
    more = [before + letter + after for before, after in parts if after for letter in ascii_lowercase]
    return tuple(dict.fromkeys([word, *less, *swapped, *other, *more]))
