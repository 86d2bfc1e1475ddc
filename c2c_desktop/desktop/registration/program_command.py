"""The words that start this program again from anywhere: for menus, links and the login."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

SCRIPT = "c2c-desktop"
MODULE = "c2c_desktop"


def program_command(
    executable: str = sys.executable,
    started_as: str | None = None,
    environment: Mapping[str, str] | None = None,
    *,
    frozen: bool = bool(getattr(sys, "frozen", False)),
    platform: str = sys.platform,
) -> tuple[str, ...]:
    """Return the words, the first an absolute path.

    That of a frozen program is the program itself (an AppImage, which runs from a place that goes away, its file);
    a console script is taken as it was called, so that a link in ~/.local/bin survives what it points to; else it
    is the interpreter, on Windows the one that opens no console.
    """
    environment = os.environ if environment is None else environment
    script = os.path.abspath(sys.argv[0] if started_as is None else started_as)
    if frozen:
        return (os.path.abspath(environment.get("APPIMAGE") or executable),)
    if platform == "win32":
        folder, name = os.path.split(executable)
        quiet = os.path.join(folder, name.replace("python", "pythonw", 1))
        return (quiet if os.path.isfile(quiet) else executable, "-m", MODULE)
    if os.path.basename(script) == SCRIPT and os.path.isfile(script) and os.access(script, os.X_OK):
        return (script,)
    return (os.path.abspath(executable), "-m", MODULE)
