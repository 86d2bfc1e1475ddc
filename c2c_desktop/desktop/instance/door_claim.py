"""Which of several instances on one data folder keeps the door for links."""

from __future__ import annotations

import os
from pathlib import Path

from c2c_desktop.file_lock import lock_file

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
            lock_file(file)
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
