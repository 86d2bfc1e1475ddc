"""From the rows of a table to records, as a mapping says; the same for a preview and for a million rows.

Column by column over some hundred rows: half the time of row by row, which a million rows are worth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat

from c2c_desktop.domain.calling_fields import caller_id_in_cell, route_named
from c2c_desktop.domain.column_mapping import Column, ColumnMapping, Meaning, Several
from c2c_desktop.domain.contact_record import (
    MOST_EMAILS,
    MOST_NUMBERS,
    MOST_TAGS,
    NAME_LENGTH,
    NOTE_LENGTH,
    SKIPPED_TEXT_LENGTH,
    UID_LENGTH,
    ContactRecord,
    RecordNumber,
    SkippedRecord,
)
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.record_cells import (
    cell_numbers,
    cell_tags,
    column_emails,
    cut,
    cut_note,
    label_kind,
    listed_numbers,
    says_yes,
    split_lines,
    tidied,
    tidied_note,
)

Row = tuple[int, Sequence[str]]
"""The line a row starts in, and its cells."""

PREVIEWED_ROWS = 20
"""How much of a file is shown before it is imported."""

NOBODY = "There is no name, company, number or e-mail address in this row."
TOO_LONG = "This row has more cells than there are columns, so what stands in which column is not sure."
SHORTENED = "A spreadsheet has shortened a number here (as in 9.84E+11) and its digits are lost."

_PARTS = "parts"
_NAME_PARTS = (
    Meaning.NAME_PREFIX, Meaning.FIRST_NAME, Meaning.MIDDLE_NAME, Meaning.LAST_NAME, Meaning.NAME_SUFFIX,
)  # fmt: skip
_PLAIN_NUMBER = "+0123456789 ()-"
_LONGEST_PLAIN = 25
_plain_numbers = re.compile(r"(?:[+0-9 ()\-]{0,25}(?:\||\Z))*").fullmatch
"""A whole column of numbers that have nothing to be taken apart."""
_MOST_KEPT = 1000
"""Labels and cells of tags whose reading is kept: they come again and again."""

_Numbers = tuple[RecordNumber, ...]
_Texts = tuple[str, ...]


class _Number:
    """A `RecordNumber` being made: a frozen value sets each field by a call, which takes three times as long.

    Same slots, so that the finished thing becomes one by its class; `_Record` likewise.
    """

    __slots__ = ("as_written", "kind", "preferred")

    def __init__(self, as_written: str, kind: str, preferred: bool) -> None:  # noqa: FBT001
        self.as_written = as_written
        self.kind = kind
        self.preferred = preferred


class _Record:
    __slots__ = (
        "caller_id", "company", "emails", "favourite", "line", "name", "note", "numbers", "route", "tags", "uid",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913, PLR0917  # as `ContactRecord`
        self, name: str, company: str, numbers: _Numbers, emails: _Texts, tags: _Texts, note: str, uid: str,
        favourite: bool, line: int, route: str, caller_id: str | None,  # noqa: FBT001
    ) -> None:  # fmt: skip
        self.name = name
        self.company = company
        self.numbers = numbers
        self.emails = emails
        self.tags = tags
        self.note = note
        self.uid = uid
        self.favourite = favourite
        self.line = line
        self.route = route
        self.caller_id = caller_id


class RowReader:
    """Makes records of rows. Keeps no row; one thread at a time."""

    def __init__(self, mapping: ColumnMapping) -> None:
        self._columns = mapping.columns
        self._at = {meaning.value: mapping.indexes(meaning) for meaning in Meaning}
        self._at[_PARTS] = mapping.indexes(*_NAME_PARTS)
        self._labels = {self._columns[i].group: i for i in self._at["number_kind"] if self._columns[i].group}
        self._kinds: dict[str, tuple[str, bool]] = {"": ("", False)}
        self._tags: dict[str, dict[str, tuple[_Texts, bool]]] = {}

    def read(self, lines: Sequence[int], rows: Sequence[Sequence[str]]) -> list[ContactRecord | SkippedRecord]:
        """Return what stands in `rows`, which start in `lines`; nothing for a blank one.

        What was left out of a record is told behind it.
        """
        width = len(self._columns)
        skipped: list[ContactRecord | SkippedRecord] = []
        if set(map(len, rows)) != {width}:
            fitting = []
            for line, row in zip(lines, rows, strict=True):
                if any(cell.strip() for cell in row[width:]):
                    skipped.append(SkippedRecord(line, TOO_LONG, row_text(row)))
                else:
                    fitting.append((line, [*row[:width], *([""] * (width - len(row)))]))
            lines, rows = [line for line, _ in fitting], [row for _, row in fitting]
        if not rows:
            return skipped
        made = self._records(lines, rows)
        return sorted(made + skipped, key=lambda one: one.line) if skipped else made

    def _records(self, lines: Sequence[int], rows: Sequence[Sequence[str]]) -> list[ContactRecord | SkippedRecord]:
        cells = list(zip(*rows, strict=True))
        lost: set[int] = set()
        names = self._names(cells)
        tags, stars = self._tags_and_stars(cells)
        made = list(
            map(
                _Record, names or repeat(""), self._companies(cells) or repeat(""),
                self._numbers(cells, lost), self._emails(cells) or repeat(()), tags or repeat(()),
                self._notes(cells) or repeat(""), self._uids(cells) or repeat(""), stars or repeat(False), lines,
                map(route_named, self._first(cells, "route") or repeat("")),
                map(caller_id_in_cell, self._first(cells, "caller_id") or repeat("")),
            )
        )  # fmt: skip
        if names and all(names) and not lost:
            for record in made:
                record.__class__ = ContactRecord  # type: ignore[assignment]
            return made  # type: ignore[return-value]
        found: list[ContactRecord | SkippedRecord] = []
        for at, record in enumerate(made):
            if record.name or record.company or record.numbers or record.emails:
                record.__class__ = ContactRecord  # type: ignore[assignment]
                found.append(record)  # type: ignore[arg-type]
            elif at not in lost and any(cell.strip() for cell in rows[at]):
                found.append(SkippedRecord(record.line, NOBODY, row_text(rows[at])))
            if at in lost:
                found.append(SkippedRecord(record.line, SHORTENED, row_text(rows[at])))
        return found

    def _columns_of(self, cells: Sequence[Sequence[str]], meaning: str) -> list[tuple[Column, Sequence[str]]]:
        """Return the columns of that meaning with their cells; those without any are as good as not there."""
        return [(self._columns[i], _tidy(cells[i])) for i in self._at[meaning] if any(cells[i])]

    def _names(self, cells: Sequence[Sequence[str]]) -> Sequence[str]:
        found = self._first(cells, "full_name")
        if parts := [column for _, column in self._columns_of(cells, _PARTS)]:
            found = _either(found, [" ".join(filter(None, row)) for row in zip(*parts, strict=True)])
        return _cut_all(_either(found, self._first(cells, "nickname")), NAME_LENGTH)

    def _companies(self, cells: Sequence[Sequence[str]]) -> Sequence[str]:
        return _cut_all(self._first(cells, "company"), NAME_LENGTH)

    def _first(self, cells: Sequence[Sequence[str]], meaning: str) -> Sequence[str]:
        """Return, row by row, what the first column of that meaning holds that holds anything; [] without one."""
        found: Sequence[str] = []
        for _, column in self._columns_of(cells, meaning):
            found = _either(found, column)
        return found

    def _numbers(self, cells: Sequence[Sequence[str]], lost: set[int]) -> Iterable[_Numbers]:
        numbers: list[_Numbers] = []
        for i in filter(lambda at: any(cells[at]), self._at["number"]):
            column = self._columns[i]
            label = self._labels.get(column.group) if column.group else None
            found = self._column_of_numbers(column, cells[i], [] if label is None else _tidy(cells[label]), lost)
            numbers = [a + b for a, b in zip(numbers, found, strict=True)] if numbers else found
        for _, texts in self._columns_of(cells, "more_numbers"):
            listed = map(listed_numbers, texts)
            numbers = [(*a, *b) for a, b in zip(numbers or repeat(()), listed)]  # noqa: B905  # one may be endless
        if numbers and max(map(len, numbers)) > MOST_NUMBERS:
            numbers = [found[:MOST_NUMBERS] for found in numbers]
        return numbers or repeat(())

    def _column_of_numbers(
        self, column: Column, cells: Sequence[str], labels: Sequence[str], lost: set[int]
    ) -> list[_Numbers]:
        kind, preferred, several = column.kind, False, column.several
        texts = _tidy(cells, split_lines)
        if not labels and _plain_numbers("|".join(texts)):
            plain = [_Number(text, kind, preferred) for text in texts]
            for number in plain:
                number.__class__ = RecordNumber  # type: ignore[assignment]
            return [(number,) if number.as_written else () for number in plain]  # type: ignore[misc]
        numbers: list[_Numbers] = []
        for at, text in enumerate(texts):
            if not text:
                numbers.append(())
                continue
            if labels:
                told, preferred = self._kinds.get(labels[at]) or self._kind(labels[at])
                kind = told or column.kind
            if len(text) <= _LONGEST_PLAIN and not text.strip(_PLAIN_NUMBER):
                number = _Number(text, kind, preferred)
                number.__class__ = RecordNumber  # type: ignore[assignment]
                numbers.append((number,))  # type: ignore[arg-type]
                continue
            found, is_shortened = cell_numbers(text, kind, several, preferred=preferred)
            numbers.append(found)
            if is_shortened:
                lost.add(at)
        return numbers

    def _kind(self, label: str) -> tuple[str, bool]:
        found = label_kind(label)
        if len(self._kinds) < _MOST_KEPT:
            self._kinds[label] = found
        return found

    def _emails(self, cells: Sequence[Sequence[str]]) -> list[_Texts]:
        emails: list[_Texts] = []
        for column, texts in self._columns_of(cells, "email"):
            emails = _united(emails, column_emails(texts, column.several), MOST_EMAILS)
        return emails

    def _tags_and_stars(self, cells: Sequence[Sequence[str]]) -> tuple[list[_Texts], list[bool]]:
        tags: list[_Texts] = []
        stars: list[bool] = []
        for column, texts in self._columns_of(cells, "tags"):
            found = self._read_tags(texts, column.several)
            tags = _united(tags, [names for names, _ in found], MOST_TAGS)
            if column.several is Several.COLONS:
                stars = [a or b for a, (_, b) in zip(stars or repeat(False), found)]  # noqa: B905  # one may be endless
        for _, texts in self._columns_of(cells, "favourite"):
            stars = [a or says_yes(b) for a, b in zip(stars or repeat(False), texts)]  # noqa: B905
        return tags, stars

    def _read_tags(self, texts: Sequence[str], several: Several) -> list[tuple[_Texts, bool]]:
        known = self._tags.setdefault(several.value, {"": ((), False)})
        if len(known) > _MOST_KEPT:
            known.clear()
        for text in set(texts).difference(known):
            known[text] = cell_tags(text, several)
        return [known[text] for text in texts]

    def _notes(self, cells: Sequence[Sequence[str]]) -> Sequence[str]:
        columns = [_tidy(cells[i], tidy=tidied_note) for i in self._at["note"] if any(cells[i])]
        notes = columns[0] if len(columns) == 1 else [" ".join(filter(None, row)) for row in zip(*columns, strict=True)]
        return [cut_note(note) for note in notes] if notes and max(map(len, notes)) > NOTE_LENGTH else notes

    def _uids(self, cells: Sequence[Sequence[str]]) -> Sequence[str]:
        return _cut_all(self._first(cells, "uid"), UID_LENGTH)


def _tidy(
    cells: Sequence[str], before: Callable[[str], str] | None = None, tidy: Callable[[str], str] = tidied
) -> Sequence[str]:
    """Return the cells of a column as `tidied` makes each of them; most columns need it for none."""
    joined = f"|{'|'.join(cells)}|"
    if joined.isprintable() and "  " not in joined and "'" not in joined and '="' not in joined:
        return list(map(str.strip, cells)) if " |" in joined or "| " in joined else cells
    return [tidy(before(cell) if before else cell) for cell in cells]


def _either(first: Sequence[str], second: Sequence[str]) -> Sequence[str]:
    return [a or b for a, b in zip(first, second, strict=True)] if first and second else first or second


def _united(first: list[_Texts], second: list[_Texts], most: int) -> list[_Texts]:
    if not first:
        return second
    return [tuple(dict.fromkeys(a + b))[:most] if a and b else a or b for a, b in zip(first, second, strict=True)]


def _cut_all(texts: Sequence[str], limit: int) -> Sequence[str]:
    return [cut(text, limit) for text in texts] if texts and max(map(len, texts)) > limit else texts


def row_text(cells: Iterable[str]) -> str:
    """Return the beginning of a row for the report."""
    return clean_text("|".join(cells), SKIPPED_TEXT_LENGTH)
