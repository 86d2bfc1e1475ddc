"""Where the window is: without a tray, brought to the front, and back at its place on real screens."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from virtual_screen import virtual_screen

from tests.desktop.conftest import StartProgram
from tests.desktop.program_rig import ROOT, Program
from tests.desktop.rig import Environment, end, python, running, until
from tests.desktop.screen_rig import keys_to, shown_window, xdotool


def keep_settings(folder: Path, **settings: object) -> None:
    folder.mkdir()
    (folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")


def test_where_nothing_is_kept_in_the_tray_closing_quits(start: StartProgram, tmp_path: Path) -> None:
    keep_settings(tmp_path / "data", close_to_tray=False)
    program = start("--data-dir", str(tmp_path / "data"))
    program.close_window()
    assert program.process.wait(5) == 0


def test_without_a_tray_closing_minimises_and_says_so_once(start: StartProgram) -> None:
    program = start()
    program.close_window()
    until(lambda: program.told("window")[-1] == "minimised", "a minimised window")
    assert [words for words in program.told("said") if "no tray" in words]
    before = len(program.told("said"))
    program.bring_back()
    program.close_window()
    until(lambda: program.told("window").count("minimised") == 2, "a minimised window")
    again = program.told("said")[before:]
    assert set(again) <= {program.told("said")[0]}
    assert program.process.poll() is None


def test_without_a_tray_a_program_started_without_its_window_can_be_reached(start: StartProgram) -> None:
    program = start("--minimized", window=False)
    until(lambda: program.told("window") == ["minimised"], "a window in the task bar")
    program.bring_back()


def test_settings_that_cannot_be_kept_are_told_and_closing_goes_on(start: StartProgram, tmp_path: Path) -> None:
    keep_settings(tmp_path / "data", accounts=[{"user_id": "101_1111112"}])
    (tmp_path / "data" / "settings.json.lock").mkdir()
    program = start("--data-dir", str(tmp_path / "data"))
    program.close_window()
    until(lambda: [words for words in program.told("said") if "could not be saved" in words], "the reason")
    until(lambda: program.told("window")[-1] == "minimised", "a minimised window")


def test_the_window_comes_back_where_it_was(start: StartProgram, tmp_path: Path) -> None:
    arguments = ("--api-url", "http://127.0.0.1:9/v2", "--data-dir", str(tmp_path / "data"))
    first = start(*arguments)
    xdotool(first.environment, "windowsize", "--sync", first.wait_for_window(), 400, 620)
    assert first.quit() == 0
    second = start(*arguments)
    assert "Geometry: 400x620" in xdotool(second.environment, "getwindowgeometry", second.wait_for_window())


# The window alone, on real screens


class Obedient(Program):
    """A window that does what it is told."""

    def command(self, *words: str | int) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()

    def ask(self, fact: str, *words: str | int) -> Any:
        """Tell it, and return what it tells of that afterwards."""
        before = len(self.told(fact))
        self.command(*words)
        until(lambda: len(self.told(fact)) > before, fact)
        return self.told(fact)[-1]


@contextmanager
def window_alone(environment: Environment, folder: Path, place: str = "") -> Iterator[Obedient]:
    """Show it; whatever it says besides its facts fails the test."""
    errors = folder / f"stderr-{len(list(folder.iterdir()))}"
    with errors.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            python("-m", "tests.desktop.presence_program", place),
            env={**environment, "PYTHONPATH": str(ROOT / "packaging")},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=file,
            text=True,
        )
        try:
            program = Obedient(process, environment)
            program.wait_for_window()
            yield program
        finally:
            end(process)
    assert errors.read_text(encoding="utf-8") == ""


SOME_OTHER = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit
application = QApplication([])
window = QLineEdit()
window.setWindowTitle("Some other")
window.resize(1100, 900)
window.show()
sys.exit(application.exec())
"""


@contextmanager
def some_other_window(environment: Environment) -> Iterator[str]:
    """A window of another program over ours, in which somebody just typed."""
    process = subprocess.Popen(python("-c", SOME_OTHER), env=environment, text=True)
    try:
        window = until(lambda: shown_window(environment, "Some other"), "another window")
        keys_to(environment, window, "a", "b")
        yield window
    finally:
        end(process)


def property_of(environment: Environment, window: str, name: str) -> str:
    """What the window manager keeps of a window, or of the screen where it is none."""
    where = ["-id", window] if window else ["-root"]
    done = subprocess.run(
        ["xprop", *where, name], env=environment, capture_output=True, text=True, timeout=20, check=True
    )
    return done.stdout


def uppermost(environment: Environment) -> str:
    stack = property_of(environment, "", "_NET_CLIENT_LIST_STACKING")
    return str(int(stack.rsplit("0x", 1)[-1].strip(), 16))


def states(environment: Environment, window: str) -> str:
    return property_of(environment, window, "_NET_WM_STATE")


@pytest.mark.parametrize("was", ["behind", "minimised", "hidden", "maximised", "maximised-and-minimised"])
def test_brought_up_it_is_over_another_program_and_has_the_keys(desktop: Environment, tmp_path: Path, was: str) -> None:
    with window_alone(desktop, tmp_path) as program:
        ours = program.wait_for_window()
        keys_to(desktop, ours, "shift")
        if "maximised" in was:
            program.command("maximise")
            until(lambda: "MAXIMIZED_VERT" in states(desktop, ours), "a maximised window")
        if "minimised" in was:
            program.command("minimise")
            until(lambda: "HIDDEN" in states(desktop, ours), "a minimised window")
        if was == "hidden":
            program.command("hide")
            until(lambda: not program.window(), "a hidden window")
        with some_other_window(desktop) as other:
            assert xdotool(desktop, "getactivewindow") == other
            assert uppermost(desktop) == other
            program.ask("inherited", "bring-up")
            until(lambda: xdotool(desktop, "getactivewindow") == ours, "our window with the keys")
            assert uppermost(desktop) == ours
            assert ("MAXIMIZED_VERT" in states(desktop, ours)) is ("maximised" in was)


@pytest.mark.parametrize(
    ("token", "seen"), [("token-of-the-desktop", "token-of-the-desktop"), ("x" * 1001, ""), ("", "")]
)
def test_a_token_stands_where_qt_looks_for_it_and_nowhere_afterwards(
    desktop: Environment, tmp_path: Path, token: str, seen: str
) -> None:
    with window_alone(desktop, tmp_path) as program:
        assert program.ask("inherited", "bring-up", token) == ""
        assert program.told("token") == [seen]


def place_far_out(environment: Environment, folder: Path) -> str:
    """The place of a window in the lower right corner of a large screen."""
    with window_alone(environment, folder) as program:
        program.command("move", 400, 250)
        until(lambda: program.ask("frame", "where")[:2] == [400, 250], "the corner")
        return str(program.ask("place", "keep-place"))


def test_a_place_on_a_screen_that_is_gone_comes_back_wholly_on_one_that_is_there(
    desktop: Environment, tmp_path: Path
) -> None:
    place = place_far_out(desktop, tmp_path)
    with virtual_screen("800x600") as small, running(["openbox", "--sm-disable"], small):
        environment = {**desktop, "DISPLAY": small["DISPLAY"]}
        with window_alone(environment, tmp_path, place) as program:
            until(lambda: program.ask("inside", "where"), "a window wholly on the screen")
            assert program.told("frame")[-1][2] == 800


def test_a_place_on_a_wider_screen_keeps_its_size_where_it_fits(desktop: Environment, tmp_path: Path) -> None:
    with window_alone(desktop, tmp_path) as program:
        program.command("resize", 500, 560)
        until(lambda: program.ask("frame", "where")[2] == 502, "the size")
        place = str(program.ask("place", "keep-place"))
    with virtual_screen("800x700") as small, running(["openbox", "--sm-disable"], small):
        environment = {**desktop, "DISPLAY": small["DISPLAY"]}
        with window_alone(environment, tmp_path, place) as program:
            until(lambda: program.ask("inside", "where"), "a window wholly on the screen")
            assert program.told("frame")[-1][2] == 502


def test_at_first_it_is_no_larger_than_the_screen(desktop: Environment, tmp_path: Path) -> None:
    with ExitStack() as stack:
        small = stack.enter_context(virtual_screen("800x600"))
        stack.enter_context(running(["openbox", "--sm-disable"], small))
        program = stack.enter_context(window_alone({**desktop, "DISPLAY": small["DISPLAY"]}, tmp_path))
        until(lambda: program.ask("inside", "where"), "a window wholly on the screen")


def test_on_the_same_screen_it_comes_back_to_the_same_place(desktop: Environment, tmp_path: Path) -> None:
    place = place_far_out(desktop, tmp_path)
    with window_alone(desktop, tmp_path, place) as program:
        until(lambda: program.ask("frame", "where")[:2] == [400, 250], "the same place")


@pytest.mark.parametrize("place", ["no place", "AAAA", "\u2028", "AdnQywADAAA" + "f" * 60])
def test_a_place_that_is_none_leaves_the_usual_one(desktop: Environment, tmp_path: Path, place: str) -> None:
    with window_alone(desktop, tmp_path, place) as program:
        until(lambda: program.ask("inside", "where"), "a window wholly on the screen")


def test_a_window_out_of_sight_is_brought_back_into_it(desktop: Environment, tmp_path: Path) -> None:
    with window_alone(desktop, tmp_path) as program:
        program.command("hide")  # a window manager keeps those it sees in sight
        program.command("move", 3000, 100)
        assert program.ask("inside", "where") is False
        program.ask("inherited", "bring-up")
        until(lambda: program.ask("inside", "where"), "a window in sight")


def test_a_window_half_in_sight_stays_where_somebody_put_it(desktop: Environment, tmp_path: Path) -> None:
    with window_alone(desktop, tmp_path) as program:
        program.command("move", 900, 100)
        until(lambda: program.ask("frame", "where")[:2] == [900, 100], "the place")
        program.ask("inherited", "bring-up")
        assert program.ask("frame", "where")[:2] == [900, 100]
