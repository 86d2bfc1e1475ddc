"""The small mark before the words of how something stands."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from c2c_desktop.domain.health import HealthItem
from c2c_desktop.ui.theme import Tokens

MARK_SIZE = 10


def draw_mark(painter: QPainter, at: QPointF, tokens: Tokens, *, colour: str, shape: str) -> None:
    """Draw a mark of `MARK_SIZE` around `at`. `shape`: "dot", "ring" or "triangle"; told apart without colours too."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.colour(colour))
    half = MARK_SIZE / 2
    if shape == "triangle":
        painter.drawPolygon(
            QPolygonF(
                [
                    at + QPointF(0, -half + 0.5),
                    at + QPointF(half, half - 0.5),
                    at + QPointF(-half, half - 0.5),
                ]
            )
        )
    elif shape == "dot":
        painter.drawEllipse(at, half - 1, half - 1)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tokens.colour(colour), 1.6))
        painter.drawEllipse(QRectF(at.x() - half + 1.8, at.y() - half + 1.8, MARK_SIZE - 3.6, MARK_SIZE - 3.6))


def mark_of(item: HealthItem) -> tuple[str, str]:
    """Return colour and shape: full green is fine, an amber triangle hinders calling, rings are by the way."""
    trouble = item.trouble
    if trouble is None:
        return ("accent", "dot") if item.fine else ("muted", "ring")
    return ("warn", "ring" if trouble.is_minor else "triangle")
