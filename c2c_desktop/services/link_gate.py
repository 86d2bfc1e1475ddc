"""How many links from other programs are let through, and how many were left alone."""

from __future__ import annotations

from collections import deque

MOST_LINKS = 20
"""Links let through within `WINDOW_SECONDS`: above what the guard allows, so that its words come first."""

WINDOW_SECONDS = 60.0
QUIET_SECONDS = 2.0
"""A flood is over when none was left alone for this long."""

TELL_SECONDS = 60.0
"""A flood that does not end is told of this often."""


class LinkGate:
    """Counts links. `now` is in seconds that only grow."""

    def __init__(self) -> None:
        self._taken: deque[float] = deque(maxlen=MOST_LINKS)
        self._first_left = 0.0
        self._last_left = 0.0
        self.left_alone = 0
        """Links that were not let through and not told of yet."""

    def take(self, now: float) -> bool:
        """Whether the link that comes now is let through; one that is not is counted."""
        if len(self._taken) < MOST_LINKS or now - self._taken[0] >= WINDOW_SECONDS:
            self._taken.append(now)
            return True
        if not self.left_alone:
            self._first_left = now
        self._last_left = now
        self.left_alone += 1
        return False

    def due(self, now: float) -> int:
        """Return how many links to tell of now, once each; 0 while more seem to come."""
        if now - self._last_left < QUIET_SECONDS and now - self._first_left < TELL_SECONDS:
            return 0
        count, self.left_alone = self.left_alone, 0
        return count
