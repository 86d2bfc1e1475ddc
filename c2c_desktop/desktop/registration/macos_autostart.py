"""Starting at login on macOS: a launch agent of this user, which counts from the next login.

Its file is held to what launchd reads by the tests; not run on macOS.
"""

from __future__ import annotations

import plistlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from c2c_desktop.desktop.registration.autostart import MINIMIZED
from c2c_desktop.desktop.registration.replaced_file import delete_file, replace_file

LABEL = "org.c2cdesktop.Desktop.login"


def launch_agents() -> Path:
    """Return the folder of this user's launch agents."""
    return Path.home() / "Library" / "LaunchAgents"


class MacosAutostart:
    """Implements the `Autostart` port. `command` starts the program."""

    def __init__(self, command: Sequence[str], agents: Path) -> None:
        self._command = command
        self._file = agents / f"{LABEL}.plist"

    def is_on(self) -> bool:
        """Whether the agent is there and not disabled in its file."""
        keys = self._keys()
        return keys.get("RunAtLoad") is True and keys.get("Disabled") is not True

    def turn_on(self) -> None:
        """Write the agent. Raises `StorageError`."""
        keys = {
            "Label": LABEL,
            "ProgramArguments": [*self._command, MINIMIZED],
            "RunAtLoad": True,
            "ProcessType": "Interactive",
            "LimitLoadToSessionType": "Aqua",
        }
        replace_file(self._file, plistlib.dumps(keys))

    def turn_off(self) -> None:
        """Delete the agent. Raises `StorageError`."""
        delete_file(self._file)

    def _keys(self) -> dict[str, Any]:
        try:
            keys = plistlib.loads(self._file.read_bytes())
        except (OSError, ValueError, ExpatError, plistlib.InvalidFileException):
            return {}
        return keys if isinstance(keys, dict) else {}
