"""The name of a file on one line, however long: its middle gives way, for the end says what it is."""

from __future__ import annotations

import html
import os

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy

from c2c_desktop.domain.plain_text import clean_text

_LONGEST = 300


class FileName(QLabel):
    """Shows the last part of a path; all of it under the pointer."""

    def __init__(self, path: str) -> None:
        super().__init__(clean_text(os.path.basename(path), _LONGEST))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "name")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip(f"<qt>{html.escape(clean_text(path, _LONGEST))}</qt>")

    def minimumSizeHint(self) -> QSize:
        """As narrow as there is room."""
        return QSize(40, super().sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
