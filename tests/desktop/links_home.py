"""A home of a test's own for links: its environment, other programs, and one that records how it was started."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from c2c_desktop.desktop.registration.link_handlers import opening_arguments
from c2c_desktop.desktop.registration.xdg_links import XdgLinks
from tests.desktop.rig import PATIENCE, until

TEL = "x-scheme-handler/tel"
TYPES = ("x-scheme-handler/tel", "x-scheme-handler/callto", "x-scheme-handler/sip")
TOOLS = ("xdg-mime", "update-desktop-database")


class LinksHome:
    """Folders of a user and of a system that hold nothing yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir()
        self.applications = self.home / ".local/share/applications"
        self.config = self.home / ".config"
        self.list = self.config / "mimeapps.list"
        self.system = folder / "system"
        self.environment = {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "XDG_DATA_DIRS": str(self.system / "share"),
            "XDG_CONFIG_DIRS": str(self.system / "etc"),
        }
        self._record = folder / "record"

    def links(self, *command: str, patience: float = PATIENCE) -> XdgLinks:
        """The links of this home, for a program that records how it is started unless another is given."""
        words = command or (str(self.program(self.folder / "bin/c2c-desktop")),)
        return XdgLinks(words, (*words, *opening_arguments(None)), self.environment, patience)

    def program(self, path: Path) -> Path:
        """Make a program that writes down its arguments."""
        path.parent.mkdir(parents=True, exist_ok=True)
        record = shlex.quote(str(self._record))
        path.write_text(f"#!/bin/sh\nprintf '%s\\0' \"$@\" > {record}.new\nmv {record}.new {record}\n")
        path.chmod(0o755)
        return path

    def started_with(self) -> list[str]:
        """Wait until that program was started; return its arguments."""
        told = until(lambda: self._record.exists() and self._record.read_text(), "a program that was started")
        self._record.unlink()
        return str(told).split("\0")[:-1]

    def other(self, entry_id: str, name: str, folder: Path | None = None) -> None:
        """Install another program that can open links."""
        folder = folder or self.applications
        folder.mkdir(parents=True, exist_ok=True)
        types = "".join(f"{t};" for t in TYPES)
        keys = f"Type=Application\nName={name}\nExec=/bin/true %u\nMimeType={types}\n"
        (folder / entry_id).write_text(f"[Desktop Entry]\n{keys}")
        self.tool("update-desktop-database", str(folder))

    def choose(self, entry_id: str) -> None:
        """Let another program open tel links, as a person does."""
        self.config.mkdir(exist_ok=True)
        self.tool("xdg-mime", "default", entry_id, TEL)

    def tool(self, *words: str) -> str:
        """Run a real tool of the desktop in this home."""
        real = {**self.environment, "PATH": os.environ["PATH"]}
        done = subprocess.run(words, env=real, capture_output=True, text=True, timeout=PATIENCE, check=True)
        return done.stdout

    def only_these_tools(self, *names: str) -> Path:
        """Leave only the named tools of the desktop in the path; return its first folder, for others."""
        folder = self.folder / "tools"
        folder.mkdir()
        for name in (*names, "true", "env", "sh"):
            found = shutil.which(name)
            assert found is not None
            (folder / name).symlink_to(found)
        self.environment["PATH"] = str(folder)
        return folder

    def broken_tool(self, name: str, script: str) -> None:
        """Put a program in the place of a tool."""
        folder = self.folder / "broken"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
        self.environment["PATH"] = f"{folder}:{self.environment['PATH']}"

    def files(self) -> dict[str, bytes]:
        """Every file of this user, but the index that a tool makes of entries."""
        found = (path for path in self.home.rglob("*") if path.is_file() and path.name != "mimeinfo.cache")
        return {str(path.relative_to(self.home)): path.read_bytes() for path in found}


def holders(links: XdgLinks) -> list[tuple[str, bool, str]]:
    """What the status tells, as plain values."""
    return [(found.scheme, found.ours, found.holder) for found in links.status()]


OURS = [(scheme, True, "C2C Desktop") for scheme in ("tel", "callto", "sip")]
NOBODY = [(scheme, False, "") for scheme in ("tel", "callto", "sip")]
