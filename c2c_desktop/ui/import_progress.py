"""How far an import is: beside the window, which goes on working."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from c2c_desktop.domain.contact_import import ImportProgress
from c2c_desktop.domain.import_pace import ImportPace
from c2c_desktop.ui.file_name import FileName
from c2c_desktop.ui.forms import AnswerDialog, help_label

_STEPS = 1000


class ImportProgressDialog(AnswerDialog):
    """Not modal. Esc and the window's own button put it out of sight, as Hide does: only Cancel import cancels."""

    cancel_asked = Signal()

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        body = QWidget()
        super().__init__("Importing contacts", "Hide", body, parent)
        self.setModal(False)
        self._pace = ImportPace()
        self.name = FileName(path)
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far the import is")
        self.stage = help_label("Opening the file")
        self.remaining = help_label("")
        self.stage.setProperty("role", "")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.name, self.bar, self.stage, self.remaining):
            column.addWidget(part)
        column.addWidget(help_label("You can go on calling and searching meanwhile."))
        self.cancel.setText("Cancel import")
        self.cancel.clicked.disconnect(self.reject)
        self.cancel.clicked.connect(self._cancel)
        self.first_field = self.primary
        self.primary.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(420, 220)

    def show_progress(self, progress: ImportProgress) -> None:
        """Take what the import tells."""
        if not self.cancel.isEnabled():
            return
        self._pace.hear(progress)
        pace = self._pace
        self.bar.setValue(max(self.bar.value(), round(pace.whole * _STEPS)))
        self.bar.setAccessibleDescription(f"{round(pace.whole * 100)} %")
        self.stage.setText(" · ".join(filter(None, (pace.stage_words, pace.rate_words))))
        self.remaining.setText(pace.remaining_words or "Working out how long it takes…")

    def submit(self) -> None:
        """Hide."""
        self.reject()

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        self.stage.setText("Cancelling: nothing of the file is kept")
        self.remaining.setText("")
        self.cancel_asked.emit()
