"""Paints the rows of quick dial: as in the lists, with what answers the search marked, and Call the one button."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from c2c_desktop.domain.search_marks import Span, number_marks
from c2c_desktop.ui.row_model import Row
from c2c_desktop.ui.row_painter import STAR_WIDTH, Look, RowPainter, call_rect
from c2c_desktop.ui.theme import AVATAR_SIZE

_EDGE = 12
_BAR = 3
"""Pixels of the bar that marks the row Enter calls."""


class QuickPainter(RowPainter):
    """Paints the rows of one view for `search`, the text they answer."""

    def _paint_row(self, painter: QPainter, area: QRect, look: Look, row: Row) -> None:
        tokens = self._theme.tokens
        if look.current or look.hovered or look.pressed:
            painter.fillRect(area, tokens.colour("pressed" if look.pressed else "hover" if look.current else "key"))
        if look.current:
            painter.fillRect(QRect(area.left(), area.top(), _BAR, area.height()), tokens.colour("accent"))
        if row.payload.is_number:
            self._paint_phone(painter, area)
        else:
            self._paint_avatar(painter, area, row)
        left, right = area.left() + _EDGE + AVATAR_SIZE + 12, area.right() - _EDGE
        title_right = right
        if look.current or look.hovered:
            self._paint_call(painter, area, row, is_current=look.current)
            title_right = right = call_rect(area).left() - _EDGE
        else:
            title_right = self._paint_aside(painter, area, right, row)
            right -= STAR_WIDTH if row.favourite else 0
        self._paint_title(painter, QRect(left, area.top() + 8, title_right - left, 20), row)
        self._paint_second_line(painter, QRect(left, area.top() + 28, right - left, 18), row)

    def _marks(self, row: Row, part: str, shown: str) -> list[Span]:
        """Of a number that stands alone only itself is marked."""
        if row.payload.is_number:
            return number_marks(shown, self.search) if part == "title" else []
        return super()._marks(row, part, shown)

    def _paint_phone(self, painter: QPainter, area: QRect) -> None:
        """Draw what stands in an avatar's place for a number of nobody who is known."""
        tokens = self._theme.tokens
        middle = self._paint_disc(painter, area, tokens.colour("accent_soft"))
        icon = self._icons.pixmap("phone", tokens["accent"], 18, painter.device().devicePixelRatioF())
        painter.drawPixmap(middle - QPoint(9, 9), icon)

    def _paint_call(self, painter: QPainter, area: QRect, row: Row, *, is_current: bool) -> None:
        """Draw the button: filled on the row that Enter calls, an outline on the one the pointer is on.

        Where the number cannot be called, it can be mended.
        """
        tokens = self._theme.tokens
        call = call_rect(area)
        if not row.can_call:
            painter.setPen(QPen(tokens.colour("border"), 1))
            painter.setBrush(tokens.colour("surface"))
            painter.drawRoundedRect(QRectF(call).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            painter.setPen(tokens.colour("text"))
            painter.setFont(self._lines.button)
            painter.drawText(call, int(Qt.AlignmentFlag.AlignCenter), "Edit…")
            return
        token = "on_accent" if is_current else "accent"
        painter.setPen(Qt.PenStyle.NoPen if is_current else QPen(tokens.colour("accent"), 1))
        painter.setBrush(tokens.colour("accent" if is_current else "surface"))
        painter.drawRoundedRect(QRectF(call).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        icon = self._icons.pixmap("phone", tokens[token], 16, painter.device().devicePixelRatioF())
        painter.drawPixmap(call.left() + 13, call.center().y() - 7, icon)
        painter.setPen(tokens.colour(token))
        painter.setFont(self._lines.button)
        painter.drawText(call.adjusted(36, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), "Call")
