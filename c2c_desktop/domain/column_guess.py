"""What the columns of a table most likely mean: by the header, by the cells where the header tells too little."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from c2c_desktop.domain.column_mapping import IGNORED, MOST_COLUMNS, Column, ColumnMapping, Meaning, Several
from c2c_desktop.domain.column_words import column_of
from c2c_desktop.domain.own_table import OWN_HEADER, OWN_MAPPING

Rows = Sequence[Sequence[str]]

_NUMBER = re.compile(r"['=\"]*\+?(?:[0-9][\s().\-/;,]*|\([0-9]){6,40}\"?(?:\s*(?:x|ext\.?)\s*[0-9]+)?", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_WORDS = re.compile(r"[^\W\d_][^\d@]*")
_MOST = 0.6
"""Share of a column's cells that tell what it holds."""
_GOOGLE_COLUMNS = re.compile(r"(?:phone|e-mail) [0-9]+ - (?:type|label|value)", re.IGNORECASE)
_FIRST, _LAST, _FULL = Meaning.FIRST_NAME, Meaning.LAST_NAME, Meaning.FULL_NAME


def guess_mapping(header: Sequence[str], rows: Rows) -> ColumnMapping:
    """Return the guess. `header` is empty where the table has none; `rows` are some of the first."""
    if [cell.strip() for cell in header] == list(OWN_HEADER):
        return OWN_MAPPING
    if not header:
        return ColumnMapping(_by_cells([IGNORED] * min(max(map(len, rows), default=0), MOST_COLUMNS), rows))
    columns = [column_of(cell) for cell in header[:MOST_COLUMNS]]
    _settle_names(columns)
    _settle_groups(columns, google=any(_GOOGLE_COLUMNS.fullmatch(cell.strip()) for cell in header))
    for i, column in enumerate(columns):
        if column.meaning is _FULL and _holds(rows, i, _NUMBER):  # "Contact" heads numbers as often as names
            columns[i] = Column(Meaning.NUMBER)
    meanings = {column.meaning for column in columns}
    if not meanings & {Meaning.NUMBER, Meaning.EMAIL} or not meanings & {_FULL, _FIRST, _LAST, Meaning.COMPANY}:
        return ColumnMapping(_by_cells(columns, rows))
    return ColumnMapping(tuple(columns))


def has_header(rows: Rows) -> bool:
    """Whether the first of `rows` heads the others.

    `csv.Sniffer.has_header` asks whether lengths and types differ; the numbers and names of contacts do not.
    """
    if not rows or any(_NUMBER.fullmatch(cell.strip()) or _EMAIL.fullmatch(cell.strip()) for cell in rows[0]):
        return False
    if known_words(rows[0]):
        return True
    width = len(rows[0])
    return all(cell.strip() for cell in rows[0]) and any(
        _holds(rows[1:], i, what) for i in range(width) for what in (_NUMBER, _EMAIL)
    )


def known_words(row: Sequence[str]) -> int:
    """Return how many cells of `row` are headers that are known."""
    return sum(column_of(cell) is not IGNORED for cell in row[:MOST_COLUMNS])


def _settle_names(columns: list[Column]) -> None:
    """Decide what "Name", "Nom" and "Nombre" are by what stands beside them."""
    meanings = [column.meaning for column in columns]
    if _FULL in meanings:
        i = meanings.index(_FULL)
        if _FIRST in meanings and _LAST not in meanings:
            columns[i] = Column(_LAST)  # Name, Vorname
        elif _LAST in meanings and _FIRST not in meanings:
            columns[i] = Column(_FIRST)  # Nombre, Apellidos


def _settle_groups(columns: list[Column], *, google: bool) -> None:
    """Tie labels to numbers by the figure in both, or to the column beside; a figure without a label is none."""
    labels = {column.group for column in columns if column.meaning is Meaning.NUMBER_KIND}
    for i, column in enumerate(columns):
        if column.meaning is Meaning.NUMBER:
            several = Several.COLONS if google and column.group in labels else Several.GUESSED
            columns[i] = replace(column, group=column.group if column.group in labels else 0, several=several)
    taken = {column.group for column in columns}
    for i, column in enumerate(columns):
        if column.meaning is Meaning.NUMBER_KIND and not column.group:
            beside = [j for j in (i + 1, i - 1) if 0 <= j < len(columns) and columns[j].meaning is Meaning.NUMBER]
            if beside:
                group = max(taken) + 1
                taken.add(group)
                columns[i], columns[beside[0]] = replace(column, group=group), replace(columns[beside[0]], group=group)


def _by_cells(columns: list[Column], rows: Rows) -> tuple[Column, ...]:
    """Fill in what nothing is known of: numbers and addresses by their look, then names, then a company."""
    free = [i for i, column in enumerate(columns) if column is IGNORED]
    meanings = {column.meaning for column in columns}
    for i in free:
        if _holds(rows, i, _EMAIL):
            columns[i] = Column(Meaning.EMAIL)
        elif _holds(rows, i, _NUMBER) and Meaning.NUMBER not in meanings:
            columns[i] = Column(Meaning.NUMBER)
    texts = [i for i in free if columns[i] is IGNORED and _holds(rows, i, _WORDS)]
    if meanings & {_FULL, _FIRST, _LAST}:
        return tuple(columns)
    if len(texts) > 1 and texts[1] == texts[0] + 1 and all(_single_words(rows, i) for i in texts[:2]):
        wanted = [_FIRST, _LAST, Meaning.COMPANY]
    else:
        wanted = [_FULL, Meaning.COMPANY]
    for i, meaning in zip(texts, [m for m in wanted if m not in meanings], strict=False):
        columns[i] = Column(meaning)
    return tuple(columns)


def _cells(rows: Rows, index: int) -> list[str]:
    return [cell for row in rows if index < len(row) and (cell := row[index].strip())]


def _holds(rows: Rows, index: int, what: re.Pattern[str]) -> bool:
    cells = _cells(rows, index)
    return bool(cells) and sum(what.fullmatch(cell[:200]) is not None for cell in cells) > _MOST * len(cells)


def _single_words(rows: Rows, index: int) -> bool:
    return all(" " not in cell for cell in _cells(rows, index))
