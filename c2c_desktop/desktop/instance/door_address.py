"""Where the door for links stands: one for each data folder. Knows no Qt, so that a command can knock."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

from c2c_desktop.domain.errors import StorageError

LONGEST_PATH = 92
"""Bytes: a socket's path has at most 103 on macOS and 107 on Linux, and Qt makes the socket in a folder beside."""


def door_address(data_dir: Path) -> str:
    """Return the path of the door's socket, or on Windows the name of its pipe.

    It is the same for whoever starts the program, so the data folder itself comes first; a folder whose path is
    too long gets a name in the user's runtime folder. Raises `StorageError` where there is none.
    """
    folder = os.path.realpath(data_dir)
    name = f"c2c-desktop-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"
    if sys.platform == "win32":  # not run by the tests
        return name
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    for path in (os.path.join(folder, "link.sock"), os.path.join(runtime, f"{name}.sock")):
        if path.startswith("/") and len(os.fsencode(path)) <= LONGEST_PATH:
            return path
    raise StorageError("Links cannot be taken", f"The path of the folder {folder} is too long.")
