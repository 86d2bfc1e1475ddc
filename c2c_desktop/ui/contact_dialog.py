"""Adding and editing a contact."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.number_kind import NUMBER_KINDS
from c2c_desktop.services.directory import contact_from_form
from c2c_desktop.ui.forms import FormDialog
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.inputs import CheckBox, ChoiceBox
from c2c_desktop.ui.theme import Theme


class _NumberRow(QWidget):
    """One number and its kind."""

    def __init__(self, number: ContactNumber, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = QLineEdit(number.shown)
        self.text.setPlaceholderText("+91 98402 22222")
        self.text.setAccessibleName("Number")
        self.kind = ChoiceBox()
        self.kind.addItems(NUMBER_KINDS)
        self.kind.setCurrentText(number.kind)
        self.kind.setAccessibleName("Kind of number")
        self.remove = QToolButton()
        self.remove.setIcon(icons.icon("close", theme.tokens["muted"], 16))
        self.remove.setAccessibleName("Remove this number")
        self.remove.setToolTip("Remove this number")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.kind)
        row.addWidget(self.remove)


class ContactDialog(FormDialog):
    """Edits a copy; `contact` holds the result once accepted."""

    def __init__(
        self, contact: Contact, region: str, theme: Theme, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__("Edit contact" if contact.id else "New contact", "Save", parent)
        self.contact = contact
        self._region = region
        self._theme = theme
        self._icons = icons
        self._rows: list[_NumberRow] = []
        self.resize(460, 320)
        self.name = QLineEdit(contact.name)
        self.company = QLineEdit(contact.company)
        self.favourite = CheckBox("Favourite: stands first in the list")
        self.favourite.setChecked(contact.favourite)
        self.add_field("Name", self.name)
        self.add_field("Company", self.company)
        holder = QWidget()
        self._numbers = QVBoxLayout(holder)
        self._numbers.setContentsMargins(0, 0, 0, 0)
        self._numbers.setSpacing(6)
        more = QPushButton("Add another number")
        more.setProperty("kind", "link")
        more.setAutoDefault(False)
        more.clicked.connect(
            lambda: self._add_row(ContactNumber("", "")).text.setFocus(Qt.FocusReason.OtherFocusReason)
        )
        self._numbers.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self.fields.add("Numbers", holder)
        self.fields.add("", self.favourite)
        for number in contact.numbers or (ContactNumber("", ""),):
            self._add_row(number)

    def submit(self) -> None:
        """Read the form; say in place what is missing."""
        numbers = [(row.text.text(), row.kind.currentText()) for row in self._rows]
        try:
            read = contact_from_form(
                self.contact.id,
                self.name.text(),
                self.company.text(),
                numbers,
                self._region,
                favourite=self.favourite.isChecked(),
            )
        except UserFacingError as error:
            self.show_error(f"{error.title}. {error.message}")
            return
        self.contact = replace(read, tags=self.contact.tags, note=self.contact.note)
        unread = [f"“{n.shown}”" for n in self.contact.numbers if not n.e164]
        if unread and not self.error.isVisible():
            words = "cannot be read as a number. Correct it, or save again to keep it as written."
            self.show_error(f"{' and '.join(unread)} {words}")
            return
        self.accept()

    def _add_row(self, number: ContactNumber) -> _NumberRow:
        row = _NumberRow(number, self._theme, self._icons, self)
        row.text.textEdited.connect(lambda: self.show_error(""))
        row.remove.clicked.connect(lambda: self._remove_row(row))
        self._rows.append(row)
        self._numbers.insertWidget(self._numbers.count() - 1, row)
        return row

    def _remove_row(self, row: _NumberRow) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
