"""Starting at login on Windows: a value of the user's Run key, and what the Task Manager says of it.

Held to a recorded registry by the tests; not run on Windows.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from c2c_desktop.desktop.registration.autostart import MINIMIZED
from c2c_desktop.desktop.registration.windows_registry import Registry

NAME = "C2C Desktop"
RUN_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"


class WindowsAutostart:
    """Implements the `Autostart` port. `command` starts the program."""

    def __init__(self, command: Sequence[str], registry: Registry) -> None:
        self._command = command
        self._registry = registry

    def is_on(self) -> bool:
        """Whether the value is there and the person did not turn it off: an odd first byte says so."""
        approved = self._registry.read(APPROVED_KEY, NAME)
        is_off = isinstance(approved, bytes) and len(approved) > 0 and approved[0] % 2 == 1
        return bool(self._registry.read(RUN_KEY, NAME)) and not is_off

    def turn_on(self) -> None:
        """Write the value, and forget that it was turned off. Raises `StorageError`."""
        self._registry.write(RUN_KEY, NAME, subprocess.list2cmdline([*self._command, MINIMIZED]))
        self._registry.delete(APPROVED_KEY, NAME)

    def turn_off(self) -> None:
        """Delete the value. Raises `StorageError`."""
        self._registry.delete(RUN_KEY, NAME)
        self._registry.delete(APPROVED_KEY, NAME)
