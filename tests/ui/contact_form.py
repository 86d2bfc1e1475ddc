"""The contact form, open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.route import Route
from c2c_desktop.ui.contact_dialog import ContactDialog
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.inputs import ChoiceBox
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import INDIAN, click

ACCOUNT = Account("101_1111112", region="IN", caller_ids=("+1 555 0100", "+1 555 0101"))


ASHA = Contact(7, "Asha Rao", "Acme", (ContactNumber("+91 98402 22222", INDIAN, "work"),), favourite=True)


def press_in(widget: QWidget, key: Qt.Key) -> None:
    """Press a key where a popup has the keyboard."""
    QTest.keyClick(widget, key)


class Form:
    """The dialog, open."""

    def __init__(self, qtbot: QtBot, theme: Theme, icons: Icons, contact: Contact) -> None:
        self.dialog = ContactDialog(contact, ACCOUNT, theme, icons)
        qtbot.addWidget(self.dialog, before_close_func=lambda _: self.dialog.done(0))
        self.dialog.open()
        qtbot.waitUntil(self.dialog.isActiveWindow)

    @property
    def numbers(self) -> list[QLineEdit]:
        return [e for e in self.dialog.findChildren(QLineEdit) if e.accessibleName() == "Number" and e.isVisible()]

    @property
    def kinds(self) -> list[ChoiceBox]:
        return [row.kind for row in self.dialog.numbers.rows]

    def more(self) -> None:
        click(next(b for b in self.dialog.findChildren(QPushButton) if b.text() == "Add another number"))

    def remove(self, number: int) -> None:
        shown = [b for b in self.dialog.findChildren(QToolButton) if b.accessibleName() == "Remove this number"]
        click([b for b in shown if b.isVisible()][number])

    def save(self) -> None:
        click(self.dialog.primary)


FULL = Contact(
    9,
    "Meera Nair",
    "Coastal",
    (
        ContactNumber("+44 20 7946 0123", "+442079460123", "work", as_written="020 7946 0123"),
        ContactNumber("ask at reception", "", "other"),
        ContactNumber("+91 98402 22222", INDIAN, "mobile", preferred=True),
    ),
    favourite=True,
    tags=("vip", "north"),
    note="Wants\nan offer",
    emails=("meera@example.com",),
    uid="u-1",
    route=Route.MOBILE,
    caller_id="+1 555 0100",
    import_id=4,
)


def new_form(qtbot: QtBot, theme: Theme, icons: Icons) -> Form:
    """Open it for somebody new."""
    return Form(qtbot, theme, icons, Contact(0, ""))


def known_form(qtbot: QtBot, theme: Theme, icons: Icons) -> Form:
    """Open it for somebody with one number."""
    return Form(qtbot, theme, icons, ASHA)


def full_form(qtbot: QtBot, theme: Theme, icons: Icons) -> Form:
    """Open it for a contact that holds everything a contact can."""
    return Form(qtbot, theme, icons, FULL)
