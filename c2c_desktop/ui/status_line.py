"""The window's foot: whether all is well, and the Sandbox mark."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from c2c_desktop.ui.theme import Theme


class _Dot(QWidget):
    """Green is quiet, amber names its mend beside it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.fine = True
        theme.theme_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Small."""
        return QSize(10, 10)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tokens.colour("accent" if self.fine else "warn"))
        painter.drawEllipse(QRectF(1, self.height() / 2 - 4, 8, 8))


class StatusLine(QWidget):
    """One sentence and, where something can be mended, its button."""

    def __init__(self, theme: Theme, *, sandbox: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._dot = _Dot(theme, self)
        self.words = QLabel("Ready")
        self.words.setProperty("role", "muted")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.mend = QPushButton()
        self.mend.setProperty("kind", "link")
        self.mend.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self._dot)
        row.addWidget(self.words, 1)
        row.addWidget(self.mend)
        if sandbox:
            mark = QLabel("Sandbox")
            mark.setProperty("role", "chip")
            mark.setToolTip("Calls go to a service inside this program: nobody’s phone rings")
            row.addWidget(mark)
        self.setFixedHeight(36)

    def show_state(self, words: str, mend: str = "") -> None:
        """Say `words`; with `mend`, offer a button of that name."""
        self._dot.fine = not mend
        self._dot.update()
        self.words.setText(words)
        self.words.setToolTip(words)
        self.mend.setText(mend)
        self.mend.setVisible(bool(mend))
