"""Asking before the last import is taken back: only importing again brings it back."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from c2c_desktop.domain.contact_count import contacts_words
from c2c_desktop.ui.forms import AnswerDialog, help_label

_WORDS = (
    "Contacts it added are taken out again, and those it changed become what they were before. "
    "What you changed by hand since then stays."
)


class ImportUndoDialog(AnswerDialog):
    """Accepted where it is to be taken back. Cancel has the focus: Enter alone takes nothing back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        body = QWidget()
        super().__init__("Undo the last import?", "Undo import", body, parent)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        words = help_label(_WORDS)
        words.setProperty("role", "")
        column.addWidget(words)
        self.cancel.setText("Keep it")
        self.first_field = self.cancel
        self.resize(400, 160)

    def submit(self) -> None:
        """Take it back."""
        self.accept()


def undone_words(changed: int, left: int) -> str:
    """Return what came of an undo: contacts changed back, and contacts that stay as they are."""
    if not changed and not left:
        return "There was nothing to take back."
    back = f"{contacts_words(changed)} {'is as it was' if changed == 1 else 'are as they were'} before the import."
    if left == 1:
        return f"{back} 1 stays as it is: you changed it since."
    return f"{back} {left:,} stay as they are: you changed them since." if left else back
