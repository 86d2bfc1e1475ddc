"""Ctrl+C and a polite kill end the program the way Quit does."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from c2c_desktop.runtime.unix_signals import UnixSignals
from tests.desktop.conftest import StartProgram
from tests.desktop.program_rig import ROOT
from tests.desktop.rig import Environment, end, until
from tests.desktop.screen_rig import shown_window

LONGEST_END = 2.0
SLOW_NUMBER = "+917000000007"
BOTH = pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])


def end_by(process: subprocess.Popen[str], number: signal.Signals) -> float:
    """Send the signal; return the seconds until the program has ended cleanly."""
    began = time.monotonic()
    process.send_signal(number)
    assert process.wait(10) == 0
    return time.monotonic() - began


@contextmanager
def shipped_program(desktop: Environment) -> Iterator[subprocess.Popen[str]]:
    """The program as people start it, on its sandbox."""
    process = subprocess.Popen(
        [sys.executable, "-m", "c2c_desktop", "--sandbox"], env=desktop, cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        end(process)


@BOTH
def test_the_signal_ends_the_program_and_its_throw_away_data(desktop: Environment, number: signal.Signals) -> None:
    temporary = Path(desktop["TMPDIR"])
    with shipped_program(desktop) as process:
        until(lambda: list(temporary.glob("c2c-sandbox-*/contacts.sqlite3")), "the sandbox's data")
        until(lambda: shown_window(desktop), "the window")
        assert end_by(process, number) < LONGEST_END
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert list(temporary.iterdir()) == []


@BOTH
def test_the_signal_ends_the_program_while_a_call_lives(start: StartProgram, number: signal.Signals) -> None:
    program = start("--pace", "lifelike")
    program.dial("+917000000099")
    program.reach("AGENT_RINGING")
    assert end_by(program.process, number) < LONGEST_END
    assert list(Path(program.environment["TMPDIR"]).iterdir()) == []


@BOTH
def test_the_signal_ends_the_program_while_the_sandbox_is_slow_to_answer(
    start: StartProgram, number: signal.Signals
) -> None:
    program = start()
    program.dial(SLOW_NUMBER)
    program.reach("PLACING")
    assert end_by(program.process, number) < LONGEST_END
    assert list(Path(program.environment["TMPDIR"]).iterdir()) == []


def test_the_signal_ends_the_program_while_a_service_hangs_for_ever(start: StartProgram, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/v2"
        program = start("--api-url", address, "--data-dir", str(tmp_path / "data"))
        program.dial("+917000000099")
        program.reach("PLACING")
        with silent.accept()[0]:
            assert end_by(program.process, signal.SIGTERM) < LONGEST_END


@pytest.fixture
def signals(qapp: QObject) -> Iterator[UnixSignals]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    caught = UnixSignals(qapp)
    yield caught
    caught.close()
    assert {number: signal.getsignal(number) for number in before} == before
    assert signal.set_wakeup_fd(-1) == -1


@BOTH
def test_a_signal_asks_once_to_quit(signals: UnixSignals, qtbot: QtBot, number: signal.Signals) -> None:
    with qtbot.waitSignal(signals.quit_asked, timeout=5000):
        os.kill(os.getpid(), number)


def test_another_signal_that_python_handles_does_not_quit(signals: UnixSignals, qtbot: QtBot) -> None:
    asked: list[bool] = []
    came: list[int] = []
    signals.quit_asked.connect(lambda: asked.append(True))
    before = signal.signal(signal.SIGUSR1, lambda number, _: came.append(number))
    try:
        os.kill(os.getpid(), signal.SIGUSR1)
        qtbot.waitUntil(lambda: came == [signal.SIGUSR1])
        assert asked == []
        with qtbot.waitSignal(signals.quit_asked, timeout=5000):  # what came before it has been read by now
            os.kill(os.getpid(), signal.SIGTERM)
        assert asked == [True]
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_a_signal_while_the_program_starts_leaves_no_data_behind(desktop: Environment) -> None:
    temporary = Path(desktop["TMPDIR"])
    with shipped_program(desktop) as process:
        until(lambda: list(temporary.glob("c2c-sandbox-*")), "the sandbox's folder")
        end_by(process, signal.SIGTERM)
    assert list(temporary.iterdir()) == []
