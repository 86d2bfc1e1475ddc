"""The contact form: what it asks, keeps and tells."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.ui.contact_dialog import ContactDialog
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.inputs import ChoiceBox
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import INDIAN, click, type_text

ASHA = Contact(7, "Asha Rao", "Acme", (ContactNumber("+91 98402 22222", INDIAN, "work"),), favourite=True)


class Form:
    """The dialog, open."""

    def __init__(self, qtbot: QtBot, theme: Theme, icons: Icons, contact: Contact) -> None:
        self.dialog = ContactDialog(contact, "IN", theme, icons)
        qtbot.addWidget(self.dialog)
        self.dialog.open()
        qtbot.waitExposed(self.dialog)

    @property
    def numbers(self) -> list[QLineEdit]:
        return [e for e in self.dialog.findChildren(QLineEdit) if e.accessibleName() == "Number" and e.isVisible()]

    @property
    def kinds(self) -> list[ChoiceBox]:
        return [b for b in self.dialog.findChildren(ChoiceBox) if b.isVisible()]

    def more(self) -> None:
        click(next(b for b in self.dialog.findChildren(QPushButton) if b.text() == "Add another number"))

    def remove(self, number: int) -> None:
        shown = [b for b in self.dialog.findChildren(QToolButton) if b.accessibleName() == "Remove this number"]
        click([b for b in shown if b.isVisible()][number])

    def save(self) -> None:
        click(self.dialog.primary)


@pytest.fixture
def new(qtbot: QtBot, theme: Theme, icons: Icons) -> Form:
    return Form(qtbot, theme, icons, Contact(0, ""))


@pytest.fixture
def known(qtbot: QtBot, theme: Theme, icons: Icons) -> Form:
    return Form(qtbot, theme, icons, ASHA)


def test_an_empty_contact_is_not_saved(new: Form) -> None:
    new.save()
    assert new.dialog.isVisible()
    assert new.dialog.error.text() == "This contact is empty. Enter a name, a company or a number."


def test_numbers_that_cannot_be_read_are_told_and_kept_when_saved_again(new: Form) -> None:
    new.dialog.name.setText("Asha")
    new.numbers[0].setText("at reception")
    new.more()
    new.numbers[1].setText("+91 98402 22222")
    new.more()
    new.numbers[2].setText("12")
    new.save()
    assert new.dialog.isVisible()
    assert new.dialog.error.text().startswith("“at reception” and “12” cannot be read as a number.")
    new.save()
    assert not new.dialog.isVisible()
    assert [(n.shown, n.e164) for n in new.dialog.contact.numbers] == [
        ("at reception", ""),
        ("+91 98402 22222", INDIAN),
        ("12", ""),
    ]


def test_correcting_a_number_takes_the_error_away_and_checks_anew(qtbot: QtBot, new: Form) -> None:
    new.numbers[0].setText("12")
    new.save()
    new.numbers[0].setFocus()
    qtbot.waitUntil(new.numbers[0].hasFocus)
    type_text("3")
    assert not new.dialog.error.isVisible()
    new.save()
    assert new.dialog.error.text().startswith("“123” cannot be read")


def test_a_known_contact_is_shown_as_it_is_and_saved_unchanged(known: Form) -> None:
    assert known.dialog.windowTitle() == "Edit contact"
    assert [e.text() for e in known.numbers] == ["+91 98402 22222"]
    assert [b.currentText() for b in known.kinds] == ["work"]
    assert known.dialog.favourite.isChecked()
    known.save()
    assert known.dialog.contact == ASHA


def test_every_field_reaches_the_contact(known: Form) -> None:
    known.dialog.name.setText("Asha")
    known.dialog.company.setText("Beta")
    click(known.dialog.favourite)
    known.kinds[0].setCurrentText("home")
    known.more()
    assert known.numbers[1].hasFocus()
    known.numbers[1].setText("044 2811 2222")
    known.save()
    assert known.dialog.contact == Contact(
        7,
        "Asha",
        "Beta",
        (
            ContactNumber("+91 98402 22222", INDIAN, "home"),
            ContactNumber("+91 44 2811 2222", "+914428112222", "mobile"),
        ),
    )


def test_what_the_form_does_not_show_is_kept(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    form = Form(qtbot, theme, icons, replace(ASHA, tags=("vip",), note="Wants an offer"))
    form.dialog.name.setText("Asha")
    form.save()
    assert form.dialog.contact == replace(ASHA, name="Asha", tags=("vip",), note="Wants an offer")


def test_a_removed_number_is_gone(known: Form) -> None:
    known.remove(0)
    assert known.numbers == []
    known.save()
    assert known.dialog.contact.numbers == ()


def test_rows_left_empty_are_no_numbers(new: Form) -> None:
    new.dialog.company.setText("Acme")
    new.more()
    new.save()
    assert new.dialog.contact == Contact(0, "", "Acme")
