"""Every runner ends each job once, done or failed, on the main thread, and waits for none beyond its deadline."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.runtime.lanes import Lanes
from c2c_desktop.services.ports import Lane, Runner
from tests.contract.waiting import PATIENCE
from tests.fakes import ManualRunner

Settle = Callable[[Callable[[], bool]], None]


class Outcomes:
    """What came of the jobs, and on which thread."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.errors: list[Exception] = []
        self.threads: set[threading.Thread] = set()

    def done(self, result: object) -> None:
        self.results.append(result)
        self.threads.add(threading.current_thread())

    def failed(self, error: Exception) -> None:
        self.errors.append(error)
        self.threads.add(threading.current_thread())

    @property
    def count(self) -> int:
        return len(self.results) + len(self.errors)


@pytest.fixture
def outcomes() -> Outcomes:
    return Outcomes()


@pytest.fixture
def lanes(qtbot: QtBot) -> Iterator[Lanes]:
    assert qtbot is not None
    lanes = Lanes()
    yield lanes
    lanes.close()
    lanes.deleteLater()


@pytest.fixture(params=["manual", "inline", "lanes"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def runner(kind: str, request: pytest.FixtureRequest) -> Runner:
    if kind == "lanes":
        lanes: Lanes = request.getfixturevalue("lanes")
        return lanes
    return ManualRunner() if kind == "manual" else InlineRunner()


@pytest.fixture
def settle(runner: Runner, request: pytest.FixtureRequest) -> Settle:
    """Let the runner work until a condition holds."""

    def wait(condition: Callable[[], bool]) -> None:
        if isinstance(runner, Lanes):
            qtbot: QtBot = request.getfixturevalue("qtbot")
            qtbot.waitUntil(condition, timeout=int(PATIENCE * 1000))
        elif isinstance(runner, ManualRunner):
            runner.finish()
        else:
            assert isinstance(runner, InlineRunner)
            while runner.work(0.0):
                pass
        assert condition()

    return wait


def fails() -> object:
    raise KeyError("inside")


@pytest.mark.parametrize("deadline", [None, 30.0])
def test_a_job_that_raises_fails_with_that_error_and_nothing_else(
    runner: Runner, settle: Settle, outcomes: Outcomes, deadline: float | None
) -> None:
    runner.run(Lane.NETWORK, fails, outcomes.done, outcomes.failed, deadline)
    settle(lambda: outcomes.count == 1)
    assert [repr(error) for error in outcomes.errors] == ["KeyError('inside')"]
    assert outcomes.threads == {threading.main_thread()}


@pytest.mark.parametrize("deadline", [None, 30.0])
@pytest.mark.parametrize("result", [None, 7, "text", ValueError("a value like any other")], ids=repr)
def test_a_job_that_returns_is_done_with_its_result(
    runner: Runner, settle: Settle, outcomes: Outcomes, result: object, deadline: float | None
) -> None:
    runner.run(Lane.SECRETS, lambda: result, outcomes.done, outcomes.failed, deadline)
    settle(lambda: outcomes.count == 1)
    assert outcomes.results == [result]
    assert outcomes.threads == {threading.main_thread()}


def test_jobs_of_a_lane_run_one_after_the_other_in_order(runner: Runner, settle: Settle, outcomes: Outcomes) -> None:
    running: list[int] = []
    most: list[int] = []

    def job(number: int) -> int:
        running.append(number)
        most.append(len(running))
        running.remove(number)
        return number

    for number in range(200):
        runner.run(Lane.DATABASE, partial(job, number), outcomes.done, outcomes.failed)
    settle(lambda: outcomes.count == 200)
    assert outcomes.results == list(range(200))
    assert max(most) == 1


def test_a_job_asked_for_by_an_outcome_runs_too(runner: Runner, settle: Settle, outcomes: Outcomes) -> None:
    runner.run(
        Lane.NETWORK,
        lambda: "first",
        lambda first: runner.run(Lane.DATABASE, lambda: f"{first}, second", outcomes.done, outcomes.failed),
        outcomes.failed,
    )
    settle(lambda: outcomes.count == 1)
    assert outcomes.results == ["first, second"]


def test_an_action_posted_by_another_thread_runs_on_the_main_one(
    runner: Runner, settle: Settle, outcomes: Outcomes
) -> None:
    other = threading.Thread(target=lambda: runner.post(lambda: outcomes.done("posted")))
    other.start()
    other.join(PATIENCE)
    settle(lambda: outcomes.count == 1)
    assert outcomes.threads == {threading.main_thread()}


@pytest.fixture
def released() -> Iterator[threading.Event]:
    """Set when the test is over, so that no job hangs beyond it."""
    event = threading.Event()
    yield event
    event.set()


@pytest.mark.parametrize("kind", ["inline", "lanes"])
def test_a_job_past_its_deadline_fails_and_its_late_result_is_forgotten(
    runner: Runner, settle: Settle, outcomes: Outcomes, released: threading.Event
) -> None:
    ended = threading.Event()

    def late() -> str:
        released.wait(30)
        ended.set()
        return "late"

    began = time.monotonic()
    runner.run(Lane.SECRETS, late, outcomes.done, outcomes.failed, 0.1)
    settle(lambda: outcomes.count == 1)
    assert 0.05 < time.monotonic() - began < PATIENCE
    released.set()
    assert ended.wait(PATIENCE)
    runner.run(Lane.SECRETS, lambda: "next", outcomes.done, outcomes.failed)
    settle(lambda: outcomes.count == 2)
    assert [type(error) for error in outcomes.errors] == [TimeoutError]
    assert outcomes.results == ["next"]


def test_a_manual_job_can_be_let_run_out_of_time(outcomes: Outcomes) -> None:
    runner = ManualRunner()
    runner.run(Lane.SECRETS, lambda: "late", outcomes.done, outcomes.failed, 5.0)
    runner.expire(Lane.SECRETS)
    runner.finish()
    assert [type(error) for error in outcomes.errors] == [TimeoutError]
    assert outcomes.results == []


@pytest.mark.parametrize("kind", ["inline", "lanes"])
def test_a_lane_that_hangs_serves_the_jobs_behind_and_the_ones_to_come(
    runner: Runner, settle: Settle, outcomes: Outcomes, released: threading.Event
) -> None:
    runner.run(Lane.SECRETS, lambda: released.wait(30), outcomes.done, outcomes.failed, 0.1)
    runner.run(Lane.SECRETS, lambda: "behind", outcomes.done, outcomes.failed)
    settle(lambda: outcomes.count == 2)
    runner.run(Lane.SECRETS, lambda: "to come", outcomes.done, outcomes.failed)
    settle(lambda: outcomes.count == 3)
    assert outcomes.results == ["behind", "to come"]


def test_lanes_do_not_wait_for_each_other(
    lanes: Lanes, qtbot: QtBot, outcomes: Outcomes, released: threading.Event
) -> None:
    lanes.run(Lane.NETWORK, lambda: released.wait(30), outcomes.done, outcomes.failed)
    lanes.run(Lane.DATABASE, lambda: "database", outcomes.done, outcomes.failed)
    qtbot.waitUntil(lambda: outcomes.count == 1, timeout=10_000)
    assert outcomes.results == ["database"]
    assert not lanes.is_idle()
    released.set()
    qtbot.waitUntil(lanes.is_idle, timeout=10_000)


def test_jobs_run_beside_the_main_thread(lanes: Lanes, qtbot: QtBot, outcomes: Outcomes) -> None:
    for lane in Lane:
        lanes.run(lane, threading.current_thread, outcomes.done, outcomes.failed)
    qtbot.waitUntil(lambda: outcomes.count == len(Lane), timeout=10_000)
    workers = {thread.name for thread in outcomes.results if isinstance(thread, threading.Thread)}
    assert workers == {f"lane-{lane.value}" for lane in Lane}


def test_closing_does_not_wait_for_a_job_that_hangs_and_tells_nobody_of_it(
    lanes: Lanes, qtbot: QtBot, outcomes: Outcomes, released: threading.Event
) -> None:
    lanes.run(Lane.SECRETS, lambda: released.wait(30), outcomes.done, outcomes.failed, 30.0)
    began = time.monotonic()
    lanes.close(0.1)
    assert time.monotonic() - began < 2.0
    lanes.run(Lane.SECRETS, lambda: "after the end", outcomes.done, outcomes.failed)
    lanes.post(lambda: outcomes.done("posted after the end"))
    released.set()
    seen: list[Any] = []
    last = Lanes()
    last.run(Lane.NETWORK, lambda: "a later job", seen.append, seen.append)
    qtbot.waitUntil(lambda: seen == ["a later job"], timeout=10_000)
    last.close()
    assert outcomes.count == 0


def test_an_inline_runner_without_an_action_says_so() -> None:
    runner = InlineRunner()
    assert not runner.work(0.0)
    seen: list[str] = []
    runner.post(lambda: seen.append("posted"))
    assert runner.work(0.0)
    assert not runner.work(0.0)
    assert seen == ["posted"]


def test_threads_that_outlive_the_lanes_speak_to_nobody_while_they_are_destroyed(
    qtbot: QtBot, outcomes: Outcomes
) -> None:
    assert qtbot is not None
    for _ in range(50):
        lanes, may_end = Lanes(), threading.Event()
        for lane in Lane:
            lanes.run(lane, partial(may_end.wait, PATIENCE), outcomes.done, outcomes.failed)
        talkers = [threading.Thread(target=_post_often, args=(lanes, may_end)) for _ in range(2)]
        for talker in talkers:
            talker.start()
        may_end.set()
        lanes.close(0.0)
        shiboken6.delete(lanes)
        for talker in talkers:
            talker.join()
    qtbot.waitUntil(lambda: not [t for t in threading.enumerate() if t.name.startswith("lane-")])
    assert outcomes.count == 0


def _post_often(lanes: Lanes, begin: threading.Event) -> None:
    begin.wait(PATIENCE)
    for _ in range(200):
        lanes.post(lambda: None)
