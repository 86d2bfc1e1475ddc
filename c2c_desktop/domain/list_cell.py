"""Cells of our own exports that must come back as they were: lists, and cells a spreadsheet would take for formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable

BETWEEN = " ::: "
"""Stands between the items of a list in one cell, as in Google's exports."""

FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
"""What makes a spreadsheet calculate a cell; some take the wide forms for the narrow ones."""

_MAY_START = f"{FORMULA_STARTS}'\""
_STARTS = re.escape(FORMULA_STARTS)
_WITHIN = '[;\\n\\r][ "]*(?=[\'"]*[=+\\-@＝＋－＠])'
"""Where another cell begins for a spreadsheet that takes semicolons for separators, as in half of Europe.

Such a one also takes quotation marks at the beginning of ours for its own."""
_FORMULA = re.compile(f"^(?=['\"]*[{_STARTS}])|{_WITHIN}")
_NEUTRALISED = re.compile(f"^'(?=['\"]*[{_STARTS}])|({_WITHIN})'")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def list_cell(items: Iterable[str]) -> str:
    r"""Return the items, none of them empty, as one cell; a `:::` in an item becomes `:\::`, a `\` two of them."""
    return BETWEEN.join(item.replace("\\", "\\\\").replace(":::", ":\\::") for item in items)


def list_items(cell: str) -> list[str]:
    """Return what `list_cell` was made of."""
    return [_ESCAPED.sub(r"\1", item) for item in cell.split(BETWEEN) if item]


def neutralised(cell: str) -> str:
    """Return `cell` so that no spreadsheet calculates it: with an apostrophe in front where it has to.

    An apostrophe is what people type in a spreadsheet to say "this is text": a number stays readable and can be
    copied (`'+44 20 7946 0018`). A cell with apostrophes before such a start gets another one, so nothing is lost.
    The same behind a semicolon or a line end inside the cell, where some spreadsheets begin another cell.
    """
    if cell[:1] not in _MAY_START and ";" not in cell and "\n" not in cell and "\r" not in cell:
        return cell
    return _FORMULA.sub(r"\g<0>'", cell)


def kept_apart(cell: str) -> str:
    """Return `cell` for a file that is not neutralised, so that `as_typed` gives it back."""
    return neutralised(cell) if as_typed(cell) != cell else cell


def as_typed(cell: str) -> str:
    """Return `cell` as it was before `neutralised`, or before somebody wrote `'+44…` or `="+44…"` to keep it text."""
    if "'" in cell and (bare := _NEUTRALISED.sub(r"\1", cell)) != cell:
        return bare
    if cell.startswith('="') and cell.endswith('"') and cell[2:-1].strip().lstrip("+").replace(" ", "").isdigit():
        return cell[2:-1]
    return cell
