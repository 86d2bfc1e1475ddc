"""Reading a small file of rules or settings: never a pipe, never without end, and noticed when it changes."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def read_plain(path: Path, most_bytes: int) -> tuple[bytes, os.stat_result]:
    """Return what is in the file and what it is.

    Raises `FileNotFoundError` where nothing is there, `OSError` with words for what cannot be read.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        if path.is_symlink():
            raise OSError(0, "the file is a link to nothing") from None
        raise
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise OSError(0, "it is no file")
        text = file.read(most_bytes + 1)
    if len(text) > most_bytes:
        raise OSError(0, "the file is too long")
    return text, found


def signature(path: Path) -> object:
    """Return what is different once the file has changed, or what keeps us from it. One look at the disk."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return "none"
    except OSError as error:
        return error.errno
    return (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino, found.st_mode)
