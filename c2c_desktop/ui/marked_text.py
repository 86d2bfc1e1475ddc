"""Text of one line whose found letters are coloured."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from c2c_desktop.domain.search_marks import Span

_LAST_IN_ONE_UNIT = "\uffff"
"""Characters up to it are one unit of Qt's."""


def laid_out(text: str, font: QFont, width: int) -> QTextLayout:
    """Return one line, shaped and ready to be painted any number of times."""
    layout = QTextLayout(text, font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    layout.createLine().setLineWidth(width)
    layout.endLayout()
    return layout


def paint_marked(
    painter: QPainter, area: QRect, layout: QTextLayout, colour: QColor, accent: QColor, marks: Sequence[Span]
) -> None:
    """Draw one line; the marks only change its colour, so that letters stay joined as their script joins them."""
    painter.setPen(colour)
    height = layout.lineAt(0).height()
    place = QPointF(area.left(), area.top() + (area.height() - height) / 2)
    if not marks:
        layout.draw(painter, place)
        return
    looks = QTextCharFormat()
    looks.setForeground(accent)
    layout.draw(painter, place, [_range(layout, span, looks) for span in marks])


def _range(layout: QTextLayout, span: Span, looks: QTextCharFormat) -> QTextLayout.FormatRange:
    """Return a span of characters as Qt counts them, up to the end of a whole letter of its script."""
    text = layout.text()
    start, end = span
    if max(text) > _LAST_IN_ONE_UNIT:
        start, end = (len(text[:place].encode("utf-16-le")) // 2 for place in span)
    while not layout.isValidCursorPosition(end):
        end += 1
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, end - start, looks
    return found
