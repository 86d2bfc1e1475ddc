"""The clock and the lanes, which go on when a test says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from c2c_desktop.services.ports import Lane

T = TypeVar("T")


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.time = now
        self.wrong_by = 0.0

    def now(self) -> float:
        return self.time + self.wrong_by

    def monotonic(self) -> float:
        return self.time

    def jump(self, seconds: float) -> None:
        """Somebody sets the clock; no time passes."""
        self.wrong_by += seconds

    def pass_by(self, seconds: float) -> None:
        self.time += seconds


@dataclass(eq=False)
class Job:
    lane: Lane
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    deadline: float | None


class ManualRunner:
    """Keeps jobs until `step` or `finish` runs them, so that a test decides what happens between."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    def run(
        self,
        lane: Lane,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        deadline: float | None = None,
    ) -> None:
        self.jobs.append(Job(lane, job, done, failed, deadline))

    def post(self, action: Callable[[], None]) -> None:
        self.jobs.append(Job(Lane.NETWORK, lambda: None, lambda _: action(), lambda _: None, None))

    def step(self, lane: Lane | None = None) -> None:
        """Run the oldest job (of `lane`)."""
        job = next(j for j in self.jobs if lane is None or j.lane is lane)
        self.jobs.remove(job)
        try:
            result = job.work()
        except Exception as error:  # noqa: BLE001  # as a lane does
            job.failed(error)
        else:
            job.done(result)

    def expire(self, lane: Lane) -> None:
        """Let the oldest job of `lane` run out of time."""
        job = next(j for j in self.jobs if j.lane is lane)
        assert job.deadline is not None
        self.jobs.remove(job)
        job.failed(TimeoutError())

    def finish(self) -> None:
        """Run everything, and what follows from it."""
        for _ in range(1000):
            if not self.jobs:
                return
            self.step()
        raise AssertionError("the jobs never end")
