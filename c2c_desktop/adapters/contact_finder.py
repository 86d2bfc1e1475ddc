"""Asks the index, and puts what it answers in the order in which it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from c2c_desktop.adapters import contact_rows
from c2c_desktop.adapters.contact_index import entry_of_row
from c2c_desktop.adapters.contact_query import Question, Words, counted, question_for_similar, questions_for, rows_at
from c2c_desktop.adapters.contact_words import StoredWords
from c2c_desktop.adapters.nobody_begun import NobodyBegun
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_rank import MOST_FAVOURITES, Entry, Rank, entry_of, rank_of
from c2c_desktop.domain.contact_search import ContactSearch
from c2c_desktop.domain.found_contacts import Found, Heading, Place, Section
from c2c_desktop.domain.similar_words import similar_terms

if TYPE_CHECKING:
    import sqlite3

FEW = 500
"""Contacts that are looked at one by one."""

PASSED = 20_000
"""Places of the index that are passed over on the way to them."""

_BEFORE_ALL = -(1 << 62)


@dataclass(frozen=True, slots=True)
class Favourite:
    """Who stands first, ready to be looked through."""

    position: int
    entry: Entry
    contact: Contact


Favourites = tuple[Favourite, ...]


def read_favourites(connection: sqlite3.Connection) -> Favourites:
    """Return the first favourites in the order of the alphabet."""
    rows = connection.execute(
        f"SELECT {contact_rows.COLUMNS} FROM contact AS c WHERE c.favourite ORDER BY c.ord LIMIT ?",  # noqa: S608  # fixed parts
        (MOST_FAVOURITES,),
    ).fetchall()
    contacts = contact_rows.read(connection, rows)
    return tuple(Favourite(row[0], entry_of(contact), contact) for row, contact in zip(rows, contacts, strict=True))


def count_answers(connection: sqlite3.Connection, search: ContactSearch, most: int | None) -> int:
    """Return how many answer, no further than one beyond `most`."""
    total = 0
    for question in counted(search):
        statement, values = question.places()
        limit = -1 if most is None else most + 1 - total
        (number,) = connection.execute(
            f"SELECT count(*) FROM ({statement} LIMIT ?)",  # noqa: S608  # fixed parts
            [*values, limit],
        ).fetchone()
        total += number
    return total


class Finder:
    """One search on one state of the contacts."""

    def __init__(
        self, connection: sqlite3.Connection, search: ContactSearch, favourites: Favourites, nobody: NobodyBegun
    ) -> None:
        self._connection = connection
        self._nobody = nobody
        self._stored = StoredWords(connection)
        self._words = Words(cache(self._stored.beginning), self._stored.holding)
        self._search = search
        self._favourites = favourites
        self._first = {favourite.position for favourite in favourites}

    def found(self, limit: int, *, is_glance: bool = False) -> Found:
        """Return the first page of every section; for a glance one page in all."""
        start = Place(is_plain=False, rank=Rank.NAME, position=_BEFORE_ALL)
        sections = [self._section(start, limit, told := set[int]())]
        goes_on = sections[0].after is not None
        if self._search.is_number and not (is_glance and goes_on):
            room = max(limit - len(sections[0].contacts), 1) if is_glance else limit
            sections.append(self._section(replace(start, rank=Rank.COMPANY), room, None if goes_on else told))
        sections = [section for section in sections if section.contacts]
        if not sections and self._similar is not None:
            section = self.section_after(Place(is_plain=True, rank=Rank.SIMILAR, position=_BEFORE_ALL), limit)
            sections = [section] if section.contacts else []
        return Found(tuple(sections))

    def section_after(self, after: Place, limit: int) -> Section:
        """Return the next contacts of the section that `after` lies in."""
        return self._section(after, limit, None)

    def _section(self, after: Place, limit: int, told: set[int] | None) -> Section:
        """Return those behind `after`; `told`: where everybody of a better rank stands, and further ones are added.

        None where they are not known.
        """
        pairs = list(islice(self._answers(after, told), limit + 1))
        contacts = self._contacts(pairs[:limit])
        heading = Heading.NONE
        if after.rank is Rank.SIMILAR:
            heading = Heading.SIMILAR
        elif self._search.is_number:
            heading = Heading.NAMES if after.rank is Rank.NAME else Heading.NUMBERS
        goes_on = len(pairs) > limit > 0
        return Section(heading, tuple(contacts), pairs[limit - 1][0] if goes_on else None)

    def _answers(self, after: Place, told: set[int] | None) -> Iterator[tuple[Place, Favourite | Sequence[Any]]]:
        ranks = self._ranks_with(after.rank)
        if not after.is_plain:
            answers = [
                (Place(is_plain=False, rank=rank, position=favourite.position), favourite)
                for favourite in self._favourites
                if (rank := rank_of(self._search, favourite.entry)) in ranks
            ]
            yield from (pair for pair in sorted(answers, key=lambda pair: pair[0]) if pair[0] > after)
            after = Place(is_plain=True, rank=ranks[0], position=_BEFORE_ALL)
        is_known = told is not None
        told = set() if told is None else told
        for question in self._questions(ranks):
            if question.rank >= after.rank:
                begin = after.position if question.rank == after.rank else _BEFORE_ALL
                for row in self._rows(question, begin, told, is_known=is_known):
                    told.add(row[0])
                    yield Place(is_plain=True, rank=question.rank, position=row[0]), row

    def _ranks_with(self, rank: Rank) -> tuple[Rank, ...]:
        """Return the ranks that share a section with `rank`."""
        ranks_of_numbers = (Rank.COMPANY, Rank.INSIDE)
        if rank is Rank.SIMILAR or (self._search.is_number and rank is Rank.NAME):
            return (rank,)
        return ranks_of_numbers if self._search.is_number else (Rank.NAME, *ranks_of_numbers)

    def _questions(self, ranks: tuple[Rank, ...]) -> list[Question]:
        if ranks == (Rank.SIMILAR,):
            return [self._similar] if self._similar is not None else []
        return [
            question
            for question in questions_for(self._search, self._words)
            if question.rank in ranks
            and not (self._asks_beginnings(question) and self._nobody.is_known(question.rank, self._search))
        ]

    def _asks_beginnings(self, question: Question) -> bool:
        return bool(self._search.terms) and question.rank in (Rank.NAME, Rank.COMPANY)

    @cached_property
    def _similar(self) -> Question | None:
        """Return the question for words that are like those that were typed, as far as somebody has them."""
        variants = [self._stored.begun(each) for each in similar_terms(self._search)]
        return question_for_similar(variants, self._search.tags, self._words) if variants and all(variants) else None

    def _rows(self, question: Question, after: int, told: set[int], *, is_known: bool) -> Iterator[Sequence[Any]]:
        """Return the rows that answer behind a place, but for favourites and those with a better rank."""
        if question.words and question.parts and not self._places(*Question(question.rank, question.words).places(), 0):
            return  # nobody has the short terms
        few = self._few(question) if question.words and question.parts else None
        is_sifted = few is not None or question.is_coarse
        asks_digits = self._search.is_number or any(term.digits for term in self._search.terms)
        if few is not None:
            statement = rows_at([place for place in few if place > after], self._search, numbers=asks_digits)
        else:
            numbers = question.is_coarse or bool(self._search.begins)
            statement = question.rows(after, numbers=numbers, with_better=is_known)
        first = self._first if question.rank is not Rank.SIMILAR else ()
        is_nobody = after == _BEFORE_ALL and self._asks_beginnings(question) and (is_known or not question.better)
        for row in contact_rows.tuples(self._connection, *statement):
            is_nobody = False
            if row[0] in first or row[0] in told:
                continue
            if is_sifted or (question.overlaps and not is_known):
                rank = rank_of(self._search, entry_of_row(*row[-4:]))
                if (rank is not None and rank < question.rank) or (is_sifted and rank is None):
                    continue
            yield row
        if is_nobody:
            self._nobody.learn(question.rank, self._search)

    def _few(self, question: Question) -> list[int] | None:
        """Return where those stand who match in table `t` and were not told before.

        None where they are so many that looking for them in `w` is faster than looking at each.
        """
        places = set(self._places(*Question(question.rank, parts=question.parts).places(), PASSED))
        if len(places) > PASSED:
            return None
        if len(places) > FEW and question.but:
            places.difference_update(self._places(*Question(question.rank, question.but).places(), -1))
        return sorted(places) if len(places) <= FEW else None

    def _places(self, statement: str, values: list[object], most: int) -> list[int]:
        """Return places, no further than one beyond `most`; -1 for all."""
        limit = most + 1 if most >= 0 else -1
        return [place for (place,) in contact_rows.tuples(self._connection, f"{statement} LIMIT ?", [*values, limit])]

    def _contacts(self, pairs: list[tuple[Place, Favourite | Sequence[Any]]]) -> list[Contact]:
        rows = [answer for _, answer in pairs if not isinstance(answer, Favourite)]
        first = [answer.contact for _, answer in pairs if isinstance(answer, Favourite)]
        return first + contact_rows.read(self._connection, rows)
