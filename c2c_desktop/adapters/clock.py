"""The time of this computer."""

from __future__ import annotations

import time


class SystemClock:
    """Implements the `Clock` port."""

    def now(self) -> float:
        """UTC seconds since the epoch."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds that only grow."""
        return time.monotonic()
