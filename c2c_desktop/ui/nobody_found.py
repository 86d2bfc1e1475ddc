"""What stands in the place of the contact list where it is empty, and what can be done instead."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from c2c_desktop.ui.contact_menu import literal

_SHOWN_SEARCH = 24
"""Characters of a search that are shown."""


class NobodyFound(QWidget):
    """Says that nobody was found, and offers to add or to dial what was searched for. Main thread."""

    add_asked = Signal(str)
    """The name of a new contact; "" without one."""
    dial_text_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.words = QLabel()
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setProperty("role", "muted")
        self.button = QPushButton("Add a contact")
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(self._invite)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def show_for(self, text: str) -> None:
        """Say it about the search for `text`, "" for a list without anybody."""
        self._text = text
        shown = text if len(text) <= _SHOWN_SEARCH else f"{text[:_SHOWN_SEARCH]}…"
        if not text:
            words = "No contacts yet.\nAdd one, drop a contact file here, or type a number to call."
            button = "Add a contact"
        elif self._is_number():
            words, button = f"No contact has “{shown}”.", f"Dial {shown}"
        else:
            words, button = f"Nobody here is called “{shown}”.", f"Add “{shown}”"
        self.words.setText(words)
        self.button.setText(literal(button))

    def _is_number(self) -> bool:
        return any(c.isdigit() for c in self._text) and not any(c.isalpha() for c in self._text)

    def _invite(self) -> None:
        (self.dial_text_asked if self._is_number() else self.add_asked).emit(self._text)
