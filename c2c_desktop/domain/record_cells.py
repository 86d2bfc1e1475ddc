"""From the cells of a row to numbers, e-mail addresses, tags and truth: what makers of tables put into a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from c2c_desktop.domain.column_mapping import Several
from c2c_desktop.domain.contact_record import (
    EMAIL_LENGTH,
    MOST_EMAILS,
    MOST_TAGS,
    NOTE_LENGTH,
    NUMBER_LENGTH,
    TAG_LENGTH,
    RecordNumber,
)
from c2c_desktop.domain.list_cell import BETWEEN, as_typed, list_items
from c2c_desktop.domain.number_kind import number_kind
from c2c_desktop.domain.plain_text import clean_text, fold

LONGEST_CELL = 32_000
"""Characters of a cell that are looked at; several numbers or tags may stand in it."""
LONGEST_LABEL = 40

_LINE_END = re.compile(r"\r\n|\r|\n")
_LINES = re.compile(r"\s*(?:\r\n|\r|\n)\s*")
_NUMBERS_APART = re.compile(r"\s*[;|]\s*|\s+/\s+|\s*,\s+| ::: ")
_ADDRESSES_APART = re.compile(r"[\s;,<>]+")
_TAGS_APART = re.compile(r"\s*[;,|]\s*| ::: ")
_SHORTENED = re.compile(r"[+-]?[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}")
_DECIMAL = re.compile(r"(\+?[0-9]{5,17})[.,]0+")
_FEWEST_DIGITS = 6
"""Digits a piece of a cell has to hold to be a number of its own."""
_SYSTEM_GROUPS = frozenset({"mycontacts", "my contacts"})
_STARRED = "starred"
_YES = frozenset(
    {"1", "true", "yes", "y", "x", "ja", "oui", "si", "sim", "wahr", "vrai", "verdadero", "vero", "starred", "*", "★",
     "✓", "हाँ", "ஆம்"}
)  # fmt: skip


def tidied(cell: str) -> str:
    """Return the cell without spreadsheets' marks of text and without what must not be shown, on one line."""
    if cell.isprintable() and "  " not in cell:
        return as_typed(cell.strip()).strip() if "'" in cell or "=" in cell else cell.strip()
    text = as_typed(cell[: LONGEST_CELL * 2].strip(" "))
    return clean_text(text, LONGEST_CELL)


def tidied_note(cell: str) -> str:
    """Return a note's cell as `tidied` does, its lines kept, without empty ones at its ends."""
    if "\n" not in cell and "\r" not in cell:
        return tidied(cell)
    text = as_typed(cell[: LONGEST_CELL * 2].strip(" "))
    lines = [clean_text(line, NOTE_LENGTH) for line in _LINE_END.split(text[: NOTE_LENGTH * 8])]
    return "\n".join(lines).strip("\n")


def cut_note(note: str) -> str:
    """Return a cleaned note with at most `NOTE_LENGTH` characters."""
    return note if len(note) <= NOTE_LENGTH else note[: NOTE_LENGTH - 1].rstrip() + "…"


def cut(text: str, limit: int) -> str:
    """Return a cleaned text, which is not cleaned again, with at most `limit` characters."""
    return text if len(text) <= limit else clean_text(text, limit)


def split_lines(cell: str) -> str:
    """Return a number's cell on one line, with semicolons for its line breaks: two numbers stay two."""
    return _LINES.sub("; ", cell.strip()) if "\n" in cell or "\r" in cell else cell


def cell_numbers(cell: str, kind: str, several: Several, *, preferred: bool) -> tuple[tuple[RecordNumber, ...], bool]:
    """Return the numbers of a cleaned cell, and whether one is left out: 9.84E+11 has lost most of its digits."""
    if several is Several.ESCAPED:
        pieces = [cell]
    elif several is Several.COLONS:
        pieces = cell.split(BETWEEN)
    else:
        pieces = _NUMBERS_APART.split(cell)
        if not all(_may_be_number(piece) for piece in pieces):
            pieces = [cell]
    whole = pieces if several is Several.ESCAPED else [piece for piece in pieces if not _SHORTENED.fullmatch(piece)]
    if several is Several.GUESSED:
        whole = [found[1] if (found := _DECIMAL.fullmatch(piece)) else piece for piece in whole]
    cut_down = [clean_text(piece, NUMBER_LENGTH) for piece in whole]
    numbers = tuple(RecordNumber(piece, kind, preferred and not at) for at, piece in enumerate(cut_down) if piece)
    return numbers, len(whole) < len(pieces)


def listed_numbers(cell: str) -> list[RecordNumber]:
    """Return the numbers of our own list: "* mobile: 98402 22222"."""
    numbers: list[RecordNumber] = []
    for item in list_items(cell):
        label, colon, text = item.partition(":")
        if not colon:
            label, text = "", item
        kind, preferred = label_kind(label)
        if text := clean_text(text, NUMBER_LENGTH):
            numbers.append(RecordNumber(text, kind, preferred))
    return numbers


def label_kind(label: str) -> tuple[str, bool]:
    """Return the kind a label tells, and whether its star makes the number the preferred one, as Google writes it."""
    text = label[:LONGEST_LABEL].strip()
    return number_kind(text), text.startswith("*")


def column_emails(cells: Sequence[str], several: Several) -> list[tuple[str, ...]]:
    """Return the e-mail addresses of each of the cells."""
    if several is Several.ESCAPED:
        return [tuple(list_items(cell))[:MOST_EMAILS] for cell in cells]
    joined = "|".join(cells)
    if not any(mark in joined for mark in " ;,<>:") and max(map(len, cells)) <= EMAIL_LENGTH:
        return [(cell,) if "@" in cell else () for cell in cells]
    return [cell_emails(cell) for cell in cells]


def cell_emails(cell: str) -> tuple[str, ...]:
    """Return the e-mail addresses; names around them and addresses of Exchange's own kind are left out."""
    pieces = _ADDRESSES_APART.split(cell)
    whole = (piece.removeprefix("mailto:") for piece in pieces if "@" in piece and len(piece) <= EMAIL_LENGTH)
    return tuple(piece for piece in dict.fromkeys(whole) if piece)[:MOST_EMAILS]


def cell_tags(cell: str, several: Several) -> tuple[tuple[str, ...], bool]:
    """Return the tags, and whether one of them is Google's star, which is no tag."""
    if several is Several.ESCAPED:
        return tuple(clean_text(item, TAG_LENGTH) for item in list_items(cell))[:MOST_TAGS], False
    pieces = cell.split(BETWEEN) if several is Several.COLONS else _TAGS_APART.split(cell)
    if several is Several.COLONS:
        pieces = [piece.removeprefix("* ") for piece in pieces]
    names = dict.fromkeys(clean_text(piece, TAG_LENGTH) for piece in pieces)
    if several is not Several.COLONS:
        return tuple(name for name in names if name)[:MOST_TAGS], False
    tags = [name for name in names if name and (folded := fold(name)) != _STARRED and folded not in _SYSTEM_GROUPS]
    return tuple(tags[:MOST_TAGS]), any(fold(name) == _STARRED for name in names)


def says_yes(cell: str) -> bool:
    """Whether the cell says yes in one of the languages exports come in."""
    return fold(cell.strip()) in _YES


def _may_be_number(piece: str) -> bool:
    return sum(c.isdigit() for c in piece) >= _FEWEST_DIGITS or _SHORTENED.fullmatch(piece) is not None
