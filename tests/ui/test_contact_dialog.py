"""The contact form: what it asks, keeps and tells."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QPlainTextEdit
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.route import Route
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme
from tests.ui.contact_form import ASHA, FULL, Form, full_form, known_form, new_form, press_in
from tests.ui.rig import INDIAN, buttons, click, press, type_text

new = pytest.fixture(new_form)
known = pytest.fixture(known_form)
full = pytest.fixture(full_form)


def test_an_empty_contact_is_not_saved(new: Form) -> None:
    new.save()
    assert new.dialog.isVisible()
    assert new.dialog.error.text() == "This contact is empty. Enter a name, a company or a number."


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
            ContactNumber("+91 44 2811 2222", "+914428112222", "mobile", as_written="044 2811 2222"),
        ),
    )


def test_what_the_form_does_not_show_is_kept(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    form = Form(qtbot, theme, icons, replace(ASHA, tags=("vip",), note="Wants an offer"))
    form.dialog.name.setText("Asha")
    form.save()
    assert form.dialog.contact == replace(ASHA, name="Asha", tags=("vip",), note="Wants an offer")


ESC = Qt.Key.Key_Escape


def test_whatever_an_imported_contact_holds_saving_it_untouched_keeps_it(full: Form) -> None:
    full.save()
    assert (full.dialog.isVisible(), full.dialog.contact) == (False, FULL)


def test_what_is_changed_is_changed_and_the_rest_stays(full: Form) -> None:
    form = full.dialog
    form.tags.setText("vip, #south")
    form.emails.setText("meera@example.com, nair@example.org")
    form.note.setPlainText("Signed")
    form.route.setCurrentText("Neither")
    form.caller_id.setCurrentText("As chosen at TeleCMI")
    full.save()
    assert form.contact == replace(
        FULL,
        tags=("vip", "south"),
        emails=("meera@example.com", "nair@example.org"),
        note="Signed",
        route=Route.NEITHER,
        caller_id="",
    )


def test_route_and_caller_id_can_be_left_to_the_account_again(full: Form) -> None:
    for choice in (full.dialog.route, full.dialog.caller_id):
        assert choice.itemText(0) == "As my account says"
        choice.setCurrentIndex(0)
    full.save()
    assert full.dialog.contact == replace(FULL, route=None, caller_id=None)


def test_the_caller_ids_of_the_account_are_offered_and_another_can_be_typed(full: Form) -> None:
    box = full.dialog.caller_id
    offered = [box.itemText(n) for n in range(box.count())]
    assert offered == ["As my account says", "As chosen at TeleCMI", "+1 555 0100", "+1 555 0101"]
    box.setFocus()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text("044 2811")
    press(Qt.Key.Key_Return)
    assert full.dialog.error.text().startswith("That caller ID cannot be used. Write it with its country code")
    assert box.hasFocus()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text("+15550102")
    press(Qt.Key.Key_Return)
    assert full.dialog.contact.caller_id == "+15550102"


def test_what_is_wrong_is_said_and_the_field_shown(full: Form, qtbot: QtBot) -> None:
    form = full.dialog
    form.note.setPlainText("x" * 4001)
    full.save()
    assert form.error.text() == "That note is too long. It holds 4,000 characters; 1 too many."
    assert form.note.hasFocus()
    page = form.note.viewport()
    qtbot.waitUntil(lambda: page.visibleRegion().contains(form.note.cursorRect().center()))
    type_text("y")
    assert not form.error.isVisible()
    form.note.setPlainText("")
    full.numbers[2].setText("9" * 90)
    full.save()
    assert form.error.text().startswith("That is too long.")
    assert full.numbers[2].hasFocus()
    assert form.isVisible()


def test_how_the_contact_is_called_stands_in_sight(full: Form) -> None:
    for part in (full.dialog.route, full.dialog.caller_id):
        assert part.visibleRegion().boundingRect() == part.rect()


@pytest.mark.parametrize("part", ["name", "note", "number", "kind", "star", "favourite", "route", "caller ID", "line"])
def test_escape_drops_nothing_that_was_changed(full: Form, part: str) -> None:
    form = full.dialog
    changes = {
        "name": lambda: form.name.setText("Meera"),
        "note": lambda: form.note.setPlainText("x"),
        "number": lambda: full.numbers[0].setText("+44 20 7946 0199"),
        "kind": lambda: full.kinds[0].setCurrentText("fax"),
        "star": lambda: click(form.numbers.rows[0].star),
        "favourite": lambda: click(form.favourite),
        "route": lambda: form.route.setCurrentIndex(0),
        "caller ID": lambda: form.caller_id.setCurrentIndex(0),
        "line": lambda: full.remove(1),
    }
    changes[part]()
    for _ in range(5):
        press(ESC)
    assert form.isVisible()
    assert buttons(form)["Discard"].isVisible()
    assert form.error.text() == "Your changes are not saved yet. Discard them?"
    click(buttons(form)["Discard"])
    assert (form.isVisible(), form.contact) == (False, FULL)


def test_escape_closes_where_nothing_was_changed_or_it_was_changed_back(full: Form) -> None:
    full.dialog.name.setFocus()
    full.dialog.name.setCursorPosition(0)
    type_text("x")
    press(Qt.Key.Key_Backspace)
    full.more()
    press(ESC)
    assert not full.dialog.isVisible()


def test_typing_on_takes_the_question_back(full: Form, qtbot: QtBot) -> None:
    full.dialog.name.setFocus()
    type_text("x")
    press(ESC)
    press(ESC)
    assert full.dialog.name.hasFocus()
    assert set(buttons(full.dialog)) == {"Cancel", "Save", "Add another number"}
    press(ESC)
    full.dialog.name.setFocus()
    qtbot.waitUntil(full.dialog.name.hasFocus)
    type_text("y")
    assert set(buttons(full.dialog)) == {"Cancel", "Save", "Add another number"}
    assert not full.dialog.error.isVisible()


def test_ctrl_enter_saves_from_the_note_where_enter_is_a_new_line(full: Form) -> None:
    full.dialog.note.setFocus()
    press(Qt.Key.Key_Return)
    assert full.dialog.isVisible()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not full.dialog.isVisible()


def test_what_a_file_wrote_is_shown_as_text(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    number = ContactNumber("<b>12</b>", "", "work")
    form = Form(qtbot, theme, icons, Contact(1, "<img src=x>", "", (number,), note="<u>n</u>"))
    assert form.dialog.name.text() == "<img src=x>"
    assert form.dialog.note.toPlainText() == "<u>n</u>"
    assert form.dialog.numbers.rows[0].reading.textFormat() is Qt.TextFormat.PlainText


def test_a_shared_contact_is_only_shown_until_it_is_copied(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    form = Form(qtbot, theme, icons, replace(FULL, directory=3))
    dialog = form.dialog
    assert dialog.shared.text() == "This contact comes from a shared directory and can only be changed there."
    assert set(buttons(dialog)) == {"Close", "Copy to my contacts"}
    assert dialog.cancel.hasFocus()
    lines: list[QLineEdit | QPlainTextEdit] = [dialog.name, dialog.company, dialog.emails, dialog.tags, dialog.note]
    lines += form.numbers
    for line in lines:
        line.setFocus()
        type_text("x")
        assert line.isReadOnly()
    assert not any(part.isEnabled() for part in (dialog.favourite, dialog.route, dialog.caller_id, *form.kinds))
    assert not dialog.is_changed
    click(dialog.primary)
    assert dialog.windowTitle() == "New contact"
    dialog.name.setFocus()
    press(Qt.Key.Key_End)
    type_text("!")
    assert set(buttons(dialog)) == {"Cancel", "Save", "Add another number"}
    form.save()
    assert dialog.contact == replace(FULL, id=0, uid="", import_id=0, name="Meera Nair!")


def test_a_shared_contact_is_left_by_escape_as_it_was(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    form = Form(qtbot, theme, icons, replace(FULL, directory=3))
    press(ESC)
    assert (form.dialog.isVisible(), form.dialog.contact) == (False, replace(FULL, directory=3))


def test_tags_in_use_complete_the_one_that_is_typed(full: Form) -> None:
    field = full.dialog.tags
    field.offer(["vip", "visitor", "Village & co", "south"])
    field.setFocus()
    field.setText("vip, , north")
    field.setCursorPosition(5)
    type_text("vi")
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QListView)
    model = popup.model()
    assert [model.index(n, 0).data() for n in range(model.rowCount())] == ["visitor", "Village & co"]
    press_in(popup, Qt.Key.Key_Down)
    press_in(popup, Qt.Key.Key_Return)
    assert (field.text(), full.dialog.isVisible()) == ("vip, visitor, north", True)
    assert QApplication.activePopupWidget() is None
    type_text("s")
    assert QApplication.activePopupWidget() is None
