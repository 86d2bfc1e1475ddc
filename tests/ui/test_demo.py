"""The demonstration: one call by the real button, told as it goes, and a picture at its height."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.demo import LIMIT_MS, Demo
from tests.ui.rig import fire, put_away


def demonstrate(qapp: QApplication, options: Options, picture: Path, *, give_up: bool = False) -> int:
    """Run the demonstration as `run_window` does; its status."""
    program = Application(qapp, options)
    demo = Demo(program, picture)
    try:
        demo.start()
        program.start()
        if give_up:
            QTimer.singleShot(0, demo, lambda: fire(demo, LIMIT_MS))
        qapp.exec()
    finally:
        put_away(program)
    return demo.status


def test_a_picture_that_cannot_be_written_is_a_failure(
    qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "folder"
    (folder / "demo.png").mkdir(parents=True)
    options = Options(sandbox=True, quick=True, data_dir=tmp_path / "data")
    assert demonstrate(qapp, options, folder / "demo.png") == 1
    assert "could not be written" in capsys.readouterr().out


def test_a_call_that_does_not_end_is_a_failure(
    qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = Options(sandbox=True, data_dir=tmp_path / "data")
    assert demonstrate(qapp, options, tmp_path / "demo.png", give_up=True) == 1
    assert capsys.readouterr().out == "The call did not end in time.\n"


def test_it_runs_the_whole_way_and_leaves_a_picture(tmp_path: Path) -> None:
    picture = tmp_path / "pictures" / "demo.png"
    told = subprocess.run(
        [sys.executable, "-m", "c2c_desktop", "--sandbox", "--demo", str(picture)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    image = QImage(str(picture))
    assert image.width() >= 640  # as wide as two panes; a screen in memory is no wider than 800
    lines = told.stdout.splitlines()
    assert lines[0] == "Pressing “Call Asha Rao” in the window"
    states = [line.split()[2] for line in lines if " s  " in line]
    assert states[:2] == ["PLACING", "INITIATED"]
    assert "CONNECTED" in states
    assert states[-1] == "ENDED"
    assert f"Screenshot: {picture}" in lines
