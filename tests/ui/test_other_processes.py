"""The window and the command line at once: what one calls the other shows, without announcing it as its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import CallState, Source
from c2c_desktop.domain.dialing import DialRequest, Verdict
from c2c_desktop.domain.secret import Secret
from c2c_desktop.runtime import journal_follower
from c2c_desktop.sandbox.answers import SECRET, USER_ID
from c2c_desktop.sandbox.server import Pace, SandboxServer
from tests.e2e.rig import HAPPY, HAPPY_E164, ONE_CALL, CommandLine, HoldingService
from tests.ui.rig import PATIENCE_MS, is_ready, put_away, settle, titles


@pytest.fixture
def service() -> Iterator[SandboxServer]:
    with SandboxServer(pace=Pace.INSTANT) as server:
        yield server


@pytest.fixture
def line(service: SandboxServer, tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "home", service.api_url)


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, line: CommandLine) -> Iterator[Application]:
    """A window on the data and the service of `line`, signed in for this session."""
    program = Application(qapp, Options(data_dir=line.data, api_url=line.api_url))
    accounts = program.core.accounts
    accounts.sign_in(Account(USER_ID), Secret(SECRET), keep=False, done=lambda: None, failed=print)
    try:
        program.start()
        qtbot.waitUntil(lambda: is_ready(program), timeout=PATIENCE_MS)
        yield program
    finally:
        put_away(program)


def states(program: Application) -> list[CallState]:
    return [call.state for call in program.core.journal.recent()]


def test_a_call_of_the_command_line_appears_in_recents_and_is_asked_about(
    qtbot: QtBot, window: Application, line: CommandLine
) -> None:
    assert line.dial(HAPPY, "--yes").status == 0
    qtbot.waitUntil(lambda: states(window) == [CallState.INITIATED], timeout=PATIENCE_MS)
    assert titles(window.recents.view) == [HAPPY]
    assert not window.banner.isVisible()
    assert window.banner.call is None
    decision = window.core.dialer.consider(DialRequest(HAPPY, Source.PAD)).decision
    assert decision.verdict is Verdict.ASK
    assert decision.reason.startswith("You called this number ")


def test_a_call_of_the_window_is_asked_about_on_the_command_line(
    qtbot: QtBot, window: Application, line: CommandLine, service: SandboxServer
) -> None:
    window.desk.ask_for(DialRequest(HAPPY, Source.PAD))
    qtbot.waitUntil(lambda: len(service.received) == 1, timeout=PATIENCE_MS)
    told = line.run("dial", HAPPY, "--dry-run", "--json").told
    assert told["decision"] == "ask"
    assert "this number" in told["reason"]
    settle(qtbot, window)


def test_a_call_the_command_line_made_meanwhile_stops_the_one_of_the_window(
    qtbot: QtBot, window: Application, line: CommandLine, service: SandboxServer
) -> None:
    proposal = window.core.dialer.consider(DialRequest(HAPPY, Source.PAD))
    assert line.dial(HAPPY, "--yes").status == 0
    window.core.dialer.place(proposal, confirmed=True)
    qtbot.waitUntil(lambda: CallState.CANCELLED in states(window), timeout=PATIENCE_MS)
    settle(qtbot, window)
    assert window.banner.detail.text().endswith("Look at Recents before you call again.")
    assert [request["to"] for request in service.received] == [int(HAPPY_E164)]


def test_a_call_the_command_line_is_placing_is_shown_so_and_uncertain_once_it_was_killed(
    qtbot: QtBot, window: Application, line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_follower, "AGAIN_MS", 100)
    with HoldingService() as service:
        line.api_url = service.api_url
        with line.running("dial", *ONE_CALL, "--yes", HAPPY, stdin=f"{SECRET}\n") as process:
            service.wait()
            qtbot.waitUntil(lambda: states(window) == [CallState.PLACING], timeout=PATIENCE_MS)
            process.kill()
            process.wait()
        qtbot.waitUntil(lambda: states(window) == [CallState.UNCERTAIN], timeout=PATIENCE_MS)
    assert not window.banner.isVisible()
    settle(qtbot, window)


def test_a_journal_that_is_made_anew_is_followed_too(qtbot: QtBot, window: Application, line: CommandLine) -> None:
    settle(qtbot, window)
    for file in line.data.glob("calls.sqlite3*"):
        file.rename(file.with_name(f"old-{file.name}"))
    window.core.call_store.close()
    for number, count in ((HAPPY, 1), ("+91 70000 00002", 2)):
        line.dial(number, "--yes")
        qtbot.waitUntil(lambda count=count: len(states(window)) == count, timeout=PATIENCE_MS)  # type: ignore[misc]
