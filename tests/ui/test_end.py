"""The end of a run: quick with a service that hangs, and deaf to what comes late."""

from __future__ import annotations

import logging
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.adapters.held_connection import HeldConnection
from c2c_desktop.app import Application
from c2c_desktop.composition import CONTACTS_FILE, Options
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.domain.secret import Secret
from c2c_desktop.services.ports import Lane
from tests.ui.rig import INDIAN, PATIENCE_MS, buttons, click, dialog, make_call, put_away, running, settle


class SilentService:
    """Takes connections and never says a word."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(10)
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}/v2"
        self.connections: list[socket.socket] = []

    def close(self) -> None:
        self._listener.close()
        for connection in self.connections:
            connection.close()

    def take(self) -> None:
        self.connections.append(self._listener.accept()[0])


@pytest.fixture
def silent() -> Iterator[SilentService]:
    service = SilentService()
    yield service
    service.close()


def test_stopping_takes_less_than_two_seconds_though_the_service_hangs(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, silent: SilentService
) -> None:
    options = Options(api_url=silent.address, data_dir=tmp_path)
    told: list[CallState] = []
    with running(qapp, qtbot, options, Account("101_1111112")) as program:
        program.core.accounts.sign_in(
            Account("101_1111112"), Secret("of-a-test"), keep=False, done=lambda: None, failed=lambda _: None
        )
        program.desk.call_changed.connect(lambda call: told.append(call.state))
        program.pad.load(INDIAN)
        click(program.pad.call_button)
        qtbot.waitUntil(lambda: told == [CallState.PLACING])
        silent.take()
        began = time.monotonic()
        program.stop()
        assert time.monotonic() - began < 2
        silent.close()
        QCoreApplication.processEvents()
        assert told == [CallState.PLACING]
    with running(qapp, qtbot, options) as next_run:
        assert next_run.core.journal.recent()[0].state is CallState.UNCERTAIN
        assert next_run.window.toast.label.text().startswith("The program stopped during a call.")


def test_stopping_waits_for_nobody_who_writes_and_closes_no_file_under_them(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with running(qapp, qtbot, Options(sandbox=True, instant=True, data_dir=tmp_path)) as program:
        asha = program.core.contact_store.search("", 1).contacts[0]
        with closing(sqlite3.connect(tmp_path / CONTACTS_FILE, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            program.core.directory.set_favourite(asha, favourite=not asha.favourite)
            qtbot.waitUntil(lambda: writers(program) != [], timeout=PATIENCE_MS)
            (writing,) = writers(program)
            began = time.monotonic()
            program.stop()
            assert time.monotonic() - began < 2
            assert writing._taken
            other.execute("ROLLBACK")
        qtbot.waitUntil(lambda: not writing._taken, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: "lane-changing" not in {t.name for t in threading.enumerate()}, timeout=PATIENCE_MS)
    with closing(SqliteContactStore(tmp_path / CONTACTS_FILE)) as store:
        assert store.read_own([asha.id])[0].favourite is not asha.favourite


def writers(program: Application) -> list[HeldConnection]:
    """The connections to the contacts somebody works with."""
    return [held for held in program.core.contact_store._database._opened if held._taken]


class LockedList(QObject):
    """Somebody else writes the contact list, until a window is hidden; tells whether work was under way then."""

    def __init__(self, program: Application) -> None:
        super().__init__()
        self._lanes = program.lanes
        self._other = sqlite3.connect(program.core.data_dir / CONTACTS_FILE, isolation_level=None)
        self._other.execute("BEGIN IMMEDIATE")
        self.was_idle: list[bool] = []

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Hide:
            self.was_idle.append(self._lanes.is_idle())
            self._other.close()
        return False


def test_no_window_is_left_on_the_screen_while_somebody_else_writes(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with running(qapp, qtbot, Options(sandbox=True, instant=True, data_dir=tmp_path)) as program:
        locked = LockedList(program)
        program.dialogs.settings()
        seen = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
        for window in seen:
            window.installEventFilter(locked)
        asha = program.core.contact_store.search("", 1).contacts[0]
        program.core.directory.set_favourite(asha, favourite=not asha.favourite)
        qtbot.waitUntil(lambda: writers(program) != [], timeout=PATIENCE_MS)
        program.stop()
        assert len(seen) == 2
        assert locked.was_idle == [False, False]
        qtbot.waitUntil(lambda: "lane-changing" not in {t.name for t in threading.enumerate()}, timeout=PATIENCE_MS)
    with closing(SqliteContactStore(tmp_path / CONTACTS_FILE)) as store:
        assert store.read_own([asha.id])[0].favourite is not asha.favourite


def test_results_that_come_after_the_end_are_ignored(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with running(qapp, qtbot, Options(sandbox=True, instant=True, data_dir=tmp_path)) as program:
        late: list[str] = []
        program.lanes.run(Lane.DATABASE, lambda: "late", late.append, lambda e: late.append(str(e)))
        program.stop()
        program.lanes.run(Lane.DATABASE, lambda: "later", late.append, lambda e: late.append(str(e)))
        program.lanes.post(lambda: late.append("posted"))
        QCoreApplication.processEvents()
        assert late == []


def test_stopping_with_a_dialog_open_leaves_no_window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with running(qapp, qtbot, Options(sandbox=True, instant=True, data_dir=tmp_path)) as program:
        program.dialogs.settings()
        program.window.toast.say("Words")
    assert dialog() is None
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == []


@pytest.mark.logs("uncaught")
@pytest.mark.logs("something went wrong inside")
def test_a_bug_is_logged_and_told_and_the_program_goes_on(qtbot: QtBot, program: Application) -> None:
    with pytest.raises(ZeroDivisionError) as bug:
        _ = 1 / 0
    program.hook(bug.type, bug.value, bug.tb)
    assert program.window.toast.label.text() == "Something went wrong inside. The program goes on; the log says more."
    program.lanes.run(Lane.DATABASE, lambda: 1 / 0, lambda _: None, program.fail)
    settle(qtbot, program)
    log = (program.core.data_dir / "c2c-desktop.log").read_text(encoding="utf-8")
    assert log.count("ZeroDivisionError") >= 2
    assert logging.getLogger().handlers
    click(program.window.tabs.button(1))
    assert program.recents.isVisible()


def test_what_cannot_be_stored_is_told(program: Application) -> None:
    program.dialogs.failed.emit(StorageError("The disk is full", "Make room."))
    assert program.window.toast.label.text() == "The disk is full. Make room."


@pytest.mark.logs("a damaged file was set aside")
def test_a_damaged_file_is_set_aside_and_said_so(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("{ not json", encoding="utf-8")
    with running(qapp, qtbot, Options(sandbox=True, instant=True, data_dir=tmp_path)) as program:
        assert program.window.toast.label.text().startswith("Your settings were damaged (settings.json.damaged-")


def test_an_older_call_does_not_take_the_banner_from_a_newer_one(program: Application) -> None:
    program.desk.call_changed.emit(make_call(CallState.CONNECTED, started_at=2.0, connected_at=3.0))
    program.desk.call_changed.emit(make_call(CallState.UNCERTAIN, id="old", started_at=1.0))
    assert program.banner.title.text().startswith("Connected")
    assert "Copy request ID" in buttons(program.banner)


def test_a_second_start_on_the_same_data_finds_everything(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    options = Options(sandbox=True, instant=True, data_dir=tmp_path)
    with running(qapp, qtbot, options) as program:
        program.pad.load(INDIAN, "Asha Rao")
        click(program.pad.call_button)
        qtbot.waitUntil(lambda: program.core.journal.recent()[0].state is CallState.ENDED)
        settle(qtbot, program)
    second = Application(qapp, options)
    try:
        second.start()
        qtbot.waitUntil(lambda: second.recents.view.rows.rowCount() == 1)
        settle(qtbot, second)
        assert second.window.tabs.button(0).text() == "Contacts 24"
    finally:
        put_away(second)
