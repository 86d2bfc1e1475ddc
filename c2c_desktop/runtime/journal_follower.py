"""Keeps the journal in memory up with what other processes write to it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from c2c_desktop.services.journal import Journal

SOON_MS = 100
"""What is written within this time is looked at once."""

AGAIN_MS = 3000
"""While another process places a call: one that dies writes nothing any more."""


class JournalFollower(QObject):
    """Looks when the file, or SQLite's log beside it, was written. Main thread."""

    def __init__(self, journal: Journal, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._journal = journal
        self._log = path.with_name(f"{path.name}-wal")
        self._watcher: QFileSystemWatcher | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Follow from now on; the folder must be there."""
        self._watcher = QFileSystemWatcher([str(self._log.parent)], self)
        self._watcher.directoryChanged.connect(self._look_soon)
        self._watcher.fileChanged.connect(self._look_soon)
        self._look_soon()

    def stop(self) -> None:
        """Follow no more."""
        self._timer.stop()
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None

    def _look_soon(self) -> None:
        self._watch_log()
        if not self._timer.isActive() or self._timer.interval() == AGAIN_MS:
            self._timer.start(SOON_MS)

    def _look(self) -> None:
        self._journal.follow_behind(self._looked)

    def _looked(self) -> None:
        if self._watcher is not None and self._journal.awaits_others and not self._timer.isActive():
            self._timer.start(AGAIN_MS)

    def _watch_log(self) -> None:
        """The log comes and goes with the last program that has the journal open."""
        if self._watcher is not None and not self._watcher.files() and self._log.exists():
            self._watcher.addPath(str(self._log))
