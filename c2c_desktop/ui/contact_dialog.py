"""Adding and editing a contact."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_record import NAME_LENGTH
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.services.contact_form import (
    ContactForm,
    FormNumber,
    WrongEntryError,
    contact_from_form,
    form_of,
    own_copy,
)
from c2c_desktop.ui.form_page import EDGE, FormPage
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.inputs import CheckBox
from c2c_desktop.ui.number_rows import NumberRows
from c2c_desktop.ui.tag_field import TagField
from c2c_desktop.ui.theme import Theme
from c2c_desktop.ui.unsaved import UnsavedDialog
from c2c_desktop.ui.way_fields import CallerIdField, RouteField

_NOTE_LINES = 4
_SHOWN_NAME = 60


Store = Callable[
    [Contact, Contact, Callable[[Contact], None], Callable[[UserFacingError | None], None], Callable[[], None]],
    Callable[[], None],
]
"""Given a contact, what it was, and what is told when it is stored, could not be, or waits; returns what stops it.

Stored or not is told in any case, once: None in place of an error says that it was stopped in time.
"""

_WAITS = "Waiting for an import or a directory’s update to finish. Then this is saved by itself."
_SAVED_BEFORE = "Saved as it stood when you pressed Save. What you changed since is not saved yet."
_DISCARD_SINCE = "What you changed since you pressed Save is not saved yet. Discard that?"


class ContactDialog(UnsavedDialog):
    """Edits a copy; `contact` holds the result once accepted.

    One of a shared directory is only shown, and can be copied: the dialog then goes on with the copy.
    """

    def __init__(
        self,
        contact: Contact,
        account: Account | None,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
        directory_name: str = "",
        store: Store | None = None,
    ) -> None:
        """`account`: whose country and extensions numbers are read with. `directory_name`: of a shared contact.

        `store`: what stores a contact in place of the one before; the form stays until that is done.
        """
        page = FormPage("Contact")
        super().__init__("", "Save", page, parent)
        self.contact = contact
        self._account = account
        self.page = page
        self._store = store
        self._asked_about: list[str] = []
        self._stop_saving: Callable[[], None] = lambda: None
        self._is_saving = False
        """Whether a save was not answered yet: another would store a new contact twice."""
        form = form_of(contact)
        self.shared = QLabel(_shared_words(directory_name))
        self.shared.setTextFormat(Qt.TextFormat.PlainText)
        self.shared.setWordWrap(True)
        self.shared.setProperty("role", "warn")
        self.name = _line(form.name, NAME_LENGTH)
        self.company = _line(form.company, NAME_LENGTH)
        self.numbers = NumberRows(form.numbers, account, theme, icons)
        self.favourite = CheckBox("Favourite: stands first in the list")
        self.favourite.setChecked(form.favourite)
        self.emails = _line(form.emails)
        self.tags = TagField(form.tags)
        self.note = QPlainTextEdit(form.note)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(_NOTE_LINES * self.note.fontMetrics().lineSpacing() + 20)
        self.route = RouteField(form.route)
        self.caller_id = CallerIdField(form.caller_id, account)
        self._lay_out()
        self._follow()
        self._shown = self._saved_entries = self._entered()
        self._show_state()
        self.first_field = self.cancel if contact.directory else self.name
        self.resize(520, 640)

    @property
    def is_changed(self) -> bool:
        """Whether something was filled in otherwise than it was shown."""
        return self._entered() != self._shown

    def submit(self) -> None:
        """Read the form; say in place what is wrong, and once of each number that it cannot be read."""
        if self._is_saving:
            return
        if self.contact.directory:
            self._copy()
            return
        try:
            read = contact_from_form(self._entered(), self._account, self.contact)
        except WrongEntryError as error:
            self.take_question_back()
            self.show_error(f"{error.title}. {error.message}")
            self.page.reveal(self._field(error.field))
            return
        known = {number.shown for number in self.contact.numbers if not number.e164}
        unread = [n.shown for n in read.numbers if not n.e164 and n.shown not in known]
        if unread and unread != self._asked_about:
            self._asked_about = unread
            self.take_question_back()
            quoted = " and ".join(f"“{clean_text(text, _SHOWN_NAME)}”" for text in unread)
            self.show_error(f"{quoted} cannot be read as a number. Correct it, or save again to keep it as written.")
            return
        self._saved_entries = self._entered()
        if self._store is None:
            self._take(read)
        else:
            self.take_question_back()
            self.show_error("")
            self._is_saving = True
            if self.primary.hasFocus():
                self.setFocus()  # Qt would go on to another field, and what is typed would land there
            self.primary.setEnabled(False)
            self._stop_saving = self._store(read, self.contact, self._take, self._keep_writing, self._tell_wait)

    def reject(self) -> None:
        """What waits to be saved is not any more."""
        self._stop_saving()
        super().reject()

    def _take(self, stored: Contact) -> None:
        """Close; where something was changed since, go on from what is stored."""
        self._is_saving = False
        self.contact = stored
        if self.is_over:
            return
        if self._entered() == self._saved_entries:
            self.accept()
            return
        self._shown = self._saved_entries
        self.question = _DISCARD_SINCE
        self._offer_saving()
        self._show_state()
        self.show_note(_DISCARD_SINCE if self.discard.isVisible() else _SAVED_BEFORE)

    def _keep_writing(self, error: UserFacingError | None) -> None:
        """Say why it was not stored, unless that was the wish; what was typed stays."""
        self._is_saving = False
        if self.is_over:
            return
        self._offer_saving()
        if error is not None:
            self.show_error(f"{error.title}. {error.message}")

    def _offer_saving(self) -> None:
        self.primary.setEnabled(True)
        if self.hasFocus():
            self.primary.setFocus()

    def _tell_wait(self) -> None:
        if not self.discard.isVisible():
            self.show_note(_WAITS)

    def _lay_out(self) -> None:
        fields = self.page.fields
        fields.add_field("Name", self.name)
        fields.add_field("Company", self.company)
        fields.add("Numbers", self.numbers)
        fields.add("", self.favourite)
        fields.add_field("Ring first", self.route)
        fields.add_field("Caller ID", self.caller_id, "The number they see. It must belong to your account.")
        fields.add_field("E-mail", self.emails, "Several with commas between them.")
        fields.add_field("Tags", self.tags, 'With commas between them. In the search, #vip or #"hot lead" finds them.')
        fields.add_field("Note", self.note)
        fields.arrange(narrow=False)
        self.column.setContentsMargins(24, 20, 24 - EDGE, 20)
        above = QHBoxLayout()
        above.addWidget(self.shared)
        self.column.insertLayout(0, above)
        self.column.setStretch(self.column.indexOf(self.page), 1)
        for part in (self.error, above, self.footer):
            part.setContentsMargins(0, 0, EDGE, 0)

    def _follow(self) -> None:
        for line in (self.name, self.company, self.emails, self.tags):
            line.textEdited.connect(self._take_edit)
        self.numbers.edited.connect(self._take_edit)
        self.note.textChanged.connect(self._take_edit)
        self.favourite.clicked.connect(self._take_edit)
        self.route.currentIndexChanged.connect(self._take_edit)
        self.caller_id.currentTextChanged.connect(self._take_edit)

    def _take_edit(self) -> None:
        self._stop_saving()  # what was to be saved is not what stands here
        self.take_question_back()
        self.show_error("")
        self._asked_about = []

    def _entered(self) -> ContactForm:
        return ContactForm(
            self.name.text(),
            self.company.text(),
            tuple(number for number in self.numbers.entered if number != _EMPTY),
            self.emails.text(),
            self.tags.text(),
            self.note.toPlainText(),
            self.favourite.isChecked(),
            self.route.route,
            self.caller_id.caller_id,
        )

    def _field(self, name: str) -> QWidget:
        fields: dict[str, QWidget] = {
            "company": self.company,
            "emails": self.emails,
            "tags": self.tags,
            "note": self.note,
            "caller_id": self.caller_id,
        }
        return self.numbers.last_field if name == "numbers" else fields.get(name, self.name)

    def _show_state(self) -> None:
        """Show whether it can be edited, and what the button does."""
        is_shared = bool(self.contact.directory)
        self.setWindowTitle("Contact" if is_shared else "Edit contact" if self.contact.id else "New contact")
        self.shared.setVisible(is_shared)
        self.primary.setText("Copy to my contacts" if is_shared else "Save")
        self.cancel.setText("Close" if is_shared else "Cancel")
        for line in (self.name, self.company, self.emails, self.tags, self.note):
            line.setReadOnly(is_shared)
        self.numbers.set_read_only(on=is_shared)
        for choice in (self.favourite, self.route, self.caller_id):
            choice.setEnabled(not is_shared)

    def _copy(self) -> None:
        self.contact = own_copy(self.contact)
        self._show_state()
        self.show_note("This is a copy now. The directory does not change it any more.")
        self.page.reveal(self.name)


_EMPTY = FormNumber("")


def _line(text: str, most: int = 0) -> QLineEdit:
    line = QLineEdit(text)
    if most:
        line.setMaxLength(most)
    line.setCursorPosition(0)
    return line


def _shared_words(directory_name: str) -> str:
    name = clean_text(directory_name, _SHOWN_NAME)
    where = f"the shared directory “{name}”" if name else "a shared directory"
    return f"This contact comes from {where} and can only be changed there."
