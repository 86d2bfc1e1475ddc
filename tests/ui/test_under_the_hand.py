"""The whole program: what an import or a sync brings moves no row that somebody points at or has chosen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.composition import CONTACTS_FILE
from c2c_desktop.contact_ties import ContactTies
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import DirectoryKind, SharedDirectory
from c2c_desktop.ui.import_mapping import ImportDialog
from c2c_desktop.ui.import_progress import ImportProgressDialog
from tests.ui.rig import NOT_A_BUTTON, PATIENCE_MS, dialog, press, settle, titles

NEW = "Aaron Abel"
"""Who comes stands before everybody else."""

TABLE = f"Name,Phone\n{NEW},+44 20 7946 0018\n"


class Hand:
    """A hand on the list while others change it."""

    def __init__(self, qtbot: QtBot, program: Application, folder: Path) -> None:
        assert program.contact_ties is not None
        self.qtbot, self.program = qtbot, program
        self.ties: ContactTies = program.contact_ties
        self.view = program.contacts.view
        self.file = folder / "team.csv"
        self.file.write_text(TABLE)
        self.before = titles(self.view)
        assert NEW not in self.before

    def point(self) -> None:
        """Bring the pointer over a row."""
        window = self.program.window.windowHandle()
        for at in (self.program.window.search, self.view.viewport()):
            QTest.mouseMove(window, at.mapTo(self.program.window, NOT_A_BUTTON))
        self.wait(self.view.viewport().underMouse)

    def point_elsewhere(self) -> None:
        QTest.mouseMove(self.program.window.windowHandle(), QPoint(1, 1))

    def choose(self) -> None:
        """Choose the second contact with the keys."""
        self.program.window.activateWindow()
        self.wait(lambda: self.program.window.isActiveWindow() and QGuiApplication.focusWindow())
        self.view.setFocus()
        self.view.choose_first()
        press(Qt.Key.Key_Down)

    def leave_with_the_keys(self) -> None:
        self.program.window.search.setFocus()

    def wait(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS * 2)

    def still(self) -> None:
        """Nothing moved, though everything that was under way is over."""
        settle(self.qtbot, self.program)
        QCoreApplication.processEvents()
        assert titles(self.view) == self.before
        assert self.program.core.contact_store.search("Aaron", 5).contacts[0].name == NEW

    def comes(self) -> None:
        self.wait(lambda: NEW in titles(self.view))
        settle(self.qtbot, self.program)

    @contextmanager
    def importing(self) -> Iterator[None]:
        """Begin an import that cannot end before the end of this."""
        self.ties.imports.take_file(str(self.file))
        self.wait(lambda: isinstance(dialog(), ImportDialog))
        asked = dialog()
        assert isinstance(asked, ImportDialog)
        with closing(sqlite3.connect(self.program.core.data_dir / CONTACTS_FILE, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            asked.primary.click()
            self.wait(lambda: isinstance(dialog(), ImportProgressDialog))
            progress = dialog()
            assert progress is not None
            progress.reject()
            yield
            assert self.ties.imports.is_running
            other.execute("ROLLBACK")
        self.wait(lambda: not self.ties.imports.is_running)
        assert self.ties.imports.report_entry.isEnabled()

    def sync(self) -> None:
        """Let a directory come to its first contact."""
        added: list[SharedDirectory] = []
        failures: list[UserFacingError] = []
        team = SharedDirectory(0, "Team", DirectoryKind.FILE, str(self.file), region="GB")
        self.ties.directories._shared.add(team, Secret(""), added.append, failures.append)
        self.wait(lambda: [state.contacts for state in self.ties.directories._shared.states] == [1])
        assert (len(added), failures) == (1, [])


@pytest.fixture
def hand(qtbot: QtBot, program: Application, tmp_path: Path) -> Hand:
    return Hand(qtbot, program, tmp_path)


def test_an_import_that_ends_moves_no_row_under_the_pointer(hand: Hand) -> None:
    with hand.importing():
        hand.point()
    hand.still()
    hand.point_elsewhere()
    hand.comes()


def test_an_import_that_ends_takes_no_chosen_row_from_the_keys(hand: Hand) -> None:
    called = QSignalSpy(hand.program.contacts.call_asked)
    with hand.importing():
        hand.choose()
        chosen = hand.view.rows.row(hand.view.currentIndex())
    hand.still()
    assert chosen is not None
    press(Qt.Key.Key_Return)
    (contact, _) = called.at(0)
    assert isinstance(contact, Contact)
    assert contact.name == chosen.title != NEW
    hand.leave_with_the_keys()
    hand.comes()


def test_a_sync_that_ends_moves_no_row_under_the_pointer(hand: Hand) -> None:
    hand.point()
    hand.sync()
    hand.still()
    hand.point_elsewhere()
    hand.comes()


def test_a_sync_that_ends_takes_no_chosen_row_from_the_keys(hand: Hand) -> None:
    hand.choose()
    at = hand.view.currentIndex().row()
    hand.sync()
    hand.still()
    assert hand.view.currentIndex().row() == at
    hand.leave_with_the_keys()
    hand.comes()


def test_without_a_hand_on_the_list_what_came_is_shown_at_once(hand: Hand) -> None:
    with hand.importing():
        hand.point_elsewhere()
        hand.leave_with_the_keys()
    hand.comes()
