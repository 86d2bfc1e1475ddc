"""Kills a call at a point, starts again, and looks at what is left of it."""

from __future__ import annotations

import multiprocessing
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.route import Route
from tests.fakes import INDIAN
from tests.faults import mortal
from tests.faults.servers import MisbehavingServer, answer, says

PATIENCE = 30.0
context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload(["tests.faults.mortal", "tests.faults.kills", "httpx", "phonenumbers"])

_UNWRITTEN = mortal.POINTS[: mortal.POINTS.index("after the intent")]
_UNSENT = mortal.POINTS[: mortal.POINTS.index("after the body")]
_SETTLED = mortal.POINTS[mortal.POINTS.index("after the outcome") :]
_TOUCHED = mortal.POINTS[mortal.POINTS.index("after the first byte") :]


@dataclass(frozen=True)
class Left:
    """What is left of a killed call. `state`: how the next run shows it, None where it knows none."""

    requests: int
    state: CallState | None
    seconds: float
    wrong: tuple[str, ...]


def earlier_call(number: int) -> Call:
    """A call of last week."""
    return Call(
        id=f"earlier-{number}",
        e164=INDIAN,
        shown_number="+91 98402 22222",
        contact_name="Asha Rao",
        source=Source.PAD,
        route=Route.SOFTPHONE,
        user_id="101_1111112",
        started_at=1_700_000_000.0 + number,
        state=CallState.ENDED,
        request_id=f"r-{number}",
    )


def kill_at(point: str, folder: Path, *, lanes: bool = False) -> Left:
    """Kill a call at `point`; what is found then is found by another process."""
    path = folder / "calls.sqlite3"
    store = SqliteCallStore(path)
    earlier = [earlier_call(number) for number in range(3)]
    for call in earlier:
        store.save(call)
    store.close()
    began = time.monotonic()
    with MisbehavingServer(says(answer())) as server:
        status = _run_lanes(point, path, server.api_url) if lanes else _run(point, path, server.api_url)
        server.settle()
        begun, requests = server.begun, len(server.bodies)
        found, asks = _look(path)
        server.settle()
        again = server.begun - begun
    calls = [call for call in found if call not in earlier]
    state = calls[0].state if calls else None
    left = list(_wrong(point, status, begun, requests, state))
    if again:
        left.append("the next run sent something")
    if len(calls) > 1 or [call for call in found if call in earlier] != earlier[::-1]:
        left.append("the journal holds something else")
    if asks != bool(calls):
        left.append("the next run " + ("asks for nothing" if asks else "calls again without a word"))
    return Left(begun, state, time.monotonic() - began, tuple(left))


def _wrong(point: str, status: int, begun: int, requests: int, state: CallState | None) -> Iterator[str]:
    if status != -signal.SIGKILL:
        yield f"it ended with {status}"
    if begun != (point in _TOUCHED) or requests != (point not in _UNSENT):
        yield f"the server saw {begun} begun and {requests} whole"
    expected = None if point in _UNWRITTEN else CallState.INITIATED if point in _SETTLED else CallState.UNCERTAIN
    if point == "when the outcome is told":  # it is told while it is being stored
        expected = CallState.INITIATED if state is CallState.INITIATED else CallState.UNCERTAIN
    if state is not expected:
        yield f"the journal must say {expected.value if expected else 'nothing'}"


def _run(point: str, path: Path, api_url: str) -> int:
    process = context.Process(target=mortal.main, args=(point, str(path), api_url))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode is not None, f"it still runs after {point}"
    return process.exitcode


def _run_lanes(point: str, path: Path, api_url: str) -> int:
    words = [sys.executable, "-m", "tests.faults.mortal", point, str(path), api_url, "lanes"]
    return subprocess.run(words, check=False, timeout=PATIENCE).returncode


def look(path: str, answers: multiprocessing.SimpleQueue[tuple[list[Call], bool]]) -> None:
    """Start again: load the journal, and say what it shows and whether the same call would be asked about."""
    from c2c_desktop.adapters.clock import SystemClock
    from c2c_desktop.adapters.inline_runner import InlineRunner
    from c2c_desktop.adapters.secret_stores import SessionSecretStore
    from c2c_desktop.domain.dialing import DialRequest, Verdict
    from c2c_desktop.domain.settings import Settings
    from c2c_desktop.services.accounts import Accounts
    from c2c_desktop.services.dialer import Dialer
    from c2c_desktop.services.journal import Journal
    from tests.fakes import FakeGateway, MemorySettingsStore

    runner, clock = InlineRunner(), SystemClock()
    journal = Journal(SqliteCallStore(Path(path)), runner)
    journal.load()
    settings = MemorySettingsStore(Settings(accounts=(mortal.ACCOUNT,), active_user_id=mortal.ACCOUNT.user_id))
    dialer = Dialer(FakeGateway(), journal, Accounts(settings, SessionSecretStore({}), runner, clock), runner, clock)
    verdict = dialer.consider(DialRequest(INDIAN, Source.PAD)).decision.verdict
    answers.put((journal.recent(), verdict is Verdict.ASK))


def _look(path: Path) -> tuple[list[Call], bool]:
    answers = context.SimpleQueue()
    process = context.Process(target=look, args=(str(path), answers))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode == 0
    found: tuple[list[Call], bool] = answers.get()
    return found
