"""Where a user's desktop files stand, as the XDG base directories say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from c2c_desktop.desktop.registration.desktop_entry import entry_keys


class XdgFolders:
    """The folders of one environment. A path there that is not absolute counts as none, as the specification says."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        home = Path(environment.get("HOME") or Path.home())
        self.data_home = _absolute(environment.get("XDG_DATA_HOME", "")) or home / ".local" / "share"
        self.config_home = _absolute(environment.get("XDG_CONFIG_HOME", "")) or home / ".config"
        self.data_dirs = _folders(environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share")
        """Those of the system, the first the most important."""
        self.config_dirs = _folders(environment.get("XDG_CONFIG_DIRS") or "/etc/xdg")
        desktops = environment.get("XDG_CURRENT_DESKTOP", "").lower().split(":")
        self.desktops = [name for name in desktops if name and "/" not in name]

    @property
    def applications(self) -> Path:
        """Where this user's own entries stand."""
        return self.data_home / "applications"

    @property
    def settled(self) -> dict[str, str]:
        """The same as variables for a tool, which would take a relative path for one of the current folder."""
        return {"XDG_DATA_HOME": str(self.data_home), "XDG_CONFIG_HOME": str(self.config_home)}

    def entries(self, entry_id: str, *, own: bool = True) -> Iterator[dict[str, str]]:
        """Find the entries of that ID, the one that counts first; without `own`, the system's only.

        A dash in an ID may stand for a folder.
        """
        if "/" in entry_id:
            return
        for base in [self.data_home] * own + self.data_dirs:
            for dashes in range(entry_id.count("-") + 1):
                keys = entry_keys(base / "applications" / entry_id.replace("-", "/", dashes))
                if keys:
                    yield keys


def _absolute(text: str) -> Path | None:
    return Path(text) if text.startswith("/") else None


def _folders(text: str) -> list[Path]:
    return [folder for folder in map(_absolute, text.split(":")) if folder is not None]
