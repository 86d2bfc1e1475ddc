"""Reads some of the contacts one after the other, in the order of the alphabet, in little memory."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from c2c_desktop.adapters import contact_rows
from c2c_desktop.adapters.contact_finder import count_answers
from c2c_desktop.adapters.contact_query import counted
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_export import ContactSelection, ExportChoices, TagCount
from c2c_desktop.domain.contact_search import ContactSearch, read_search
from c2c_desktop.domain.plain_text import fold
from c2c_desktop.domain.search_words import words_of

if TYPE_CHECKING:
    import sqlite3

READ_AT_ONCE = 25
"""So few that other threads need not wait for long while contacts are made of them."""

MOST_TAGS = 200
"""Tags a person can choose from; others are typed into the search."""

_MOST_TAG_SETS = 5000
"""Different sets of tags that are looked at; where somebody tagged everybody differently, the rest is not offered."""

_BEFORE_ALL = -(1 << 62)
_TAGS, _DIRECTORY = 5, 11
"""Places in `contact_rows.COLUMNS`."""


def each(connection: sqlite3.Connection, selection: ContactSelection) -> Iterator[Contact]:
    """Yield them as they are read; `connection` reads one and the same state meanwhile."""
    rows = _rows(connection, selection)
    while some := list(islice(rows, READ_AT_ONCE)):
        yield from contact_rows.read(connection, some)


def count(connection: sqlite3.Connection, selection: ContactSelection) -> int:
    """Return how many `each` yields. Of a million contacts it takes seconds where a tag or directories count."""
    shared = 0 if selection.with_shared else _shared(connection)
    search = _search(selection)
    if not selection.tag and (not shared or search.is_empty):
        return count_answers(connection, search, None) - shared
    return sum(1 for _ in _rows(connection, selection))


def choices(connection: sqlite3.Connection) -> ExportChoices:
    """Return what can be selected. Of a million contacts it takes up to a second."""
    shared = _shared(connection)
    own_tags, shared_tags = Counter[str](), Counter[str]()
    for tags, directory in connection.execute("SELECT tags, directory FROM contact WHERE tags <> ''"):
        # One contact may bear a tag in two ways of writing.
        (shared_tags if directory else own_tags).update({fold(tag): tag for tag in tags.split("\n")}.values())
    most_used = (own_tags + shared_tags).most_common()
    by_key: dict[str, TagCount] = {}
    for tag, _ in most_used:
        known = by_key.get(fold(tag), TagCount(tag, 0, 0))
        by_key[fold(tag)] = TagCount(known.tag, known.own + own_tags[tag], known.shared + shared_tags[tag])
    tags_told = sorted(list(by_key.values())[:MOST_TAGS], key=lambda told: (fold(told.tag), told.tag))
    return ExportChoices(count_answers(connection, ContactSearch(), None) - shared, shared, tuple(tags_told))


def tags_in_use(connection: sqlite3.Connection) -> list[str]:
    """Return them, those of most contacts first. Of a million contacts it takes a tenth of a second."""
    counted_tags: Counter[str] = Counter()
    for tags, contacts in connection.execute(
        "SELECT tags, count(*) AS contacts FROM contact WHERE tags <> ''"
        " GROUP BY tags ORDER BY contacts DESC, tags LIMIT ?",
        (_MOST_TAG_SETS,),
    ):
        counted_tags.update(dict.fromkeys(tags.split("\n"), contacts))
    return [tag for tag, _ in sorted(counted_tags.items(), key=lambda pair: (-pair[1], pair[0]))]


def _search(selection: ContactSelection) -> ContactSearch:
    """Return what the index is asked: of a tag its words, which others may have too."""
    if selection.tag:
        return ContactSearch(tags=tuple(words_of(selection.tag)))
    return read_search(selection.text)


def _rows(connection: sqlite3.Connection, selection: ContactSelection) -> Iterator[Sequence[Any]]:
    found: list[Iterator[Sequence[Any]]] = [
        contact_rows.tuples(connection, *question.rows(_BEFORE_ALL, numbers=False, but=True))
        for question in counted(_search(selection))
    ]
    tag = fold(selection.tag)
    # Nobody answers two of the questions.
    for row in heapq.merge(*found, key=itemgetter(0)) if len(found) > 1 else found[0]:
        if row[_DIRECTORY] and not selection.with_shared:
            continue
        if not tag or tag in map(fold, row[_TAGS].split("\n")):
            yield row


def _shared(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM contact WHERE directory").fetchone()[0])
