"""A timer that acts once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def one_shot(parent: QObject, milliseconds: int, act: Callable[[], None]) -> QTimer:
    """Return a timer of `parent` that acts that long after it was last started. Main thread."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(act)
    return timer
