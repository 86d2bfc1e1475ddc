"""What to press after the callee answers: the service cannot send it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from c2c_desktop.domain.call import FINAL_STATES, Call, CallState
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme

_OVER = frozenset({CallState.AGENT_MISSED, CallState.AGENT_REJECTED, CallState.CUSTOMER_MISSED, *FINAL_STATES}) - {
    CallState.UNCERTAIN
}  # a phone may still ring


class ReminderCard(QFrame):
    """Stays until the call has ended or somebody closes it. Main thread."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reminder")
        self._theme = theme
        self._icons = icons
        self._call: Call | None = None
        self._closed_for = ""
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.copy = QPushButton("Copy")
        self.copy.setAccessibleName("Copy the digits")
        self.copy.clicked.connect(self._copy)
        self.dismiss = QToolButton()
        self.dismiss.setAccessibleName("Close the reminder")
        self.dismiss.setToolTip("Close the reminder")
        self.dismiss.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.copy)
        row.addWidget(self.dismiss)
        theme.theme_changed.connect(self._tint)
        self._tint()
        self.hide()

    def show_call(self, call: Call) -> None:
        """Remind of what goes with the newest call; nothing, where nothing does."""
        self._call = call
        if not call.post_dial or call.state in _OVER or call.id == self._closed_for:
            self._put_away()
            return
        self.words.setText(f"After they answer, press {call.post_dial}")
        self.setAccessibleName(self.words.text())
        self.show()

    def _copy(self) -> None:
        if self._call is not None:
            QGuiApplication.clipboard().setText(self._call.post_dial)

    def _close(self) -> None:
        self._closed_for = self._call.id if self._call is not None else ""
        self._put_away()

    def _put_away(self) -> None:
        if self.copy.hasFocus() or self.dismiss.hasFocus():  # else it wanders to the search, where Enter calls
            self.window().setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def _tint(self) -> None:
        self.dismiss.setIcon(self._icons.icon("close", self._theme.tokens["warn"], 16))
