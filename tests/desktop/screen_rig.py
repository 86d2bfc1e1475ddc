"""A virtual screen with a window manager for tests, and the hand that acts on it."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from virtual_screen import virtual_screen

from c2c_desktop.ui.armed import ARMED_MS
from tests.desktop.bus_rig import Bus
from tests.desktop.rig import Environment, need, running, until

QUESTION = "Call this number?"


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
