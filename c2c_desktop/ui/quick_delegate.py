"""Paints the rows of quick dial: as in the lists, with what answers the search marked, and Call the one button."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption

from c2c_desktop.domain.contact_search import ContactSearch
from c2c_desktop.domain.search_marks import Span, number_marks, word_marks
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.row_delegate import RowDelegate, call_rect
from c2c_desktop.ui.row_model import Index, Row
from c2c_desktop.ui.theme import AVATAR_SIZE, Theme

if TYPE_CHECKING:
    from c2c_desktop.ui.rows import RowView

_EDGE = 12
_BAR = 3
"""Pixels of the bar that marks the row Enter calls."""
_SEPARATOR = " · "
_READABLE = 40
"""Pixels below which a shortened text is left out."""


class QuickDelegate(RowDelegate):
    """Paints the rows of one view for `search`, the text they answer."""

    def __init__(self, theme: Theme, icons: Icons, view: RowView) -> None:
        super().__init__(theme, icons, view)
        self.search = ContactSearch()

    def _paint_row(self, painter: QPainter, area: QRect, index: Index, row: Row) -> None:
        tokens = self._theme.tokens
        is_current = index.row() == self._view.currentIndex().row()
        is_hovered, is_pressed = self._view.is_hovered(index), self._view.is_pressed(index)
        if is_current or is_hovered or is_pressed:
            painter.fillRect(area, tokens.colour("pressed" if is_pressed else "hover" if is_current else "key"))
        if is_current:
            painter.fillRect(QRect(area.left(), area.top(), _BAR, area.height()), tokens.colour("accent"))
        if row.payload.is_number:
            self._paint_phone(painter, area)
        else:
            self._paint_avatar(painter, area, row)
        left, right = area.left() + _EDGE + AVATAR_SIZE + 12, area.right() - _EDGE
        title_right = right
        if is_current or is_hovered:
            self._paint_call(painter, area, is_current=is_current)
            title_right = right = call_rect(area).left() - _EDGE
        else:
            title_right = self._paint_aside(painter, area, right, row)
            right = title_right if row.favourite else right
        title = QRect(left, area.top() + 8, title_right - left, 20)
        painter.setFont(_sized(painter.font(), 14, bold=True))
        shown = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, title.width())
        marks = number_marks(shown, self.search) if row.payload.is_number else word_marks(shown, self.search)
        self._paint_text(painter, title, shown, "text", marks)
        self._paint_second_line(painter, QRect(left, area.top() + 28, right - left, 18), row)

    def _paint_second_line(self, painter: QPainter, line: QRect, row: Row) -> None:
        painter.setFont(_sized(painter.font(), 12.5))
        metrics = painter.fontMetrics()
        x = line.left()
        for part, text in _fitted(row, metrics, line.width()):
            marks: list[Span] = []
            if part == "number" and "•" not in text:
                marks = number_marks(text, self.search)
            elif part == "before" and not row.payload.is_number:
                marks = word_marks(text, self.search)
            rest = QRect(x, line.top(), line.right() - x + 1, line.height())
            self._paint_text(painter, rest, text, "text" if part == "number" else "muted", marks)
            x += metrics.horizontalAdvance(text)

    def _paint_text(self, painter: QPainter, area: QRect, text: str, token: str, marks: Iterable[Span]) -> None:
        """Draw one line; the marks only change its colour, so that letters stay joined as their script joins them."""
        tokens = self._theme.tokens
        layout = QTextLayout(text, painter.font())
        option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(area.width())
        layout.endLayout()
        painter.setPen(tokens.colour(token))
        accent = QTextCharFormat()
        accent.setForeground(tokens.colour("accent"))
        ranges = [_range(layout, text, span, accent) for span in marks]
        layout.draw(painter, QPointF(area.left(), area.top() + (area.height() - line.height()) / 2), ranges)

    def _paint_phone(self, painter: QPainter, area: QRect) -> None:
        """Draw what stands in an avatar's place for a number of nobody who is known."""
        tokens = self._theme.tokens
        circle = QRectF(area.left() + _EDGE, area.center().y() - AVATAR_SIZE / 2 + 1, AVATAR_SIZE, AVATAR_SIZE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("accent_soft"))
        painter.drawEllipse(circle)
        icon = self._icons.pixmap("phone", tokens["accent"], 18, painter.device().devicePixelRatioF())
        painter.drawPixmap(circle.center() - QPointF(9, 9), icon)

    def _paint_call(self, painter: QPainter, area: QRect, *, is_current: bool) -> None:
        """Draw the button: filled on the row that Enter calls, an outline on the one the pointer is on."""
        tokens = self._theme.tokens
        call = call_rect(area)
        token = "on_accent" if is_current else "accent"
        painter.setPen(Qt.PenStyle.NoPen if is_current else QPen(tokens.colour("accent"), 1))
        painter.setBrush(tokens.colour("accent" if is_current else "surface"))
        painter.drawRoundedRect(QRectF(call).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        icon = self._icons.pixmap("phone", tokens[token], 16, painter.device().devicePixelRatioF())
        painter.drawPixmap(call.left() + 13, call.center().y() - 7, icon)
        painter.setPen(tokens.colour(token))
        painter.setFont(_sized(painter.font(), 14, bold=True))
        painter.drawText(call.adjusted(36, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), "Call")


def _range(layout: QTextLayout, text: str, span: Span, looks: QTextCharFormat) -> QTextLayout.FormatRange:
    """Return a span of characters as Qt counts them, up to the end of a whole letter of its script."""
    start, end = (len(text[:place].encode("utf-16-le")) // 2 for place in span)
    while not layout.isValidCursorPosition(end):
        end += 1
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, end - start, looks
    return found


def _fitted(row: Row, metrics: QFontMetrics, width: int) -> list[tuple[str, str]]:
    """Return the parts of the second line by name: the number is never cut, the company gives way first."""
    parts = {"before": row.before, "number": row.number, "after": row.after}
    for name in ("before", "after"):
        over = sum(metrics.horizontalAdvance(text) for _, text in _joined(parts)) - width
        if over <= 0:
            break
        room = metrics.horizontalAdvance(parts[name]) - over
        parts[name] = metrics.elidedText(parts[name], Qt.TextElideMode.ElideRight, room) if room > _READABLE else ""
    return _joined(parts)


def _joined(parts: dict[str, str]) -> list[tuple[str, str]]:
    shown = [(name, text) for name, text in parts.items() if text]
    return [(name, text if at == len(shown) else text + _SEPARATOR) for at, (name, text) in enumerate(shown, 1)]


def _sized(font: QFont, pixels: float, *, bold: bool = False) -> QFont:
    changed = QFont(font)
    changed.setPixelSize(round(pixels))
    changed.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return changed
