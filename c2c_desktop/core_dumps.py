"""No image of this program's memory on a disk: the app secret is in it while a call is placed."""

from __future__ import annotations

import contextlib
import sys


def forbid_core_dumps() -> None:
    """Let no crash of this process, and of those it starts, write its memory to a file."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  # there is none on Windows

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
