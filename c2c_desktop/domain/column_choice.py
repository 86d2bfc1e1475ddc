"""What a person may say that a column means, in words, and what follows for the columns beside it."""

from __future__ import annotations

from dataclasses import replace

from c2c_desktop.domain.column_mapping import IGNORED, MOST_GROUP, Column, ColumnMapping, Meaning
from c2c_desktop.domain.number_kind import NUMBER_KINDS

_WORDS = {
    Meaning.IGNORE: "Leave out",
    Meaning.FULL_NAME: "Whole name",
    Meaning.FIRST_NAME: "First name",
    Meaning.MIDDLE_NAME: "Middle name",
    Meaning.LAST_NAME: "Last name",
    Meaning.COMPANY: "Company",
    Meaning.NUMBER: "Number",
    Meaning.NUMBER_KIND: "Kind of a number",
    Meaning.EMAIL: "E-mail address",
    Meaning.TAGS: "Tags",
    Meaning.NOTE: "Note",
    Meaning.FAVOURITE: "Favourite: yes or no",
    Meaning.NAME_PREFIX: "Before the name: Dr.",
    Meaning.NAME_SUFFIX: "After the name: Jr.",
    Meaning.NICKNAME: "Nickname",
    Meaning.UID: "ID in that program",
    Meaning.MORE_NUMBERS: "List of numbers",
    Meaning.ROUTE: "Which phone rings",
    Meaning.CALLER_ID: "Caller ID",
}
_KIND_WORDS = {"": "Number", **{kind: f"{kind.capitalize()} number" for kind in NUMBER_KINDS}}

_OURS = frozenset({Meaning.MORE_NUMBERS, Meaning.ROUTE, Meaning.CALLER_ID})
"""What only our own exports have."""

_SELDOM = frozenset(
    {
        Meaning.MIDDLE_NAME, Meaning.NAME_PREFIX, Meaning.NAME_SUFFIX, Meaning.NICKNAME, Meaning.NUMBER_KIND,
        Meaning.UID, Meaning.FAVOURITE,
    }
)  # fmt: skip


def _offered() -> list[tuple[str, Column]]:
    choices: list[tuple[str, Column]] = []
    for meaning, words in _WORDS.items():
        if meaning is Meaning.NUMBER:
            choices += [(text, Column(meaning, kind)) for kind, text in _KIND_WORDS.items()]
        elif meaning not in _OURS:
            choices.append((words, Column(meaning)))
    return choices


COLUMN_CHOICES = tuple(choice for choice in _offered() if choice[1].meaning not in _SELDOM)
"""Words and what they stand for. Of the column, meaning and kind count."""

SELDOM_CHOICES = tuple(choice for choice in _offered() if choice[1].meaning in _SELDOM)
"""What few columns mean."""


def column_words(column: Column) -> str:
    """Return how a person calls what a column means: as the choices do."""
    return _KIND_WORDS[column.kind] if column.meaning is Meaning.NUMBER else _WORDS[column.meaning]


def chosen(mapping: ColumnMapping, index: int, choice: Column) -> ColumnMapping:
    """Return the mapping after a person said that the column at `index` means `choice`.

    How its cells hold several things stays as it was read. A number whose kind is said is tied to no column of kinds
    any more; a column of kinds is tied to the number on its right, else on its left, that has none yet.
    """
    old = mapping.columns[index]
    column = replace(old, meaning=choice.meaning, kind=choice.kind)
    if choice.meaning is not Meaning.NUMBER or choice.kind:
        column = replace(column, group=0)
    if choice.meaning is Meaning.IGNORE:
        column = replace(IGNORED, several=old.several)
    changed = mapping.changed(index, column)
    return _tied(changed, index) if choice.meaning is Meaning.NUMBER_KIND else changed


def _tied(mapping: ColumnMapping, index: int) -> ColumnMapping:
    columns = mapping.columns
    labelled = {column.group for column in columns if column.meaning is Meaning.NUMBER_KIND}
    beside = [at for at in (index + 1, index - 1) if 0 <= at < len(columns)]
    free = [at for at in beside if columns[at].meaning is Meaning.NUMBER and columns[at].group in labelled | {0}]
    free = [at for at in free if not columns[at].group]
    group = max(column.group for column in columns) + 1
    if not free or group > MOST_GROUP:
        return mapping
    number = replace(columns[free[0]], group=group)
    return mapping.changed(free[0], number).changed(index, replace(columns[index], group=group))
