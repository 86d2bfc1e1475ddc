"""The list over the window's foot on a real screen: opened, left by a click, and its buttons pressed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.program_rig import ROOT, Program
from tests.desktop.rig import Environment, end, python, until
from tests.desktop.screen_rig import keys_to, shown_window, xdotool


@pytest.fixture
def shown(desktop: Environment, tmp_path: Path) -> Iterator[Program]:
    """The window, in front."""
    errors = tmp_path / "stderr"
    with errors.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            python("-m", "tests.desktop.health_line"),
            env={**desktop, "PYTHONPATH": str(ROOT / "packaging")},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=file,
            text=True,
        )
        try:
            program = Program(process, desktop)
            window = until(lambda: shown_window(desktop, "Health"), "the window")
            keys_to(desktop, window, "shift")
            until(lambda: program.told("line"), "the line's place")
            yield program
        finally:
            end(process)
    assert errors.read_text(encoding="utf-8") == ""


def click(program: Program, what: str) -> None:
    x, y = program.told(what)[-1]
    xdotool(program.environment, "mousemove", x, y, "click", 1)


def popup(program: Program) -> list[str]:
    return program.told("popup")


def test_a_click_on_the_line_opens_the_list_and_another_closes_it(shown: Program) -> None:
    click(shown, "line")
    until(lambda: popup(shown) == ["shown"], "the list")
    click(shown, "line")
    until(lambda: popup(shown) == ["shown", "hidden"], "its end")
    click(shown, "button")  # told after whatever the click before led to
    until(lambda: shown.told("pressed"), "a press elsewhere")
    assert popup(shown) == ["shown", "hidden"]


def test_a_click_elsewhere_closes_the_list_and_does_nothing_else(shown: Program) -> None:
    click(shown, "line")
    until(lambda: popup(shown) == ["shown"], "the list")
    click(shown, "button")
    until(lambda: popup(shown) == ["shown", "hidden"], "its end")
    assert shown.told("pressed") == []
    click(shown, "button")
    until(lambda: shown.told("pressed"), "a press")
    assert shown.told("pressed") == ["elsewhere"]


def test_escape_closes_the_list(shown: Program) -> None:
    click(shown, "line")
    until(lambda: popup(shown) == ["shown"], "the list")
    xdotool(shown.environment, "key", "Escape")
    until(lambda: popup(shown) == ["shown", "hidden"], "its end")


def test_a_button_of_the_list_asks_to_mend(shown: Program) -> None:
    click(shown, "line")
    until(lambda: popup(shown) == ["shown"], "the list")
    until(lambda: shown.told("mend_at"), "the button's place")
    click(shown, "mend_at")
    until(lambda: shown.told("mend") == ["keyring"], "what is to be mended")
    assert popup(shown) == ["shown", "hidden"]


def test_by_keyboard_alone_the_list_opens_and_mends(shown: Program) -> None:
    def is_reached() -> bool:
        if shown.told("focus")[-1:] == ["line"]:
            return True
        before = len(shown.told("focus"))
        xdotool(shown.environment, "key", "Tab")
        until(lambda: len(shown.told("focus")) > before, "the next thing that takes keys")
        return False

    until(is_reached, "the line with the keys")
    xdotool(shown.environment, "key", "space")
    until(lambda: popup(shown) == ["shown"], "the list")
    until(lambda: shown.told("focus")[-1] == "mend", "the button with the keys")
    xdotool(shown.environment, "key", "Return")
    until(lambda: shown.told("mend") == ["keyring"], "what is to be mended")
