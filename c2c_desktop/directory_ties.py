"""Ties shared directories to the window: when they are read again, and what becomes of the lists after that."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from c2c_desktop.desktop.system.file_watch import FileWatch
from c2c_desktop.services.directory import Directory
from c2c_desktop.services.ports import Runner
from c2c_desktop.services.shared_directories import SharedDirectories
from c2c_desktop.ui.contact_pane import ContactPane

_SHORTEST, _LONGEST = 1.0, 15 * 60.0
"""Seconds between two looks at the clock: it can be set, and a computer that slept wakes up late."""


class DirectoryTies(QObject):
    """Without directories nothing of this runs. What comes of an update is seen in their window only. Main thread."""

    def __init__(
        self,
        shared: SharedDirectories,
        directory: Directory,
        contacts: ContactPane,
        contacts_changed: Callable[[], None],
        runner: Runner,
        parent: QObject | None = None,
    ) -> None:
        """`contacts_changed`: what else shows contacts, and moves under nobody's hand."""
        super().__init__(parent)
        self._shared = shared
        self._contacts = contacts
        self._names: dict[int, str] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self._update_due)
        self._files = FileWatch(runner, self)
        self._files.changed.connect(shared.file_changed)
        directory.name_directories(shared.name_of)
        shared.listen(self._follow)
        shared.listen_for_contacts(contacts.refresh_quietly)
        shared.listen_for_contacts(contacts_changed)

    def open(self) -> None:
        """Read all of them. After the first paint."""
        self._shared.open()

    def update_due(self) -> None:
        """Look at the clock now: the computer woke up, or has a network again."""
        self._update_due()

    def close(self) -> None:
        """The program ends."""
        self._timer.stop()
        self._files.close()
        self._shared.close()

    def _follow(self) -> None:
        names = {state.directory.id: state.directory.name for state in self._shared.states}
        if names != self._names:
            self._names = names
            self._contacts.show_anew()
        self._files.watch(self._shared.files)
        self._set_timer()

    def _set_timer(self) -> None:
        seconds = self._shared.seconds_to_any()
        if seconds is None:
            self._timer.stop()
        else:
            self._timer.start(round(min(max(seconds, _SHORTEST), _LONGEST) * 1000))

    def _update_due(self) -> None:
        self._shared.update_due()
        self._set_timer()
