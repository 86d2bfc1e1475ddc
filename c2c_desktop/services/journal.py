"""Every attempt, in memory for the window and on disk for good."""

from __future__ import annotations

import logging
from collections.abc import Callable

from c2c_desktop.domain.call import Call
from c2c_desktop.services.ports import CallListener, CallStore, Lane, Runner

RECENT_LIMIT = 500
"""Calls kept in memory; the rest stay on disk."""

_log = logging.getLogger(__name__)


class Journal:
    """The calls of this and earlier runs. Main thread, but for `begin`."""

    def __init__(self, store: CallStore, runner: Runner) -> None:
        self._store = store
        self._runner = runner
        self._calls: dict[str, Call] = {}
        self._listeners: list[CallListener] = []

    def listen(self, listener: CallListener) -> None:
        """Call `listener` on the main thread with each call that is new or changed."""
        self._listeners.append(listener)

    def load(self) -> int:
        """Read the newest calls from disk, settling those an earlier run left open.

        Blocks: called on the database lane or before there is a window. Returns how many were settled.
        """
        settled = self._store.settle_abandoned()
        self.adopt(self._store.recent(RECENT_LIMIT))
        return settled

    def load_behind(self, done: Callable[[int], None], failed: Callable[[Exception], None]) -> None:
        """Do `load` on the database lane; `done` gets the number of calls that were settled."""

        def read() -> tuple[int, list[Call]]:
            return self._store.settle_abandoned(), self._store.recent(RECENT_LIMIT)

        def take(result: tuple[int, list[Call]]) -> None:
            self.adopt(result[1])
            done(result[0])

        self._runner.run(Lane.DATABASE, read, take, failed)

    def adopt(self, calls: list[Call]) -> None:
        """Take calls read from disk, newest first, keeping what this run already knows better."""
        merged = {call.id: call for call in reversed(calls)}
        merged.update(self._calls)
        self._calls = merged

    def recent(self) -> list[Call]:
        """Return the calls in memory, newest first."""
        return sorted(self._calls.values(), key=lambda call: call.started_at, reverse=True)

    def get(self, call_id: str) -> Call | None:
        """Return the call as it stands now."""
        return self._calls.get(call_id)

    def begin(self, call: Call) -> None:
        """Put the intent on disk before anything is sent. Any thread. Raises `StorageError`."""
        self._store.begin(call)

    def note(self, call: Call, *, persist: bool = True) -> None:
        """Take a new or changed call, store it and tell the listeners."""
        self._calls[call.id] = call
        if persist:
            self._runner.run(Lane.DATABASE, lambda: self._store.save(call), _stored, _not_stored)
        for listener in self._listeners:
            listener(call)


def _stored(_: None) -> None:
    """Nothing is left to do."""


def _not_stored(error: Exception) -> None:
    _log.error("the outcome of a call could not be stored: %s", error)
