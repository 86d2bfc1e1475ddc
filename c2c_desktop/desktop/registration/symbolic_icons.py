"""The tray's icons in this user's icon theme: panels draw what they find there in their own colour."""

from __future__ import annotations

import os
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from c2c_desktop.desktop.registration.replaced_file import delete_file, replace_file
from c2c_desktop.desktop.tray_icon.tray_states import STATES, symbolic_name


class SymbolicIcons:
    """One icon for each state of the tray, in the hicolor theme of `data_home`."""

    def __init__(self, data_home: Path) -> None:
        self._theme = data_home / "icons" / "hicolor"
        folder = self._theme / "symbolic" / "apps"
        self._places = {state: folder / f"{symbolic_name(state)}.svg" for state in STATES}

    def install(self) -> None:
        """Write them. Raises `StorageError`."""
        icons = files("c2c_desktop.resources") / "icons"
        for state, place in self._places.items():
            replace_file(place, (icons / f"{state}.svg").read_bytes())
        self._tell()

    def remove(self) -> None:
        """Delete them. Raises `StorageError`."""
        for place in self._places.values():
            delete_file(place)
        self._tell()

    def _tell(self) -> None:
        """Have programs that run look again: they go by the time of the theme's folder, as the theme says."""
        with suppress(OSError):
            os.utime(self._theme)
