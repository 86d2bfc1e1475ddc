"""Everything a contact knows, to be compared with others."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.services.shown_numbers import ShownNumbers

_SHOWN_NOTE = 400
"""Characters of a note."""


class ContactCard(QFrame):
    """Shows a contact in lines of text. `heading`: stands in the place of the name."""

    def __init__(self, numbers: ShownNumbers, heading: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._numbers = numbers
        self._name = plain_label("", "title")
        self._lines = plain_label("")
        self._facts = plain_label("", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        column.addWidget(heading or self._name)
        column.addWidget(self._lines)
        column.addWidget(self._facts)
        self._has_heading = heading is not None

    def show_contact(self, contact: Contact) -> None:
        """Show another one."""
        if not self._has_heading:
            self._name.setText(card_title(contact, self._numbers))
        lines = [contact.company] if contact.name else []
        lines += [self._number(number) for number in contact.numbers]
        lines += contact.emails
        self._lines.setText("\n".join(self._numbers.text(line) for line in lines if line))
        self._lines.setVisible(any(lines))
        facts = ["Favourite"] if contact.favourite else []
        facts += [" ".join(f"#{tag}" for tag in contact.tags)]
        facts += [f"Rings first: {contact.route.own_phone}"] if contact.route is not None else []
        if contact.caller_id is not None:
            facts.append(f"Caller ID: {self._numbers.number(contact.caller_id) or 'none'}")
        note = contact.note if len(contact.note) <= _SHOWN_NOTE else f"{contact.note[:_SHOWN_NOTE].rstrip()}…"
        facts += [self._numbers.text(note)]
        self._facts.setText("\n".join(filter(None, facts)))
        self._facts.setVisible(any(facts))

    @property
    def words(self) -> str:
        """What stands on it."""
        shown = (label.text() for label in (self._name, self._lines, self._facts) if not label.isHidden())
        return "\n".join(filter(None, shown))

    def _number(self, number: ContactNumber) -> str:
        told = [self._numbers.number(number.shown), number.kind]
        if number.preferred:
            told.append("called first")
        if not number.e164:
            told.append("cannot be read")
        return " · ".join(told)


def card_title(contact: Contact, numbers: ShownNumbers) -> str:
    """Return what a card is headed by."""
    return numbers.text(contact.name or contact.company) or "Without a name"


def plain_label(text: str, role: str = "") -> QLabel:
    """Return a label that shows every text letter by letter, and wraps."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label
