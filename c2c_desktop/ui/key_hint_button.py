"""A button that shows the key which presses it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton

_PADDING = 14


class KeyHintButton(QPushButton):
    """Words left, the key in a small frame right."""

    def __init__(self, words: str, hint: str) -> None:
        super().__init__()
        self._words = words
        self._hint = hint
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        """Room for both."""
        words = self.fontMetrics().horizontalAdvance(self._words)
        return QSize(words + self._hint_width() + 2 * _PADDING + 10, 36)

    def minimumSizeHint(self) -> QSize:
        """As the hint."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both over the button's face."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.palette().buttonText().color()
        painter.setPen(colour)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(self.rect().adjusted(_PADDING, 0, 0, 0), middle, self._words)
        frame = QRectF(self.width() - _PADDING - self._hint_width(), self.height() / 2 - 9.5, self._hint_width(), 19)
        faint = QColor(colour)
        faint.setAlphaF(0.6)
        painter.setPen(QPen(faint, 1))
        painter.drawRoundedRect(frame, 4, 4)
        painter.setPen(colour)
        painter.setFont(self._small())
        painter.drawText(frame, int(Qt.AlignmentFlag.AlignCenter), self._hint)

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.Normal)
        return font

    def _hint_width(self) -> int:
        return max(26, 8 * len(self._hint) + 8)
