"""Processes that call the same number at once: one request, and words for the others."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.sandbox.answers import SECRET
from tests.e2e.rig import HAPPY, ONE_CALL, PATIENCE, CommandLine, HoldingService, Terminal, ended
from tests.faults.beside import Run
from tests.faults.kills import context
from tests.faults.servers import MisbehavingServer, answer, says

MANY = 8
STOPPED = "in another window or on the command line. Look at Recents before you call again."


@pytest.fixture
def server() -> Iterator[MisbehavingServer]:
    with MisbehavingServer(says(answer())) as server:
        yield server


@pytest.fixture
def line(server: MisbehavingServer, tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "home", server.api_url)


def call_together(path: str, api_url: str, start: Any, answers: Any, ask_first: bool) -> None:
    """Weigh the call before, or with, everybody else; then place it."""
    run = Run(SqliteCallStore(Path(path)), api_url, InlineRunner())
    run.open()
    proposal = run.consider() if ask_first else None
    start.wait(PATIENCE)
    answers.put(run.place(proposal or run.consider()))
    run.close()


def race(path: Path, api_url: str, ask_first: bool) -> list[Call]:
    start, answers = context.Barrier(MANY), context.SimpleQueue()
    arguments = (str(path), api_url, start, answers, ask_first)
    processes = [context.Process(target=call_together, args=arguments) for _ in range(MANY)]
    for process in processes:
        process.start()
    calls = [answers.get() for _ in processes]
    for process in processes:
        process.join(PATIENCE)
    assert [process.exitcode for process in processes] == [0] * MANY
    return calls


@pytest.mark.parametrize("ask_first", [True, False], ids=["weighed before", "weighed at once"])
@pytest.mark.parametrize("has_file", [True, False], ids=["a journal", "no journal yet"])
def test_of_many_processes_that_call_at_once_one_calls(
    tmp_path: Path, server: MisbehavingServer, ask_first: bool, has_file: bool
) -> None:
    store = SqliteCallStore(tmp_path / "calls.sqlite3")
    if has_file:
        store.recent(1)
    calls = race(tmp_path / "calls.sqlite3", server.api_url, ask_first)
    server.settle()
    states = [call.state for call in calls]
    assert server.begun == states.count(CallState.INITIATED) == 1
    assert states.count(CallState.CANCELLED) == MANY - 1
    assert all(call.message.endswith(STOPPED) for call in calls if call.state is CallState.CANCELLED)
    assert sorted(c.id for c in store.recent(99)) == sorted(call.id for call in calls)
    store.close()


def test_of_two_terminals_that_were_asked_before_either_called_one_calls(
    line: CommandLine, server: MisbehavingServer, tmp_path: Path
) -> None:
    words = ["dial", "--json", *ONE_CALL, HAPPY]
    other = CommandLine(tmp_path / "other", server.api_url)
    other.data = line.data
    with ExitStack() as stack:
        both = [stack.enter_context(Terminal(of, *words)) for of in (line, other)]
        for terminal in both:
            terminal.wait_for("App secret")
            terminal.press(f"{SECRET}\n")
            terminal.wait_for("[y/N]")
        for terminal in both:
            terminal.press("y\n")
        outcomes = [terminal.end() for terminal in both]
    assert sorted(outcome.status for outcome in outcomes) == [0, 3]
    stopped = next(outcome for outcome in outcomes if outcome.status == 3)
    assert stopped.told["state"] == "CANCELLED"
    assert stopped.told["message"].endswith(STOPPED)
    server.settle()
    assert server.begun == 1


def test_scripts_that_dial_at_once_call_twice_only_where_one_was_told_of_the_other(
    line: CommandLine, server: MisbehavingServer
) -> None:
    words = line.command("dial", *ONE_CALL, "--yes", "--json", HAPPY)
    pipe = subprocess.PIPE
    processes = [
        subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=line.environment) for _ in range(3)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(f"{SECRET}\n")
        process.stdin.flush()
    outcomes = [ended(process) for process in processes]
    server.settle()
    called = [outcome for outcome in outcomes if outcome.status == 0]
    assert server.begun == len(called) >= 1
    assert sum("this number" not in outcome.err for outcome in called) == 1
    for outcome in outcomes:
        if outcome.status != 0:
            assert outcome.status == 3
            assert outcome.told["message"].endswith(STOPPED)


def test_a_call_another_process_places_stops_one_that_was_weighed_before(line: CommandLine) -> None:
    with HoldingService() as service:
        line.api_url = service.api_url
        store = SqliteCallStore(line.data / "calls.sqlite3")
        run = Run(store, service.api_url, InlineRunner())
        proposal = run.consider()
        with line.running("dial", *ONE_CALL, "--yes", "--json", HAPPY, stdin=f"{SECRET}\n") as process:
            service.wait()
            stopped = run.place(proposal)
            assert stopped.message == f"A call to this number is being placed right now, {STOPPED}"
            assert [call.state.value for call in run.journal.recent()] == ["CANCELLED", "PLACING"]
            service.release()
            assert json.loads(ended(process).out)["request_id"] == "held"
        run.close()
        store.close()
