"""Every control has a name, is reached by keyboard, and shows the focus only where the keyboard brought it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.call import CallState, Source
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.dialing import DialRequest
from tests.ui.rig import INDIAN, buttons, click, dialog, make_call, press, settle

Key = Qt.Key


def speak(program: Application) -> None:
    program.banner.show_call(make_call(CallState.UNCERTAIN), has_feed=True)
    program.window.toast.say("Ben Carter was deleted.", "Undo", lambda: None)


OPENERS: dict[str, Callable[[Application], None]] = {
    "window": lambda _: None,
    "narrow window": lambda program: program.window.resize(360, 560),
    "banner and toast": speak,
    "nothing found": lambda program: program.window.search.setText("zzz"),
    "sign in": lambda program: program.dialogs.sign_in(),
    "settings": lambda program: program.dialogs.settings(),
    "options": lambda program: program.dialogs.options(),
    "contact": lambda program: program.dialogs.contact(Contact(0, "")),
    "question": lambda program: program.desk.ask_for(DialRequest(INDIAN, Source.LINK)),
}


def controls(window: QWidget) -> list[QWidget]:
    """What takes the focus by key, or what is clicked."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]


def spoken_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.text(QAccessible.Text.Name)


@pytest.mark.parametrize("what", OPENERS)
def test_every_control_has_a_name(qtbot: QtBot, program: Application, what: str) -> None:
    OPENERS[what](program)
    settle(qtbot, program)
    opened = dialog()
    found = controls(opened or program.window)
    assert len(found) >= 2
    assert [w for w in found if not spoken_name(w).strip()] == []
    if opened is not None:
        opened.reject()


def tab_order() -> list[str]:
    names: list[str] = []
    for _ in range(60):
        focused = QApplication.focusWidget()
        assert focused is not None
        name = focused.accessibleName() or spoken_name(focused)
        if name in names:
            return names
        names.append(name)
        press(Key.Key_Tab)
    raise AssertionError(f"no end of {names}")


def test_tab_leads_through_the_whole_window_in_reading_order(qtbot: QtBot, program: Application) -> None:
    program.pad.load(INDIAN, "Asha Rao")
    settle(qtbot, program)
    assert tab_order() == [
        "Search contacts and recents",
        "Add a contact",
        "More",
        "Settings",
        "Contacts 24",
        "Contacts",
        "Number to call",
        *("1", "2 ABC", "3 DEF", "4 GHI", "5 JKL", "6 MNO", "7 PQRS", "8 TUV", "9 WXYZ"),
        *("Star", "0, hold for plus", "Hash"),
        "Ring my softphone",
        "Ring my mobile",
        "Call Asha Rao",
        "Options: caller ID, parameters",
        "Ready · 101_•••••12",
    ]


def test_the_whole_settings_can_be_walked_by_key(program: Application) -> None:
    program.dialogs.settings()
    opened = dialog()
    assert opened is not None
    pages = (
        {"General", "Your country", "Extensions", "Save", "Cancel"},
        {"Rules", "Links", "Allowed countries", "Time to cancel", "Save", "Cancel"},
        {"Network", "Proxy", "Company CA file", "Open the data folder", "Save", "Cancel"},
        {"Desktop", "Keys", "Show an icon in the tray", "Save", "Cancel"},
    )
    for number, names in enumerate(pages):
        press(Qt.Key(Key.Key_1 + number), Qt.KeyboardModifier.ControlModifier)
        assert names <= set(tab_order())
    opened.reject()


def test_the_ring_is_shown_with_the_keyboard_and_not_with_the_mouse(program: Application) -> None:
    press(Key.Key_Tab)
    assert program.window.add.property("focused") is True
    press(Key.Key_Tab)
    press(Key.Key_Tab)
    assert program.window.add.property("focused") is False
    assert program.window.settings.property("focused") is True
    click(program.pad.keys.keys["1"])
    press(Key.Key_Backtab)
    click(program.window.tabs.button(1))
    assert not program.window.tabs.button(1).property("focused")


@pytest.mark.parametrize(("key", "tab"), [(Key.Key_1, 0), (Key.Key_2, 1)])
def test_the_tabs_have_shortcuts(program: Application, key: Qt.Key, tab: int) -> None:
    click(program.window.tabs.button(1 - tab))
    press(key, Qt.KeyboardModifier.ControlModifier)
    assert program.window.tabs.checkedId() == tab
    assert (program.recents if tab else program.contacts).isVisible()


def test_enter_presses_the_button_that_has_the_focus_once(program: Application) -> None:
    program.window.tabs.button(1).setFocus()
    press(Key.Key_Return)
    assert program.recents.isVisible()


def test_enter_anywhere_else_does_nothing(qtbot: QtBot, program: Application) -> None:
    program.pad.load(INDIAN)
    program.window.setFocus()
    press(Key.Key_Return)
    press(Key.Key_F5)
    settle(qtbot, program)
    assert program.core.journal.recent() == []


def test_a_narrow_window_shows_the_pad_as_a_tab_and_a_wide_one_beside_the_list(
    qtbot: QtBot, program: Application
) -> None:
    window = program.window
    assert program.pad.isVisible()
    assert not window.tabs.button(2).isVisible()
    window.resize(360, 560)
    qtbot.waitUntil(window.tabs.button(2).isVisible)
    assert not program.pad.isVisible()
    click(window.tabs.button(2))
    assert program.pad.isVisible()
    assert not window.search.isVisible()
    window.resize(860, 716)
    qtbot.waitUntil(lambda: program.contacts.isVisible() and program.pad.isVisible())
    assert window.search.isVisible()
    assert buttons(window).keys() >= {"Contacts 24", "Recents"}
