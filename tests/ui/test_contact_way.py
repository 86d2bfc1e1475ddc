"""Calling a contact from wherever it stands: the number that is shown, its route, its caller ID, one call each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.desktop.tray_icon.tray_entries import TrayChoices, menu_groups
from c2c_desktop.domain.call import Call, Source
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.dialing import DialRequest, Verdict
from c2c_desktop.domain.policy import TRUST
from c2c_desktop.domain.route import Route
from c2c_desktop.ui.contact_dialog import ContactDialog
from c2c_desktop.ui.contact_menu import ArmedMenu
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme
from tests.ui.quick_rig import quick_dial
from tests.ui.rig import (
    INDIAN,
    LONDON,
    NO_KEYS,
    NOT_A_BUTTON,
    PATIENCE_MS,
    choose,
    click,
    dialog,
    double_click,
    menu_words,
    place_of,
    press,
    row_titled,
    sent,
    settle,
    titles,
    type_text,
)

NAME = "Aaa Eve"
ODD = ContactNumber("ask at 2811", "", "other")
MOBILE = ContactNumber("+91 98402 22222", INDIAN, "mobile")
WORK = ContactNumber("+44 20 7946 0018", LONDON, "work", preferred=True)
EVE = Contact(
    0, NAME, "Acme", (ODD, MOBILE, WORK), favourite=True, route=Route.MOBILE, caller_id="+1 555 0100"
)  # fmt: skip
UNREADABLE = replace(EVE, numbers=(ODD,))
ENTER = Qt.Key.Key_Return


def save(qtbot: QtBot, program: Application, contact: Contact = EVE) -> None:
    program.core.directory.save(contact)
    settle(qtbot, program)


def the_call(qtbot: QtBot, program: Application) -> Call:
    """The one call there was."""
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    settle(qtbot, program)
    (call,) = program.core.journal.recent()
    (body,) = sent(program)
    assert (body["to"], body["webrtc"], body["followme"]) == (
        int(call.e164.removeprefix("+")),
        call.route.webrtc,
        call.route.followme,
    )
    assert body.get("callerid") == (int("".join(filter(str.isdigit, call.caller_id))) if call.caller_id else None)
    return call


def told(call: Call) -> tuple[str, Source, str, Route, str]:
    return call.e164, call.source, call.contact_name, call.route, call.caller_id


def at(program: Application, title: str = NAME) -> QPoint:
    return place_of(program.contacts.view, title) + NOT_A_BUTTON


@pytest.mark.parametrize("way", ["enter", "double click", "menu"])
def test_a_contact_in_the_list_is_called_its_own_way(qtbot: QtBot, program: Application, way: str) -> None:
    save(qtbot, program)
    view = program.contacts.view
    if way == "enter":
        click(view.viewport(), at(program))
        view.setFocus()
        press(ENTER)
    elif way == "double click":
        double_click(view.viewport(), at(program))
    else:
        program.contacts.view.menu_asked.emit(row_titled(view, NAME).payload, QPoint(5, 5))
        choose(qtbot, "Call +44 20 7946 0018")
    call = the_call(qtbot, program)
    assert told(call) == (LONDON, Source.CONTACT, NAME, Route.MOBILE, "+1 555 0100")


def test_a_contact_that_says_nothing_is_called_as_the_account_says(qtbot: QtBot, program: Application) -> None:
    account = program.core.accounts.active
    assert account is not None
    program.core.accounts.update_account(replace(account, route=Route.NEITHER, caller_id="+1 555 0199"))
    save(qtbot, program, replace(EVE, route=None, caller_id=None))
    double_click(program.contacts.view.viewport(), at(program))
    assert told(the_call(qtbot, program))[3:] == (Route.NEITHER, "+1 555 0199")


def test_a_contact_can_leave_the_caller_id_to_the_service(qtbot: QtBot, program: Application) -> None:
    account = program.core.accounts.active
    assert account is not None
    program.core.accounts.update_account(replace(account, caller_id="+1 555 0199"))
    save(qtbot, program, replace(EVE, route=None, caller_id=""))
    double_click(program.contacts.view.viewport(), at(program))
    assert told(the_call(qtbot, program))[3:] == (account.route, "")


def test_rows_tell_apart_the_kind_of_their_number_and_the_agents_own_phone(qtbot: QtBot, program: Application) -> None:
    save(qtbot, program)
    assert row_titled(program.contacts.view, NAME).after == "work, 2 more · via your mobile"
    assert "via your mobile" in row_titled(program.contacts.view, NAME).spoken
    save(qtbot, program, replace(EVE, name="Aab Ada", route=None))
    assert row_titled(program.contacts.view, "Aab Ada").after == "work, 2 more"


def test_the_menu_lists_every_number_the_preferred_one_first(qtbot: QtBot, program: Application) -> None:
    save(qtbot, program)
    program.contacts.view.menu_asked.emit(row_titled(program.contacts.view, NAME).payload, QPoint(5, 5))
    assert menu_words()[:3] == [
        "Call +44 20 7946 0018 · work, preferred",
        "Call +91 98402 22222 · mobile",
        "Cannot be called: ask at 2811 · other",
    ]


def number_menu(program: Application) -> ArmedMenu:
    """What Enter opens on somebody with several numbers."""
    click(program.contacts.view.viewport(), at(program))
    program.contacts.view.setFocus()
    press(ENTER)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, ArmedMenu)
    return menu


def test_enter_twice_calls_the_first_of_several_numbers(qtbot: QtBot, program: Application) -> None:
    save(qtbot, program, replace(EVE, numbers=(ODD, MOBILE, replace(WORK, preferred=False))))
    menu = number_menu(program)
    assert menu.activeAction().text() == "Call +91 98402 22222 · mobile"
    qtbot.waitUntil(lambda: menu.armed.is_ready, timeout=PATIENCE_MS)
    QTest.keyClick(menu, ENTER)
    assert told(the_call(qtbot, program))[:2] == (INDIAN, Source.CONTACT)


def test_an_enter_that_was_doubled_or_held_down_calls_none_of_several_numbers(
    qtbot: QtBot, program: Application
) -> None:
    save(qtbot, program, replace(EVE, numbers=(MOBILE, replace(WORK, preferred=False))))
    menu = number_menu(program)
    QTest.keyClick(menu, ENTER)
    qtbot.waitUntil(lambda: menu.armed.is_ready, timeout=PATIENCE_MS)
    for key in (ENTER, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QCoreApplication.sendEvent(menu, QKeyEvent(QEvent.Type.KeyPress, key, NO_KEYS, "", True))
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    settle(qtbot, program)
    assert (sent(program), program.core.journal.recent()) == ([], [])


def test_the_arrows_choose_another_of_several_numbers(qtbot: QtBot, program: Application) -> None:
    save(qtbot, program, replace(EVE, numbers=(MOBILE, replace(WORK, preferred=False))))
    menu = number_menu(program)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: menu.armed.is_ready, timeout=PATIENCE_MS)
    QTest.keyClick(menu, ENTER)
    assert the_call(qtbot, program).e164 == LONDON


@pytest.mark.parametrize("key", [ENTER, Qt.Key.Key_Enter])
def test_enter_on_whom_nobody_can_call_calls_nobody_and_says_so(
    qtbot: QtBot, program: Application, key: Qt.Key
) -> None:
    save(qtbot, program, UNREADABLE)
    row = row_titled(program.contacts.view, NAME)
    assert (row.outcome, row.number, row.after, row.can_call) == ("Cannot be called", "ask at 2811", "other", False)
    click(program.contacts.view.viewport(), at(program))
    program.contacts.view.setFocus()
    press(key)
    assert menu_words() == ["Cannot be called: ask at 2811 · other", "Edit…"]
    program.gestures.call_contact(UNREADABLE, ODD)
    assert program.window.toast.label.text().startswith("That number cannot be called. “ask at 2811”")
    settle(qtbot, program)
    assert (sent(program), program.core.journal.recent()) == ([], [])


def test_searching_for_digits_shows_and_calls_the_number_that_holds_them(qtbot: QtBot, program: Application) -> None:
    save(qtbot, program)
    program.window.search.setText("98402 22222")
    settle(qtbot, program)
    view = program.contacts.view
    row = row_titled(view, NAME)
    assert (row.number, row.after) == ("+91 98402 22222", "mobile, 2 more · via your mobile")
    double_click(view.viewport(), at(program))
    assert the_call(qtbot, program).e164 == INDIAN


def test_the_pad_shows_and_sends_how_the_chosen_contact_is_called(qtbot: QtBot, program: Application) -> None:
    save(qtbot, program)
    pad = program.pad
    click(program.contacts.view.viewport(), at(program))
    assert (pad.softphone.isChecked(), pad.mobile.isChecked()) == (False, True)
    assert pad.route_note.text() == (
        "Set for this contact; a change here is for this call. Caller ID of this contact: +1 555 0100."
    )
    click(pad.call_button)
    assert told(the_call(qtbot, program)) == (LONDON, Source.CONTACT, NAME, Route.MOBILE, "+1 555 0100")


def test_a_switch_changes_one_call_of_such_a_contact_and_not_the_account(qtbot: QtBot, program: Application) -> None:
    save(qtbot, program)
    account = program.core.accounts.active
    click(program.contacts.view.viewport(), at(program))
    click(program.pad.mobile)
    assert program.pad.route_note.text().startswith("Both are off")
    click(program.pad.call_button)
    assert the_call(qtbot, program).route is Route.NEITHER
    assert program.core.accounts.active == account


def test_the_pad_goes_back_to_the_account_with_another_number(qtbot: QtBot, program: Application) -> None:
    save(qtbot, program)
    pad = program.pad
    click(program.contacts.view.viewport(), at(program))
    pad.field.edit.setFocus()
    press(Qt.Key.Key_Backspace)
    assert (pad.softphone.isChecked(), pad.mobile.isChecked(), pad.route_note.isVisible()) == (True, False, False)
    click(program.contacts.view.viewport(), at(program))
    click(program.contacts.view.viewport(), at(program, "Ben Carter"))
    assert (pad.request().route, pad.request().caller_id) == (None, None)
    assert pad.softphone.isChecked()


def test_a_number_typed_by_hand_is_called_as_the_account_says_whoever_has_it(
    qtbot: QtBot, program: Application
) -> None:
    save(qtbot, program, replace(EVE, numbers=(replace(WORK, shown="+44 20 7946 0555", e164="+442079460555"),)))
    program.window.focus_pad()
    type_text("+442079460555")
    settle(qtbot, program)
    assert program.pad.call_button.accessibleName() == f"Call {NAME}"
    press(ENTER)
    call = the_call(qtbot, program)
    assert told(call) == ("+442079460555", Source.PAD, NAME, Route.SOFTPHONE, "")


def test_the_question_shows_route_and_caller_id_as_they_are_sent(qtbot: QtBot, program: Application) -> None:
    guard = program.core.accounts.settings.guard
    asks = replace(guard, sources={**TRUST, Source.CONTACT: Verdict.ASK})
    program.core.accounts.change(guard=asks)
    save(qtbot, program)
    double_click(program.contacts.view.viewport(), at(program))
    qtbot.waitUntil(lambda: dialog() is not None)
    asked = dialog()
    assert asked is not None
    words = [label.text() for label in asked.findChildren(QLabel)]
    for name, value in (("Rings first", "Your mobile"), ("Caller ID", "+1 555 0100")):
        assert words[words.index(name) + 1] == value
    assert {NAME, "+44 20 7946 0018"} <= set(words)
    asked.accept()
    assert told(the_call(qtbot, program))[3:] == (Route.MOBILE, "+1 555 0100")


def test_the_tray_calls_a_favourite_its_own_way(qtbot: QtBot, program: Application) -> None:
    save(qtbot, program)
    groups = menu_groups(TrayChoices(program.core.contact_store.search("eve", 1).contacts), "", program.numbers)
    (eve,) = [entry for group in groups for entry in group if entry.label == NAME]
    assert [(entry.label, entry.value is None) for entry in eve.entries] == [
        ("Call work · +44 20 7946 0018", False),
        ("Call mobile · +91 98402 22222", False),
        ("Cannot be called: other · ask at 2811", True),
    ]
    program.tray.call_asked.emit(eve.entries[0].value)
    assert told(the_call(qtbot, program)) == (LONDON, Source.TRAY, NAME, Route.MOBILE, "+1 555 0100")


# Quick dial


def test_quick_dial_asks_for_the_preferred_number_its_own_way(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    with quick_dial(qtbot, theme, icons, (replace(EVE, id=1),)) as quick:
        quick.show()
        quick.type("eve")
        rows = quick.window.view.callable_rows()
        assert [row.number for row in rows] == ["+44 20 7946 0018", "+91 98402 22222"]
        assert [row.after for row in rows] == ["work · via your mobile", "mobile · via your mobile"]
        press(ENTER)
        assert quick.asked == [DialRequest(LONDON, Source.POPUP, NAME, Route.MOBILE, "+1 555 0100")]


@pytest.mark.parametrize("search", ["eve", "2811", ""])
def test_quick_dial_asks_for_no_number_that_cannot_be_read(
    qtbot: QtBot, theme: Theme, icons: Icons, search: str
) -> None:
    contact = replace(UNREADABLE, id=1)
    with quick_dial(qtbot, theme, icons, (contact,)) as quick:
        edited: list[Contact] = []
        quick.window.edit_asked.connect(edited.append)
        quick.show()
        quick.type(search)
        (row,) = quick.window.view.callable_rows()
        assert (row.outcome, row.number, row.can_call) == ("Cannot be called", "ask at 2811", False)
        press(Qt.Key.Key_Down)
        press(ENTER)
        assert (quick.asked, edited, quick.window.isVisible()) == ([], [contact], False)


def test_quick_dial_opens_whom_it_cannot_call_for_editing(qtbot: QtBot, program: Application) -> None:
    save(qtbot, program, UNREADABLE)
    program.quick.open()
    popup = program.quick.popup
    popup.field.setText("aaa")
    settle(qtbot, program)
    qtbot.waitUntil(lambda: popup.view.was_seen)
    popup.field.setFocus()
    qtbot.waitUntil(popup.isActiveWindow)
    press(ENTER)
    opened = dialog()
    assert isinstance(opened, ContactDialog)
    assert opened.name.text() == NAME
    opened.reject()
    assert sent(program) == []


# Contacts of a shared directory


def test_a_shared_contact_is_called_like_any_other_and_changed_by_nothing(qtbot: QtBot, program: Application) -> None:
    save(qtbot, program, replace(EVE, directory=3, uid="u-1"))
    view = program.contacts.view
    view.menu_asked.emit(row_titled(view, NAME).payload, QPoint(5, 5))
    assert menu_words()[-2:] == ["Details…", "Copy to my contacts…"]
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    click(view.viewport(), at(program))
    view.setFocus()
    press(Qt.Key.Key_Delete)
    settle(qtbot, program)
    assert program.window.toast.label.text() == f"{NAME} is in a shared directory and can only be deleted there."
    assert NAME in titles(view)
    press(ENTER)
    assert the_call(qtbot, program).e164 == LONDON


def test_a_shared_contact_is_copied_to_one_s_own(qtbot: QtBot, program: Application) -> None:
    save(qtbot, program, replace(EVE, directory=3, uid="u-1", import_id=2))
    program.core.directory.name_directories(lambda number: f"Team {number}")
    view = program.contacts.view
    view.menu_asked.emit(row_titled(view, NAME).payload, QPoint(5, 5))
    choose(qtbot, "Details…")
    shown = dialog()
    assert isinstance(shown, ContactDialog)
    assert shown.shared.text() == "This contact comes from the shared directory “Team 3” and can only be changed there."
    click(shown.primary)
    assert shown.isVisible()
    click(shown.primary)
    settle(qtbot, program)
    found = program.core.contact_store.search("eve", 10).contacts
    assert sorted((c.directory, c.uid, c.import_id) for c in found) == [(0, "", 0), (3, "u-1", 2)]
    assert {c.numbers for c in found} == {EVE.numbers}
