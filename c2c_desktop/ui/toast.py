"""A short message over the window's foot, with a button where something can be undone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

SHOWN_MS = 7000
HURRIED_MS = 3000
"""How long a message without a button stays when others wait."""

LONGEST_QUEUE = 10
_GAP = 12


@dataclass(frozen=True, slots=True)
class _Message:
    words: str
    button: str = ""
    act: Callable[[], None] | None = None


class Toast(QFrame):
    """One message at a time, in turn; what is said while nobody sees the window waits until somebody does."""

    def __init__(self, parent: QWidget, foot: Callable[[], int]) -> None:
        """Stand over `parent`, `foot()` pixels and a gap above its lower edge."""
        super().__init__(parent)
        self._over = parent
        self._foot = foot
        self._as_shown: Callable[[str], str] = str
        self.setObjectName("toast")
        self._waiting: deque[_Message] = deque(maxlen=LONGEST_QUEUE)
        self._shown: _Message | None = None
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
        self._timer.timeout.connect(self._end)
        self.hide()

    def say(self, words: str, button: str = "", act: Callable[[], None] | None = None) -> None:
        """Show `words` when their turn comes; `act` runs when the button is pressed. A repeated message is one."""
        message = _Message(words, button, act)
        if self._shown == message or (self._waiting and self._waiting[-1] == message):
            return
        self._waiting.append(message)
        if self._shown is None:
            self.show_next()
        elif self._shown.act is None:
            self._timer.start(min(self._timer.remainingTime(), HURRIED_MS))

    def show_words_as(self, as_shown: Callable[[str], str]) -> None:
        """Show each message, the one on the screen too, as `as_shown` gives it back."""
        self._as_shown = as_shown
        if self._shown is not None:
            self.label.setText(as_shown(self._shown.words))

    def show_next(self) -> None:
        """Show the message whose turn it is, unless one is shown or the window is not seen."""
        if self._shown is not None or not self._waiting or not self._over.isVisible() or self._over.isMinimized():
            return
        message = self._shown = self._waiting.popleft()
        self.label.setText(self._as_shown(message.words))
        self.button.setText(message.button)
        self.button.setVisible(message.act is not None)
        self.place()
        self.show()
        self.raise_()
        self._timer.start(HURRIED_MS if self._waiting and message.act is None else SHOWN_MS)

    def place(self) -> None:
        """Stand above the foot of the window."""
        parent = self._over
        width = min(parent.width() - 2 * _GAP, 440)
        self.setFixedWidth(width)
        self.setFixedHeight(max(self.heightForWidth(width), self.sizeHint().height()))
        self.move((parent.width() - width) // 2, parent.height() - self.height() - self._foot() - _GAP)

    def _press(self) -> None:
        act = self._shown.act if self._shown is not None else None
        self._end()
        if act is not None:
            act()

    def _end(self) -> None:
        self._timer.stop()
        self._shown = None
        if self.button.hasFocus():  # else it wanders to the search, where the next Enters call somebody
            self._over.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.show_next()
