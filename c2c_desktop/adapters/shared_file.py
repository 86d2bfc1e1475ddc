"""A private JSON file several processes change: one at a time, replaced atomically, with a copy of what was saved."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from c2c_desktop.adapters.damaged_file import newest_aside, set_aside
from c2c_desktop.adapters.plain_file import read_plain, signature
from c2c_desktop.file_lock import lock_file
from c2c_desktop.whole_file import SUFFIX, whole_file

LOCK_SECONDS = 2.0
"""How long a process waits for another one to have saved."""

MOST_BYTES = 10_000_000
_POLL_SECONDS = 0.002
_log = logging.getLogger(__name__)


class Written(NamedTuple):
    """What a file says, and when it was written, in nanoseconds since the epoch."""

    data: dict[str, Any]
    at: int


class SharedFile:
    """The file, its lock and its copy, each of them private. Holds no state: any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._copy = path.with_name(f"{path.name}.bak")
        self._lock = path.with_name(f"{path.name}.lock")

    def signature(self) -> object:
        """Return what is different once the file has changed. Cheap."""
        return signature(self.path)

    def exists(self) -> bool:
        """Whether there is a file, readable or not."""
        return self.path.exists()

    def read(self) -> Written | None:
        """Return what the file says and when it was written, or None where there is none.

        Raises `OSError` where it cannot be read, `ValueError` where it is damaged.
        """
        try:
            return _read(self.path)
        except FileNotFoundError:
            return None

    def read_copy(self) -> Written | None:
        """Return what the copy says and when it was written, or None where there is none of any use."""
        with suppress(OSError, ValueError):
            return _read(self._copy)
        return None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other process from changing the file.

        Raises `TimeoutError` where one of them keeps us waiting, `OSError` where the folder cannot be written.
        """
        handle = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(handle, time.monotonic() + LOCK_SECONDS)
            yield
        finally:
            os.close(handle)

    def write(self, data: dict[str, Any]) -> Written:
        """Replace the file, then its copy, and return what `read` would. Under the lock.

        Raises `OSError`; then the file is as it was.
        """
        text = json.dumps(data, indent=2)
        for left in self._folder.glob(f"{self.path.name}.*{SUFFIX}"):  # a killed process's: we hold the lock
            with suppress(OSError):
                left.unlink()
        self._replace(self.path, text)
        written = Written(data, self.path.stat().st_mtime_ns)
        try:
            self._replace(self._copy, text)
        except OSError as error:
            _log.info("no copy of %s could be kept: %s", self.path.name, error.strerror)
        return written

    def set_aside(self) -> Path:
        """Move the damaged file out of the way and return where it is. Under the lock. Raises `OSError`."""
        return set_aside(self.path)

    def newest_aside(self) -> str:
        """Return the name of the file that was set aside last; "" where none was."""
        return newest_aside(self.path)

    @property
    def _folder(self) -> Path:
        """Where the file is, be there a link to it or not."""
        return Path(os.path.realpath(self.path)).parent

    def _replace(self, path: Path, text: str) -> None:
        with whole_file(path, prefix=f"{self.path.name}.", private=True) as file:
            file.write(text.encode())


def _read(path: Path) -> Written:
    text, found = read_plain(path, MOST_BYTES)
    try:
        data = json.loads(text)  # bytes: whatever an editor put before them says how they are to be read
    except RecursionError as error:
        raise ValueError("too deep") from error
    if not isinstance(data, dict):
        raise ValueError("not an object")  # noqa: TRY004  # as the other damages
    return Written(data, found.st_mtime_ns)


def _take(handle: int, deadline: float) -> None:
    while True:
        try:
            lock_file(handle)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise TimeoutError from None
            time.sleep(_POLL_SECONDS)
        else:
            return
