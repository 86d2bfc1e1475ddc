"""Text of one line whose found letters are coloured."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout, QTextOption

from c2c_desktop.domain.search_marks import Span


def paint_marked(
    painter: QPainter, area: QRect, text: str, colour: QColor, accent: QColor, marks: Iterable[Span]
) -> None:
    """Draw one line; the marks only change its colour, so that letters stay joined as their script joins them."""
    layout = QTextLayout(text, painter.font())
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(area.width())
    layout.endLayout()
    painter.setPen(colour)
    looks = QTextCharFormat()
    looks.setForeground(accent)
    ranges = [_range(layout, text, span, looks) for span in marks]
    layout.draw(painter, QPointF(area.left(), area.top() + (area.height() - line.height()) / 2), ranges)


def _range(layout: QTextLayout, text: str, span: Span, looks: QTextCharFormat) -> QTextLayout.FormatRange:
    """Return a span of characters as Qt counts them, up to the end of a whole letter of its script."""
    start, end = (len(text[:place].encode("utf-16-le")) // 2 for place in span)
    while not layout.isValidCursorPosition(end):
        end += 1
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, end - start, looks
    return found
