"""What to press after the callee answers: the service cannot send it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from c2c_desktop.domain.call import FINAL_STATES, Call, CallState
from c2c_desktop.services.announcer import keys_in_words
from c2c_desktop.ui.foot_card import FootCard
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme

_OVER = frozenset({CallState.AGENT_MISSED, CallState.AGENT_REJECTED, CallState.CUSTOMER_MISSED, *FINAL_STATES}) - {
    CallState.UNCERTAIN
}  # a phone may still ring


class ReminderCard(FootCard):
    """Stays until the call has ended or somebody closes it. Main thread."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        self.copy = QPushButton("Copy")
        self.copy.setAccessibleName("Copy the digits")
        words = QLabel()
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        super().__init__("reminder", words, self.copy, "Close the reminder", theme, icons, parent, "warn")
        self._call: Call | None = None
        self._closed_for = ""
        self.copy.clicked.connect(self._copy)
        self.dismiss.clicked.connect(self._close)

    def show_call(self, call: Call) -> None:
        """Remind of what goes with the newest call; nothing, where nothing does."""
        self._call = call
        if not call.post_dial or call.state in _OVER or call.id == self._closed_for:
            self.put_away()
            return
        self.words.setText(f"After they answer, press {keys_in_words(call.post_dial)}")
        self.setAccessibleName(self.words.text())
        self.show()

    def _copy(self) -> None:
        if self._call is not None:
            QGuiApplication.clipboard().setText(self._call.post_dial)

    def _close(self) -> None:
        self._closed_for = self._call.id if self._call is not None else ""
        self.put_away()
