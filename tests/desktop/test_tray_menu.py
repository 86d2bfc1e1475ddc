"""The tray's menu in Qt's own hands: still under the pointer, and true afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from c2c_desktop.desktop.tray_icon import tray_menu
from c2c_desktop.desktop.tray_icon.tray_entries import Entry, Gesture, Group
from c2c_desktop.desktop.tray_icon.tray_menu import TrayMenu
from c2c_desktop.domain.route import Route

QUIT = Entry("Quit", Gesture.QUIT)
SUBMENU = Entry("Smith & Sons", entries=(Entry("Call work", Gesture.CALL, 1), Entry("Call home", Gesture.CALL, 2)))


class Shown:
    """A menu, and what it shall hold."""

    def __init__(self) -> None:
        self.parent = QObject()
        self.groups: tuple[Group, ...] = ((QUIT,),)
        self.chosen: list[Entry] = []
        self.menu = TrayMenu(lambda: self.groups, self.parent)
        self.menu.chosen.connect(self.chosen.append)

    @property
    def actions(self) -> list[QAction]:
        return self.menu.menu.actions()

    def labels(self) -> list[str]:
        return [action.text() for action in self.actions if not action.isSeparator()]

    def offer(self, *groups: Group) -> None:
        self.groups = groups
        self.menu.refresh()


@pytest.fixture
def shown(qapp: QObject) -> Iterator[Shown]:  # noqa: ARG001  # menus live in an application
    shown = Shown()
    yield shown
    shown.menu.discard()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_menu_that_a_panel_shows_keeps_still_until_it_is_closed(shown: Shown, qtbot: QtBot) -> None:
    shown.menu.menu.aboutToShow.emit()
    shown.offer((Entry("New"), QUIT))
    assert not shown.menu._later.remainingTime() > 0
    qtbot.waitUntil(lambda: not shown.menu._later.isActive())
    assert shown.labels() == ["Quit"]
    shown.menu.menu.aboutToHide.emit()
    qtbot.waitUntil(lambda: shown.labels() == ["New", "Quit"])


def test_a_panel_that_never_tells_of_closing_gets_the_change_all_the_same(
    qtbot: QtBot, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tray_menu, "OPEN_MS", 30)
    hasty = Shown()
    hasty.menu.menu.aboutToShow.emit()
    hasty.offer((Entry("New"),))
    qtbot.waitUntil(lambda: hasty.labels() == ["New"])
    hasty.menu.discard()
    assert shown.labels() == ["Quit"]


def test_opening_brings_the_menu_up_to_date_at_once(shown: Shown) -> None:
    shown.groups = ((Entry("New"),),)
    shown.menu.menu.aboutToShow.emit()
    assert shown.labels() == ["New"]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # without a screen
def test_a_menu_on_the_screen_keeps_still_however_long_it_is_open(
    qtbot: QtBot, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tray_menu, "OPEN_MS", 1)
    long = Shown()
    long.menu.menu.popup(long.menu.menu.pos())
    qtbot.waitUntil(long.menu.menu.isVisible)
    qtbot.waitUntil(lambda: not long.menu._in_panel.isActive())
    long.offer((Entry("New"),))
    qtbot.waitUntil(lambda: not long.menu._later.isActive())
    assert long.labels() == ["Quit"]
    long.menu.menu.close()
    qtbot.waitUntil(lambda: long.labels() == ["New"])
    long.menu.discard()
    assert shown.labels() == ["Quit"]


def test_lines_that_are_already_there_stay_what_they_are(shown: Shown, qtbot: QtBot) -> None:
    before = shown.actions[0]
    shown.offer((QUIT,))
    qtbot.waitUntil(lambda: not shown.menu._later.isActive())
    assert shown.actions == [before]


def test_many_changes_are_one(shown: Shown, qtbot: QtBot) -> None:
    for number in range(50):
        shown.offer((Entry(str(number)),))
    assert shown.labels() == ["Quit"]
    qtbot.waitUntil(lambda: shown.labels() == ["49"])


def test_a_line_may_change_the_menu_it_stands_in(shown: Shown) -> None:
    shown.offer((SUBMENU,))
    shown.menu.fill()

    def change(_: Entry) -> None:
        shown.offer((QUIT,))
        shown.menu.fill()

    shown.menu.chosen.connect(change)
    submenu = shown.actions[0].menu()
    assert isinstance(submenu, QMenu)
    submenu.actions()[1].trigger()
    assert shown.chosen == [SUBMENU.entries[1]]
    assert shown.labels() == ["Quit"]
    gone: list[bool] = []
    submenu.destroyed.connect(lambda: gone.append(True))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gone == [True]


def test_an_ampersand_is_shown_as_one(shown: Shown, qtbot: QtBot) -> None:
    shown.offer((SUBMENU, Entry("A & B")))
    qtbot.waitUntil(lambda: shown.labels() == ["Smith && Sons", "A && B"])
    assert [action.isEnabled() for action in shown.actions] == [True, False]


def test_a_tick_that_the_settings_did_not_take_goes_back(shown: Shown, qtbot: QtBot) -> None:
    routes = tuple(Entry(r.value, Gesture.ROUTE, r, checked=r is Route.MOBILE) for r in Route)
    pause = Entry("Pause", Gesture.PAUSE, True, checked=False)
    shown.offer(routes, (pause,))
    shown.menu.fill()
    for label in ("softphone", "Pause"):
        next(action for action in shown.actions if action.text() == label).trigger()
        qtbot.waitUntil(lambda: [a.text() for a in shown.actions if a.isChecked()] == ["mobile"])
    assert shown.chosen == [routes[0], pause]
