"""Which program a table of contacts was exported from, by its header."""

from __future__ import annotations

import re
from collections.abc import Sequence

from c2c_desktop.domain.column_mapping import MOST_COLUMNS
from c2c_desktop.domain.number_kind import label_words
from c2c_desktop.domain.own_table import OWN_HEADER

_GOOGLE = re.compile(r"phone [0-9]+ (?:type|label)")
_OUTLOOK = tuple(
    frozenset(words.split("|"))
    for words in (
        "first name|last name|business phone|e mail address",
        "vorname|nachname|telefon geschaftlich|e mail adresse",
        "prenom|nom|telephone bureau|adresse de messagerie",
    )
)
"""Columns that only Outlook has all of, in the languages whose exports we have seen."""


def table_maker(header: Sequence[str]) -> str:
    """Return whose export that header heads, as a person would call it; "" where it could be anybody's."""
    if [cell.strip() for cell in header] == list(OWN_HEADER):
        return "C2C Desktop"
    words = {" ".join(label_words(cell[:200])) for cell in header[:MOST_COLUMNS]}
    if any(_GOOGLE.fullmatch(each) for each in words):
        return "Google contacts"
    return "Outlook" if any(columns <= words for columns in _OUTLOOK) else ""
