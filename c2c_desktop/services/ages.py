"""How long ago calls were, whatever the computer's clock was set to meanwhile."""

from __future__ import annotations

from dataclasses import replace

from c2c_desktop.domain.call import Call
from c2c_desktop.services.journal import Journal
from c2c_desktop.services.ports import Clock


class Ages:
    """Notes when this run first saw each call. Main thread."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal = journal
        self._clock = clock
        self._seen: dict[str, tuple[float, float]] = {}
        """Monotonic seconds when a call was first seen, and how old it was then by the clock."""
        journal.listen(self._see)
        journal.watch_others(self._see_all)

    def recent(self) -> list[Call]:
        """Return the journal's calls, the one known last first, each begun as long ago as it really was."""
        self._see_all()
        now, monotonic = self._clock.now(), self._clock.monotonic()
        calls: list[Call] = []
        for call in self._journal.recent():
            seen, age = self._seen[call.id]
            calls.append(replace(call, started_at=now - (age + monotonic - seen)))
        return calls

    def _see(self, call: Call) -> None:
        self._seen.setdefault(call.id, (self._clock.monotonic(), self._clock.now() - call.started_at))

    def _see_all(self) -> None:
        known = self._journal.recent()
        for call in known:
            self._see(call)
        self._seen = {call.id: self._seen[call.id] for call in known}
