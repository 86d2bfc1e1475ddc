"""What came of an import, and what was left out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from c2c_desktop.domain.contact_count import changed_words, contacts_words, unread_words
from c2c_desktop.domain.contact_import import ImportReport
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.file_name import FileName
from c2c_desktop.ui.forms import AnswerDialog, help_label
from c2c_desktop.ui.skipped_table import SkippedTable

_COUNTS = (
    ("added", "Added", "new in your list"),
    ("updated", "Updated", "imported before, and the file says something new"),
    ("merged", "Merged", "already in your list: what was missing was added, what you changed stayed"),
    ("kept", "Kept", "as you changed them, though the file says something else"),
    ("unchanged", "Unchanged", "already in your list as they are in the file"),
    ("skipped", "Left out", "no contact could be made of them"),
)


class ImportReportDialog(AnswerDialog):
    """Not modal: it may come while somebody calls. Close, Esc and the window's own button close it."""

    save_asked = Signal()
    """What was left out is to be saved as a file."""
    undo_asked = Signal()

    def __init__(self, path: str, report: ImportReport, numbers: ShownNumbers, parent: QWidget | None = None) -> None:
        body = QWidget()
        super().__init__("Import finished", "Close", body, parent)
        self.setModal(False)
        self.name = FileName(path)
        self.title = QLabel(title_words(report))
        self.title.setProperty("role", "big")
        self.title.setWordWrap(True)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.name)
        column.addLayout(_counts(report))
        if report.unread_numbers:
            column.addWidget(help_label(_unread_words(report.unread_numbers)))
        self.save = QPushButton("Save as CSV…")
        self.save.setAutoDefault(False)
        self.save.clicked.connect(self.save_asked)
        self.problems: SkippedTable | None = None
        if report.problems:
            self._add_problems(column, report, numbers)
        else:
            column.addStretch(1)
        self.cancel.hide()
        self.undo = QPushButton("Undo import")
        self.undo.setAutoDefault(False)
        self.undo.setVisible(bool(report.added or report.updated or report.merged))
        self.undo.clicked.connect(self._undo)
        self.footer.insertWidget(0, self.undo)
        self.first_field = self.primary
        self.column.setStretch(0, 1)
        self.resize(*((720, 640) if report.problems else (440, 320)))

    def submit(self) -> None:
        """Close."""
        self.accept()

    def show_undo_failed(self, words: str) -> None:
        """Say why the import could not be taken back, and let it be tried again."""
        self.undo.setEnabled(True)
        self.undo.setText("Undo import")
        self.show_error(words)

    def _add_problems(self, column: QVBoxLayout, report: ImportReport, numbers: ShownNumbers) -> None:
        heading = QLabel(problem_words(report))
        heading.setProperty("role", "heading")
        heading.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(heading, 1)
        row.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        self.problems = SkippedTable(report.problems, numbers.text)
        column.addLayout(row)
        column.addWidget(self.problems, 1)

    def _undo(self) -> None:
        self.undo.setEnabled(False)
        self.undo.setText("Taking it back…")
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_error("")
        self.undo_asked.emit()


def title_words(report: ImportReport) -> str:
    """Return in one line what came of it."""
    if not report.contacts:
        return "Nothing was imported"
    if not (report.added or report.updated or report.merged):
        kept = f"{contacts_words(report.kept)} kept as you changed {'it' if report.kept == 1 else 'them'}"
        return kept if report.kept else "Nothing new in this file"
    return changed_words(report.added, report.updated + report.merged)


def problem_words(report: ImportReport) -> str:
    """Return how many rows and parts of contacts were left out, and how many of them are listed."""
    listed = len(report.problems)
    whole = listed + report.more_problems
    words = "1 row, or a part of it, was left out" if whole == 1 else f"{whole:,} rows, or parts of them, were left out"
    return f"{words}. The first {listed:,} are listed" if report.more_problems else words


def _unread_words(number: int) -> str:
    """Return how many numbers cannot be read, and what became of them."""
    kept = "It is kept as it is written," if number == 1 else "They are kept as they are written,"
    return f"{unread_words(number)}. {kept} marked, and not called."


def _counts(report: ImportReport) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(2, 1)
    for line, (name, words, meaning) in enumerate(_COUNTS):
        number = int(getattr(report, name))
        figure = QLabel(f"{number:,}")
        figure.setProperty("role", "title")
        label = QLabel(words)
        label.setAccessibleName(f"{words}: {number:,}, {meaning}")
        if name == "skipped" and number:
            figure.setProperty("tone", "warn")
        grid.addWidget(figure, line, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label, line, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(help_label(meaning), line, 2)
    return grid
