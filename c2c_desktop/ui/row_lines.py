"""The two lines of a row, cut to their room and shaped once for as long as the row is likely to be painted again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout

from c2c_desktop.ui.marked_text import is_plain, laid_out
from c2c_desktop.ui.row_model import Row
from c2c_desktop.ui.theme import AVATAR_SIZE

_KEPT = 256
"""Lines of each kind: those of a few screens, which as one types mostly are the same again."""

_SEPARATOR = " · "
_READABLE = 40
"""Pixels below which a shortened text is left out."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line, and the token of its colour."""

    name: str
    text: str
    token: str


@dataclass(frozen=True, slots=True)
class Run:
    """Parts of a line that are shaped together: all of them, or one where its script could move the others."""

    pieces: tuple[Piece, ...]
    x: float
    """Pixels from the beginning of the line."""
    layout: QTextLayout


class RowLines:
    """Makes the lines of rows in the fonts that follow from one. Main thread."""

    def __init__(self) -> None:
        self._base: QFont | None = None
        self.bold = self.plain = self.heading = self.initials = self.button = QFont()
        self._metrics = self._bold_metrics = QFontMetrics(self.plain)
        self._titles = lru_cache(_KEPT)(self._make_title)
        self._seconds = lru_cache(_KEPT)(self._make_second)
        self._letters = lru_cache(_KEPT)(lambda text: laid_out(text, self.initials, AVATAR_SIZE))

    def use(self, font: QFont) -> None:
        """Let all fonts follow from `font`."""
        if font == self._base:
            return
        self._base = QFont(font)
        self.bold = self.button = sized(font, 14, bold=True)
        self.plain = sized(font, 12.5)
        self.heading = sized(font, 12.5, bold=True)
        self.initials = sized(font, 13, bold=True)
        self._metrics, self._bold_metrics = QFontMetrics(self.plain), QFontMetrics(self.bold)
        self._titles.cache_clear()
        self._seconds.cache_clear()
        self._letters.cache_clear()

    def width(self, text: str) -> int:
        """Return the pixels of `text` in the plain font."""
        return self._metrics.horizontalAdvance(text)

    def title(self, text: str, width: int) -> tuple[Run, ...]:
        """Return a row's title in `width` pixels."""
        return self._titles(text, width)

    def second(self, row: Row, width: int) -> tuple[Run, ...]:
        """Return what of a row's second line stands in `width` pixels."""
        return self._seconds(row.outcome, row.before, row.number, row.after, row.tone, width)

    def letters(self, text: str) -> QTextLayout:
        """Return the initials in an avatar."""
        return self._letters(text)

    def _make_title(self, text: str, width: int) -> tuple[Run, ...]:
        layout = laid_out(text, self.bold, width)
        if layout.lineAt(0).naturalTextWidth() > width:
            text = self._bold_metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            layout = laid_out(text, self.bold, width)
        return (Run((Piece("title", text, "text"),), 0, layout),)

    def _make_second(  # its parameters are what it is remembered by
        self, outcome: str, before: str, number: str, after: str, tone: str, width: int
    ) -> tuple[Run, ...]:
        row = Row("", outcome=outcome, before=before, number=number, after=after, tone=tone)
        runs = self._runs(joined(row), width)
        if runs and runs[-1].x + runs[-1].layout.lineAt(0).naturalTextWidth() > width:
            runs = self._runs(fitted(row, self._metrics, width), width)
        return runs

    def _runs(self, parts: Sequence[tuple[str, str, str]], width: int) -> tuple[Run, ...]:
        pieces = tuple(Piece(*part) for part in parts)
        text = "".join(piece.text for piece in pieces)
        together = [pieces] if is_plain(text) and pieces else [(piece,) for piece in pieces]
        runs: list[Run] = []
        x = 0.0
        for each in together:
            layout = laid_out("".join(piece.text for piece in each), self.plain, width)
            runs.append(Run(each, x, layout))
            x += layout.lineAt(0).naturalTextWidth()
        return tuple(runs)


def fitted(row: Row, metrics: QFontMetrics, width: int) -> Sequence[tuple[str, str, str]]:
    """Return the second line's parts with their names and tokens.

    The number is never cut, the outcome of a call neither: what gives way first is the company, then the kind.
    """
    parts = _parts(row)
    whole = _joined(parts, row.tone)
    if metrics.horizontalAdvance("".join(text for _, text, _ in whole)) <= width:
        return whole
    parts["before"] = parts["after"] = ""
    for name, text in (("after", row.after), ("before", row.before)):
        room = width
        while room > _READABLE:
            parts[name] = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            over = sum(metrics.horizontalAdvance(shown) for _, shown, _ in _joined(parts, row.tone)) - width
            if over <= 0:
                break
            room = min(room, metrics.horizontalAdvance(parts[name])) - over
            parts[name] = ""
    return _joined(parts, row.tone)


def joined(row: Row) -> list[tuple[str, str, str]]:
    """Return the whole second line, as `fitted` does."""
    return _joined(_parts(row), row.tone)


def _parts(row: Row) -> dict[str, str]:
    return {"outcome": row.outcome, "before": row.before, "number": row.number, "after": row.after}


def _joined(parts: dict[str, str], tone: str) -> list[tuple[str, str, str]]:
    """Return what there is of `parts` as it is drawn, each with its name and token."""
    tokens = {"outcome": tone, "before": "muted", "number": "text", "after": "muted"}
    shown = [name for name, text in parts.items() if text]
    return [(name, parts[name] + ("" if name == shown[-1] else _SEPARATOR), tokens[name]) for name in shown]


def sized(font: QFont, pixels: float, *, bold: bool = False) -> QFont:
    """Return `font` in another size and weight."""
    changed = QFont(font)
    changed.setPixelSize(round(pixels))
    changed.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return changed
