"""Every attempt, in memory for the window and on disk for good."""

from __future__ import annotations

import logging
from collections.abc import Callable, Container
from dataclasses import dataclass, replace

from c2c_desktop.domain.call import Call, clean_note
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.services.ports import CallListener, JournalStore, Lane, Runner, no_objection

RECENT_LIMIT = 500
"""Calls kept in memory; the rest stay on disk."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Note:
    """A note on its way to the disk; one with the same words is another."""

    text: str


def _not_stored(error: Exception) -> None:
    _log.error("the outcome of a call, or its note, could not be stored: %s", error)


class Journal:
    """The calls of this and earlier runs, and of others that run beside this one. Main thread, but for `begin`."""

    def __init__(self, store: JournalStore, runner: Runner) -> None:
        self._store = store
        self._runner = runner
        self._calls: dict[str, Call] = {}
        """In the order they became known, whatever the clock was set to meanwhile."""
        self._own: dict[str, bool] = {}
        """The calls of this run, and whether anything of each is known to be on disk."""
        self._unsaved: dict[str, Call] = {}
        self._unsaved_notes: dict[str, _Note] = {}
        self._listeners: list[CallListener] = []
        self._watchers: list[Callable[[], None]] = []
        self._note_listeners: list[Callable[[str], None]] = []

    def listen(self, listener: CallListener) -> None:
        """Call `listener` on the main thread with each call of this run that is new or changed."""
        self._listeners.append(listener)

    def listen_to_notes(self, listener: Callable[[str], None]) -> None:
        """Call `listener` on the main thread with the ID of each call whose note `set_note` changed.

        The listeners of `listen` are not told: nothing happened to the call, so nothing is to be announced.
        """
        self._note_listeners.append(listener)

    def watch_others(self, watcher: Callable[[], None]) -> None:
        """Call `watcher` on the main thread when `follow_behind` found calls of other runs new or changed."""
        self._watchers.append(watcher)

    def stop_listening(self) -> None:
        """Tell nobody any more: the program ends."""
        self._listeners.clear()
        self._watchers.clear()
        self._note_listeners.clear()

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
        on_disk = {c.id: self._known_better(c) for c in reversed(calls)}
        unstored = {c.id: c for c in before.values() if self._own.get(c.id) is False and c.id not in on_disk}
        older = {c.id: c for c in before.values() if c.id not in on_disk and c.id not in unstored}
        self._calls = older | on_disk | unstored
        self._forget_oldest()
        return any(before.get(c.id) != c for c in self._calls.values())

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
        """Take a new or changed call of this run, store it and tell the listeners. Its note stays what it was."""
        known = self._calls.get(call.id)
        if known is not None and known.note != call.note:
            call = replace(call, note=known.note)
        self._calls[call.id] = call
        self._own.setdefault(call.id, False)
        self._forget_oldest()
        if persist:
            self._unsaved[call.id] = call
            self._runner.run(Lane.DATABASE, lambda: self._store.save(call), lambda _: self._stored(call), _not_stored)
        for listener in self._listeners:
            listener(call)

    def set_note(self, call_id: str, text: str, failed: Callable[[Exception], None] = _not_stored) -> None:
        """Make `text` the note of a call, of whatever run and also of one that is only on disk; "" removes it.

        It is known at once and stored behind; `failed` hears where it cannot be stored, and the end of the program
        tries again.
        """
        note = _Note(clean_note(text))
        known = self._calls.get(call_id)
        if known is not None:
            self._calls[call_id] = replace(known, note=note.text)
        self._unsaved_notes[call_id] = note
        self._runner.run(
            Lane.DATABASE,
            lambda: self._store.set_note(call_id, note.text),
            lambda _: self._note_stored(call_id, note),
            failed,
        )
        for listener in self._note_listeners:
            listener(call_id)

    def flush(self) -> None:
        """Store what was noted and is not stored yet: the program ends. Blocks, for some milliseconds."""
        try:
            for call in list(self._unsaved.values()):
                self._store.save(call)
                self._stored(call)
            for call_id, note in list(self._unsaved_notes.items()):
                self._store.set_note(call_id, note.text)
                self._note_stored(call_id, note)
        except StorageError as error:
            _not_stored(error)

    def _look(self) -> tuple[int, list[Call]]:
        return self._store.settle_abandoned(), self._store.recent(RECENT_LIMIT)

    def _known_better(self, read: Call) -> Call:
        """Of this run's own calls all but the note, which any window can change; of all a note not stored yet."""
        call = self._calls[read.id] if read.id in self._own else read
        unsaved = self._unsaved_notes.get(read.id)
        note = read.note if unsaved is None else unsaved.text
        return call if call.note == note else replace(call, note=note)

    def _note_stored(self, call_id: str, note: _Note) -> None:
        if self._unsaved_notes.get(call_id) is note:
            del self._unsaved_notes[call_id]

    def _stored(self, call: Call) -> None:
        if call.id in self._own:
            self._own[call.id] = True
        if self._unsaved.get(call.id) is call:
            del self._unsaved[call.id]

    def _forget_oldest(self) -> None:
        for call_id in list(self._calls)[:-RECENT_LIMIT]:
            del self._calls[call_id]
            self._own.pop(call_id, None)
