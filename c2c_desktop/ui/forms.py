"""What our dialogs share: labels beside or above fields, help under them, errors in place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from c2c_desktop.ui.focus_ring import repolish

NARROW = 420
"""Width below which labels stand above their fields."""

_FIELD_HEIGHT = 34
_LABEL_HEIGHT = 20
_GAP = 10


class FieldGrid(QWidget):
    """Labelled fields, one below the other. Labels stand left of their fields, or above them where it is narrow.

    Not a QFormLayout: that one places labels for the unwrapped height of the help under a field.
    """

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel | None, QWidget]] = []
        self._narrow: bool | None = None

    def add(self, label: str, field: QWidget, labelled: QWidget | None = None) -> None:
        """Add a field; without a label it stands under the fields before. `labelled`: the one inside it, if any."""
        words = QLabel(label) if label else None
        if words is not None:
            words.setBuddy(labelled or field)
        self._rows.append((words, field))
        self._narrow = None

    def add_field(self, label: str, field: QWidget, help_text: str = "", note: QWidget | None = None) -> None:
        """Add a labelled field, the help under it, and a `note` under that."""
        for part in (field, *field.findChildren(QLineEdit)):
            part.setAccessibleName(part.accessibleName() or label)
        if help_text and not field.accessibleDescription():
            field.setAccessibleDescription(help_text)
        below = [part for part in (help_label(help_text) if help_text else None, note) if part is not None]
        if not below:
            self.add(label, field)
            return
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (field, *below):
            column.addWidget(part)
        self.add(label, holder, field)

    def add_heading(self, text: str) -> None:
        """Begin a group of fields."""
        heading = QLabel(text)
        heading.setProperty("role", "heading")
        heading.setMinimumHeight(28)
        heading.setAlignment(Qt.AlignmentFlag.AlignBottom)
        self._rows.append((heading, heading))
        self._narrow = None

    def arrange(self, *, narrow: bool) -> None:
        """Place everything for a narrow or a wide dialog."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._grid.setRowStretch(3 * len(self._rows), 1)  # room that is left over is below
        for row, (label, field) in enumerate(self._rows):
            upper, lower = 3 * row, 3 * row + 1
            self._grid.setRowMinimumHeight(3 * row + 2, _GAP - self._grid.verticalSpacing())
            if label is field:
                self._grid.addWidget(field, upper, 0, 1, 2)
                continue
            if label is not None:
                label.setFixedHeight(_LABEL_HEIGHT if narrow else _FIELD_HEIGHT)
                self._grid.addWidget(label, upper, 0, 1, 2 if narrow else 1, Qt.AlignmentFlag.AlignTop)
            if narrow:
                self._grid.addWidget(field, lower, 0, 1, 2)
            else:
                self._grid.addWidget(field, upper, 1)


class AnswerDialog(QDialog):
    """A plain dialog: something to fill in, one line about it, one primary button and Cancel."""

    def __init__(self, title: str, primary: str, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(320)
        self.is_over = False
        """Whether an answer that comes now comes too late to be shown here."""
        self.first_field: QWidget | None = None
        """Where typing begins; the first field unless a dialog knows better."""
        self.error = QLabel()
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
        self.footer = footer = QHBoxLayout()
        footer.addStretch(1)
        footer.addWidget(self.cancel)
        footer.addWidget(self.primary)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(12)
        self.column.addWidget(body)
        self.column.addWidget(self.error)
        self.column.addLayout(footer)

    def submit(self) -> None:
        """Take what was entered: each dialog does in its own way."""

    def done(self, result: int) -> None:
        """Every way out leads here."""
        self.is_over = True
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; Qt would press the default one."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, (QPushButton, QToolButton)):
            if not event.isAutoRepeat():
                focused.click()
            return
        super().keyPressEvent(event)

    def show_error(self, words: str) -> None:
        """Say what is wrong; "" takes it away."""
        self._say(words, "error")

    def show_note(self, words: str) -> None:
        """Say something that is not wrong, in the same place."""
        self._say(words, "note")

    def _say(self, words: str, role: str) -> None:
        self.error.setProperty("role", role)
        repolish(self.error)
        self.error.setText(words)
        self.error.setVisible(bool(words))
        self._fit_height()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field."""
        super().showEvent(event)
        if self.first_field is not None:
            self.first_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What wraps needs another height now."""
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        """Never be lower than what wraps in this width: Qt keeps only to the height of unwrapped text by itself."""
        needed = self.column.totalHeightForWidth(self.width())
        if needed > 0:
            self.setMinimumHeight(min(needed, self.screen().availableGeometry().height() - _FIELD_HEIGHT))


class FormDialog(AnswerDialog):
    """A dialog of labelled fields."""

    def __init__(self, title: str, primary: str, parent: QWidget | None = None) -> None:
        fields = FieldGrid()
        super().__init__(title, primary, fields, parent)
        self.fields = fields
        self.column.insertStretch(1, 1)

    def add_field(self, label: str, field: QWidget, help_text: str = "") -> None:
        """Add a labelled field and the help under it."""
        self.first_field = self.first_field or field
        self.fields.add_field(label, field, help_text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Labels stand above their fields when it is narrow."""
        self.fields.arrange(narrow=event.size().width() < NARROW)
        super().resizeEvent(event)


def help_label(text: str) -> QLabel:
    """Return small muted text that wraps."""
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
