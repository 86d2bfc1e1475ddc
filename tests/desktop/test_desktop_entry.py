"""The entry that menus and docks show."""

from __future__ import annotations

import subprocess

from tests.desktop.rig import ROOT


def test_the_desktop_entry_is_valid() -> None:
    entry = ROOT / "packaging/linux/c2c-desktop.desktop"
    done = subprocess.run(["desktop-file-validate", str(entry)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
