"""What an administrator has set: a lock, why, and the field out of reach."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from c2c_desktop.ui.forms import help_label
from c2c_desktop.ui.icons import Icons

_SIZE = 14


def lock_on(locks: Mapping[str, str], rule: str) -> str:
    """Return why `rule` ("guard.sources.link") is locked, by itself or with all it belongs to; "" where it is not."""
    parts = rule.split(".")
    for length in range(len(parts), 0, -1):
        words = locks.get(".".join(parts[:length]))
        if words is not None:
            return words or "Set by your administrator."
    return ""


class LockNote(QWidget):
    """A lock and why."""

    def __init__(self, why: str, icons: Icons) -> None:
        super().__init__()
        self.words = help_label(why)
        lock = QLabel()
        colour = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        lock.setPixmap(icons.pixmap("lock", colour, _SIZE, self.devicePixelRatioF()))
        lock.setAccessibleName("Locked")
        lock.setContentsMargins(0, 2, 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(lock, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)


def lock_field(field: QWidget, why: str, icons: Icons) -> LockNote | None:
    """Put `field` out of reach and return the note that says why; None where it is not locked."""
    if not why:
        return None
    field.setEnabled(False)
    field.setToolTip(f"<qt>{escape(why)}</qt>")
    field.setAccessibleDescription(f"Locked. {why}")
    return LockNote(why, icons)
