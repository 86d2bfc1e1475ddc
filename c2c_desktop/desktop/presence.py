"""Where the window is: in front, minimised, in the tray, and where it stood last time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QByteArray, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from c2c_desktop.desktop.system.screen_place import can_be_grasped, on_a_screen, saved_place
from c2c_desktop.desktop.tray_icon.tray import Tray
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.services.accounts import Accounts

READING_MS = 2500
"""Time to read why closing only minimises, before it does."""

_ACTIVATION = "XDG_ACTIVATION_TOKEN"
LONGEST_TOKEN = 1000
_USUAL_FRAME = QSize(2, 30)
"""What a window manager puts around a window, before it did."""


class Presence(QObject):
    """Shows and hides one window. Main thread."""

    quit_asked = Signal()

    def __init__(self, window: QWidget, tray: Tray, accounts: Accounts, say: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window = window
        self._tray = tray
        self._accounts = accounts
        self._say = say
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(READING_MS)
        self._reading.timeout.connect(window.showMinimized)
        tray.availability_changed.connect(self.stay_reachable)

    @property
    def is_seen(self) -> bool:
        """Whether the window is on the screen."""
        return self._window.isVisible() and not self._window.isMinimized()

    def bring_up(self, token: str = "") -> None:
        """Bring the window to the front, on a screen there is.

        `token`: what a Wayland desktop gave whoever asked for it, so that it lets the window come. X11 has no use for
        one here: a window manager there goes by the time of the last press in our own windows, which Qt sends it.
        """
        self._reading.stop()
        window = self._window
        if not can_be_grasped(window.frameGeometry(), _screen_areas()):
            self._fit_on_screen()
        with _activation(token):
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()

    def toggle(self) -> None:
        """Hide a window that is seen, bring up one that is not."""
        if self.is_seen:
            self._window.hide()
        else:
            self.bring_up()

    def put_away(self) -> None:
        """Do what closing the window means: quit, go to the tray, or minimise where there is none."""
        settings = self._accounts.settings
        if not settings.close_to_tray:
            self.quit_asked.emit()
        elif self._tray.is_shown:
            self._window.hide()
        elif not settings.told_about_minimising:
            self._store(told_about_minimising=True)
            self._say("There is no tray here, so closing minimises the window. Ctrl+Q quits.")
            self._reading.start()
        else:
            self._window.showMinimized()

    def stay_reachable(self) -> None:
        """Minimise a hidden window where no tray could bring it back."""
        if not self._tray.is_shown and not self._window.isVisible():
            self._window.showMinimized()

    def restore_place(self) -> None:
        """Take the size and place of the last run, wholly on a screen there is now; else a size that fits one."""
        window = self._window
        saved = QByteArray.fromBase64(self._accounts.settings.window_geometry.encode("ascii", "replace"))
        if not window.restoreGeometry(saved):
            place = saved_place(saved)
            if place is None:
                room = window.screen().availableGeometry().size() - _USUAL_FRAME
                window.resize(window.size().boundedTo(room))  # where it stands is the desktop's to say
                return
            window.setGeometry(place)
        self._fit_on_screen()

    def keep_place(self) -> None:
        """Store size and place for the next run."""
        place = bytes(self._window.saveGeometry().toBase64().data()).decode()
        if place != self._accounts.settings.window_geometry:
            self._store(window_geometry=place)

    def _fit_on_screen(self) -> None:
        window = self._window
        if window.isMaximized() or window.isFullScreen():
            return  # Qt keeps those on a screen
        frame, inner = window.frameGeometry(), window.geometry()
        if frame == inner:
            frame.setSize(inner.size() + _USUAL_FRAME)
        placed = on_a_screen(frame, _screen_areas())
        if placed != frame:
            window.resize(inner.size() + placed.size() - frame.size())
            window.move(placed.topLeft())

    def _store(self, **changes: object) -> None:
        try:
            self._accounts.remember(**changes)
        except UserFacingError as error:
            self._say(f"{error.title}. {error.message}")


def _screen_areas() -> list[QRect]:
    """The room each screen has, the main one's first."""
    main = QGuiApplication.primaryScreen()
    return [screen.availableGeometry() for screen in (main, *(s for s in QGuiApplication.screens() if s != main))]


@contextmanager
def _activation(token: str) -> Iterator[None]:
    """Have the token where Qt looks for it, and no program that we start inherit it."""
    if not token or len(token) > LONGEST_TOKEN or "\0" in token:
        yield
        return
    os.environ[_ACTIVATION] = token
    try:
        yield
    finally:
        del os.environ[_ACTIVATION]
