"""From a search to the questions the index is asked, one for each rank of answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from c2c_desktop.adapters import contact_rows
from c2c_desktop.domain.contact_rank import Rank
from c2c_desktop.domain.contact_search import ContactSearch, Term
from c2c_desktop.domain.search_words import INSIDE

_COLUMNS = f"{contact_rows.COLUMNS}, c.name_key, c.company_key, c.tags_key"
_NUMBERS = (
    "(SELECT group_concat(CASE e164 WHEN '' THEN shown ELSE e164 END, char(10)) FROM phone WHERE contact_id = c.id)"
)

_INDEXED = 3
"""Letters of a beginning up to which table `w` has one list of those who have it: for more it must make one first."""


def _unknown(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of the words of names and companies. None where they are too many to ask for each."""

    beginning: Callable[[str], Sequence[str] | None] = _unknown
    """Return those that begin with some letters."""
    holding: Callable[[str], Sequence[str] | None] = _unknown
    """Return those that hold some letters behind their beginning."""


@dataclass(frozen=True, slots=True)
class Question:
    """One pass over the index in the order of the alphabet."""

    rank: Rank
    words: str = ""
    """What table `w` must match; "" for no condition."""
    parts: str = ""
    """What table `t` must match."""
    better: str = ""
    """What those of a better rank match in table `w`, who are left out unless all of them are known."""
    overlaps: bool = False
    """Whether contacts of a better rank answer too, and are to be left out where they are read."""
    but: str = ""
    """What those of a better rank match in table `w` who match `parts`; left out where that is cheap."""
    is_coarse: bool = False
    """Whether some match who do not answer, and each is to be looked at."""

    def rows(
        self, after: int, *, numbers: bool, but: bool = False, with_better: bool = False
    ) -> tuple[str, list[object]]:
        """Return the statement, and its values, that reads contacts behind a place, as far as one fetches.

        The last four columns are what `entry_of_row` takes; the last one NULL without `numbers`. `but`: leave those
        out who are told before. `with_better`: whoever asks knows those of a better rank.
        """
        words = self.words if with_better else self._words
        source, conditions, values = self._from(words, but=self.but if but else "")
        # The join is crossed to keep its order: the index leads, the contacts follow.
        join = " CROSS JOIN contact AS c ON c.ord = i.rowid" if source else "contact AS c"
        place = "i.rowid" if source else "c.ord"
        where = " AND ".join([*conditions, f"{place} > ?"])
        columns = f"{_COLUMNS}, {_NUMBERS if numbers else 'NULL'}"
        return f"SELECT {columns} FROM {source}{join} WHERE {where} ORDER BY {place}", [*values, after]  # noqa: S608  # fixed parts

    def places(self) -> tuple[str, list[object]]:
        """Return the statement, and its values, for the places alone, in no order."""
        source, conditions, values = self._from(self._words, but=self.but)
        if not source:
            return "SELECT ord FROM contact", []
        return f"SELECT i.rowid FROM {source} WHERE {' AND '.join(conditions)}", values  # noqa: S608  # fixed parts

    @property
    def _words(self) -> str:
        return f"({self.words}) NOT ({self.better})" if self.better else self.words

    def _from(self, words: str, but: str) -> tuple[str, list[str], list[object]]:
        if words and self.parts:
            # The plus keeps the planner from asking `w` for every row of `t`.
            return (
                "w AS i",
                ["w MATCH ?", "+i.rowid IN (SELECT rowid FROM t WHERE t MATCH ?)"],
                [words, self.parts],
            )
        if words:
            return "w AS i", ["w MATCH ?"], [words]
        if self.parts and but:
            without = "+i.rowid NOT IN (SELECT rowid FROM w WHERE w MATCH ?)"
            return "t AS i", ["t MATCH ?", without], [self.parts, but]
        if self.parts:
            return "t AS i", ["t MATCH ?"], [self.parts]
        return "", [], []


def questions_for(search: ContactSearch, words: Words) -> list[Question]:
    """Return the questions whose answers, one after the other, are the contacts that answer, the best first."""
    tags = [_begins("tags", tag) for tag in search.tags]
    if search.is_number:
        return _for_number(search, tags)
    if not search.terms:
        return [Question(Rank.NAME, _all(tags))]
    asked: list[Question] = []
    name, both = _name(search, tags, words), _begun(search, tags, words)
    if name:
        asked.append(Question(Rank.NAME, name))
    if both:
        asked.append(Question(Rank.COMPANY, both, better=name))
    if any(term.is_long for term in search.terms):
        asked += _all_inside(search, tags, both, words)
    return asked


def rows_at(places: list[int], search: ContactSearch, *, numbers: bool) -> tuple[str, list[object]]:
    """Return the statement, and its values, that reads the contacts at `places`, as `Question.rows` does.

    Those without the tags, or without a word that begins with a short term of letters, stay out.
    """
    columns = f"{_COLUMNS}, {_NUMBERS if numbers else 'NULL'}"
    marks = ", ".join("?" * len(places))
    short = [term.word for term in search.terms if not term.is_long and not term.digits]
    begun = [
        *(("' ' || c.name_key || ' ' || c.company_key", word) for word in short),
        *(("' ' || c.tags_key", tag) for tag in search.tags),
    ]
    where = "".join(f" AND instr({words}, ' ' || ?)" for words, _ in begun)
    return (
        f"SELECT {columns} FROM contact AS c WHERE c.ord IN ({marks}){where} ORDER BY c.ord",  # noqa: S608  # fixed parts
        [*places, *(begin for _, begin in begun)],
    )


def question_for_similar(variants: Iterable[Sequence[str]], tags: Iterable[str], words: Words) -> Question:
    """Return the question for names that begin with one of the variants of each term."""
    terms = [f"{{name company}} : ({' OR '.join(_begun_by(word, words) for word in each)})" for each in variants]
    return Question(Rank.SIMILAR, _all([*(_begins("tags", tag) for tag in tags), *terms]))


def counted(search: ContactSearch) -> list[Question]:
    """Return the questions whose places, added up, are all who answer: for words the widest one, which holds all."""
    if search.is_number or not search.terms:
        return questions_for(search, Words())
    tags = [_begins("tags", tag) for tag in search.tags]
    if any(term.is_long for term in search.terms):
        return [_inside(search, tags)]
    return [Question(Rank.COMPANY, _begun(search, tags, Words()))]


def _name(search: ContactSearch, tags: list[str], words: Words) -> str:
    """Return what holds for those of rank `NAME`; "" where nobody can be."""
    terms = [_begun_in("name", term.word, words) if term.word else "" for term in search.terms]
    return _all([*tags, *terms]) if all(terms) else ""


def _begun(search: ContactSearch, tags: list[str], words: Words) -> str:
    """Return what holds for those of rank `COMPANY` and better; "" where nobody can be."""
    terms = [
        (_begun_in("name company", term.word, words) if term.word else "") if term.is_long else _short(term)
        for term in search.terms
    ]
    return _all([*tags, *terms]) if all(terms) else ""


def _inside(search: ContactSearch, tags: list[str]) -> Question:
    """Return the question for rank `INSIDE` and better."""
    short = [_short(term) for term in search.terms if not term.is_long]
    long = [_long(term) for term in search.terms if term.is_long]
    return Question(Rank.INSIDE, _all([*tags, *short]), _all(long))


def _all_inside(search: ContactSearch, tags: list[str], both: str, words: Words) -> list[Question]:
    """Return what finds those of rank `INSIDE` who do not answer `both`: nothing where nobody can be."""
    held = {term: words.holding(term.word) for term in search.terms if term.is_long and term.word and not term.digits}
    if all(held.get(term) is not None for term in search.terms if term.is_long):
        if not any(held.values()):
            return []
        terms = [_one_of(term, held[term] or (), words) if term.is_long else _short(term) for term in search.terms]
        return [Question(Rank.INSIDE, _all([*tags, *terms]), better=both)] if all(terms) else []
    inside = _inside(search, tags)
    if len(held) > 1 and any(term.is_long and term.digits for term in search.terms):
        # The beginnings of several words, and digits beside them, leave few to look at who do not answer.
        begins = [replace(term, word=term.word[:INSIDE]) if term in held else term for term in search.terms]
        inside = replace(_inside(replace(search, terms=tuple(begins)), tags), is_coarse=True)
    # Whoever has the long terms at the beginnings of words, and the short ones, was told before.
    begun = _begun(replace(search, terms=tuple(term for term in search.terms if term.is_long)), [], words)
    if inside.words:
        return [replace(inside, better=both, but=begun)]
    return [replace(inside, overlaps=True)]


def _one_of(term: Term, held: Sequence[str], words: Words) -> str:
    """Return what holds for those with a word that begins with the term's or is one of `held`; "" for nobody."""
    any_of = " OR ".join(filter(None, [_begun_by(term.word, words), *map(_quoted, held)]))
    return f"{{name company}} : ({any_of})" if any_of else ""


def _begun_in(columns: str, word: str, words: Words) -> str:
    """Return what holds for those with a word in `columns` that begins with `word`; "" where there is no such word."""
    any_of = _begun_by(word, words)
    return f"{{{columns}}} : ({any_of})" if any_of else ""


def _begun_by(letters: str, words: Words) -> str:
    """Return a choice of words that begin with `letters`, each where that spares the index a list; "" for none."""
    known = words.beginning(letters) if len(letters) > _INDEXED else None
    return _prefix(letters) if known is None else " OR ".join(map(_quoted, known))


def _for_number(search: ContactSearch, tags: list[str]) -> list[Question]:
    names = _all([*tags, *(_begins("name company keys", key) for key in search.keys)]) if search.keys else ""
    asked = [Question(Rank.NAME, names)] if names else []
    begun = ""
    if search.begins:
        begun = _all([*tags, f"{{starts}} : ({' OR '.join(map(_prefix, search.begins))})"])
        asked.append(Question(Rank.COMPANY, begun, better=names))
    if search.needles:
        shortest = [each for each in search.needles if not any(o in each for o in search.needles if o != each)]
        parts = f"{{number}} : ({' OR '.join(map(_quoted, shortest))})"
        but = " OR ".join(f"({better})" for better in (names, begun) if better)
        asked.append(
            Question(Rank.INSIDE, _all(tags), parts, better=but if tags else "", overlaps=bool(asked), but=but)
        )
    return asked


def _short(term: Term) -> str:
    found = [_begins("name company", term.word)] if term.word else []
    if term.digits:
        found.append(_begins("starts", term.digits))
    return f"({' OR '.join(found)})"


def _long(term: Term) -> str:
    found = [f"{{name company}} : {_quoted(term.word)}"] if term.word else []
    if term.digits:
        found.append(f"{{number}} : {_quoted(term.digits)}")
    return f"({' OR '.join(found)})"


def _begins(columns: str, word: str) -> str:
    return f"{{{columns}}} : {_prefix(word)}"


def _prefix(word: str) -> str:
    return f"{_quoted(word)} *"


def _quoted(word: str) -> str:
    """Words hold letters, digits and signs only: no quotation mark, and nothing that means something in quotes."""
    return f'"{word}"'


def _all(conditions: Iterable[str]) -> str:
    return " AND ".join(f"({condition})" for condition in conditions)
