"""A process that is killed at any point of a call leaves at most one request, and a journal that knows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.kills import kill_at
from tests.faults.mortal import POINTS

TIMES = 2


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("time", range(TIMES))
def test_a_call_killed_sends_at_most_one_request_and_is_known_to_the_next_run(
    tmp_path: Path, point: str, time: int
) -> None:
    left = kill_at(point, tmp_path)
    assert left.wrong == (), f"time {time}: {left}"


@pytest.mark.parametrize("point", ["after the intent", "after the body", "before the outcome"])
def test_the_same_holds_on_the_lanes_of_the_window(tmp_path: Path, point: str) -> None:
    left = kill_at(point, tmp_path, lanes=True)
    assert left.wrong == (), f"{left}"
