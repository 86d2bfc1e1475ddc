"""A few lines about one call, for the person's own eyes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from c2c_desktop.domain.call import NOTE_LIMIT, Call, clean_note
from c2c_desktop.services.announcer import outcome_words
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.unsaved import UnsavedDialog
from c2c_desktop.ui.when import moment_words

_LINES = 5
_COUNTED_FROM = NOTE_LIMIT - 200
"""Characters from which on the room that is left is told."""


class NoteDialog(UnsavedDialog):
    """Edits the note of a call; `note` holds the result once accepted, "" where there is to be none.

    Enter begins a new line, Ctrl+Enter saves.
    """

    def __init__(self, call: Call, numbers: ShownNumbers | None = None, parent: QWidget | None = None) -> None:
        body = QWidget()
        super().__init__("Edit note" if call.note else "Add note", "Save", body, parent)
        self.question = "This note is not saved yet. Discard it?"
        self.resize(420, 260)
        self.note = call.note
        shown = (numbers or ShownNumbers()).call(call)
        self.callee = _label(shown.callee, "name")
        number = shown.shown_number if call.contact_name else ""
        facts = (number, moment_words(call.started_at), outcome_words(call))
        self.facts = _label(" · ".join(part for part in facts if part), "muted")
        self.edit = QPlainTextEdit(call.note)
        self.edit.setPlaceholderText("What was said, what comes next")
        self.edit.setAccessibleName(f"Note on the call to {shown.callee}")
        self.edit.setAccessibleDescription(f"Up to {NOTE_LIMIT:,} characters. Ctrl+Enter saves.")
        self.edit.setTabChangesFocus(True)
        self.edit.setMinimumHeight(_LINES * self.edit.fontMetrics().lineSpacing() + 20)
        self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)
        self.edit.textChanged.connect(self._take_typing)
        self.first_field = self.edit
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.callee)
        column.addWidget(self.facts)
        column.addSpacing(6)
        column.addWidget(self.edit, 1)
        self.column.setStretch(0, 1)
        self.primary.setAutoDefault(False)  # Enter belongs to the text

    def submit(self) -> None:
        """Keep the note; say in place how much of it is too much."""
        over = len(self.edit.toPlainText()) - NOTE_LIMIT
        if over > 0:
            self.show_error(_over_words(over))
            return
        self.note = clean_note(self.edit.toPlainText())
        self.accept()

    @property
    def is_changed(self) -> bool:
        """Whether it reads otherwise than the note that is stored."""
        return self.edit.toPlainText() != self.note

    def go_on(self) -> None:
        """Go back to writing."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._take_typing()

    def _take_typing(self) -> None:
        """Whoever types keeps writing; near the end of the room, say how much is left."""
        self.take_question_back()
        length = len(self.edit.toPlainText())
        if length > NOTE_LIMIT:
            self.show_error(_over_words(length - NOTE_LIMIT))
        elif length > _COUNTED_FROM:
            self.show_note(f"Room for {NOTE_LIMIT - length} more {_characters(NOTE_LIMIT - length)}.")
        else:
            self.show_note("Without text, the note is removed." if self.note and not length else "")


def _over_words(over: int) -> str:
    return f"{over:,} {_characters(over)} too many: a note holds {NOTE_LIMIT:,}."


def _characters(number: int) -> str:
    return "character" if number == 1 else "characters"


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
