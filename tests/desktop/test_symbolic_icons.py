"""The tray's icons in a user's icon theme: written and deleted with the links, and found there by Qt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from c2c_desktop.desktop.registration.symbolic_icons import SymbolicIcons
from c2c_desktop.desktop.tray_icon.tray_states import STATES, symbolic_name
from c2c_desktop.domain.errors import StorageError
from tests.desktop.links_home import LinksHome
from tests.desktop.program_rig import ROOT
from tests.desktop.rig import PATIENCE

FOLDER = "icons/hicolor/symbolic/apps"
NAMES = {f"{symbolic_name(state)}.svg": f"resources/icons/{state}.svg" for state in STATES}
THEME = """[Icon Theme]
Name=Hicolor
Comment=of a test
Directories=symbolic/apps
[symbolic/apps]
Size=16
MinSize=8
MaxSize=512
Type=Scalable
"""
FIND = """
import json, sys
from PySide6.QtWidgets import QApplication
from c2c_desktop.desktop.tray_icon.tray_look import tray_icon
from PySide6.QtGui import QIcon
from c2c_desktop.ui.icons import Icons
application = QApplication(sys.argv[:1])
QIcon.setThemeSearchPaths(json.loads(sys.argv[2]))  # offscreen there are none
QIcon.setThemeName("hicolor")
icons = Icons()
print(json.dumps([tray_icon(state, icons.pixmap).name() for state in json.loads(sys.argv[1])]))
"""


@pytest.fixture
def home(tmp_path: Path) -> LinksHome:
    return LinksHome(tmp_path)


@pytest.fixture
def icons(home: LinksHome) -> Path:
    """Where the icons of this home stand."""
    return home.home / ".local/share" / FOLDER


def names_found(home: LinksHome) -> list[str]:
    """The names under which a program of this home finds the tray's icons; "" where it draws its own."""
    environment = {**home.environment, "QT_QPA_PLATFORM": "offscreen"}
    themes = [str(home.home / ".local/share/icons"), str(home.system / "share/icons")]
    words = (sys.executable, "-c", FIND, json.dumps(STATES), json.dumps(themes))
    done = subprocess.run(
        words, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def test_a_folder_that_cannot_be_written_is_said_with_its_path(home: LinksHome, icons: Path) -> None:
    icons.parent.mkdir(parents=True)
    icons.write_text("")
    with pytest.raises(StorageError) as told:
        home.links().install()
    assert str(icons) in told.value.message
    assert not home.list.exists()  # links are given to nobody before everything stands


def test_a_link_that_leads_nowhere_or_elsewhere_is_deleted_and_what_it_leads_to_stays(
    home: LinksHome, icons: Path
) -> None:
    mine = home.folder / "mine.svg"
    mine.write_text("<svg/>")
    icons.mkdir(parents=True)
    (icons / next(iter(NAMES))).symlink_to(mine)
    SymbolicIcons(home.home / ".local/share").remove()
    assert mine.read_text() == "<svg/>"
    assert list(icons.iterdir()) == []


def test_removing_what_was_never_installed_changes_nothing(home: LinksHome) -> None:
    home.links().remove()
    assert not (home.home / ".local/share/icons").exists()


def test_icons_of_a_package_are_not_hidden_by_some_of_the_user(home: LinksHome, icons: Path) -> None:
    program = home.program(home.folder / "usr/bin/c2c-desktop")
    system = home.system / "share/applications"
    system.mkdir(parents=True)
    (system / "c2c-desktop.desktop").write_text(f"[Desktop Entry]\nType=Application\nName=C2C\nExec={program}\n")
    home.links(str(program)).install()
    assert not icons.exists()


def test_icons_come_and_go_with_the_links_and_leave_others_alone(home: LinksHome, icons: Path) -> None:
    theme = home.system / "share/icons/hicolor/index.theme"
    theme.parent.mkdir(parents=True)
    theme.write_text(THEME)
    icons.mkdir(parents=True)
    other = icons / "other-symbolic.svg"
    other.write_text("<svg/>")
    assert names_found(home) == [""] * len(STATES)
    for _ in range(2):
        home.links().install()
        there = {path.name: path.read_bytes() for path in icons.iterdir() if path != other}
        assert there == {name: (ROOT / source).read_bytes() for name, source in NAMES.items()}
    assert names_found(home) == [symbolic_name(state) for state in STATES]
    home.links().remove()
    assert list(icons.iterdir()) == [other]
    assert names_found(home) == [""] * len(STATES)


def test_the_icons_stand_where_the_environment_says(home: LinksHome, tmp_path: Path) -> None:
    home.environment["XDG_DATA_HOME"] = str(tmp_path / "data")
    home.links().install()
    assert {path.name for path in (tmp_path / "data" / FOLDER).iterdir()} == set(NAMES)


def test_programs_that_run_are_told_by_the_time_of_the_theme(tmp_path: Path) -> None:
    theme = tmp_path / "icons/hicolor"
    for change in (SymbolicIcons(tmp_path).install, SymbolicIcons(tmp_path).install, SymbolicIcons(tmp_path).remove):
        theme.mkdir(parents=True, exist_ok=True)
        os.utime(theme, (1, 1))
        change()
        assert theme.stat().st_mtime > 1
