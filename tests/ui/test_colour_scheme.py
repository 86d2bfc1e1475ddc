"""The desktop's own change between light and dark, on a desktop that tells of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from virtual_screen import virtual_screen


def test_a_change_of_the_desktop_is_followed_while_the_program_runs() -> None:
    with virtual_screen("640x480") as environment:
        told = subprocess.run(
            [sys.executable, "-m", "tests.ui.theme_follower"],
            env={**os.environ, **environment, "XDG_CURRENT_DESKTOP": "GNOME"},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    assert told.stdout.splitlines() == [
        "start light #f6f7f9",
        "night dark #12161c",
        "day light #f6f7f9",
        "chosen-light light #f6f7f9",
        "as-the-desktop dark #12161c",
    ]
