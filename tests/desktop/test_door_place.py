"""Where the door stands: one a data folder, for this user only, kept by one instance."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.desktop.instance.door_address import LONGEST_PATH, door_address
from c2c_desktop.desktop.instance.door_claim import NAME, DoorClaim
from c2c_desktop.desktop.instance.instance_door import DoorState
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.services.door_line import HandOver
from tests.contract.permissions import without_root
from tests.desktop.door_rig import LINE, LINK, Opened, ask


def test_the_socket_is_for_this_user_only(opened: Opened) -> None:
    path = Path(door_address(opened.folder))
    assert path.is_socket()
    assert path.stat().st_mode & 0o077 == 0
    assert (opened.folder / NAME).stat().st_mode & 0o777 == 0o600


def test_a_second_instance_on_the_same_folder_is_told_and_takes_nothing(qtbot: QtBot, opened: Opened) -> None:
    second = Opened(opened.folder)
    assert second.state is DoorState.TAKEN
    assert ask(qtbot, opened, LINE) == ""
    second.close()
    assert ask(qtbot, opened, LINE) == ""
    assert (len(opened.came), second.came) == (2, [])


def test_another_folder_is_another_door(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    other = Opened(tmp_path / "other")
    assert other.state is DoorState.OPEN
    assert ask(qtbot, other, LINE) == ""
    assert (opened.came, other.came) == ([], [HandOver(link=LINK)])
    other.close()


def test_after_the_first_instance_the_next_one_has_the_door(qapp: QCoreApplication, tmp_path: Path) -> None:  # noqa: ARG001
    first = Opened(tmp_path)
    first.close()
    assert not Path(door_address(tmp_path)).exists()
    second = Opened(tmp_path)
    assert second.state is DoorState.OPEN
    second.close()


HOLDER = """\
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from c2c_desktop.desktop.instance.instance_door import InstanceDoor
from c2c_desktop.services.link_gate import LinkGate
application = QCoreApplication([])
door = InstanceDoor(Path(sys.argv[1]), LinkGate())
print(door.open().name, flush=True)
application.exec()
"""


def test_what_a_killed_instance_left_behind_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=environment
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "OPEN\n"
        kept_out = Opened(tmp_path)
        assert kept_out.state is DoorState.TAKEN
        kept_out.close()
        holder.send_signal(signal.SIGKILL)
    assert Path(door_address(tmp_path)).is_socket()
    heir = Opened(tmp_path)
    assert heir.state is DoorState.OPEN
    assert ask(qtbot, heir, LINE) == ""
    heir.close()


@pytest.mark.logs("there is no door: PermissionError")
def test_a_folder_that_cannot_be_written_has_no_door(qapp: QCoreApplication, tmp_path: Path) -> None:  # noqa: ARG001
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    with without_root():
        opened = Opened(folder)
    assert opened.state is DoorState.FAILED
    opened.close()


@pytest.mark.logs("there is no door: ")
def test_where_something_else_stands_in_its_place_there_is_no_door(qapp: QCoreApplication, tmp_path: Path) -> None:  # noqa: ARG001
    (tmp_path / "link.sock" / "full").mkdir(parents=True)
    opened = Opened(tmp_path)
    assert opened.state is DoorState.FAILED
    assert DoorClaim(tmp_path).take()
    opened.close()


def test_a_long_path_gets_a_name_in_the_runtime_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    long = tmp_path / ("x" * LONGEST_PATH)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1000")
    assert door_address(long).startswith("/run/user/1000/c2c-desktop-")
    assert door_address(long) != door_address(long / "other")
    assert door_address(long) == door_address(long / "other" / "..")
    assert door_address(tmp_path) == str(tmp_path.resolve() / "link.sock")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    with pytest.raises(StorageError):
        door_address(long)
