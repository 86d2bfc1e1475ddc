"""The numbers of the contact form: each is read as it is typed, one is called first, none is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.ui.contact_dialog import ContactDialog
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme
from tests.ui.contact_form import ACCOUNT, FULL, Form, full_form, known_form, new_form
from tests.ui.rig import INDIAN, PATIENCE_MS, click, press, type_text

MANY = replace(
    FULL,
    numbers=tuple(
        ContactNumber(f"+44 20 7946 0{n:03}", f"+4420794600{n:02}", "work", preferred=n == 70) for n in range(100)
    ),
)

new = pytest.fixture(new_form)
known = pytest.fixture(known_form)
full = pytest.fixture(full_form)


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
