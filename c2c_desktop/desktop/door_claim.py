"""Which of several instances on one data folder keeps the door for links."""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAME = "link.lock"


class DoorClaim:
    """A lock on the data folder that ends with the process, however that ends."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / NAME
        self._file: int | None = None

    def take(self) -> bool:
        """Whether the door is this instance's now; False where another one keeps it. Raises `OSError`."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(file)
        except BlockingIOError:
            os.close(file)
            return False
        except OSError:
            os.close(file)
            raise
        self._file = file
        return True

    def give_up(self) -> None:
        """Leave the door to the next instance. The file stays: removing it would let two hold a lock."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


if sys.platform == "win32":  # not run by the tests

    def _lock(file: int) -> None:
        import msvcrt  # noqa: PLC0415

        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError(*error.args) from error

else:

    def _lock(file: int) -> None:
        import fcntl  # noqa: PLC0415

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
