"""What a sync changes moves under nobody's hand, and takes no Enter away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.contact import Contact
from c2c_desktop.services.directory import Directory
from c2c_desktop.ui.contact_pane import ContactPane
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme
from tests.fakes import INDIAN, ManualRunner, MemoryContactStore
from tests.ui.rig import LONDON, make_contact, menu_words, press, row_titled, titles

BEN = make_contact(1, "Ben Carter", LONDON)
ASHA = make_contact(2, "Asha Rao", INDIAN, directory=7)


class Listed:
    """The list of contacts, on the screen, with one contact of one's own."""

    def __init__(self, qtbot: QtBot, theme: Theme, icons: Icons) -> None:
        self.store = MemoryContactStore([BEN])
        self.runner = ManualRunner()
        self.names = {7: "Team"}
        self.errors: list[Exception] = []
        self.directory = Directory(self.store, self.runner, self.errors.append)
        self.directory.name_directories(lambda at: self.names.get(at, ""))
        self.pane = ContactPane(self.directory, theme, icons)
        qtbot.addWidget(self.pane)
        self.pane.resize(400, 400)
        self.pane.refresh()
        self.runner.finish()
        self.pane.show()
        qtbot.waitUntil(self.pane.isActiveWindow)
        self.pane.view.clearFocus()
        self.leave()
        self.called: list[Contact] = []
        self.said: list[str] = []
        self.pane.call_asked.connect(lambda contact, _: self.called.append(contact))
        self.pane.said.connect(self.said.append)

    def leave(self) -> None:
        """The pointer goes."""
        QCoreApplication.sendEvent(self.pane.view.viewport(), QEvent(QEvent.Type.Leave))

    def sync(self) -> None:
        """A contact comes from a directory."""
        self.store.save(ASHA)
        self.pane.refresh_quietly()

    def finish(self) -> list[str]:
        self.runner.finish()
        return titles(self.pane.view)


@pytest.fixture
def listed(qtbot: QtBot, theme: Theme, icons: Icons) -> Listed:
    return Listed(qtbot, theme, icons)


def test_nothing_moves_under_the_pointer_until_it_leaves(listed: Listed) -> None:
    viewport = listed.pane.view.viewport()
    at = QPointF(100, 20)
    QCoreApplication.sendEvent(viewport, QEnterEvent(at, at, at))
    assert viewport.underMouse()
    listed.sync()
    assert listed.finish() == ["Ben Carter"]
    listed.leave()
    assert listed.finish() == ["Asha Rao", "Ben Carter"]
    listed.leave()
    assert listed.runner.jobs == []


def test_nothing_moves_under_the_keys_until_they_leave(listed: Listed) -> None:
    view = listed.pane.view
    view.setFocus()
    view.choose_first()
    listed.sync()
    assert listed.finish() == ["Ben Carter"]
    press(Qt.Key.Key_Return)
    assert listed.called == [BEN]
    view.clearFocus()
    assert listed.finish() == ["Asha Rao", "Ben Carter"]


def test_enter_goes_on_calling_while_the_list_is_read_anew(listed: Listed) -> None:
    listed.sync()
    assert listed.runner.jobs != []
    assert not listed.pane.view.is_outdated
    listed.pane.focus_first()
    press(Qt.Key.Key_Return)
    assert listed.called == [BEN]


def test_a_search_shows_it_at_once_and_nothing_is_asked_twice(listed: Listed) -> None:
    view = listed.pane.view
    view.setFocus()
    listed.sync()
    listed.pane.show_matches("as")
    assert listed.finish() == ["Asha Rao"]
    view.clearFocus()
    assert listed.runner.jobs == []


def test_a_list_nobody_sees_waits_for_nobody(listed: Listed) -> None:
    listed.pane.view.setFocus()
    listed.sync()
    listed.pane.hide()
    assert listed.finish() == ["Asha Rao", "Ben Carter"]
    listed.store.delete(ASHA.id)
    listed.pane.refresh_quietly()
    assert listed.finish() == ["Ben Carter"]


def test_a_contact_of_a_directory_is_marked_with_its_name_and_cannot_be_deleted(listed: Listed) -> None:
    listed.sync()
    listed.finish()
    row = row_titled(listed.pane.view, "Asha Rao")
    assert (row.directory, row.spoken) == ("Team", f"Asha Rao, {INDIAN}, mobile, from Team")
    tip = listed.pane.view.rows.data(listed.pane.view.rows.index(0, 0), int(Qt.ItemDataRole.ToolTipRole))
    assert tip == "<qt>From Team</qt>"
    listed.pane.view.menu_asked.emit(row.payload, QPoint(50, 50))
    assert menu_words()[-2:] == ["Details…", "Copy to my contacts…"]
    listed.pane.view.delete_asked.emit(row.payload)
    assert listed.finish() == ["Asha Rao", "Ben Carter"]
    assert listed.said == ["Asha Rao is in “Team” and can only be deleted there."]
    listed.pane.view.menu_asked.emit(row_titled(listed.pane.view, "Ben Carter").payload, QPoint(50, 50))
    assert menu_words()[-2:] == ["Edit…", "Delete"]


def test_another_name_is_shown_without_reading_anything(listed: Listed) -> None:
    listed.sync()
    listed.finish()
    listed.names[7] = "Sales"
    listed.pane.show_anew()
    assert listed.runner.jobs == []
    assert row_titled(listed.pane.view, "Asha Rao").directory == "Sales"
    listed.names.clear()
    listed.pane.view.delete_asked.emit(ASHA)
    assert listed.said == ["Asha Rao is in a shared directory and can only be deleted there."]


def test_names_are_drawn_beside_a_star_and_long_ones_give_way(listed: Listed) -> None:
    listed.store.save(make_contact(2, "Asha Rao", INDIAN, directory=7, favourite=True))
    listed.pane.refresh()
    listed.finish()

    def picture() -> bytes:
        image = listed.pane.view.viewport().grab().toImage()
        return bytes(image.constBits())

    without_name: bytes
    listed.names[7] = ""
    listed.pane.show_anew()
    without_name = picture()
    listed.names[7] = "Team"
    listed.pane.show_anew()
    assert picture() != without_name
    listed.names[7] = "W" * 40
    listed.pane.show_anew()
    long = picture()
    listed.names[7] = "W" * 41
    listed.pane.show_anew()
    assert picture() == long
