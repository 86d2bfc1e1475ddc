"""Starting at login on Linux and its like: an entry in the user's autostart folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from c2c_desktop.desktop.registration.desktop_entry import MENU_ID, entry_keys, entry_text, login_entry
from c2c_desktop.desktop.registration.replaced_file import delete_file, replace_file
from c2c_desktop.desktop.registration.xdg_folders import XdgFolders

_HIDDEN = {"Desktop Entry": {"Type": "Application", "Name": "C2C Desktop", "Hidden": "true"}}


class XdgAutostart:
    """Implements the `Autostart` port. `command` starts the program."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command = command
        folders = XdgFolders(environment)
        self._own = folders.config_home / "autostart" / MENU_ID
        self._system = [folder / "autostart" / MENU_ID for folder in folders.config_dirs]

    def is_on(self) -> bool:
        """Whether the entry that counts, the user's before the system's, is there and not turned off in it."""
        entry = next((path for path in (self._own, *self._system) if path.is_file()), None)
        return entry is not None and _starts(entry)

    def turn_on(self) -> None:
        """Write the entry. Raises `UserFacingError` for a program no entry can start, `StorageError`."""
        replace_file(self._own, login_entry(self._command).encode())

    def turn_off(self) -> None:
        """Delete the entry; where the system has one too, write one that hides it. Raises `StorageError`."""
        if any(path.is_file() for path in self._system):
            replace_file(self._own, entry_text(_HIDDEN).encode())
        else:
            delete_file(self._own)


def _starts(entry: Path) -> bool:
    keys = entry_keys(entry)
    off = keys.get("Hidden") == "true" or keys.get("X-GNOME-Autostart-enabled") == "false"
    return bool(keys.get("Exec")) and not off
