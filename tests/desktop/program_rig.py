"""The program as a process of its own, for tests that use it as a person does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.desktop.rig import PATIENCE, Environment, end, until
from tests.desktop.screen_rig import answer_yes, keys_to, shown_window, xdotool

ROOT = Path(__file__).parents[2]


class Program:
    """The program as a process of its own, and what it tells."""

    def __init__(self, process: subprocess.Popen[str], environment: Environment) -> None:
        assert process.stdout is not None
        self.process = process
        self.environment = environment
        self.facts: list[dict[str, Any]] = []
        self._unread = ""
        os.set_blocking(process.stdout.fileno(), False)

    def told(self, name: str) -> list[Any]:
        """Every value of a fact, oldest first."""
        assert self.process.stdout is not None
        with suppress(BlockingIOError):
            self._unread += os.read(self.process.stdout.fileno(), 1 << 16).decode()
        *lines, self._unread = self._unread.split("\n")
        self.facts += [json.loads(line) for line in lines]
        return [fact[name] for fact in self.facts if name in fact]

    def states(self) -> list[str]:
        """The states of its calls, oldest first."""
        return [str(state) for state in self.told("state")]

    def reach(self, state: str) -> None:
        until(lambda: state in self.states(), f"a call that is {state}")

    def window(self) -> str:
        """Its main window on the screen, or nothing."""
        return shown_window(self.environment)

    def windows(self) -> list[str]:
        """Every window of it on the screen, menus and messages included, but the icon in a tray."""
        found = xdotool(self.environment, "search", "--onlyvisible", "--pid", self.process.pid).split()
        return [w for w in found if "Geometry: 22x22" not in xdotool(self.environment, "getwindowgeometry", w)]

    def wait_for_window(self) -> str:
        return until(self.window, "the window")

    def keys(self, *keys: str) -> None:
        """Press keys in its window."""
        keys_to(self.environment, self.wait_for_window(), *keys)

    def dial(self, digits: str) -> None:
        """Type a number into the pad and press Enter."""
        self.keys("ctrl+d", "ctrl+a", *("plus" if digit == "+" else digit for digit in digits), "Return")

    def say_yes(self) -> None:
        """Answer the guard's question with Enter, once it takes an answer."""
        answer_yes(self.environment)

    def close_window(self) -> None:
        """Close the window as its frame's button does."""
        keys_to(self.environment, self.wait_for_window(), "alt+F4")

    def bring_back(self) -> None:
        """Bring a minimised window back, as a task bar does."""
        found = xdotool(self.environment, "search", "--name", "^C2C Desktop$").split()
        until(lambda: [xdotool(self.environment, "windowactivate", window) for window in found], "a window")
        self.wait_for_window()

    def quit(self) -> int:
        """End it as a polite kill does; return its exit status."""
        self.process.terminate()
        return self.process.wait(PATIENCE)


@contextmanager
def program_running(environment: Environment, *arguments: str) -> Iterator[Program]:
    """Run the program; whatever it says besides its facts fails the test."""
    errors = Path(environment["HOME"]) / "stderr"
    with errors.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.desktop.program", *arguments],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=file,
            text=True,
        )
        try:
            yield Program(process, environment)
        finally:
            end(process)
    assert (said := errors.read_text(encoding="utf-8")) == "", said
