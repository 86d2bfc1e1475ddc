"""Text of one line in several colours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

_LAST_IN_ONE_UNIT = "\uffff"
"""Characters up to it are one unit of Qt's."""

_PLAIN = re.compile("[\u0000-\u058f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
"""Scripts written from left to right whose letters stand apart: Latin, Greek, Cyrillic and signs beside them."""


class Coloured(NamedTuple):
    """A stretch of a text: the first character, the one after the last, and its colour."""

    start: int
    end: int
    colour: QColor


def is_plain(text: str) -> bool:
    """Whether each letter of `text` has a place of its own, one right of the other, in a font of `apart`."""
    return _PLAIN.fullmatch(text) is not None


def apart(font: QFont) -> QFont:
    """Return `font` without glyphs that stand for several letters: one of them can be marked and the next not."""
    changed = QFont(font)
    for feature in ("liga", "clig", "calt"):
        changed.setFeature(QFont.Tag(feature), 0)
    return changed


class ShapedText:
    """One line, shaped and ready to be painted any number of times. `font` is one of `apart`."""

    __slots__ = ("_is_plain", "height", "layout", "width")

    def __init__(self, text: str, font: QFont, room: int) -> None:
        self.layout = QTextLayout(text, font)
        self.layout.setTextOption(_option())
        self.layout.setCacheEnabled(True)
        self.layout.beginLayout()
        line = self.layout.createLine()
        line.setLineWidth(room)
        self.layout.endLayout()
        self.width: float = line.naturalTextWidth()
        self.height: float = line.height()
        self._is_plain = is_plain(text)

    def paint(self, painter: QPainter, x: float, middle: float, stretches: Sequence[Coloured]) -> None:
        """Draw the line around the height of `middle`.

        The stretches follow one another; the first one's colour is that of what is between them. Letters stay joined as
        their script joins them.
        """
        place = QPointF(x, middle - self.height / 2)
        if len(stretches) == 1:
            painter.setPen(stretches[0].colour)
            self.layout.draw(painter, place)
        elif self._is_plain:
            for start, end, colour in stretches:
                painter.setPen(colour)
                for run in self.layout.glyphRuns(start, end - start):
                    painter.drawGlyphRun(place, run)
        else:
            painter.setPen(stretches[0].colour)
            self.layout.draw(painter, place, [self._range(stretch) for stretch in stretches[1:]])

    def _range(self, stretch: Coloured) -> QTextLayout.FormatRange:
        """Return a stretch of characters as Qt counts them, up to the end of a whole letter of its script."""
        text = self.layout.text()
        start, end = stretch.start, stretch.end
        if max(text) > _LAST_IN_ONE_UNIT:
            start, end = (len(text[:place].encode("utf-16-le")) // 2 for place in (start, end))
        while not self.layout.isValidCursorPosition(end):
            end += 1
        found = QTextLayout.FormatRange()
        found.start, found.length, found.format = start, end - start, QTextCharFormat()
        found.format.setForeground(stretch.colour)
        return found


@cache
def _option() -> QTextOption:
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    return option
