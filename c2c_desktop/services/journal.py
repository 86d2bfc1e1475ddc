"""Every attempt, in memory for the window and on disk for good."""

from __future__ import annotations

import logging
from collections.abc import Callable, Container

from c2c_desktop.domain.call import Call
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.services.ports import CallListener, CallStore, Lane, Runner, no_objection

RECENT_LIMIT = 500
"""Calls kept in memory; the rest stay on disk."""

_log = logging.getLogger(__name__)


class Journal:
    """The calls of this and earlier runs, and of others that run beside this one. Main thread, but for `begin`."""

    def __init__(self, store: CallStore, runner: Runner) -> None:
        self._store = store
        self._runner = runner
        self._calls: dict[str, Call] = {}
        """In the order they became known, whatever the clock was set to meanwhile."""
        self._own: dict[str, bool] = {}
        """The calls of this run, and whether anything of each is known to be on disk."""
        self._unsaved: dict[str, Call] = {}
        self._listeners: list[CallListener] = []
        self._watchers: list[Callable[[], None]] = []

    def listen(self, listener: CallListener) -> None:
        """Call `listener` on the main thread with each call of this run that is new or changed."""
        self._listeners.append(listener)

    def watch_others(self, watcher: Callable[[], None]) -> None:
        """Call `watcher` on the main thread when `follow_behind` found calls of other runs new or changed."""
        self._watchers.append(watcher)

    def stop_listening(self) -> None:
        """Tell nobody any more: the program ends."""
        self._listeners.clear()
        self._watchers.clear()

    def load(self) -> int:
        """Read the newest calls from disk, settling those an earlier run left open.

        Blocks: called on the database lane or before there is a window. Returns how many were settled.
        """
        settled = self._store.settle_abandoned()
        self.adopt(self._store.recent(RECENT_LIMIT))
        return settled

    def load_behind(self, done: Callable[[int], None], failed: Callable[[Exception], None]) -> None:
        """Do `load` on the database lane; `done` gets the number of calls that were settled."""

        def take(result: tuple[int, list[Call]]) -> None:
            self.adopt(result[1])
            done(result[0])

        self._runner.run(Lane.DATABASE, self._look, take, failed)

    def follow_behind(self, done: Callable[[], None] = lambda: None) -> None:
        """Look on the database lane at what other processes wrote, and settle what one that ended left open.

        `done` follows in any case.
        """

        def take(result: tuple[int, list[Call]]) -> None:
            if self.adopt(result[1]):
                for watcher in self._watchers:
                    watcher()
            done()

        def failed(error: Exception) -> None:
            _log.info("what other processes wrote could not be read: %s", error)
            done()

        self._runner.run(Lane.DATABASE, self._look, take, failed)

    def adopt(self, calls: list[Call]) -> bool:
        """Take calls read from disk, the last one first, keeping what this run knows better; whether any was news."""
        before = self._calls
        on_disk = {c.id: before[c.id] if c.id in self._own else c for c in reversed(calls)}
        unstored = {c.id: c for c in before.values() if self._own.get(c.id) is False and c.id not in on_disk}
        older = {c.id: c for c in before.values() if c.id not in on_disk and c.id not in unstored}
        self._calls = older | on_disk | unstored
        self._forget_oldest()
        return any(c.id not in self._own and before.get(c.id) != c for c in self._calls.values())

    def recent(self) -> list[Call]:
        """Return the calls in memory, the one known last first."""
        return list(reversed(self._calls.values()))

    @property
    def awaits_others(self) -> bool:
        """Whether another run is placing a call, as far as this one knows."""
        return any(call.is_placing and call.id not in self._own for call in self._calls.values())

    def get(self, call_id: str) -> Call | None:
        """Return the call as it stands now."""
        return self._calls.get(call_id)

    def begin(
        self, call: Call, known: Container[str] = (), objection: Callable[[list[Call]], str] = no_objection
    ) -> str:
        """Put the intent on disk before anything is sent, and return "". Any thread. Raises `StorageError`.

        Where `objection` returns words for the calls on disk that are not `known`, nothing is stored: see `CallStore`.
        """
        return self._store.begin(call, known, objection)

    def note(self, call: Call, *, persist: bool = True) -> None:
        """Take a new or changed call of this run, store it and tell the listeners."""
        self._calls[call.id] = call
        self._own.setdefault(call.id, False)
        self._forget_oldest()
        if persist:
            self._unsaved[call.id] = call
            self._runner.run(Lane.DATABASE, lambda: self._store.save(call), lambda _: self._stored(call), _not_stored)
        for listener in self._listeners:
            listener(call)

    def flush(self) -> None:
        """Store what was noted and is not stored yet: the program ends. Blocks, for some milliseconds."""
        try:
            for call in list(self._unsaved.values()):
                self._store.save(call)
                self._stored(call)
        except StorageError as error:
            _not_stored(error)

    def _look(self) -> tuple[int, list[Call]]:
        return self._store.settle_abandoned(), self._store.recent(RECENT_LIMIT)

    def _stored(self, call: Call) -> None:
        if call.id in self._own:
            self._own[call.id] = True
        if self._unsaved.get(call.id) is call:
            del self._unsaved[call.id]

    def _forget_oldest(self) -> None:
        for call_id in list(self._calls)[:-RECENT_LIMIT]:
            del self._calls[call_id]
            self._own.pop(call_id, None)


def _not_stored(error: Exception) -> None:
    _log.error("the outcome of a call could not be stored: %s", error)
