"""The time of this computer."""

from __future__ import annotations

import sys
import time


class SystemClock:
    """Implements the `Clock` port."""

    def now(self) -> float:
        """UTC seconds since the epoch."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds that only grow, also while the computer sleeps where the system tells."""
        if sys.platform == "linux":
            return time.clock_gettime(time.CLOCK_BOOTTIME)
        return time.monotonic()
