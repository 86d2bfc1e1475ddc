"""What the columns of a table mean: a plain value that is guessed, shown, changed by a person and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from c2c_desktop.domain.number_kind import NUMBER_KINDS, label_words

MOST_COLUMNS = 500
"""Columns that are looked at; what stands in later ones is not taken."""
MOST_REMEMBERED = 100
MOST_GROUP = 99


class Meaning(Enum):
    """What a column holds."""

    IGNORE = "ignore"
    FULL_NAME = "full_name"
    NAME_PREFIX = "name_prefix"
    FIRST_NAME = "first_name"
    MIDDLE_NAME = "middle_name"
    LAST_NAME = "last_name"
    NAME_SUFFIX = "name_suffix"
    NICKNAME = "nickname"
    """Taken as the name where there is no other."""
    COMPANY = "company"
    NUMBER = "number"
    NUMBER_KIND = "number_kind"
    """The label of the number column with the same group: "Mobile", "* Work"."""
    MORE_NUMBERS = "more_numbers"
    """Our own list of kinds and numbers in one cell."""
    EMAIL = "email"
    TAGS = "tags"
    NOTE = "note"
    UID = "uid"
    FAVOURITE = "favourite"
    ROUTE = "route"
    """Of our own exports alone, as the next one."""
    CALLER_ID = "caller_id"


class Several(Enum):
    """How a cell holds several numbers, e-mail addresses or tags."""

    GUESSED = "guessed"
    """As people type them: semicolons, lines, slashes."""
    COLONS = "colons"
    """As Google does, " ::: " between them."""
    ESCAPED = "escaped"
    """As our own export does: " ::: " between them, and none of it in them (`list_cell`)."""


@dataclass(frozen=True, slots=True)
class Column:
    """What one column means."""

    meaning: Meaning
    kind: str = ""
    """Of a number column: one of `NUMBER_KINDS`, "" where nothing, or a column of its own, tells."""
    group: int = 0
    """Ties a number column to its `NUMBER_KIND`; 0 for none."""
    several: Several = Several.GUESSED


IGNORED = Column(Meaning.IGNORE)


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What every column means, from the left."""

    columns: tuple[Column, ...]

    def changed(self, index: int, column: Column) -> ColumnMapping:
        """Return the mapping with another meaning at `index`, as a person chose it."""
        return replace(self, columns=(*self.columns[:index], column, *self.columns[index + 1 :]))

    def indexes(self, *meanings: Meaning) -> list[int]:
        """Return where columns of these meanings stand, by the order of `meanings`, then from the left."""
        return [i for meaning in meanings for i, column in enumerate(self.columns) if column.meaning is meaning]

    @property
    def can_find_anybody(self) -> bool:
        """Whether a record can come of it at all: something to call, to write to or to search by."""
        return bool(
            self.indexes(
                Meaning.FULL_NAME, Meaning.FIRST_NAME, Meaning.LAST_NAME, Meaning.NICKNAME, Meaning.COMPANY,
                Meaning.NUMBER, Meaning.MORE_NUMBERS, Meaning.EMAIL,
            )
        )  # fmt: skip


def header_fingerprint(header: Sequence[str]) -> str:
    """Return what stays the same for tables with the same columns; "" without a header: nothing is remembered then.

    Case, accents and punctuation make no difference; order does.
    """
    words = [" ".join(label_words(cell)) for cell in header[:MOST_COLUMNS]]
    return hashlib.sha256("\x1f".join(words).encode("utf-8", "replace")).hexdigest()[:32] if any(words) else ""


def mapping_data(mapping: ColumnMapping) -> list[list[Any]]:
    """Return the mapping as JSON can hold it."""
    return [[c.meaning.value, c.kind, c.group, c.several.value] for c in mapping.columns]


def mapping_from(data: object) -> ColumnMapping | None:
    """Return what `mapping_data` was made of; None for anything else, which a person may have edited."""
    if not isinstance(data, list) or not 0 < len(data) <= MOST_COLUMNS:
        return None
    columns = [_column(item) for item in data]
    return ColumnMapping(tuple(c for c in columns if c is not None)) if None not in columns else None


def _column(item: object) -> Column | None:
    match item:
        case [str(meaning), str(kind), int(group), str(several)] if (
            meaning in _MEANINGS
            and several in _SEVERALS
            and (kind in NUMBER_KINDS or not kind)
            and not isinstance(group, bool)
            and 0 <= group <= MOST_GROUP
        ):
            return Column(Meaning(meaning), kind, group, Several(several))
    return None


_MEANINGS = frozenset(meaning.value for meaning in Meaning)
_SEVERALS = frozenset(several.value for several in Several)


@dataclass(frozen=True, slots=True)
class RememberedMappings:
    """What people chose before, by the fingerprint of the header, the one used last at the end."""

    by_fingerprint: tuple[tuple[str, ColumnMapping], ...] = ()

    def find(self, header: Sequence[str]) -> ColumnMapping | None:
        """Return what was chosen for that header."""
        mapping = dict(self.by_fingerprint).get(header_fingerprint(header))
        return mapping if mapping is not None and len(mapping.columns) == len(header) else None

    def remembered(self, header: Sequence[str], mapping: ColumnMapping) -> RememberedMappings:
        """Return these and `mapping`; the oldest are forgotten beyond `MOST_REMEMBERED`."""
        fingerprint = header_fingerprint(header)
        if not fingerprint:
            return self
        others = [pair for pair in self.by_fingerprint if pair[0] != fingerprint]
        return RememberedMappings((*others, (fingerprint, mapping))[-MOST_REMEMBERED:])


def remembered_data(remembered: RememberedMappings) -> dict[str, Any]:
    """Return all of them as JSON can hold them."""
    return {fingerprint: mapping_data(mapping) for fingerprint, mapping in remembered.by_fingerprint}


def remembered_from(data: object) -> RememberedMappings:
    """Return what `remembered_data` was made of, without what makes no sense."""
    if not isinstance(data, Mapping):
        return RememberedMappings()
    pairs = [(str(fingerprint), mapping_from(item)) for fingerprint, item in data.items()]
    return RememberedMappings(tuple((f, m) for f, m in pairs if m is not None)[-MOST_REMEMBERED:])
