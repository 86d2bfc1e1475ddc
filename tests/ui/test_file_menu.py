"""The menu of what is done with the whole list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.ui.file_menu import FileMenu
from tests.ui.rig import choose, click, menu_words, press

Key = Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class Entries:
    """The window's menu with two entries of a test."""

    def __init__(self, program: Application) -> None:
        self.window = program.window
        self.menu: FileMenu = program.window.file_menu
        self.done: list[str] = []
        self.first = self.menu.add("Turn around…", lambda: self.done.append("turn"), "Ctrl+T")
        self.menu.add_separator()
        self.second = self.menu.add("Stand still", lambda: self.done.append("stand"))


@pytest.fixture
def entries(qtbot: QtBot, program: Application) -> Iterator[Entries]:
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    yield Entries(program)
    program.window.file_menu.menu_list.close()


def popup() -> QMenu | None:
    shown = QApplication.activePopupWidget()
    return shown if isinstance(shown, QMenu) else None


def test_an_empty_menu_has_no_button_and_no_keys(program: Application) -> None:
    menu = FileMenu(program.window, program.theme, program.icons)
    assert menu.isHidden()
    menu.open()
    assert popup() is None


def test_an_entry_that_is_disabled_does_nothing_by_key(entries: Entries) -> None:
    entries.first.setEnabled(False)
    press(Key.Key_T, CONTROL)
    assert entries.done == []


def test_a_click_opens_it_and_another_one_closes_it(entries: Entries) -> None:
    assert entries.menu.isVisible()
    click(entries.menu)
    assert [action.text() for action in entries.menu.menu_list.actions() if action.text()][-2:] == [
        "Turn around…",
        "Stand still",
    ]
    entries.menu.open()
    shown = popup()
    assert shown is entries.menu.menu_list
    assert shown.activeAction() is shown.actions()[0]
    press(Key.Key_Escape)
    assert popup() is None


def test_an_entry_acts_once(qtbot: QtBot, entries: Entries) -> None:
    click(entries.menu)
    choose(qtbot, "Stand still")
    assert entries.done == ["stand"]


def test_its_keys_open_it_and_arrows_choose(entries: Entries) -> None:
    press(Key.Key_F, ALT)
    assert popup() is not None
    entries.menu.menu_list.setActiveAction(entries.first)
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert entries.done == ["stand"]


def test_an_entrys_keys_act_without_the_menu_wherever_one_is(entries: Entries) -> None:
    press(Key.Key_T, CONTROL)
    entries.window.resize(360, 560)
    entries.window.show_dial_pad()
    assert not entries.menu.isVisible()
    press(Key.Key_T, CONTROL)
    assert entries.done == ["turn", "turn"]


def test_where_the_button_is_not_seen_the_keys_open_it_in_the_window(entries: Entries) -> None:
    entries.window.resize(360, 560)
    entries.window.show_dial_pad()
    press(Key.Key_F, ALT)
    shown = popup()
    assert shown is not None
    assert entries.window.geometry().intersects(shown.geometry())
    assert "Turn around…" in menu_words()


def test_it_is_reached_by_tab_between_add_and_settings(entries: Entries) -> None:
    entries.window.add.setFocus()
    press(Key.Key_Tab)
    assert entries.menu.hasFocus()
    assert entries.menu.accessibleName() == "More"
    press(Key.Key_Tab)
    assert entries.window.settings.hasFocus()
