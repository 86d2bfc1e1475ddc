"""What our dialogs share: labels beside or above fields, help under them, errors in place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

_NARROW = 420


class FormDialog(QDialog):
    """A plain dialog: fields, one error line, one primary button and Cancel."""

    def __init__(self, title: str, primary: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(320)
        self.form = QFormLayout()
        self.form.setSpacing(10)
        self.form.setHorizontalSpacing(16)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.error = QLabel()
        self.error.setProperty("role", "error")
        self.error.setTextFormat(Qt.TextFormat.PlainText)
        self.error.setWordWrap(True)
        self.error.hide()
        self.primary = QPushButton(primary)
        self.primary.setProperty("kind", "primary")
        self.primary.setDefault(True)
        self.primary.clicked.connect(self.submit)
        self.cancel = QPushButton("Cancel")
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.footer = QHBoxLayout()
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.primary)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(14)
        self.column.addLayout(self.form)
        self.column.addWidget(self.error)
        self.column.addLayout(self.footer)

    def submit(self) -> None:
        """Take what was entered; dialogs with checks do more."""
        self.accept()

    def add_field(self, label: str, field: QWidget, help_text: str = "") -> None:
        """Add a labelled field and the help under it."""
        field.setAccessibleName(label)
        if help_text:
            field.setAccessibleDescription(help_text)
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            column.addWidget(field)
            column.addWidget(help_label(help_text))
            self.form.addRow(label, holder)
            return
        self.form.addRow(label, field)

    def show_error(self, words: str) -> None:
        """Say what is wrong; "" takes it away."""
        self.error.setText(words)
        self.error.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Labels stand above their fields when it is narrow."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        policy = QFormLayout.RowWrapPolicy.WrapAllRows if narrow else QFormLayout.RowWrapPolicy.DontWrapRows
        if self.form.rowWrapPolicy() != policy:
            self.form.setRowWrapPolicy(policy)


def help_label(text: str) -> QLabel:
    """Return small muted text that wraps."""
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def heading_label(text: str) -> QLabel:
    """Return a heading between groups of fields."""
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label
