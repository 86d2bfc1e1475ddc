"""Waiting for a condition, within bounds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

PATIENCE = 10.0
"""Seconds a busy machine may take for what should come at once."""


def until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Return once `condition` holds; fail after `seconds`."""
    end = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < end, "what was waited for did not come"
        pause.wait(0.01)
