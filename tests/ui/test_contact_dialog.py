"""The contact form: what it asks, keeps and tells."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QPlainTextEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.route import Route
from c2c_desktop.ui.contact_dialog import ContactDialog
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.inputs import ChoiceBox
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import INDIAN, PATIENCE_MS, buttons, click, press, type_text

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
            ContactNumber("+91 44 2811 2222", "+914428112222", "mobile", as_written="044 2811 2222"),
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


# Everything else of the form

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
ESC = Qt.Key.Key_Escape


@pytest.fixture
def full(qtbot: QtBot, theme: Theme, icons: Icons) -> Form:
    return Form(qtbot, theme, icons, FULL)


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


def test_each_number_tells_what_it_would_call_as_it_is_typed(new: Form) -> None:
    row = new.dialog.numbers.rows[0]
    assert not row.reading.isVisible()
    row.text.setFocus()
    type_text("9840")
    assert row.reading.text().startswith("That number is too short.")
    assert (row.reading.property("tone"), row.text.accessibleDescription()) == ("warn", row.reading.text())
    type_text("222222")
    assert row.reading.text() == "+91 98402 22222 (India, your region)"
    assert row.reading.property("tone") == ""
    row.text.clear()
    assert not row.reading.isVisible()


def test_a_known_unreadable_number_is_marked_and_not_asked_about_again(full: Form) -> None:
    row = full.dialog.numbers.rows[1]
    assert row.reading.text() == "No number there. It is kept as written and cannot be called."
    full.dialog.name.setText("Meera")
    full.save()
    assert full.dialog.contact == replace(FULL, name="Meera")


def test_one_number_is_called_first_or_none(full: Form) -> None:
    rows = full.dialog.numbers.rows
    click(rows[0].star)
    assert [row.star.isChecked() for row in rows] == [True, False, False]
    click(rows[0].star)
    assert [row.star.isChecked() for row in rows] == [False, False, False]
    click(rows[0].star)
    full.save()
    assert [number.preferred for number in full.dialog.contact.numbers] == [True, False, False]


def test_only_a_number_that_can_be_called_can_be_called_first(full: Form) -> None:
    rows = full.dialog.numbers.rows
    assert [row.star.isEnabled() for row in rows] == [True, False, True]
    assert rows[1].star.toolTip() == "Only a number that can be called can be called first"
    click(rows[1].star)
    assert [row.star.isChecked() for row in rows] == [False, False, True]
    rows[1].text.setText("+44 20 7946 0018")
    assert rows[1].star.isEnabled()
    assert rows[1].star.toolTip() == "Call this number first"


def test_a_star_stays_while_its_number_is_corrected_and_says_what_follows(full: Form) -> None:
    row = full.dialog.numbers.rows[2]
    asks = " It has the star, so Call asks which number you mean."
    row.text.setText("+91 98")
    assert row.reading.text() == f"That number is too short. It is kept as written and cannot be called.{asks}"
    assert (row.star.isChecked(), row.star.isEnabled()) == (True, True)
    row.text.setText("+91 98402 22223")
    assert row.star.isChecked()
    assert asks not in row.reading.text()
    row.text.setText("reception")
    click(row.star)
    assert asks not in row.reading.text()
    assert (row.star.isChecked(), row.star.isEnabled()) == (False, False)


def test_how_the_contact_is_called_stands_in_sight(full: Form) -> None:
    for part in (full.dialog.route, full.dialog.caller_id):
        assert part.visibleRegion().boundingRect() == part.rect()


def test_with_one_number_there_is_nothing_to_prefer(new: Form) -> None:
    assert not new.dialog.numbers.rows[0].star.isVisible()
    new.more()
    assert [row.star.isVisible() for row in new.dialog.numbers.rows] == [True, True]
    new.remove(0)
    assert [row.star.isVisible() for row in new.dialog.numbers.rows] == [False]


def test_tab_goes_from_line_to_line_also_to_one_added_later(new: Form, qtbot: QtBot) -> None:
    new.more()
    rows = new.dialog.numbers.rows
    for row in rows:
        row.text.setText("+91 98402 22222")
    new.dialog.company.setFocus()
    qtbot.waitUntil(new.dialog.company.hasFocus)
    places = [part for row in rows for part in (row.text, row.kind, row.star, row.remove)]
    form = new.dialog
    for part in [*places, form.numbers.more, form.favourite, form.route, form.caller_id, form.emails]:
        press(Qt.Key.Key_Tab)
        assert part.hasFocus(), part.accessibleName()


MANY = replace(
    FULL,
    numbers=tuple(
        ContactNumber(f"+44 20 7946 0{n:03}", f"+4420794600{n:02}", "work", preferred=n == 70) for n in range(100)
    ),
)


def test_many_numbers_scroll_and_none_is_lost(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    form = Form(qtbot, theme, icons, MANY)
    rows = form.dialog.numbers.rows
    qtbot.waitUntil(lambda: len(rows) == len(MANY.numbers), timeout=PATIENCE_MS)
    assert form.dialog.height() <= 700
    assert [row.text.text() for row in rows] == [number.shown for number in MANY.numbers]
    assert [row.star.isChecked() for row in rows].index(True) == 70
    qtbot.waitUntil(lambda: rows[99].y() > 99 * rows[99].text.height(), timeout=PATIENCE_MS)
    form.dialog.page.reveal(rows[99].text)
    assert rows[99].text.visibleRegion().boundingRect().height() == rows[99].text.height()
    assert not form.dialog.is_changed
    form.save()
    assert form.dialog.contact == MANY


@pytest.mark.parametrize("shared", [0, 3])
def test_numbers_whose_lines_are_not_there_yet_are_neither_lost_nor_preferred_twice(
    qtbot: QtBot, theme: Theme, icons: Icons, shared: int
) -> None:
    dialog = ContactDialog(replace(MANY, directory=shared), ACCOUNT, theme, icons)
    qtbot.addWidget(dialog, before_close_func=lambda _: dialog.done(0))
    rows = dialog.numbers.rows
    assert len(rows) < len(MANY.numbers)
    assert [number.text for number in dialog.numbers.entered] == [number.shown for number in MANY.numbers]
    assert not dialog.is_changed
    rows[1].star.click()
    if shared:
        assert not dialog.is_changed
        dialog.open()
        qtbot.waitUntil(lambda: len(rows) == len(MANY.numbers), timeout=PATIENCE_MS)
        assert all(row.text.isReadOnly() for row in rows)
    else:
        dialog.submit()
        assert [at for at, number in enumerate(dialog.contact.numbers) if number.preferred] == [1]
        assert [number.e164 for number in dialog.contact.numbers] == [number.e164 for number in MANY.numbers]


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
