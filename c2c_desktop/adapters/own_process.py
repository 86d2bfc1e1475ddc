"""This program, started once more to do what takes long: the window stays as fast as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

if sys.platform == "win32":  # not run by the tests
    _CREATION_FLAGS = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
else:
    _CREATION_FLAGS = 0


def start_own(words: Sequence[str], environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Start `words`; it is spoken to and heard in UTF-8, through pipes. Any thread. Raises `OSError`.

    What others may not read is told through its input: everybody sees the words a process is started with.
    """
    return subprocess.Popen(  # noqa: S603  # no shell, and words of this program
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=environment,
        creationflags=_CREATION_FLAGS,
    )


def lower_priority() -> None:
    """Let everything else go first. In the process itself; on Windows it is started so."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.nice(10)
