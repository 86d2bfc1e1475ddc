"""Quick dial on a real screen with a window manager: over everything, with the keyboard, gone when one leaves it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.desktop.program_rig import ROOT, Program
from tests.desktop.rig import PATIENCE, Environment, end, running, until
from tests.desktop.rig import python as python_command
from tests.desktop.screen_rig import screen_with_window_manager, xdotool
from tests.ui.quick_alone import OTHER

TASK_BAR = """
panel_items = T
panel_size = 100% 30
panel_position = bottom center horizontal
task_text = 1
task_icon = 0
task_maximum_size = 200 30
task_font = sans 12
task_font_color = #ffffff 100
task_iconified_font_color = #ff0000 100
"""


class Quick(Program):
    """Quick dial as a process of its own."""

    def say(self, order: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{order}\n")
        self.process.stdin.flush()

    def open(self, order: str = "open") -> str:
        """Open it; return its window on the screen once it has the keyboard."""
        before = len(self.told("window"))
        self.say(order)
        window = str(until(lambda: self.told("window")[before:], "quick dial")[0])
        until(lambda: xdotool(self.environment, "getactivewindow") == window, "the keyboard in quick dial")
        until(partial(self.knows, has_keyboard=True), "quick dial that knows it")
        return window

    def knows(self, *, has_keyboard: bool) -> bool:
        return self.told("active")[-1:] == [has_keyboard]

    def type(self, text: str) -> None:
        xdotool(self.environment, "type", "--delay", 5, text)
        until(lambda: self.told("text")[-1:] == [text], f"{text} in the field")


@contextmanager
def started(environment: Environment, *arguments: str) -> Iterator[Quick]:
    process = subprocess.Popen(
        python_command("-m", "tests.ui.quick_alone", *arguments),
        env={**environment, "LC_ALL": "C.UTF-8"},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Quick(process, environment)
    finally:
        end(process)


@pytest.fixture(scope="module")
def screen() -> Iterator[Environment]:
    with screen_with_window_manager() as environment:
        yield environment


@pytest.fixture
def quick(screen: Environment) -> Iterator[Quick]:
    with started(screen) as program:
        until(lambda: shown(screen, "Beside"), "the window beside it")
        yield program


@pytest.fixture
def other(screen: Environment, quick: Quick) -> Iterator[str]:
    """The window of another program, which has the keyboard, and nothing more on its way that could give it to it.

    It asks for it when it is shown. Each window is made the active one by asking once, and it is waited for.
    """
    assert quick.process.poll() is None
    with started(screen, "other") as program:
        window = until(lambda: shown(screen, OTHER), "another program")
        until(partial(program.knows, has_keyboard=True), "another program with the keyboard")
        for active, has_keyboard in ((shown(screen, "Beside"), False), (window, True)):
            xdotool(screen, "windowactivate", active)
            until(partial(is_active, screen, active), f"window {active} in front")
            until(partial(program.knows, has_keyboard=has_keyboard), "a program that knows it")
        yield window


def shown(screen: Environment, title: str) -> str:
    return xdotool(screen, "search", "--onlyvisible", "--name", f"^{title}$").partition("\n")[0]


def is_active(screen: Environment, window: str) -> bool:
    return xdotool(screen, "getactivewindow") == window


def activate(screen: Environment, window: str) -> bool:
    xdotool(screen, "windowactivate", window)
    return is_active(screen, window)


def properties(screen: Environment, window: str) -> str:
    return subprocess.run(
        ["xprop", "-id", window, "_NET_WM_STATE", "_NET_WM_WINDOW_TYPE", "_NET_FRAME_EXTENTS"],
        env=screen, capture_output=True, text=True, timeout=PATIENCE, check=True,
    ).stdout  # fmt: skip


def colours_of_task(screen: Environment, place: int) -> set[bytes]:
    """The colours of one place in the task bar; one only where nothing is."""
    area = f"180x26+{10 + 200 * place}+996"
    command = ["import", "-window", "root", "-crop", area, "-depth", "8", "rgb:-"]
    pixels = subprocess.run(command, env=screen, capture_output=True, timeout=PATIENCE, check=True).stdout
    return {pixels[at : at + 3] for at in range(0, len(pixels), 3)}


def test_it_takes_the_keyboard_from_another_program_and_enter_calls_once(quick: Quick, other: str) -> None:
    quick.open()
    quick.type("ben")
    xdotool(quick.environment, "key", "Return")
    until(lambda: quick.told("asked"), "the call")
    until(lambda: xdotool(quick.environment, "getactivewindow") == other, "the other program again")
    xdotool(quick.environment, "key", "Return")
    assert quick.told("asked") == [["+442079460018", "popup"]]
    assert quick.told("line") == []


def test_it_takes_the_keyboard_each_time(quick: Quick, other: str) -> None:
    for _ in range(3):
        window = quick.open()
        xdotool(quick.environment, "key", "a")
        until(lambda: quick.told("text")[-1:] == ["a"], "a letter")
        xdotool(quick.environment, "key", "Escape")
        until(lambda: xdotool(quick.environment, "getactivewindow") == other, "the other program")
        assert window not in xdotool(quick.environment, "search", "--onlyvisible", "--name", "Quick dial").split()


def test_it_goes_when_another_program_is_clicked(quick: Quick, other: str) -> None:
    quick.open()
    until(lambda: activate(quick.environment, other), "the other program in front")
    until(lambda: quick.told("closed"), "its end")
    assert quick.told("asked") == []


def test_a_desktop_that_takes_it_off_the_screen_closes_it(quick: Quick) -> None:
    xdotool(quick.environment, "windowunmap", quick.open())
    until(lambda: quick.told("closed"), "its end")
    quick.open()


def test_it_is_above_and_without_frame(quick: Quick) -> None:
    window = quick.open()
    told = properties(quick.environment, window)
    assert "_NET_WM_STATE_ABOVE" in told
    assert "_NET_WM_WINDOW_TYPE(ATOM) = _NET_WM_WINDOW_TYPE_UTILITY, _NET_WM_WINDOW_TYPE_TOOLBAR" in told
    assert "_NET_FRAME_EXTENTS(CARDINAL) = 0, 0, 0, 0" in told


def test_it_is_in_no_task_bar(quick: Quick, tmp_path: Path) -> None:
    (tmp_path / "tint2rc").write_text(TASK_BAR, encoding="utf-8")
    with running(["tint2", "-c", str(tmp_path / "tint2rc")], quick.environment):
        until(lambda: len(colours_of_task(quick.environment, 0)) > 1, "the window beside it in the task bar")
        quick.open()
        quick.say("minimise")  # the bar shows that only after what came before
        until(lambda: b"\xff\x00\x00" in colours_of_task(quick.environment, 0), "a minimised window in the task bar")
        assert len(colours_of_task(quick.environment, 1)) == 1


def test_it_stands_in_the_middle_of_the_upper_part(quick: Quick) -> None:
    window = quick.open()
    place = dict(
        line.split("=") for line in xdotool(quick.environment, "getwindowgeometry", "--shell", window).split("\n")
    )
    assert (int(place["X"]), int(place["Y"]), int(place["WIDTH"])) == ((1280 - 520) // 2, 1024 // 6, 520)


@pytest.mark.parametrize("held_back", ["minimise", "dialog"])
def test_neither_a_minimised_window_nor_a_question_holds_it_back(quick: Quick, held_back: str) -> None:
    quick.say(held_back)
    if held_back == "minimise":
        until(lambda: not shown(quick.environment, "Beside"), "a minimised window")
    else:
        until(lambda: shown(quick.environment, "A question"), "the question")
    quick.open()
    quick.type("asif")
    xdotool(quick.environment, "key", "Return")
    until(lambda: quick.told("asked") == [["+919840666666", "popup"]], "the call")
    assert bool(shown(quick.environment, "Beside")) is (held_back == "dialog")


def test_its_routes_are_chosen_by_keys_and_it_stays(quick: Quick) -> None:
    window = quick.open()
    xdotool(quick.environment, "key", "alt+2")
    until(lambda: quick.told("route") == ["mobile"], "a route")
    xdotool(quick.environment, "key", "Tab")
    xdotool(quick.environment, "key", "Return")
    until(lambda: len(quick.windows()) == 3, "the routes")
    xdotool(quick.environment, "key", "Down")
    xdotool(quick.environment, "key", "Down")
    xdotool(quick.environment, "key", "Return")
    until(lambda: quick.told("route") == ["mobile", "neither"], "another route")
    xdotool(quick.environment, "key", "Tab")
    quick.type("ben")
    assert xdotool(quick.environment, "getactivewindow") == window
    assert quick.told("asked") == quick.told("closed") == []
