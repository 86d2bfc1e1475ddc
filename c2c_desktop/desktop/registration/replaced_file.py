"""Writing files that other programs read too: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from c2c_desktop.domain.errors import StorageError
from c2c_desktop.whole_file import whole_file


def replace_file(path: Path, data: bytes) -> None:
    """Write `path` anew, as `whole_file` does; folders that are not there are 0700. Raises `StorageError`."""
    try:
        Path(os.path.realpath(path)).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with whole_file(path) as file:
            file.write(data)
    except OSError as error:
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
