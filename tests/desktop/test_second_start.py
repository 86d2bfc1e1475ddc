"""A second start hands over to the program that runs, and ends; one that hangs is noticed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from c2c_desktop.desktop.instance.door_address import door_address
from tests.desktop.program_rig import ROOT
from tests.desktop.rig import Environment, end, until
from tests.desktop.screen_rig import QUESTION, keys_to, shown_window, xdotool

WINDOW = "^C2C Desktop$"


class Starts:
    """Starts of the program on one sandbox's folder, ended with the test."""

    def __init__(self, desktop: Environment, folder: Path, stack: ExitStack) -> None:
        self.desktop = desktop
        self.folder = folder
        self._stack = stack

    def begin(self, *words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "c2c_desktop", "--sandbox", "--data-dir", str(self.folder), *words],
            env=self.desktop,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._stack.callback(end, process)
        return process

    def first(self) -> subprocess.Popen[str]:
        """The one that runs, once its door is open."""
        process = self.begin()
        until(lambda: shown_window(self.desktop, WINDOW), "the window")
        until(lambda: Path(door_address(self.folder)).exists(), "the door")
        return process

    def windows(self) -> list[str]:
        return xdotool(self.desktop, "search", "--onlyvisible", "--name", WINDOW).split()


@pytest.fixture
def starts(desktop: Environment, tmp_path: Path) -> Iterator[Starts]:
    with ExitStack() as stack:
        yield Starts(desktop, tmp_path / "data", stack)


def test_a_second_start_shows_the_window_of_the_first_and_ends(starts: Starts) -> None:
    starts.first()
    window = starts.windows()[0]
    keys_to(starts.desktop, window, "alt+F4")
    until(lambda: not starts.windows(), "a window that is put away")
    second = starts.begin()
    assert second.wait(10) == 0
    assert second.communicate() == ("", "")
    until(lambda: starts.windows() == [window], "the window of the first")


def test_a_start_at_login_leaves_the_one_that_runs_alone(starts: Starts) -> None:
    starts.first()
    keys_to(starts.desktop, starts.windows()[0], "alt+F4")
    until(lambda: not starts.windows(), "a window that is put away")
    assert starts.begin("--minimized").wait(10) == 0
    assert starts.windows() == []


def test_a_number_from_a_terminal_is_asked_about_in_the_window_that_runs(starts: Starts) -> None:
    starts.first()
    assert starts.begin("dial", "--ask", "+919840222222").wait(10) == 0
    keys_to(starts.desktop, until(lambda: shown_window(starts.desktop, QUESTION), "the question"), "Escape")
    until(lambda: not shown_window(starts.desktop, QUESTION), "the question's end")


def test_of_two_started_at_once_one_stays(starts: Starts) -> None:
    both = [starts.begin(), starts.begin()]
    until(lambda: sum(process.poll() == 0 for process in both) == 1, "one that ended")
    until(lambda: len(starts.windows()) == 1, "one window")
    assert sum(process.poll() is None for process in both) == 1


def test_one_that_hangs_is_noticed_within_seconds_and_the_next_one_works(starts: Starts) -> None:
    hanging = starts.first()
    os.kill(hanging.pid, signal.SIGSTOP)
    try:
        since = time.monotonic()
        link = starts.begin("settings")
        assert link.wait(10) == 5
        assert time.monotonic() - since < 5
        assert "does not answer" in link.communicate()[1]
        starts.begin()
        until(lambda: len(starts.windows()) == 2, "a window of its own")
    finally:
        os.kill(hanging.pid, signal.SIGCONT)


def test_a_socket_that_a_killed_program_left_holds_nobody_up(starts: Starts) -> None:
    killed = starts.first()
    killed.kill()
    killed.wait(10)
    assert Path(door_address(starts.folder)).exists()
    starts.first()
    assert starts.begin("--minimized").wait(10) == 0
