"""When a shared directory is read again."""

from __future__ import annotations

from collections.abc import Iterable

from c2c_desktop.domain.shared_directory import DirectoryState

EVERY = 15 * 60.0
"""Seconds after a success. Of a file too: a look at one takes a process, and one on this computer is watched."""

WAITS = (60.0, 5 * 60.0, 15 * 60.0, 60 * 60.0)
"""Seconds after the first, second, … failure in a row; the last one for all further ones.

Short at first: a computer that woke up has no network for a moment. Long at last: an account that is refused again and
again gets locked.
"""

LONGEST_ASKED = 24 * 60 * 60.0
"""Seconds a server can ask to be left alone: a longer time counts as this one."""


def seconds_to_next(states: Iterable[DirectoryState], now: float) -> float | None:
    """Return in how many seconds one is to be read again, 0 where one is; None where there is none.

    `now` is in seconds since 1970; a clock that was set back keeps nobody waiting.
    """
    return min((_seconds_to(state, now) for state in states), default=None)


def due_at(state: DirectoryState) -> float:
    """Return when a directory is read again by itself, in seconds since 1970; 0 for one that was never tried."""
    if state.tried_at is None:
        return 0.0
    wait = WAITS[min(state.failures, len(WAITS)) - 1] if state.failures else EVERY
    asked = min(state.not_before - state.tried_at, LONGEST_ASKED)
    return state.tried_at + max(wait, asked)


def _seconds_to(state: DirectoryState, now: float) -> float:
    is_ahead = state.tried_at is not None and state.tried_at > now
    return 0.0 if is_ahead else max(0.0, due_at(state) - now)
