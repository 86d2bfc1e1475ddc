"""Measuring threads that start at the same time.

CPython refuses to install a trace function while another thread installs one: the thread that asked dies before it does
anything. It tells audit hooks in between, and one written in Python, as ours, gives other threads the time to ask.
"""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FrameType

    from _typeshed import TraceFunction


def install_one_after_the_other() -> None:
    """Let threads wait for each other, from now on, where they install the trace function of `threading`."""
    lock, install, trace = threading.RLock(), sys.settrace, threading.gettrace()

    def settrace(function: TraceFunction | None, /) -> None:
        with lock:
            install(function)

    sys.settrace = settrace
    if trace is not None:

        def first_event(frame: FrameType, event: Any, argument: Any) -> TraceFunction | None:
            with lock:  # where coverage.py puts its own in the place of this one
                return trace(frame, event, argument)

        threading.settrace(first_event)
