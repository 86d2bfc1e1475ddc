"""Adding a shared directory: nothing that was typed is lost, and no password stays behind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.shared_directory import DirectoryError, DirectoryKind, DirectoryState, SharedDirectory
from c2c_desktop.ui.add_directory_dialog import AddDirectoryDialog
from c2c_desktop.ui.theme import Theme
from tests.directory_fakes import FULL, PASSWORD, PRICES, TEAM, DirectoryRig
from tests.ui.rig import buttons, click, press, type_text

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
BOOKS = [replace(TEAM, id=0, name=name, address=f"https://dav.example.org/{name}/") for name in ("Team", "All", "")]


class Adding:
    """The dialog, open, and what came of it."""

    def __init__(self, qtbot: QtBot, *states: DirectoryState) -> None:
        self.rig = DirectoryRig(*states).opened()
        for state in states:
            self.rig.succeed(state.directory)
        self.dialog = AddDirectoryDialog(self.rig.shared, "GB")
        self.added: list[SharedDirectory] = []
        self.dialog.added.connect(self.added.append)
        qtbot.addWidget(self.dialog, before_close_func=lambda _: self.dialog.done(0))
        self.dialog.open()
        qtbot.waitUntil(self.dialog.address.hasFocus)

    @property
    def said(self) -> str:
        return self.dialog.error.text() if self.dialog.error.isVisible() else ""

    def sign_in(self) -> None:
        for text in ("dav.example.org", "asha", PASSWORD):
            type_text(text)
            press(TAB)
        press(ENTER)


@pytest.fixture
def adding(qtbot: QtBot, theme: Theme) -> Adding:  # noqa: ARG001  # its style
    return Adding(qtbot)


def test_without_an_address_nothing_is_asked(adding: Adding) -> None:
    press(ENTER)
    assert adding.said == "Type the address of the server, or your e-mail address."
    click(buttons(adding.dialog)["In a file"])
    assert adding.said == ""
    press(ENTER)
    assert (adding.said, adding.rig.updater.checks) == ("Choose a file.", [])
    assert adding.dialog.path.hasFocus()


def test_a_user_and_a_password_are_asked_for_but_an_address_can_be_the_user(adding: Adding) -> None:
    type_text("dav.example.org")
    press(ENTER)
    assert (adding.said, adding.dialog.user.hasFocus()) == ("Type the user name.", True)
    adding.dialog.address.setText("asha@example.org")
    press(ENTER)
    assert (adding.said, adding.dialog.password.hasFocus()) == ("Type the password.", True)
    type_text(PASSWORD)
    press(ENTER)
    assert [(d.address, d.user) for d in adding.rig.updater.checks] == [("asha@example.org", "asha@example.org")]


def test_a_file_that_cannot_be_read_leads_back_to_its_path(adding: Adding) -> None:
    adding.rig.unreadable = DirectoryError("“team.csv” is not there.", title="The file cannot be read")
    click(buttons(adding.dialog)["In a file"])
    type_text("~/team.csv")
    press(ENTER)
    adding.rig.runner.finish()
    assert adding.rig.looked_at == [str(Path.home() / "team.csv")]
    assert (adding.said, adding.dialog.path.hasFocus()) == ("The file cannot be read. “team.csv” is not there.", True)


def test_a_refused_password_is_said_where_it_is_typed_again(adding: Adding) -> None:
    adding.sign_in()
    dialog = adding.dialog
    assert (dialog.primary.text(), dialog.primary.isEnabled(), dialog.address.isEnabled()) == ("Looking…", False, False)
    press(ENTER)
    assert adding.rig.updater.passwords == [PASSWORD]
    adding.rig.updater.refuse()
    assert adding.said == "No address book was found. dav.example.org refused the user name or the password."
    assert dialog.password.hasFocus()
    assert (dialog.address.text(), dialog.user.text(), dialog.password.text()) == ("dav.example.org", "asha", PASSWORD)
    type_text("x")
    assert (dialog.password.text(), adding.said) == ("x", "")


def test_a_server_that_is_away_leads_back_to_the_address(adding: Adding) -> None:
    adding.sign_in()
    adding.rig.updater.refuse(DirectoryError("dav.example.org does not answer."))
    assert adding.dialog.address.selectedText() == "dav.example.org"
    press(ENTER)
    adding.rig.updater.find()
    assert adding.said.startswith("There is no address book.")


def test_a_disk_that_fails_leaves_the_name_to_be_tried_again(adding: Adding) -> None:
    adding.sign_in()
    adding.rig.updater.find(BOOKS[0])
    adding.rig.store.fails = FULL
    press(ENTER)
    adding.rig.runner.finish()
    assert (adding.said, adding.dialog.name.text(), adding.added) == ("The disk is full. Make room.", "Team", [])
    adding.rig.store.fails = None
    press(ENTER)
    adding.rig.runner.finish()
    assert (adding.added, adding.dialog.isVisible()) == ([replace(BOOKS[0], id=1)], False)


def test_a_name_that_is_taken_is_said(qtbot: QtBot, theme: Theme) -> None:  # noqa: ARG001
    adding = Adding(qtbot, DirectoryState(TEAM))
    adding.sign_in()
    adding.rig.updater.find(replace(BOOKS[1], name="Team"))
    press(ENTER)
    assert adding.said == "There is a directory “Team” already. Choose another name."
    assert adding.dialog.name.selectedText() == "Team"
    type_text("All")
    assert (adding.dialog.name.text(), adding.said) == ("All", "")


@pytest.mark.parametrize("when", ["looking", "failing", "adding"])
def test_what_comes_after_the_dialog_was_left_is_not_shown(adding: Adding, when: str) -> None:
    adding.sign_in()
    if when == "adding":
        adding.rig.updater.find(BOOKS[0])
        press(ENTER)
    press(ESC)
    assert not adding.dialog.isVisible()
    assert adding.dialog.password.text() == ""
    if when == "looking":
        adding.rig.updater.find(*BOOKS)
    elif when == "failing":
        adding.rig.updater.refuse()
    adding.rig.runner.finish()
    assert (adding.added, adding.dialog.error.text(), adding.dialog.books.count()) == ([], "", int(when == "adding"))


def test_of_several_address_books_one_is_chosen_and_named(adding: Adding) -> None:
    adding.sign_in()
    adding.rig.updater.find(*BOOKS)
    dialog = adding.dialog
    assert (dialog.title.text(), dialog.books.hasFocus()) == ("Which address book?", True)
    assert [dialog.books.item(at).text() for at in range(3)] == ["Team", "All", "dav.example.org"]
    press(Qt.Key.Key_Down)
    assert dialog.name.text() == "All"
    press(TAB)
    type_text("Everybody")
    press(ENTER)
    adding.rig.runner.finish()
    assert adding.added == [replace(BOOKS[1], id=1, name="Everybody")]
    assert adding.rig.keyring.texts == {TEAM.secret_name: PASSWORD}


def test_one_can_go_back_and_nothing_is_lost(adding: Adding) -> None:
    adding.sign_in()
    adding.rig.updater.find(BOOKS[0])
    assert (adding.dialog.title.text(), adding.dialog.books.isVisible()) == ("What is it called here?", False)
    click(adding.dialog.back)
    assert (adding.dialog.address.text(), adding.dialog.password.text()) == ("dav.example.org", PASSWORD)
    assert adding.dialog.address.hasFocus()


def test_a_file_has_neither_user_nor_password(adding: Adding) -> None:
    adding.dialog.user.setText("asha")
    adding.dialog.password.setText(PASSWORD)
    click(buttons(adding.dialog)["In a file"])
    type_text(PRICES.address)
    press(ENTER)
    asked = SharedDirectory(0, "", DirectoryKind.FILE, PRICES.address, "", "GB")
    adding.rig.runner.finish()
    assert (adding.rig.looked_at, adding.rig.updater.checks) == ([PRICES.address], [])
    assert (adding.dialog.books_words.text(), adding.dialog.name.text()) == (
        "212 contacts, first: Asha Rao, Ben Carter.",
        "suppliers",
    )
    press(ENTER)
    adding.rig.runner.finish()
    assert (adding.added, adding.rig.keyring.texts) == ([replace(asked, id=1, name="suppliers")], {})


def test_a_file_can_be_picked(adding: Adding, qtbot: QtBot) -> None:
    click(buttons(adding.dialog)["In a file"])
    click(adding.dialog.browse)
    picker = adding.dialog.findChild(QFileDialog)
    assert picker is not None
    qtbot.waitUntil(picker.isVisible)
    picker.fileSelected.emit("/srv/share/team.vcf")
    picker.reject()
    assert adding.dialog.path.text() == "/srv/share/team.vcf"


def test_the_hint_follows_the_engine(adding: Adding) -> None:
    assert adding.dialog.hint.text().startswith("If signing in")
    type_text("invented.sample.person@gmail.com")
    assert adding.dialog.hint.text().startswith("Google takes no usual password")


def test_labels_stand_above_their_fields_where_it_is_narrow(adding: Adding, qtbot: QtBot) -> None:
    dialog = adding.dialog

    def top_of(field: QWidget) -> int:
        return field.mapTo(dialog, QPoint()).y()

    dialog.resize(340, 700)
    label = next(part for part in dialog.findChildren(QLabel) if part.text() == "Address")
    qtbot.waitUntil(lambda: label.mapTo(dialog, label.rect().bottomLeft()).y() < top_of(dialog.address))
    qtbot.waitUntil(lambda: dialog.height() >= dialog.column.totalHeightForWidth(340))
    assert dialog.minimumHeight() == dialog.column.totalHeightForWidth(340)
