"""How quick dial comes and goes, where it stands, and that it forgets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.call import Source
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.quick_place import available_at_hand, corner_on, room_on, width_on
from c2c_desktop.ui.theme import Theme
from tests.ui.quick_rig import ASHA, BEN, SELECTED, Quick, numbers_in, quick_dial
from tests.ui.rig import (
    PATIENCE_MS,
    make_contact,
    press,
    running_timers,
    type_text,
)

Key = Qt.Key
MANY = tuple(make_contact(number, f"Meera {number:02}", f"+9198402{number:05}") for number in range(1, 31))


@pytest.fixture
def quick(qtbot: QtBot, theme: Theme, icons: Icons) -> Iterator[Quick]:
    with quick_dial(qtbot, theme, icons) as opened:
        yield opened


# How it comes and goes


def test_escape_closes_whatever_stands_there_and_nothing_is_remembered(quick: Quick) -> None:
    quick.show(SELECTED, numbers_in(SELECTED), Source.HOTKEY)
    quick.type("ben")
    press(Key.Key_Escape)
    assert not quick.window.isVisible()
    assert quick.closed == [True]
    assert (quick.window.field.text(), quick.rows, quick.window.results.rows()) == ("", [], [])
    assert running_timers(quick.window) == []
    assert not quick.window.field.isUndoAvailable()
    quick.show()
    assert quick.rows == ["[Favourites]", "Asha Rao", "Asha Rao"]


def test_it_goes_when_somebody_goes_on_elsewhere(qtbot: QtBot, quick: Quick) -> None:
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    quick.show()
    assert other.isVisible()
    other.activateWindow()
    qtbot.waitUntil(lambda: not quick.window.isVisible())
    assert quick.closed == [True]


def test_it_stays_where_the_keyboard_is_taken_away_and_given_again_at_once(qtbot: QtBot, quick: Quick) -> None:
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    quick.show()
    qtbot.waitUntil(quick.window.isActiveWindow)
    usual = quick.window._left.interval()
    quick.window._left.setInterval(PATIENCE_MS)  # whatever else this machine does
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    quick.window.activateWindow()
    qtbot.waitUntil(quick.window.isActiveWindow)
    assert (quick.window.isVisible(), quick.closed, quick.window._left.isActive()) == (True, [], False)
    quick.window._left.setInterval(usual)
    other.activateWindow()
    qtbot.waitUntil(lambda: not quick.window.isVisible())
    assert quick.closed == [True]


def test_a_dialog_of_the_window_does_not_hold_it_back(qtbot: QtBot, quick: Quick) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(QLineEdit())
    window.show()
    dialog = QDialog(window)
    dialog.open()
    quick.show()
    type_text("ben")
    assert quick.window.field.text() == "ben"
    dialog.reject()


def test_it_opens_again_from_anew(quick: Quick) -> None:
    quick.show()
    quick.type("ben")
    quick.show("asif")
    assert quick.rows == ["Asif Khan"]
    assert quick.closed == []


def test_it_ends_with_its_parent(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    from PySide6.QtCore import QCoreApplication, QEvent, QObject

    from c2c_desktop.ui.quick_dial import QuickDial

    with quick_dial(qtbot, theme, icons) as quick:
        owner = QObject()
        parts = (quick.directory, quick.journal, quick.accounts, theme, icons, quick.numbers, owner)
        gone: list[bool] = []
        QuickDial(*parts).destroyed.connect(lambda: gone.append(True))
        owner.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert gone == [True]


@pytest.mark.parametrize(
    "screen", [QRect(0, 0, 1920, 1080), QRect(-1280, 24, 1280, 700), QRect(0, 0, 360, 640), QRect(10, 20, 320, 240)]
)
def test_it_is_whole_on_every_screen_at_its_highest(qtbot: QtBot, theme: Theme, icons: Icons, screen: QRect) -> None:
    with quick_dial(qtbot, theme, icons, MANY) as quick:
        quick.window.available = lambda: screen
        quick.show()
        quick.type("meera")
        quick.window.show_trouble("The service is away. " * 5)
        shown = quick.window.geometry()
        assert screen.contains(shown)
        assert abs(shown.center().x() - screen.center().x()) <= 1
        assert quick.window.foot.geometry().bottom() < shown.height()
        assert quick.window.view.height() > 0


def test_there_is_room_for_it_in_the_upper_part() -> None:
    screen = QRect(0, 0, 1920, 1080)
    assert width_on(screen) == 520
    assert room_on(screen) < 1080
    assert corner_on(screen, 400) == QPoint(700, 180)
    assert corner_on(QRect(0, 0, 400, 300), 900) == QPoint(8, 0)


def test_it_opens_on_the_screen_of_the_active_window_or_of_the_pointer(qtbot: QtBot) -> None:
    here = QGuiApplication.primaryScreen().availableGeometry()
    assert available_at_hand() == here
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    assert available_at_hand() == here


def test_it_follows_the_look(quick: Quick) -> None:
    quick.show()
    quick.type("ben")
    picture = quick.window.grab().toImage()
    assert picture.pixelColor(4, picture.height() // 2 - 40).name() in {"#ffffff", "#eef1f5"}
    assert BEN.label in quick.rows
    assert ASHA.label not in quick.rows
