"""Searches that nobody answered with beginnings of words: who types on finds nobody either, and need not ask."""

from __future__ import annotations

from c2c_desktop.domain.contact_rank import Rank
from c2c_desktop.domain.contact_search import ContactSearch

_KEPT = 16
_Known = tuple[Rank, tuple[str, ...], tuple[str, ...]]


class NobodyBegun:
    """What is known of one state of the contacts, from the searches made last."""

    def __init__(self) -> None:
        self._known: dict[_Known, None] = {}

    def learn(self, rank: Rank, search: ContactSearch) -> None:
        """Nobody has words in the name (`NAME`), or in name and company (`COMPANY`), that begin with all terms."""
        if rank is Rank.COMPANY and any(term.digits for term in search.terms):
            return  # a number could begin with them
        self._known[rank, tuple(term.word for term in search.terms), search.tags] = None
        if len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]

    def is_known(self, rank: Rank, search: ContactSearch) -> bool:
        """Whether nobody can answer `search` with this rank: each term of some search before goes on in one of it."""
        words = [term.word for term in search.terms if rank is Rank.NAME or not term.digits]
        return any(
            rank <= known_rank and _all_go_on(known_words, words) and _all_go_on(known_tags, search.tags)
            for known_rank, known_words, known_tags in self._known
        )


def _all_go_on(begun: tuple[str, ...], words: list[str] | tuple[str, ...]) -> bool:
    return all(any(word.startswith(beginning) for word in words) for beginning in begun)
