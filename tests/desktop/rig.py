"""Programs of a real desktop for tests: found, run, waited for, and ended."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO, TypeVar

import pytest

T = TypeVar("T")
PATIENCE = 15.0
"""Seconds a condition may take on a busy machine."""
AT_SPI_LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
PACKAGES = {
    AT_SPI_LAUNCHER: "at-spi2-core",
    "Xvfb": "xvfb",
    "dbus-daemon": "dbus-daemon",
    "dunst": "dunst",
    "import": "imagemagick",
    "openbox": "openbox",
    "tint2": "tint2",
    "xdotool": "xdotool",
    "xfce4-panel": "xfce4-panel",
    "xprop": "x11-utils",
}
Environment = dict[str, str]


def need(program: str) -> str:
    """Return the path of `program`; fail the test with the package to install where there is none."""
    found = shutil.which(program)
    if found is None:
        pytest.fail(f"{program} is missing: install the Debian package {PACKAGES[program]}.", pytrace=False)
    return found


def until(condition: Callable[[], T], what: str, seconds: float = PATIENCE) -> T:
    """Poll until `condition` gives something true, and return that."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            pytest.fail(f"{what}: not within {seconds:g} s (last seen: {value!r})")
        time.sleep(0.02)


def end(process: subprocess.Popen[str], patience: float = 5.0) -> None:
    """End a process that this module started."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], output: int | IO[str] = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[str]]:
    """Run a real program as long as the block lasts."""
    process = subprocess.Popen(
        [need(command[0]), *command[1:]],
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output if output is not subprocess.PIPE else subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        end(process)


def python(*arguments: str) -> list[str]:
    """A command of this interpreter that finds the checkout."""
    return [sys.executable, *arguments]


def stop_at_once(process: subprocess.Popen[str]) -> None:
    """Let a process hang, without ending it."""
    process.send_signal(signal.SIGSTOP)
