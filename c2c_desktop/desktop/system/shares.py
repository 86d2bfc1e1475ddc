"""Which files are on a share: on another computer, whose changes nobody is told of here."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_MOUNTS = Path("/proc/self/mounts")
_REMOTE = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "glusterfs", "lustre", "davfs", "ncpfs", "fuse", "webdav", "vbox")
"""What the names of file systems of other computers begin with. FUSE: most are, and none need be trusted."""
_ESCAPES = {"\\040": " ", "\\011": "\t", "\\012": "\n", "\\134": "\\"}


def is_on_share(path: str, mounts: str | None = None) -> bool:
    """Whether `path` may be on a share. Blocks where a link leads to a share that hangs: never on the GUI thread.

    `mounts`: the table of mounts in place of the system's.
    """
    if not sys.platform.startswith("linux") and mounts is None:
        return path.startswith(("\\\\", "//", "/Volumes/", "/Network/"))
    table = _file_systems(_table() if mounts is None else mounts)
    # As it is written first: of a share that hangs nothing may be asked.
    return _is_remote(os.path.abspath(path), table) or _is_remote(os.path.realpath(path), table)


def _table() -> str:
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _file_systems(mounts: str) -> dict[str, str]:
    """Return the kind of file system by where it is mounted; of two in one place the upper one."""
    table: dict[str, str] = {}
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) > 2:  # noqa: PLR2004  # device, place, kind
            place = parts[1]
            for escape, character in _ESCAPES.items():
                place = place.replace(escape, character)
            table[place] = parts[2]
    return table


def _is_remote(path: str, table: dict[str, str]) -> bool:
    places = [path, *(str(parent) for parent in Path(path).parents)]
    return next((table[place].startswith(_REMOTE) for place in places if place in table), False)
