"""The whole program: a directory's password is in the keyring, and the sandbox has one of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import DirectoryKind, SharedDirectory
from c2c_desktop.ui.add_directory_dialog import AddDirectoryDialog
from c2c_desktop.ui.directories_window import DirectoriesWindow
from tests.e2e.canary_search import Needles
from tests.e2e.canary_witness import ProcessWitness
from tests.faults.grounds import closed_port
from tests.ui.rig import PATIENCE_MS, dialog, press, running, settle

CANARY = "canary-of-the-directory-7f3a9c51e0d24b86"


class WatchedKeyring(KeyringBackend):
    """A keyring like those of desktops; it notes what it is asked."""

    viable = False  # keyring finds every class there is: other tests must not
    priority = 9.0
    asked: list[str]
    kept: dict[str, str]

    def __init__(self) -> None:
        self.asked, self.kept = [], {}

    def get_password(self, service: str, username: str) -> str | None:
        self.asked.append(f"get {service} {username}")
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.asked.append(f"set {service} {username}")
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.asked.append(f"delete {service} {username}")
        del self.kept[username]


@pytest.fixture
def real_keyring() -> Iterator[WatchedKeyring]:
    before = keyring.get_keyring()
    watched = WatchedKeyring()
    keyring.set_keyring(watched)
    yield watched
    keyring.set_keyring(before)


def open_adding(qtbot: QtBot, program: Application) -> AddDirectoryDialog:
    program.dialogs.directories()
    window = dialog()
    assert isinstance(window, DirectoriesWindow)
    window.open_add()
    (adding,) = window.findChildren(AddDirectoryDialog)
    qtbot.waitUntil(adding.address.hasFocus, timeout=PATIENCE_MS)
    return adding


@pytest.mark.parametrize(
    ("address", "user"),
    [
        (f"https://asha:{CANARY}@dav.example.org/", "asha"),
        (f"asha:{CANARY}@dav.example.org", ""),
        (f"asha%3A{CANARY}@dav.example.org", ""),
        (f"dav.example.org/?password={CANARY}", "asha"),
        ("dav.example.org", f"asha:{CANARY}"),
    ],
)
def test_a_password_in_the_address_or_the_user_is_refused_and_goes_nowhere(
    qtbot: QtBot, program: Application, address: str, user: str
) -> None:
    needles = Needles(CANARY)
    with ProcessWitness() as witness:
        adding = open_adding(qtbot, program)
        adding.address.setText(address)
        adding.user.setText(user)
        QTest.keyClicks(adding.password, "of-its-own-field")
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(adding.error.isVisible, timeout=PATIENCE_MS)
        settle(qtbot, program)
        witness.pause()
    assert "cannot be used" in adding.error.text()
    assert not needles.ways_in(adding.error.text().encode())
    assert adding.primary.isEnabled()
    assert not any(needles.ways_in(b"\n".join(parts)) for _, *parts in witness.samples)
    files, found = needles.in_files(program.core.data_dir)
    assert (files > 0, list(found)) == (True, [])
    for opened in (adding, adding.parentWidget()):
        assert isinstance(opened, AddDirectoryDialog | DirectoriesWindow)
        opened.reject()


def live(qtbot: QtBot, program: Application) -> tuple[SharedDirectory, str]:
    """Add a directory, give it another password, twice, and remove it; return it, and what its update said."""
    assert program.contact_ties is not None
    shared = program.contact_ties.directories._shared
    added: list[SharedDirectory] = []
    failures: list[UserFacingError] = []
    done: list[None] = []
    address = f"http://localhost:{closed_port()}/team/"
    team = SharedDirectory(0, "Team", DirectoryKind.CARDDAV, address, "asha", "GB")
    shared.add(team, Secret(CANARY), added.append, failures.append)
    qtbot.waitUntil(lambda: bool(added) and not shared.is_updating(added[0].id), timeout=PATIENCE_MS * 2)
    for _ in range(2):
        shared.change_password(added[0].id, Secret(CANARY[::-1]), lambda: done.append(None), failures.append)
        qtbot.waitUntil(
            lambda: not shared.is_updating(added[0].id) and program.lanes.is_idle(), timeout=PATIENCE_MS * 2
        )
    (state,) = shared.states
    problem = state.problem
    shared.remove(added[0].id, lambda: done.append(None), failures.append)
    qtbot.waitUntil(lambda: shared.states == () and program.lanes.is_idle(), timeout=PATIENCE_MS)
    assert (len(done), failures) == (3, [])
    return added[0], problem


def test_the_sandbox_never_asks_the_real_keyring(
    qtbot: QtBot, program: Application, real_keyring: WatchedKeyring
) -> None:
    _, problem = live(qtbot, program)
    assert problem.startswith("Its password is not in your keyring.")  # the process has an empty one too
    assert real_keyring.asked == []
    files, found = Needles(CANARY).in_files(program.core.data_dir)
    assert (files > 0, list(found)) == (True, [])


def test_the_program_itself_does(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, real_keyring: WatchedKeyring
) -> None:
    with running(qapp, qtbot, Options(data_dir=tmp_path)) as program:
        opened = dialog()
        assert opened is not None
        opened.reject()
        directory, _ = live(qtbot, program)
    name = directory.secret_name
    assert real_keyring.asked == [f"{what} C2C Desktop {name}" for what in ("set", "set", "set", "delete")]
    assert real_keyring.kept == {}
