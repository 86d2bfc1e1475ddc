"""Where the window is: in front, minimised, in the tray, and where it stood last time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from c2c_desktop.desktop.tray import Tray
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.services.accounts import Accounts

READING_MS = 2500
"""Time to read why closing only minimises, before it does."""


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

    def bring_up(self) -> None:
        """Bring the window to the front."""
        self._reading.stop()
        if self._window.isMinimized():
            self._window.showNormal()
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

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
        """Take the size and place of the last run; Qt keeps them on a screen."""
        geometry = self._accounts.settings.window_geometry
        if geometry:
            self._window.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def keep_place(self) -> None:
        """Store size and place for the next run."""
        place = bytes(self._window.saveGeometry().toBase64().data()).decode()
        if place != self._accounts.settings.window_geometry:
            self._store(window_geometry=place)

    def _store(self, **changes: object) -> None:
        try:
            self._accounts.remember(**changes)
        except UserFacingError as error:
            self._say(f"{error.title}. {error.message}")
