"""The two lines of a row, cut to their room and shaped once for as long as the row is likely to be painted again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics

from c2c_desktop.ui.marked_text import ShapedText, apart, is_plain
from c2c_desktop.ui.row_model import Row
from c2c_desktop.ui.theme import AVATAR_SIZE

_KEPT = 256
"""Lines of each kind: those of a few screens, which as one types mostly are the same again."""

_KEPT_INITIALS = 1024

_SEPARATOR = " · "
_READABLE = 40
"""Pixels below which a shortened text is left out."""

Texts = tuple[str, str, str, str]
"""What the second line says of outcome, before, number and after."""

_NAMES = ("outcome", "before", "number", "after")


class Piece(NamedTuple):
    """A part of a line, and the token of its colour."""

    name: str
    text: str
    token: str


class Run(NamedTuple):
    """Parts of a line that are shaped together: all of them, or one where its script could move the others."""

    pieces: tuple[Piece, ...]
    x: float
    """Pixels from the beginning of the line."""
    shaped: ShapedText


class RowLines:
    """Makes the lines of rows in the fonts that follow from one. Main thread."""

    def __init__(self) -> None:
        self._base: QFont | None = None
        self.bold = self.plain = self.heading = self.initials = self.button = QFont()
        self._metrics = self._bold_metrics = QFontMetrics(self.plain)
        self._titles = lru_cache(_KEPT)(self._make_title)
        self._seconds = lru_cache(_KEPT)(self._make_second)
        self._letters = lru_cache(_KEPT_INITIALS)(lambda text: ShapedText(text, self.initials, AVATAR_SIZE))

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
        return self._seconds((row.outcome, row.before, row.number, row.after), row.tone, width)

    def letters(self, text: str) -> ShapedText:
        """Return the initials in an avatar."""
        return self._letters(text)

    def _make_title(self, text: str, width: int) -> tuple[Run, ...]:
        shaped = ShapedText(text, self.bold, width)
        if shaped.width > width:
            text = self._bold_metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            shaped = ShapedText(text, self.bold, width)
        return (Run((Piece("title", text, "text"),), 0, shaped),)

    def _make_second(self, texts: Texts, tone: str, width: int) -> tuple[Run, ...]:
        runs = self._runs(_joined(texts, tone), width)
        if runs and runs[-1].x + runs[-1].shaped.width > width:
            runs = self._runs(fitted(texts, tone, self._metrics, width), width)
        return runs

    def _runs(self, pieces: Sequence[Piece], width: int) -> tuple[Run, ...]:
        if is_plain(text := "".join(piece.text for piece in pieces)):
            return (Run(tuple(pieces), 0, ShapedText(text, self.plain, width)),) if text else ()
        runs: list[Run] = []
        x = 0.0
        for piece in pieces:
            shaped = ShapedText(piece.text, self.plain, width)
            runs.append(Run((piece,), x, shaped))
            x += shaped.width
        return tuple(runs)


def fitted(texts: Texts, tone: str, metrics: QFontMetrics, width: int) -> Sequence[Piece]:
    """Return the second line's pieces; `tone`: the token of the outcome.

    The number is never cut, the outcome of a call neither: what gives way first is the company, then the kind.
    """
    whole = _joined(texts, tone)
    if metrics.horizontalAdvance("".join(piece.text for piece in whole)) <= width:
        return whole
    outcome, before, number, after = texts
    separator = metrics.horizontalAdvance(_SEPARATOR)
    used = sum(metrics.horizontalAdvance(text) + separator for text in (outcome, number) if text)
    cut: list[str] = []
    for whole_text in (after, before):
        room, text = width - used, whole_text
        if metrics.horizontalAdvance(text) > room:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room) if room > _READABLE else ""
        cut.append(text)
        used += metrics.horizontalAdvance(text) + separator if text else 0
    return _joined((outcome, cut[1], number, cut[0]), tone)


def _joined(texts: Texts, tone: str) -> list[Piece]:
    """Return what there is of `texts` as it is drawn."""
    tokens = (tone, "muted", "text", "muted")
    shown = [part for part in zip(_NAMES, texts, tokens, strict=True) if part[1]]
    return [Piece(name, text + ("" if name == shown[-1][0] else _SEPARATOR), token) for name, text, token in shown]


def sized(font: QFont, pixels: float, *, bold: bool = False) -> QFont:
    """Return `font` in another size and weight, each letter with a glyph of its own."""
    changed = apart(font)
    changed.setPixelSize(round(pixels))
    changed.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return changed
