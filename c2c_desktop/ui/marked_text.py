"""Text of one line in several colours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

_LAST_IN_ONE_UNIT = "\uffff"
"""Characters up to it are one unit of Qt's."""

_PLAIN = re.compile("[\u0000-\u058f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
"""Scripts written from left to right whose letters stand apart: Latin, Greek, Cyrillic and signs beside them."""

_BEYOND = 8
"""Pixels that strokes of letters reach at most out of a line."""


@dataclass(frozen=True, slots=True)
class Coloured:
    """A stretch of a text: the first character, the one after the last, and its colour."""

    start: int
    end: int
    colour: QColor


def is_plain(text: str) -> bool:
    """Whether each letter of `text` has a place of its own, one right of the other."""
    return _PLAIN.fullmatch(text) is not None


def laid_out(text: str, font: QFont, width: int) -> QTextLayout:
    """Return one line, shaped and ready to be painted any number of times."""
    layout = QTextLayout(text, font)
    layout.setTextOption(_option())
    layout.setCacheEnabled(True)
    layout.beginLayout()
    layout.createLine().setLineWidth(width)
    layout.endLayout()
    return layout


@cache
def _option() -> QTextOption:
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    return option


def paint_coloured(painter: QPainter, area: QRect, layout: QTextLayout, stretches: Sequence[Coloured]) -> None:
    """Draw one line whose `stretches` follow one another; the first one's colour is that of what is between them.

    Letters stay joined as their script joins them. The painter's clipping is gone afterwards where there are several.
    """
    line = layout.lineAt(0)
    place = QPointF(area.left(), area.top() + (area.height() - line.height()) / 2)
    painter.setPen(stretches[0].colour)
    if len(stretches) == 1:
        layout.draw(painter, place)
    elif is_plain(layout.text()):
        for left, right, stretch in _edges(line, stretches):
            painter.setClipRect(
                QRectF(area.left() + left, area.top() - _BEYOND, right - left, area.height() + 2 * _BEYOND)
            )
            painter.setPen(stretch.colour)
            layout.draw(painter, place)
        painter.setClipping(False)
    else:
        layout.draw(painter, place, [_range(layout, stretch) for stretch in stretches[1:]])


def _edges(line: QTextLine, stretches: Sequence[Coloured]) -> Iterator[tuple[float, float, Coloured]]:
    """Return where each stretch begins and ends, in pixels of the line."""
    left, last = -float(_BEYOND), stretches[-1]
    for stretch in stretches:
        right = line.width() + _BEYOND if stretch is last else _x_at(line, stretch.end)
        yield left, right, stretch
        left = right


def _x_at(line: QTextLine, place: int) -> float:
    found: tuple[float, int] = line.cursorToX(place)  # type: ignore[assignment]  # PySide tells it to be an object
    return found[0]


def _range(layout: QTextLayout, stretch: Coloured) -> QTextLayout.FormatRange:
    """Return a stretch of characters as Qt counts them, up to the end of a whole letter of its script."""
    text = layout.text()
    start, end = stretch.start, stretch.end
    if max(text) > _LAST_IN_ONE_UNIT:
        start, end = (len(text[:place].encode("utf-16-le")) // 2 for place in (start, end))
    while not layout.isValidCursorPosition(end):
        end += 1
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, end - start, QTextCharFormat()
    found.format.setForeground(stretch.colour)
    return found
