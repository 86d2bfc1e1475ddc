"""Writing a file that is there whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

SUFFIX = ".new"
"""What a file is called by until it is whole: a killed process leaves it."""

_BUFFER = 1 << 17


class NotAFileError(OSError):
    """A folder, a pipe or a device stands where the file is to be; `strerror` says which."""


@contextmanager
def whole_file(path: Path, *, prefix: str = ".c2c-", private: bool = False) -> Iterator[BinaryIO]:
    """Open a new file that takes the place of `path` once the block is left, synced to the disk. Any thread; blocks.

    A link stays one. A new file can be read by its owner only, one that is replaced by those who could before, unless
    it is `private`. Raises `OSError`; then, and after any other error in the block, what was there before stays and
    nothing lies beside it.
    """
    place = Path(os.path.realpath(path))
    before = _mode_of(place)
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=SUFFIX, dir=place.parent)
    try:
        with os.fdopen(handle, "wb", buffering=_BUFFER) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if before is not None and not private:
            Path(name).chmod(before)
        Path(name).replace(place)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    _sync_folder(place.parent)


def _mode_of(place: Path) -> int | None:
    """Return the permissions of the file that is to be replaced, None for none."""
    try:
        mode = place.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise NotAFileError(errno.EISDIR, "It is a folder")
    if not stat.S_ISREG(mode):
        raise NotAFileError(errno.EINVAL, "It is a device, not a file")
    return stat.S_IMODE(mode)


def _sync_folder(folder: Path) -> None:
    """Let the new name outlive a power cut, where folders can be synced."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
