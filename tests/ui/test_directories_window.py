"""The window of shared directories: whatever is refused is said in place, and nothing there stands still."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.errors import SecretUnavailableError
from c2c_desktop.domain.shared_directory import DirectoryState
from c2c_desktop.ui.add_directory_dialog import AddDirectoryDialog
from c2c_desktop.ui.directories_window import REFRESH_MS, DirectoriesWindow
from c2c_desktop.ui.directory_row import DirectoryRow
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme
from tests.directory_fakes import FULL, PASSWORD, PRICES, TEAM, DirectoryRig
from tests.ui.rig import buttons, click, fire, menu_words, press, repeat, running_timers, type_text

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


class Shown:
    """The window, open, on a service of fakes."""

    def __init__(self, qtbot: QtBot, theme: Theme, icons: Icons, *states: DirectoryState) -> None:
        self.rig = DirectoryRig(*states).opened()
        for state in states:
            self.rig.succeed(state.directory, changed=212, contacts=1240)
        self.theme, self.icons, self.qtbot = theme, icons, qtbot
        self.window = self.open()

    def open(self) -> DirectoriesWindow:
        window = DirectoriesWindow(self.rig.shared, self.rig.clock, "IN", self.theme, self.icons)
        self.qtbot.addWidget(window, before_close_func=lambda _: window.done(0))
        self.rig.runner.finish()
        window.open()
        self.qtbot.waitUntil(window.isActiveWindow)
        return window

    @property
    def team(self) -> DirectoryRow:
        return self.window.rows[TEAM.id]

    @property
    def said(self) -> str:
        return self.team.error.text() if self.team.error.isVisible() else ""

    def choose(self, start: str) -> None:
        menu = self.team.menu()
        next(action for action in menu.actions() if action.text().startswith(start)).trigger()
        menu.deleteLater()


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme, icons: Icons) -> Shown:
    return Shown(qtbot, theme, icons, DirectoryState(TEAM), DirectoryState(PRICES))


@pytest.fixture
def empty(qtbot: QtBot, theme: Theme, icons: Icons) -> Shown:
    return Shown(qtbot, theme, icons)


def test_removing_asks_first_and_the_way_back_is_the_one_under_enter(shown: Shown) -> None:
    shown.choose("Remove")
    words = "Remove “Team”? Its 1,240 contacts go from your list. Nothing is deleted on the server."
    assert shown.team.question_words.text() == words
    press(ENTER)
    assert (shown.team.question.isVisible(), shown.window.isVisible(), shown.rig.runner.jobs) == (False, True, [])
    assert shown.team.more.hasFocus()


def test_escape_takes_back_the_question_before_it_closes(shown: Shown) -> None:
    shown.choose("Remove")
    press(ESC)
    assert (shown.team.is_asking, shown.window.isVisible()) == (False, True)
    press(ESC)
    assert not shown.window.isVisible()


def test_a_disk_that_is_full_removes_nothing_and_is_said(shown: Shown) -> None:
    shown.choose("Remove")
    shown.rig.store.fails = FULL
    click(shown.team.remove)
    shown.rig.runner.finish()
    assert (shown.said, list(shown.window.rows)) == ("The disk is full. Make room.", [TEAM.id, PRICES.id])


def test_what_is_removed_goes_and_the_keys_go_on(shown: Shown) -> None:
    shown.choose("Remove")
    press(Qt.Key.Key_Tab)
    press(ENTER)
    shown.rig.runner.finish()
    assert (list(shown.window.rows), list(shown.rig.store.by_id)) == ([PRICES.id], [PRICES.id])
    assert shown.window.add.hasFocus()


def test_of_a_file_nothing_is_deleted_in_it_and_it_has_no_password(shown: Shown) -> None:
    row = shown.window.rows[PRICES.id]
    row.ask_removal()
    assert row.question_words.text().endswith("Nothing is deleted in the file.")
    menu = row.menu()
    assert [action.text() for action in menu.actions()] == ["Rename…", "Remove…"]
    menu.deleteLater()


def test_the_menu_opens_under_its_button(shown: Shown) -> None:
    click(shown.team.more)
    shown.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    assert menu_words() == ["Rename…", "Change password…", "Remove…"]


def test_the_words_of_the_question_count_right(shown: Shown) -> None:
    shown.team.show_state(replace(shown.rig.state(), contacts=1), shown.rig.clock.now())
    shown.team.ask_removal()
    assert "Its 1 contact goes from your list." in shown.team.question_words.text()
    shown.team.show_state(replace(shown.rig.state(), contacts=0), shown.rig.clock.now())
    shown.team.ask_removal()
    assert "None of your contacts comes from it." in shown.team.question_words.text()


def test_a_name_that_is_taken_is_said_and_what_was_typed_stays(shown: Shown) -> None:
    shown.choose("Rename")
    assert (shown.team.field.text(), shown.team.field.selectedText()) == ("Team", "Team")
    type_text("Suppliers")
    repeat(ENTER)
    assert shown.said == ""
    press(ENTER)
    assert shown.said == "There is a directory “Suppliers” already. Choose another name."
    type_text(" B")
    assert (shown.team.field.text(), shown.said) == ("Suppliers B", "")
    press(ENTER)
    shown.rig.runner.finish()
    assert (shown.team.name.text(), shown.team.is_asking) == ("Suppliers B", False)


def test_a_keyring_that_is_locked_keeps_the_new_password_out(shown: Shown) -> None:
    shown.choose("Change password")
    press(ENTER)
    assert shown.said == "The password is missing. Type the one that is used from now on."
    shown.rig.keyring.fails = SecretUnavailableError("Your keyring is locked", "Unlock it, then try again.")
    type_text(PASSWORD)
    assert shown.team.field.displayText() == "●" * len(PASSWORD)
    click(shown.team.save)
    shown.rig.runner.finish()
    assert shown.said.startswith("The password could not be kept. Your keyring is locked.")
    shown.rig.keyring.fails = None
    click(shown.team.save)
    shown.rig.runner.finish()
    assert shown.rig.keyring.texts == {TEAM.secret_name: PASSWORD}
    assert (shown.rig.updater.asked, shown.team.field.text(), shown.team.is_asking) == ([TEAM], "", False)
    shown.choose("Rename")
    assert shown.team.field.displayText() == "Team"
    click(shown.team.leave)
    assert not shown.team.is_asking


def test_trouble_is_said_in_words_and_leaves_what_is_typed_alone(shown: Shown) -> None:
    shown.choose("Rename")
    type_text("Sal")
    shown.rig.shared.update(TEAM.id)
    assert (shown.team.sync.text(), shown.team.sync.accessibleName()) == ("Syncing…", "Syncing Team")
    shown.rig.fail(TEAM)
    assert shown.team.trouble.text().endswith("; trying again in 1 min: The server is away.")
    assert (shown.team.field.text(), shown.team.field.hasFocus()) == ("Sal", True)
    assert shown.team.facts.text() == "dav.example.org · 1,240 contacts"
    shown.rig.shared.update(TEAM.id)
    shown.rig.succeed(TEAM)
    assert (shown.team.trouble.isVisible(), shown.team.sync.text()) == (False, "Sync now")


def test_sync_now_reads_one_and_keeps_the_keys(shown: Shown) -> None:
    shown.team.sync.setFocus()
    press(ENTER)
    press(ENTER)
    assert (shown.rig.updater.asked, shown.team.sync.hasFocus()) == ([TEAM], True)


def test_times_go_on_while_somebody_looks_and_nothing_wakes_up_otherwise(shown: Shown) -> None:
    assert shown.team.facts.text().endswith("212 changed, just now")
    shown.rig.clock.pass_by(200)
    fire(shown.window, REFRESH_MS)
    assert shown.team.facts.text().endswith("212 changed, 3 min ago")
    shown.window.hide()
    assert running_timers(shown.window) == []
    shown.rig.clock.pass_by(120)
    shown.window.show()
    assert shown.team.facts.text().endswith("212 changed, 5 min ago")
    shown.window.done(0)
    assert running_timers(shown.window) == []


def test_a_window_that_was_closed_is_told_no_more(shown: Shown) -> None:
    first = shown.window
    shown.choose("Rename")
    type_text("Sales")
    press(ENTER)
    first.done(0)
    shown.rig.runner.finish()
    shown.rig.shared.remove(PRICES.id, lambda: None, shown.rig.hear)
    shown.rig.runner.finish()
    assert list(first.rows) == [TEAM.id, PRICES.id]
    assert list(shown.open().rows) == [TEAM.id]


def test_without_any_adding_is_the_main_thing(empty: Shown) -> None:
    window = empty.window
    assert (list(buttons(window)), window.add.property("kind")) == (["Add directory…", "Close"], "primary")
    empty.rig.store.by_id[TEAM.id] = DirectoryState(TEAM)
    empty.rig.shared.load()
    empty.rig.runner.finish()
    assert (list(window.rows), window.add.property("kind")) == ([TEAM.id], "")


def test_one_that_is_added_stands_in_the_list(empty: Shown) -> None:
    click(empty.window.add)
    dialog = empty.window.findChild(AddDirectoryDialog)
    assert dialog is not None
    empty.qtbot.waitUntil(dialog.isActiveWindow)
    dialog.user.setText("asha")
    dialog.password.setText(PASSWORD)
    type_text("dav.example.org")
    press(ENTER)
    empty.rig.updater.find(replace(TEAM, id=0))
    press(ENTER)
    empty.rig.runner.finish()
    assert empty.window.focusWidget() is empty.window.rows[TEAM.id].sync
    assert empty.window.rows[TEAM.id].facts.text() == "dav.example.org · reading it for the first time…"


def test_the_close_button_and_enter_close(shown: Shown) -> None:
    shown.window.close_button.setFocus()
    press(ENTER)
    assert not shown.window.isVisible()


def test_the_theme_is_followed(shown: Shown) -> None:
    before = shown.team.more.icon().cacheKey()
    shown.theme.theme_changed.emit()
    assert shown.team.more.icon().cacheKey() != before
