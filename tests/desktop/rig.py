"""Real desktop parts for tests: a private session bus, a virtual screen, a window manager, and programs on them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

import pytest
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from virtual_screen import virtual_screen

from c2c_desktop.ui.armed import ARMED_MS

T = TypeVar("T")
QUESTION = "Call this number?"
ROOT = Path(__file__).parents[2]
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
_BUS_CONFIG = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  {services}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
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


@dataclass
class Bus:
    """A private session bus that can be ended before its time."""

    address: str
    process: subprocess.Popen[str]

    def connect(self) -> DBusConnection:
        return open_dbus_connection(self.address)

    def is_up(self) -> bool:
        """Whether it takes connections: its socket is there a little earlier."""
        try:
            self.connect().close()
        except OSError:
            return False
        return True

    def owner(self, name: str) -> str:
        """The unique name of who owns `name`, or nothing."""
        with self.connect() as connection:
            reply = connection.send_and_get_reply(new_method_call(BUS, "GetNameOwner", "s", (name,)), timeout=5)
        return str(reply.body[0]) if str(reply.body[0]).startswith(":") else ""

    def stop(self) -> None:
        end(self.process)


@contextmanager
def private_bus(folder: Path, services: Path | None = None) -> Iterator[Bus]:
    """Run a session bus: nobody is on it, and nobody but those described in `services` can be started."""
    config, socket = folder / "bus.conf", folder / "bus"
    described = f"<servicedir>{services}</servicedir>" if services is not None else ""
    config.write_text(_BUS_CONFIG.format(socket=socket, services=described), encoding="utf-8")
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile"]
    with running(command, os.environ) as process:
        bus = Bus(f"unix:path={socket}", process)
        until(bus.is_up, "the private bus")
        yield bus


@contextmanager
def screen_with_window_manager() -> Iterator[Environment]:
    """Run a virtual screen with openbox, and yield the environment of programs on it."""
    need("Xvfb")
    with virtual_screen() as environment, running(["openbox", "--sm-disable"], environment):
        until(lambda: "window id" in root_property(environment, "_NET_SUPPORTING_WM_CHECK"), "the window manager")
        yield environment


def root_property(environment: Environment, name: str) -> str:
    """What xprop tells of a property of the screen's root window."""
    command = [need("xprop"), "-root", name]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=20, check=False).stdout


def desktop_environment(screen: Environment, bus: Bus, home: Path) -> Environment:
    """Combine a screen, a bus and a home of its own."""
    folders = {"HOME": home, "TMPDIR": home / "tmp", "XDG_RUNTIME_DIR": home / "run"}
    folders |= {f"XDG_{kind}_HOME": home / kind.lower() for kind in ("CONFIG", "DATA", "CACHE", "STATE")}
    for folder in folders.values():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    own = {name: str(folder) for name, folder in folders.items()}
    return {**screen, **own, "DBUS_SESSION_BUS_ADDRESS": bus.address, "XDG_CURRENT_DESKTOP": "", "LC_ALL": "C.UTF-8"}


def xdotool(environment: Environment, *arguments: str | int) -> str:
    """Act as a hand on the screen; return what xdotool prints."""
    done = subprocess.run(
        [need("xdotool"), *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    return done.stdout.strip()


def python(*arguments: str) -> list[str]:
    """A command of this interpreter that finds the checkout."""
    return [sys.executable, *arguments]


def stop_at_once(process: subprocess.Popen[str]) -> None:
    """Let a process hang, without ending it."""
    process.send_signal(signal.SIGSTOP)


def shown_window(environment: Environment, title: str = "C2C Desktop") -> str:
    """The window with that title on the screen, or nothing."""
    pattern = f"^{title.replace('?', '[?]')}$"
    return xdotool(environment, "search", "--onlyvisible", "--name", pattern).partition("\n")[0]


def keys_to(environment: Environment, window: str, *keys: str) -> None:
    """Press keys in a window, once it is the active one."""

    def is_active() -> bool:
        if xdotool(environment, "getactivewindow") == window:
            return True
        xdotool(environment, "windowactivate", window)
        return False

    until(is_active, f"window {window} in front")
    xdotool(environment, "key", "--delay", 0, *keys)


def answer_yes(environment: Environment) -> None:
    """Answer the guard's question with Enter, once it takes an answer: an Enter that comes too early is turned away."""
    asked = until(lambda: shown_window(environment, QUESTION), "the question")
    pressed = time.monotonic()

    def is_answered() -> bool:
        nonlocal pressed
        if shown_window(environment, QUESTION) != asked:
            return True
        if xdotool(environment, "getactivewindow") != asked:
            xdotool(environment, "windowactivate", asked)
        elif time.monotonic() - pressed > 2.5 * ARMED_MS / 1000:
            xdotool(environment, "key", "Return")
            pressed = time.monotonic()
        return False

    until(is_answered, "the question's end")


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
    assert errors.read_text(encoding="utf-8") == ""
