"""When a directory is read again."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from c2c_desktop.domain.shared_directory import DirectoryState
from c2c_desktop.domain.update_schedule import EVERY, LONGEST_ASKED, WAITS, due_at, seconds_to_next
from tests.directory_fakes import TEAM

NOW = 1_800_000_000.0
TRIED = DirectoryState(TEAM, tried_at=NOW)


def test_each_failure_waits_longer_up_to_an_hour_and_a_success_ends_it() -> None:
    waits = [seconds_to_next([replace(TRIED, problem="away", failures=n)], NOW) or 0 for n in range(1, 40)]
    assert all(earlier <= later for earlier, later in pairwise(waits))
    assert (waits[0], waits[-1], tuple(waits[: len(WAITS)])) == (60.0, 3600.0, WAITS)
    assert seconds_to_next([TRIED], NOW + 5) == EVERY - 5


def test_a_server_that_asks_to_be_left_alone_is_but_not_for_ever() -> None:
    busy = replace(TRIED, problem="busy", failures=1)
    assert seconds_to_next([replace(busy, not_before=NOW + 600)], NOW) == 600
    assert seconds_to_next([replace(busy, not_before=NOW + 6)], NOW) == WAITS[0]
    assert seconds_to_next([replace(busy, not_before=NOW * 2)], NOW) == LONGEST_ASKED


def test_one_that_was_never_tried_is_due_and_nobody_waits_where_there_is_none() -> None:
    assert seconds_to_next([TRIED, DirectoryState(TEAM)], NOW) == 0
    assert seconds_to_next([TRIED], NOW + 2 * EVERY) == 0
    assert seconds_to_next([], NOW) is None
    assert (due_at(DirectoryState(TEAM)), due_at(TRIED)) == (0.0, NOW + EVERY)


def test_a_clock_that_is_set_back_keeps_nobody_waiting() -> None:
    assert seconds_to_next([replace(TRIED, tried_at=NOW + 1e7, failures=9)], NOW) == 0
