"""Asks before many groups are merged at once."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from c2c_desktop.services.duplicates import counted_groups
from c2c_desktop.ui.contact_card import plain_label
from c2c_desktop.ui.forms import AnswerDialog


class MergeAllQuestion(AnswerDialog):
    """Says what is meant by certain, and that it can be undone."""

    def __init__(self, certain: int, parent: QWidget | None = None) -> None:
        body = QWidget()
        super().__init__("Merge all that are certain", f"Merge {counted_groups(certain)}", body, parent)
        self.resize(420, 180)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            plain_label(
                f"In {counted_groups(certain)} the contacts have the same name, and the same number, e-mail address or"
                " address book entry. Nothing in them contradicts. Each group becomes one contact that keeps all they"
                " hold."
            )
        )
        column.addWidget(plain_label("You can undo it afterwards.", "muted"))

    def submit(self) -> None:
        """Go ahead."""
        self.accept()
