"""Contacts in the window: calling one of several numbers, menus, favourites, deleting and undoing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.ui.contact_dialog import ContactDialog
from c2c_desktop.ui.contact_menu import ArmedMenu
from c2c_desktop.ui.row_painter import call_rect, more_rect
from tests.ui.rig import (
    INDIAN,
    LEFT,
    NO_KEYS,
    NOT_A_BUTTON,
    PATIENCE_MS,
    buttons,
    choose,
    click,
    dialog,
    menu_words,
    place_of,
    press,
    press_mouse,
    release_mouse,
    repeat,
    sent,
    settle,
    titles,
    type_text,
)


def spot(program: Application, title: str, part: str) -> QPoint:
    view = program.contacts.view
    place_of(view, title)
    area = view.visualRect(view.rows.index(titles(view).index(title), 0))
    return call_rect(area).center() if part == "call" else more_rect(area).center()


def click_row(program: Application, title: str, part: str = "") -> None:
    view = program.contacts.view
    at = spot(program, title, part) if part else place_of(view, title) + NOT_A_BUTTON
    click(view.viewport(), at)


def number_menu() -> ArmedMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, ArmedMenu)
    return menu


def open_contact() -> ContactDialog:
    opened = dialog()
    assert isinstance(opened, ContactDialog)
    return opened


def save(qtbot: QtBot, program: Application, contact: Contact) -> None:
    program.core.directory.save(contact)
    settle(qtbot, program)


def test_choosing_somebody_loads_the_pad_and_calls_nobody(qtbot: QtBot, program: Application) -> None:
    click_row(program, "Ben Carter")
    settle(qtbot, program)
    assert program.pad.field.text() == "+44 20 7946 0018"
    assert program.pad.call_button.accessibleName() == "Call Ben Carter"
    assert program.core.journal.recent() == []


def test_calling_somebody_with_one_number_calls_it(qtbot: QtBot, program: Application) -> None:
    click_row(program, "Ben Carter", "call")
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    assert sent(program)[0]["to"] == 442079460018


def test_calling_somebody_with_several_numbers_offers_each(qtbot: QtBot, program: Application) -> None:
    click_row(program, "Asha Rao", "call")
    assert menu_words() == ["Call +91 98402 22222 · mobile", "Call +91 44 2811 2222 · work"]
    assert program.core.journal.recent() == []
    click_row(program, "Asha Rao", "call")
    choose(qtbot, "Call +91 44 2811 2222")
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    assert sent(program)[0]["to"] == 914428112222
    assert program.core.journal.recent()[0].contact_name == "Asha Rao"


@pytest.mark.parametrize(
    ("part", "drift"),
    [
        *(("call", QPoint(x, y)) for x, y in ((0, 0), (6, 6), (8, 8), (40, 12), (-6, -6))),
        *(("more", QPoint(x, y)) for x, y in ((0, 0), (2, 24), (6, 34))),
    ],
)
def test_a_doubled_click_that_opened_a_menu_calls_none_of_its_numbers(
    qtbot: QtBot, program: Application, part: str, drift: QPoint
) -> None:
    viewport, at = program.contacts.view.viewport(), spot(program, "Asha Rao", part)
    click(viewport, at)
    menu = number_menu()
    press_mouse(viewport, at + drift)
    release_mouse(viewport, at + drift)
    assert menu.isVisible()
    settle(qtbot, program)
    assert (sent(program), program.core.journal.recent()) == ([], [])
    qtbot.waitUntil(lambda: menu.armed.was_seen, timeout=PATIENCE_MS)
    click(menu, menu.actionGeometry(menu.actions()[0]).center())
    qtbot.waitUntil(lambda: len(sent(program)) == 1, timeout=PATIENCE_MS)
    settle(qtbot, program)
    assert [body["to"] for body in sent(program)] == [919840222222]


def test_a_second_press_that_is_held_and_moved_calls_none_of_several_numbers(
    qtbot: QtBot, program: Application
) -> None:
    click_row(program, "Asha Rao", "call")
    menu = number_menu()
    entry = menu.actionGeometry(menu.actions()[0]).center()
    press_mouse(menu, entry)
    qtbot.waitUntil(lambda: menu.armed.was_seen, timeout=PATIENCE_MS)
    move = QMouseEvent(QEvent.Type.MouseMove, entry, menu.mapToGlobal(entry), Qt.MouseButton.NoButton, LEFT, NO_KEYS)
    QCoreApplication.sendEvent(menu, move)
    release_mouse(menu, entry + QPoint(2, 2))
    assert menu.isVisible()
    settle(qtbot, program)
    assert (sent(program), program.core.journal.recent()) == ([], [])
    menu.close()


def test_somebody_without_a_number_is_offered_one(qtbot: QtBot, program: Application) -> None:
    save(qtbot, program, Contact(0, "Aaron Aardvark", favourite=True))
    click_row(program, "Aaron Aardvark")
    assert program.pad.field.text() == ""
    click_row(program, "Aaron Aardvark", "call")
    choose(qtbot, "Add a number…")
    opened = open_contact()
    assert opened.name.text() == "Aaron Aardvark"
    opened.reject()


def test_a_number_that_cannot_be_read_is_called_by_nothing_and_can_be_mended(
    qtbot: QtBot, program: Application
) -> None:
    odd = Contact(0, "Aaron Aardvark", numbers=(ContactNumber("ext 12 & 13", ""),), favourite=True)
    save(qtbot, program, odd)
    click_row(program, "Aaron Aardvark")
    assert program.pad.field.text() == ""
    click_row(program, "Aaron Aardvark", "more")
    assert menu_words()[:2] == ["Cannot be called: ext 12 && 13 · mobile", "Copy ext 12 && 13"]
    click_row(program, "Aaron Aardvark", "call")
    assert menu_words() == ["Cannot be called: ext 12 && 13 · mobile", "Edit…"]
    click_row(program, "Aaron Aardvark", "call")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.isEnabled() for action in menu.actions()] == [False, True]
    choose(qtbot, "Edit…")
    open_contact().reject()
    assert (sent(program), program.core.journal.recent()) == ([], [])


def test_the_menu_offers_everything(program: Application) -> None:
    click_row(program, "Meera Nair", "more")
    assert menu_words() == [
        "Call +91 98403 33333 · mobile",
        "Copy +91 98403 33333",
        "Remove from favourites",
        "Edit…",
        "Delete",
    ]


def test_a_number_can_be_copied(qtbot: QtBot, program: Application) -> None:
    click_row(program, "Meera Nair", "more")
    choose(qtbot, "Copy")
    assert QGuiApplication.clipboard().text() == "+91 98403 33333"


def test_a_favourite_can_be_made_and_unmade(qtbot: QtBot, program: Application) -> None:
    click_row(program, "Meera Nair", "more")
    choose(qtbot, "Remove from favourites")
    settle(qtbot, program)
    assert titles(program.contacts.view).index("Meera Nair") > titles(program.contacts.view).index("[All contacts]")
    click_row(program, "Meera Nair", "more")
    choose(qtbot, "Add to favourites")
    settle(qtbot, program)
    assert titles(program.contacts.view)[3] == "Meera Nair"


@pytest.mark.parametrize("way", ["key", "menu"])
def test_deleting_can_be_undone(qtbot: QtBot, program: Application, way: str) -> None:
    if way == "key":
        click_row(program, "Ben Carter")
        program.contacts.view.setFocus()
        press(Qt.Key.Key_Delete)
    else:
        click_row(program, "Ben Carter", "more")
        choose(qtbot, "Delete")
    settle(qtbot, program)
    assert "Ben Carter" not in titles(program.contacts.view)
    assert program.window.tabs.button(0).text() == "Contacts 23"
    assert program.window.toast.label.text() == "Ben Carter was deleted."
    click(program.window.toast.button)
    settle(qtbot, program)
    assert titles(program.contacts.view)[2] == "Ben Carter"
    assert program.core.contact_store.find_number("+442079460018") is not None


def test_a_delete_key_that_is_held_deletes_and_restores_once(qtbot: QtBot, program: Application) -> None:
    click_row(program, "Ben Carter")
    program.contacts.view.setFocus()
    press(Qt.Key.Key_Delete)
    for _ in range(3):
        repeat(Qt.Key.Key_Delete)
    settle(qtbot, program)
    click(program.window.toast.button)
    settle(qtbot, program)
    assert titles(program.contacts.view).count("Ben Carter") == 1
    assert not program.window.toast.isVisible()


def test_a_delete_that_failed_offers_no_undo(qtbot: QtBot, program: Application) -> None:
    click_row(program, "Ben Carter")
    program.contacts.view.setFocus()
    program.core.contact_store.close()
    path = program.core.data_dir / "contacts.sqlite3"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TRIGGER stuck BEFORE DELETE ON contact BEGIN SELECT RAISE(ABORT, 'no'); END")
        other.commit()
    press(Qt.Key.Key_Delete)
    settle(qtbot, program)
    assert program.window.toast.label.text().startswith("Your data could not be stored")
    assert not program.window.toast.button.isVisible()
    assert "Ben Carter" in titles(program.contacts.view)


def test_a_contact_is_added_by_shortcut_and_found(qtbot: QtBot, program: Application) -> None:
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    opened = open_contact()
    opened.name.setFocus()
    type_text("Zelda Young")
    number = next(e for e in opened.findChildren(QLineEdit) if e.accessibleName() == "Number")
    number.setFocus()
    type_text("+442079460123")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog() is None)
    settle(qtbot, program)
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    program.window.search.setFocus()
    type_text("zelda")
    settle(qtbot, program)
    assert titles(program.contacts.view) == ["Zelda Young"]
    found = program.core.contact_store.find_number("+442079460123")
    assert found is not None
    assert found.numbers[0].shown == "+44 20 7946 0123"


def test_an_edited_contact_takes_the_place_of_the_old_one(qtbot: QtBot, program: Application) -> None:
    click_row(program, "Asha Rao", "more")
    choose(qtbot, "Edit…")
    opened = open_contact()
    opened.company.setText("Beta Ltd")
    click(opened.primary)
    settle(qtbot, program)
    assert program.window.tabs.button(0).text() == "Contacts 24"
    changed = program.core.contact_store.find_number(INDIAN)
    assert changed is not None
    assert (changed.company, len(changed.numbers), changed.favourite) == ("Beta Ltd", 2, True)


def test_cancelling_changes_nothing(qtbot: QtBot, program: Application) -> None:
    click(program.window.add)
    opened = open_contact()
    opened.name.setText("Nobody")
    click(buttons(opened)["Cancel"])
    click(buttons(opened)["Discard"])
    settle(qtbot, program)
    assert program.window.tabs.button(0).text() == "Contacts 24"
    assert QApplication.activeModalWidget() is None


def test_a_form_that_cannot_be_stored_stays_with_what_was_typed(qtbot: QtBot, program: Application) -> None:
    program.contacts.view.setFocus()
    shown = program.core.contact_store.search("asha", 1).contacts[0]
    program.dialogs.contact(shown)
    opened = open_contact()
    opened.note.setPlainText("calls back")
    program.core.contact_store.save(replace(shown, company="Elsewhere"))
    opened.submit()
    qtbot.waitUntil(opened.error.isVisible)
    assert "changed or deleted meanwhile" in opened.error.text()
    assert (opened.note.toPlainText(), opened.primary.isEnabled(), opened.isVisible()) == ("calls back", True, True)
    assert program.core.contact_store.search("asha", 1).contacts[0].note == ""
    opened.reject()
    click(opened.discard)
    qtbot.waitUntil(lambda: dialog() is None)


def test_a_count_that_leaves_no_room_for_three_tabs_is_not_shown_in_a_narrow_window(
    qtbot: QtBot, program: Application
) -> None:
    window, tab = program.window, program.window.tabs.button(0)
    window.resize(900, 600)
    program.contacts.count_changed.emit("1,000,000")
    assert tab.text() == "Contacts 1,000,000"
    window.resize(360, 600)
    qtbot.waitUntil(lambda: tab.text() == "Contacts")
    program.contacts.count_changed.emit("7")
    assert tab.text() == "Contacts 7"
    qtbot.waitUntil(lambda: tab.width() >= tab.sizeHint().width())
