"""Asking before the last import is taken back: only importing again brings it back."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from c2c_desktop.domain.contact_count import changed_words, contacts_words
from c2c_desktop.domain.contact_import import LastImport
from c2c_desktop.ui.file_name import FileName
from c2c_desktop.ui.forms import AnswerDialog, help_label
from c2c_desktop.ui.when import moment_words

_WORDS = (
    "Contacts it added are taken out again, and those it changed become what they were before. "
    "What you changed by hand since then stays."
)


class ImportUndoDialog(AnswerDialog):
    """Says which import it is. Only the button `undo` takes it back: Enter and Esc keep it, and so does closing."""

    def __init__(self, last: LastImport, parent: QWidget | None = None) -> None:
        body = QWidget()
        super().__init__("Undo the last import?", "Keep it", body, parent)
        self.name = FileName(last.name)
        self.facts = help_label(f"Imported {moment_words(last.at)} · {changed_words(last.added, last.changed)}")
        words = help_label(_WORDS)
        words.setProperty("role", "")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.name)
        column.addWidget(self.facts)
        column.addSpacing(8)
        column.addWidget(words)
        column.addStretch(1)
        self.cancel.hide()
        self.undo = QPushButton("Undo import")
        self.undo.setProperty("kind", "danger")
        self.undo.setAutoDefault(False)
        self.undo.clicked.connect(self.accept)
        self.footer.insertWidget(0, self.undo)
        self.first_field = self.primary
        self.resize(420, 200)

    def submit(self) -> None:
        """Keep it."""
        self.reject()


def undone_words(changed: int, left: int) -> str:
    """Return what came of an undo: contacts changed back, and contacts that stay as they are."""
    if not changed and not left:
        return "There was nothing to take back."
    back = f"{contacts_words(changed)} {'is as it was' if changed == 1 else 'are as they were'} before the import."
    if left == 1:
        return f"{back} 1 stays as it is: you changed it since."
    return f"{back} {left:,} stay as they are: you changed them since." if left else back
