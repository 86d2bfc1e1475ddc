"""Writing files that other programs read too: whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from c2c_desktop.domain.errors import StorageError


def replace_file(path: Path, data: bytes) -> None:
    """Write beside, sync, then replace. A symbolic link stays one; modes stay; new files are 0600, folders 0700.

    Raises `StorageError`.
    """
    target = Path(os.path.realpath(path))
    beside = ""
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        os.replace(beside, target)
    except OSError as error:
        if beside:
            with suppress(OSError):
                os.unlink(beside)
        raise _not_written(path, error) from error


def delete_file(path: Path) -> None:
    """Delete a file, if it is there. Raises `StorageError`."""
    try:
        path.unlink(missing_ok=True)
    except NotADirectoryError:
        pass
    except OSError as error:
        raise _not_written(path, error) from error


def _not_written(path: Path, error: OSError) -> StorageError:
    return StorageError(
        "A file could not be changed",
        f"{path} cannot be written ({error.strerror}). Make it and its folder writable, then try again.",
    )
