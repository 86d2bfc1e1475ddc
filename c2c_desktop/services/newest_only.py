"""Answers to the newest question only: for what is asked again with every change a person makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from c2c_desktop.services.ports import Lane, Runner

T = TypeVar("T")
_Question = tuple[Callable[[], T], Callable[[T], None], Callable[[Exception], None]]


class NewestOnly(Generic[T]):
    """Runs one job at a time on a lane; of those that are asked meanwhile the last one follows. Main thread."""

    def __init__(self, runner: Runner, lane: Lane, deadline: float | None = None) -> None:
        self._runner = runner
        self._lane = lane
        self._deadline = deadline
        self._is_busy = False
        self._generation = 0
        self._next: _Question[T] | None = None

    def ask(self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Run `job`; then `done` or `failed`, unless something else was asked or all was forgotten before."""
        self._generation += 1
        if self._is_busy:
            self._next = (job, done, failed)
        else:
            self._run((job, done, failed))

    def forget(self) -> None:
        """Want no answer any more to what was asked so far."""
        self._generation += 1
        self._next = None

    def _run(self, question: _Question[T]) -> None:
        job, done, failed = question
        generation = self._generation
        self._is_busy = True

        def told(answer: T) -> None:
            if self._is_wanted(generation):
                done(answer)

        def refused(error: Exception) -> None:
            if self._is_wanted(generation):
                failed(error)

        self._runner.run(self._lane, job, told, refused, self._deadline)

    def _is_wanted(self, generation: int) -> bool:
        """Go on with what waits, and say whether the answer that came is still wanted."""
        self._is_busy = False
        following, self._next = self._next, None
        if following is not None:
            self._run(following)
        return generation == self._generation
