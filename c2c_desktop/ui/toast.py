"""A short message over the window's foot, with a button where something can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

SHOWN_MS = 7000
_ABOVE_FOOT = 44


class Toast(QFrame):
    """One at a time; a new one takes the place of the last."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("toast")
        self._act: Callable[[], None] | None = None
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.button = QPushButton()
        self.button.clicked.connect(self._press)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, words: str, button: str = "", act: Callable[[], None] | None = None) -> None:
        """Show `words` for seven seconds; `act` runs when the button is pressed."""
        self.label.setText(words)
        self.button.setText(button)
        self.button.setVisible(act is not None)
        self._act = act
        self.place()
        self.show()
        self.raise_()
        self._timer.start()

    def place(self) -> None:
        """Stand above the foot of the window."""
        parent = self._over
        width = min(parent.width() - 24, 420)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((parent.width() - width) // 2, parent.height() - self.height() - _ABOVE_FOOT)

    def _press(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()
