"""Files on this computer that are watched for changes, without looking at them again and again.

The system tells of changes on its own disks only: of a file on a share that somebody else wrote it says nothing, and
setting up such a watch can hang with the share. Those are left to the updates every quarter of an hour.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from c2c_desktop.desktop.system.shares import is_on_share
from c2c_desktop.services.ports import Lane, Runner

SETTLED_MS = 3000
"""How long a file must be left alone before its change is told: programs write in several goes."""

_DEADLINE = 10.0


class FileWatch(QObject):
    """Tells once for each change, however it was made: written to, replaced, or there again. Main thread."""

    changed = Signal(str)
    """A path, as it was given."""

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._asked: frozenset[str] = frozenset()
        self._stamps: dict[str, object] = {}
        """How the files on this computer were last seen."""
        self._watcher: QFileSystemWatcher | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._look)

    def watch(self, paths: Iterable[str]) -> None:
        """Watch these from now on, and no others; those on shares are not."""
        asked = frozenset(paths)
        if asked == self._asked:
            return
        self._asked = asked
        self._runner.run(
            Lane.DESKTOP,
            lambda: {path: _stamp(path) for path in sorted(asked) if not is_on_share(path)},
            lambda stamps: self._take(asked, stamps),
            lambda _: None,  # a share that hangs: then nothing is watched
            _DEADLINE,
        )

    def close(self) -> None:
        """Watch nothing any more."""
        self._asked = frozenset()
        self._forget()

    def _take(self, asked: frozenset[str], stamps: dict[str, object]) -> None:
        if asked != self._asked:
            return
        self._forget()
        self._stamps = stamps
        if not stamps:
            return
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._wait)
        self._watcher.directoryChanged.connect(self._wait)
        self._watch_places()

    def _forget(self) -> None:
        self._settle.stop()
        self._stamps = {}
        watcher, self._watcher = self._watcher, None
        if watcher is not None:
            watcher.deleteLater()

    def _watch_places(self) -> None:
        """Watch each file that is there, and its folder: a file that is replaced is another one to the system."""
        if self._watcher is None:
            return
        places = {place for path in self._stamps for place in (path, os.path.dirname(path)) if os.path.exists(place)}
        new = sorted(places - {*self._watcher.files(), *self._watcher.directories()})
        if new:
            self._watcher.addPaths(new)

    def _wait(self) -> None:
        self._settle.start(SETTLED_MS)

    def _look(self) -> None:
        """Tell which files are others than they were: a folder tells of everything in it."""
        self._watch_places()
        for path, before in list(self._stamps.items()):
            now = _stamp(path)
            if now != before:
                self._stamps[path] = now
                self.changed.emit(path)


def _stamp(path: str) -> object:
    """Return what is another once a file on this computer changed; None where it is not there."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
