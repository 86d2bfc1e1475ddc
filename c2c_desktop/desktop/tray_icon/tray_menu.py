"""The tray's menu: shows lines, tells which was chosen, and keeps still under the pointer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from c2c_desktop.desktop.tray_icon.tray_entries import Entry, Gesture, Group

OPEN_MS = 20_000
"""How long a menu that a panel shows counts as open: not every panel tells when it closes one."""


class TrayMenu(QObject):
    """One menu of one icon, shown by Qt or by a panel. Main thread.

    `read` returns the lines as they should be now; it is asked when the menu opens, and after `refresh`.
    """

    chosen = Signal(object)
    """The `Entry` that was chosen."""
    opening = Signal()
    """Somebody opens it; told before `read` is asked."""

    def __init__(self, read: Callable[[], tuple[Group, ...]], parent: QObject) -> None:
        super().__init__(parent)
        self.menu = QMenu()
        self._read = read
        self._shown: tuple[Group, ...] = ()
        self._submenus: list[QMenu] = []
        self._routes: QActionGroup | None = None
        self._later = self._new_timer(0)
        self._in_panel = self._new_timer(OPEN_MS)
        self.menu.aboutToShow.connect(self._open)
        self.menu.aboutToHide.connect(self._close)
        self.fill()

    def refresh(self) -> None:
        """Something changed: show it soon, and if somebody aims at a line just now, when they have finished."""
        self._later.start()

    def fill(self) -> None:
        """Put the lines in as they are now. Lines that are already there stay what they are."""
        groups = self._read()
        if groups == self._shown:
            return
        self._shown = groups
        self._empty()
        self._routes = QActionGroup(self.menu)
        for number, group in enumerate(groups):
            if number:
                self.menu.addSeparator()
            for entry in group:
                self._add(self.menu, entry)

    def discard(self) -> None:
        """Take the menu away for good."""
        self._later.stop()
        self._in_panel.stop()
        self._empty()
        self.menu.deleteLater()
        self.deleteLater()

    def _new_timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self._fill_unless_open)
        return timer

    def _fill_unless_open(self) -> None:
        if not self.menu.isVisible() and not self._in_panel.isActive():
            self.fill()

    def _open(self) -> None:
        self.opening.emit()
        self.fill()
        self._in_panel.start()

    def _close(self) -> None:
        self._in_panel.stop()
        self.refresh()

    def _empty(self) -> None:
        """Take every line out; they live on for a moment: one of them may be telling that it was chosen."""
        for action in self.menu.actions():
            self.menu.removeAction(action)
            if action.menu() is None:
                action.deleteLater()
        for submenu in self._submenus:
            submenu.deleteLater()
        self._submenus.clear()
        if self._routes is not None:
            self._routes.deleteLater()

    def _add(self, menu: QMenu, entry: Entry) -> None:
        label = entry.label.replace("&", "&&")
        if entry.entries:
            submenu = menu.addMenu(label)
            self._submenus.append(submenu)
            for line in entry.entries:
                self._add(submenu, line)
            return
        action = QAction(label, menu)
        action.setEnabled(entry.gesture is not None)
        if entry.checked is not None:
            action.setCheckable(True)
            action.setChecked(entry.checked)
        if entry.gesture is Gesture.ROUTE and self._routes is not None:
            self._routes.addAction(action)
        action.triggered.connect(lambda _=False: self._choose(entry))
        menu.addAction(action)

    def _choose(self, entry: Entry) -> None:
        self._in_panel.stop()
        if entry.checked is not None:
            self._shown = ()  # Qt has moved the tick; whether it stays is for the settings to say
        self.chosen.emit(entry)
        self.refresh()
