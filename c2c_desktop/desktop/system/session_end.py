"""The end of the desktop's session: what must not be lost is stored while there is time."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QSessionManager


class RestartPort(Protocol):
    """What is used of QSessionManager."""

    def setRestartHint(self, hint: QSessionManager.RestartHint, /) -> None:  # noqa: N802  # Qt's name
        """Say whether the next session starts us."""


class SessionEnd(QObject):
    """Tells of log-out and shut-down, and holds neither up. Main thread.

    The program goes on afterwards: a session's end can be called off. Not run by the tests with a session manager
    or on Windows, which Qt speaks to.
    """

    ending = Signal()
    """Store now; nothing may be asked, and nothing wait."""

    def __init__(self, application: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        application.commitDataRequest.connect(self.commit)
        application.saveStateRequest.connect(self.leave_starting_to_settings)

    def commit(self, manager: RestartPort) -> None:
        """The session manager asks to store what is open."""
        self.leave_starting_to_settings(manager)
        self.ending.emit()

    def leave_starting_to_settings(self, manager: RestartPort) -> None:
        """Whether we start with the session is the settings' to say; else two of us would."""
        manager.setRestartHint(QSessionManager.RestartHint.RestartNever)
