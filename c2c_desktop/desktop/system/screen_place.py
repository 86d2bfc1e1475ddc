"""Where a window can stand on the screens there are."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QRect, QSize

_GRIP = QSize(80, 24)
"""How much of a window's upper edge must be in sight to pull it back by."""

_SAVED = struct.Struct(">IHH4i4i")
"""How Qt's `saveGeometry` begins, in each version that has this number: frame, and what is inside it."""

_MAGIC, _VERSION = 0x1D9D0CB, 3


def saved_place(saved: QByteArray) -> QRect | None:
    """Return the inside of a window that Qt's `saveGeometry` wrote; None where it is nothing of the kind.

    Qt's own `restoreGeometry` gives up where the screen became much wider or narrower.
    """
    data = bytes(saved.data())
    if len(data) < _SAVED.size:
        return None
    magic, version, _, *numbers = _SAVED.unpack_from(data)
    left, top, right, bottom = numbers[4:]
    if (magic, version) != (_MAGIC, _VERSION) or not (left <= right and top <= bottom):
        return None
    return QRect(left, top, min(right - left, 1 << 20) + 1, min(bottom - top, 1 << 20) + 1)


def on_a_screen(frame: QRect, areas: Sequence[QRect]) -> QRect:
    """Return `frame` moved, and made smaller where it must be, to lie wholly in one of `areas`.

    In the one that shows most of it, else in the first.
    """
    if not areas:
        return frame
    shown = [_size_of(frame & area) for area in areas]
    area = areas[shown.index(max(shown))]
    size = frame.size().boundedTo(area.size())
    x = max(area.x(), min(frame.x(), area.x() + area.width() - size.width()))
    y = max(area.y(), min(frame.y(), area.y() + area.height() - size.height()))
    return QRect(x, y, size.width(), size.height())


def can_be_grasped(frame: QRect, areas: Sequence[QRect]) -> bool:
    """Whether enough of the upper edge is in sight, on any of `areas`, to pull the window by."""
    edge = QRect(frame.x(), frame.y(), frame.width(), _GRIP.height())
    wanted = _GRIP.boundedTo(frame.size())
    return any(
        (edge & area).width() >= wanted.width() and (edge & area).height() >= wanted.height() // 2 for area in areas
    )


def _size_of(rect: QRect) -> int:
    return rect.width() * rect.height() if rect.isValid() else 0
