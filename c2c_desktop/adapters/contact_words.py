"""The words of names and companies, as tables `word` and `letters` know them: also of some who are gone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from c2c_desktop.adapters.contact_rows import tuples

if TYPE_CHECKING:
    import sqlite3

MOST_WORDS = 60
"""Words with the same letters in them that are asked for one by one."""

_BEGINNING = "SELECT text FROM word WHERE text >= ?1 AND text < ?1 || char(0x10FFFF) LIMIT ?2"
_HOLDING = "SELECT word.text FROM letters JOIN word ON word.id = letters.rowid WHERE letters MATCH ? LIMIT ?"
_BEGUN = (
    "SELECT each.value FROM json_each(?) AS each WHERE EXISTS"
    " (SELECT 1 FROM word WHERE text >= each.value AND text < each.value || char(0x10FFFF))"
)


class StoredWords:
    """Tells them while one search goes on."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def beginning(self, letters: str) -> list[str] | None:
        """Return the words that begin with `letters`; None where they are many."""
        return self._few(_BEGINNING, letters)

    def holding(self, letters: str) -> list[str] | None:
        """Return the words that hold `letters` behind their beginning; None where they are many."""
        words = self._few(_HOLDING, f'"{letters}"')
        return words if words is None else [word for word in words if not word.startswith(letters)]

    def begun(self, beginnings: Sequence[str]) -> list[str]:
        """Return those of some hundred beginnings that a word has: each would cost a look into the index."""
        return [word for (word,) in tuples(self._connection, _BEGUN, (json.dumps(beginnings),))]

    def _few(self, statement: str, letters: str) -> list[str] | None:
        words = tuples(self._connection, statement, (letters, MOST_WORDS + 1)).fetchall()
        return [word for (word,) in words] if len(words) <= MOST_WORDS else None
