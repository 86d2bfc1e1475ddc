"""Where quick dial stands: in the middle of the upper part of the screen somebody looks at."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QCursor, QGuiApplication

WIDTH = 520
_MARGIN = 8
_FROM_TOP = 6
"""The part of the screen's height that stays free above it."""


def available_at_hand() -> QRect:
    """Return the room on the screen of this program's active window, or else on the one the pointer is on."""
    window = QGuiApplication.focusWindow()
    if window is not None:
        return window.screen().availableGeometry()
    return (QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()).availableGeometry()


def width_on(available: QRect) -> int:
    """Return how wide it is on a screen with that room, in device-independent pixels."""
    return min(WIDTH, available.width() - 2 * _MARGIN)


def corner_on(available: QRect, most_height: int) -> QPoint:
    """Return its upper left corner: chosen so that it is whole on the screen at its highest."""
    left = available.left() + (available.width() - width_on(available)) // 2
    lowest = available.bottom() + 1 - _MARGIN - most_height
    return QPoint(left, max(available.top(), min(available.top() + available.height() // _FROM_TOP, lowest)))


def room_on(available: QRect) -> int:
    """Return the height it can have at most."""
    return available.height() - 2 * _MARGIN
