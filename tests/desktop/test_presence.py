"""What closing the window and starting without it mean where there is no tray."""

from __future__ import annotations

import json
from pathlib import Path

from tests.desktop.conftest import StartProgram
from tests.desktop.rig import until, xdotool


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
