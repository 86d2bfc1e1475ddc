"""Tries every fault and every kill, and prints what came of each: `make faults`."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.faults.cases import CASES
from tests.faults.grounds import Grounds
from tests.faults.kills import kill_at
from tests.faults.mortal import POINTS
from tests.faults.scene import try_case

TIMES = 20
"""How often a call is killed at each point."""

_ROW = "{:<52} {:>8}  {:<22} {:>7}  {}"


def _say(name: str, requests: str, state: str, seconds: float, wrong: tuple[str, ...]) -> None:
    print(_ROW.format(name, requests, state, f"{seconds:.2f}", "; ".join(wrong)).rstrip(), flush=True)


def _faults(folder: Path) -> int:
    grounds, bad = Grounds(folder), 0
    for case in CASES:
        for warm in (False, True):
            seen = try_case(case, grounds, warm=warm)
            name = f"{case.name}{', warm' if warm else ''}"
            _say(name, str(seen.requests), seen.placement.state.value, seen.seconds, seen.wrong)
            bad += bool(seen.wrong)
    return bad


def _kills(folder: Path) -> int:
    bad = 0
    for point in POINTS:
        began, states, requests, wrong = time.monotonic(), Counter[str](), Counter[int](), list[str]()
        for number in range(TIMES):
            run = folder / f"{POINTS.index(point)}-{number}"
            run.mkdir()
            left = kill_at(point, run)
            states[left.state.value if left.state is not None else "no entry"] += 1
            requests[left.requests] += 1
            wrong += left.wrong
        seen = ", ".join(f"{count}x{n}" if len(requests) > 1 else str(n) for n, count in sorted(requests.items()))
        told = ", ".join(f"{name} ({count})" if len(states) > 1 else name for name, count in sorted(states.items()))
        _say(f"killed {point}, {TIMES} times", seen, told, time.monotonic() - began, tuple(dict.fromkeys(wrong)))
        bad += bool(wrong)
    return bad


def main() -> int:
    """Return how the whole went, as an exit status."""
    began = time.monotonic()
    print(_ROW.format("case", "requests", "state", "seconds", "").rstrip())
    with tempfile.TemporaryDirectory() as folder:
        bad = _faults(Path(folder)) + _kills(Path(folder))
    count = 2 * len(CASES) + len(POINTS)
    print(f"{count} cases, {bad} wrong, {time.monotonic() - began:.0f} s")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
