"""Runs jobs where there is no window: the calling thread waits for each."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

from c2c_desktop.services.ports import Lane

T = TypeVar("T")


class InlineRunner:
    """Implements the `Runner` port for the command line; its thread is the main thread."""

    def __init__(self) -> None:
        self._posted: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def run(
        self,
        lane: Lane,  # noqa: ARG002  # one thread serves all lanes
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        deadline: float | None = None,
    ) -> None:
        """Run `job` now; with a deadline on a thread of its own, which is left behind when it is late."""
        try:
            result = job() if deadline is None else _within(job, deadline)
        except Exception as error:  # noqa: BLE001  # a lane's edge: the error goes to `failed`
            failed(error)
            return
        done(result)

    def post(self, action: Callable[[], None]) -> None:
        """Keep `action` for `work`."""
        self._posted.put(action)

    def work(self, seconds: float) -> bool:
        """Run one posted action, waiting up to `seconds` for it; False when none came."""
        try:
            action = self._posted.get(timeout=seconds)
        except queue.Empty:
            return False
        action()
        return True


def _within(job: Callable[[], T], deadline: float) -> T:
    results: queue.SimpleQueue[tuple[bool, object]] = queue.SimpleQueue()

    def run() -> None:
        try:
            results.put((True, job()))
        except Exception as error:  # noqa: BLE001
            results.put((False, error))

    threading.Thread(target=run, name="deadline", daemon=True).start()
    try:
        fine, result = results.get(timeout=deadline)
    except queue.Empty:
        raise TimeoutError from None
    if fine:
        return result  # type: ignore[return-value]  # what `job` returned
    assert isinstance(result, Exception)  # noqa: S101
    raise result
