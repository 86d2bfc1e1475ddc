"""When shared directories are read again, and that nothing runs where there are none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.composition import Options
from c2c_desktop.desktop.system import file_watch, shares
from c2c_desktop.desktop.system.file_watch import SETTLED_MS, FileWatch
from c2c_desktop.desktop.system.shares import is_on_share
from c2c_desktop.directory_ties import DirectoryTies
from c2c_desktop.domain.shared_directory import DirectoryKind, DirectoryState, SharedDirectory
from c2c_desktop.domain.update_schedule import EVERY
from c2c_desktop.services.directory import Directory
from c2c_desktop.services.ports import Lane
from c2c_desktop.ui.contact_pane import ContactPane
from c2c_desktop.ui.directories_window import DirectoriesWindow
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme
from tests.directory_fakes import TEAM, DirectoryRig
from tests.fakes import ManualRunner, MemoryContactStore
from tests.ui.rig import dialog, fire, running, running_timers

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
fileserver:/export /srv/share nfs4 rw 0 0
//nas/team /mnt/team\\040files cifs rw 0 0
/dev/sdb1 /srv/share/local ext4 rw 0 0
sshfs /home/asha/far fuse.sshfs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("path", "is_share"),
    [
        ("/srv/share/team.csv", True),
        ("/srv/shared/team.csv", False),
        ("/srv/share/local/team.csv", False),
        ("/mnt/team files/a/team.csv", True),
        ("/home/asha/far/../far/team.csv", True),
        ("/home/asha/team.csv", False),
    ],
)
def test_a_share_is_told_by_the_table_of_mounts(path: str, is_share: bool) -> None:
    assert is_on_share(path, MOUNTS) == is_share


def test_a_link_to_a_share_is_one(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "near.csv").symlink_to(tmp_path / "far" / "team.csv")
    mounts = f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path}/far nfs rw 0 0\n"
    assert is_on_share(str(tmp_path / "near.csv"), mounts)
    assert not is_on_share(str(tmp_path / "other.csv"), mounts)


def test_without_a_table_of_mounts_shares_have_names_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "_MOUNTS", Path("/nowhere/mounts"))
    assert not is_on_share("/srv/share/team.csv")
    monkeypatch.setattr(sys, "platform", "win32")
    assert is_on_share("\\\\nas\\team\\team.csv")
    assert not is_on_share("C:\\team.csv")


class Watched:
    """A watch on one file."""

    def __init__(self, path: Path) -> None:
        self.runner = ManualRunner()
        self.path = path
        self.watch = FileWatch(self.runner)
        self.told = QSignalSpy(self.watch.changed)

    @property
    def watched(self) -> tuple[str, ...]:
        return tuple(self.watch._stamps)

    def begin(self, *paths: Path) -> None:
        self.watch.watch([str(path) for path in paths or (self.path,)])
        self.runner.finish()

    def comes(self, qtbot: QtBot, count: int) -> None:
        """Wait until the system told of a change, then let it settle."""
        qtbot.waitUntil(lambda: running_timers(self.watch) == [SETTLED_MS])
        fire(self.watch, SETTLED_MS)
        assert self.told.count() == count


@pytest.fixture
def watched(qapp: QApplication, tmp_path: Path) -> Iterator[Watched]:  # noqa: ARG001  # its event loop
    rig = Watched(tmp_path / "team.csv")
    rig.path.write_text("Name\nAsha\n")
    yield rig
    rig.watch.close()
    assert rig.watched == ()
    rig.watch.deleteLater()


def test_a_share_that_hangs_or_an_older_wish_leaves_nothing_watched(watched: Watched) -> None:
    watched.watch.watch([str(watched.path)])
    watched.runner.expire(Lane.DESKTOP)
    assert watched.watched == ()
    watched.watch.watch(["/nowhere/a.csv", "a\0b"])
    watched.watch.watch([])
    watched.runner.finish()
    assert watched.watched == ()


def test_files_on_shares_are_left_to_the_clock(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_watch, "is_on_share", lambda path: path.endswith("team.csv"))
    other = watched.path.with_name("other.csv")
    watched.begin(watched.path, other)
    assert watched.watched == (str(other),)


def test_a_change_is_told_once_whoever_made_it(watched: Watched, qtbot: QtBot) -> None:
    watched.begin()
    watched.begin()
    watched.path.write_text("Name\nAsha\nBen\n")
    watched.comes(qtbot, 1)
    new = watched.path.with_name("new")
    new.write_text("Name\n")
    watched.comes(qtbot, 1)  # another file of that folder
    new.replace(watched.path)
    watched.comes(qtbot, 2)
    watched.path.unlink()
    watched.comes(qtbot, 3)
    watched.path.write_text("Name\nCarla\n")
    watched.comes(qtbot, 4)
    assert watched.told.at(3) == [str(watched.path)]


def test_what_is_no_longer_wanted_is_not_watched(watched: Watched) -> None:
    watched.begin()
    watched.watch.watch([])
    watched.runner.finish()
    assert watched.watched == ()


class Tied:
    """Directories tied to a list of contacts."""

    def __init__(self, qtbot: QtBot, theme: Theme, icons: Icons, *states: DirectoryState) -> None:
        self.rig = DirectoryRig(*states)
        self.runner = ManualRunner()
        self.contacts = MemoryContactStore()
        self.directory = Directory(self.contacts, self.runner, self.rig.bugs.append)
        self.pane = ContactPane(self.directory, theme, icons)
        qtbot.addWidget(self.pane)
        self.changes = 0
        self.ties = DirectoryTies(self.rig.shared, self.directory, self.pane, self._count, self.runner)

    def open(self) -> None:
        self.ties.open()
        self.rig.runner.finish()

    def _count(self) -> None:
        self.changes += 1


@pytest.fixture
def file(tmp_path: Path) -> SharedDirectory:
    return SharedDirectory(2, "Suppliers", DirectoryKind.FILE, str(tmp_path / "suppliers.csv"))


def test_without_directories_nothing_runs(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    tied = Tied(qtbot, theme, icons)
    tied.open()
    assert (running_timers(tied.ties), tied.runner.jobs) == ([], [])
    tied.ties.close()
    assert tied.rig.updater.closed


def test_each_is_read_when_its_time_has_come(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    tied = Tied(qtbot, theme, icons, DirectoryState(TEAM))
    tied.open()
    assert running_timers(tied.ties) == []
    tied.rig.succeed(TEAM)
    assert running_timers(tied.ties) == [EVERY * 1000]
    tied.rig.clock.pass_by(EVERY - 30)
    tied.ties.update_due()
    assert (running_timers(tied.ties), tied.rig.updater.asked) == ([30_000], [])
    tied.rig.clock.pass_by(30)
    fire(tied.ties, 30_000)
    assert tied.rig.updater.asked == [TEAM]
    tied.rig.fail(TEAM)
    assert running_timers(tied.ties) == [60_000]
    tied.ties.close()
    assert running_timers(tied.ties) == []


def test_only_contacts_that_changed_are_shown_anew(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    tied = Tied(qtbot, theme, icons, DirectoryState(TEAM))
    tied.open()
    tied.rig.succeed(TEAM)
    assert (tied.changes, tied.runner.jobs) == (0, [])
    tied.rig.shared.update(TEAM.id)
    tied.rig.succeed(TEAM, changed=2)
    assert tied.changes == 1
    assert [job.lane for job in tied.runner.jobs] == [Lane.DATABASE]
    tied.ties.close()


def test_a_file_is_read_when_it_changes(qtbot: QtBot, theme: Theme, icons: Icons, file: SharedDirectory) -> None:
    Path(file.address).write_text("Name\nAsha\n")
    tied = Tied(qtbot, theme, icons, DirectoryState(file))
    tied.open()
    tied.runner.finish()
    tied.rig.succeed(file)
    Path(file.address).write_text("Name\nAsha\nBen\n")
    watch = tied.ties.findChild(FileWatch)
    assert watch is not None
    qtbot.waitUntil(lambda: SETTLED_MS in running_timers(watch))
    fire(watch, SETTLED_MS)
    assert tied.rig.updater.asked == [file]
    tied.ties.close()


def test_the_program_opens_the_window_once_it_knows_directories(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    rig = DirectoryRig(DirectoryState(TEAM)).opened()
    with running(qapp, qtbot, Options(sandbox=True, instant=True, data_dir=tmp_path)) as program:
        program.dialogs.directories()
        own = dialog()
        assert isinstance(own, DirectoriesWindow)
        assert list(own.rows) == []
        own.reject()
        program.dialogs.tie_directories(rig.shared, rig.clock)
        program.dialogs.directories()
        window = dialog()
        assert isinstance(window, DirectoriesWindow)
        assert list(window.rows) == [TEAM.id]
        window.reject()
