"""File dialogs begin in a folder that is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.ui.proposed_folder import Location, proposed_folder
from tests.ui.import_rig import imports_of


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


@pytest.mark.parametrize(
    ("location", "name"), [(Location.DownloadLocation, "Downloads"), (Location.DocumentsLocation, "Documents")]
)
def test_a_folder_that_is_missing_is_not_proposed(home: Path, location: Location, name: str) -> None:
    assert proposed_folder(location) == home
    (home / name).write_text("no folder", encoding="utf-8")
    assert proposed_folder(location) == home
    (home / name).unlink()
    (home / name).mkdir()
    assert proposed_folder(location) == home / name


def test_a_file_to_import_is_looked_for_there(home: Path, qtbot: QtBot, program: Application) -> None:
    with imports_of(qtbot, program) as imports:
        imports.desk.choose_file()
        chooser = imports.the(QFileDialog)
        assert Path(chooser.directory().absolutePath()) == home
        chooser.reject()
