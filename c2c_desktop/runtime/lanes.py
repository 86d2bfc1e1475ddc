"""Background threads and the one bridge that brings their results to the main thread.

A lane is a daemon thread, so that a job that hangs for ever holds nobody back at quitting. A lane whose
job outlives its deadline is given up and replaced: a hung keyring must not block the next question to it.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from c2c_desktop.services.ports import Lane

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    lane: Lane
    settled: bool = False
    timer: QTimer | None = None


class _Bridge(QObject):
    """Carries results; its slots run on the thread it lives on: the main one.

    It outlives nobody who speaks through it: once `shut` has returned, no thread is inside a signal of it or ever
    will be, so that it can be destroyed while a lane still hangs.
    """

    finished = Signal(object, object, object)
    posted = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._speaking = threading.Lock()
        self._is_shut = False

    def finish(self, job: _Job, result: object, error: Exception | None) -> bool:
        """Bring what came of `job` to the main thread; False where nobody listens any more. Any thread."""
        with self._speaking:
            if not self._is_shut:
                self.finished.emit(job, result, error)
            return not self._is_shut

    def post(self, action: Callable[[], None]) -> None:
        """Bring `action` to the main thread, or forget it where nobody listens any more. Any thread."""
        with self._speaking:
            if not self._is_shut:
                self.posted.emit(action)

    def shut(self) -> None:
        """Carry nothing from now on."""
        with self._speaking:
            self._is_shut = True


class _LaneThread:
    """One daemon thread working through its queue."""

    def __init__(self, lane: Lane, bridge: _Bridge) -> None:
        self._bridge = bridge
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._work, name=f"lane-{lane.value}", daemon=True)
        self.thread.start()

    def put(self, job: _Job | None) -> None:
        self._jobs.put(job)

    def waiting(self) -> list[_Job]:
        """Take the jobs not begun yet."""
        jobs: list[_Job] = []
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return jobs
            if job is not None:
                jobs.append(job)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            if job.settled:
                continue
            result: object = None
            error: Exception | None = None
            try:
                result = job.work()
            except Exception as raised:  # noqa: BLE001  # the lane's bridge: the error goes to `failed`
                error = raised
            if not self._bridge.finish(job, result, error):
                return
            del job, result, error


class Lanes(QObject):
    """Implements the `Runner` port over Qt's event loop. Main thread, but for `post`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = _Bridge(self)
        self._bridge.finished.connect(self._settle, Qt.ConnectionType.QueuedConnection)
        self._bridge.posted.connect(self._act, Qt.ConnectionType.QueuedConnection)
        self._threads: dict[Lane, _LaneThread] = {}
        self._pending: set[_Job] = set()
        self._closed = False

    def run(
        self,
        lane: Lane,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        deadline: float | None = None,
    ) -> None:
        """Run `job` on `lane`; `done` or `failed` follows on the main thread."""
        if self._closed:
            return
        entry = _Job(job, done, failed, lane)
        self._pending.add(entry)
        if deadline is not None:
            timer = QTimer(self)
            timer.setSingleShot(True)
            timer.timeout.connect(lambda: self._expire(entry))
            entry.timer = timer
            timer.start(int(deadline * 1000))
        if lane not in self._threads:
            self._threads[lane] = _LaneThread(lane, self._bridge)
        self._threads[lane].put(entry)

    def post(self, action: Callable[[], None]) -> None:
        """Run `action` on the main thread. Any thread."""
        self._bridge.post(action)

    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._pending

    def close(self, seconds: float = 1.0) -> None:
        """Forget what is under way and end the threads; one that hangs is left behind after `seconds`."""
        self._closed = True
        self._bridge.shut()
        for entry in list(self._pending):
            self._forget(entry)
        for lane_thread in self._threads.values():
            lane_thread.put(None)
        end = time.monotonic() + seconds
        for lane_thread in self._threads.values():
            lane_thread.thread.join(max(end - time.monotonic(), 0.0))
        self._threads.clear()

    def _settle(self, entry: _Job, result: object, error: Exception | None) -> None:
        if entry.settled:
            return
        self._forget(entry)
        if error is not None:
            entry.failed(error)
        else:
            entry.done(result)

    def _expire(self, entry: _Job) -> None:
        if entry.settled:
            return
        self._forget(entry)
        stuck = self._threads.pop(entry.lane, None)
        if stuck is not None:
            left = stuck.waiting()
            stuck.put(None)
            if left:
                self._threads[entry.lane] = _LaneThread(entry.lane, self._bridge)
                for job in left:
                    self._threads[entry.lane].put(job)
        entry.failed(TimeoutError())

    def _forget(self, entry: _Job) -> None:
        entry.settled = True
        self._pending.discard(entry)
        if entry.timer is not None:
            entry.timer.stop()
            entry.timer.deleteLater()
            entry.timer = None

    def _act(self, action: Callable[[], None]) -> None:
        if not self._closed:
            action()
