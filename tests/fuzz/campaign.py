"""Structured random mutation on all cores, then a table.

Not a coverage-guided fuzzer: one needs a compiler or a wheel for each platform, and the readers here are small;
what finds their faults is input that looks right, which the targets build themselves.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.targets import LinkEntry, SettingsTarget, Target, answer, number, plain, policy

SLICE_SECONDS = 0.2


@dataclass
class Tally:
    """What came of one target."""

    inputs: int = 0
    seconds: float = 0.0
    crashes: list[str] = field(default_factory=list)


def run(
    seed: int, going_on: Callable[[Tally], bool], slice_seconds: float = SLICE_SECONDS
) -> tuple[dict[str, Tally], int]:
    """Feed the targets in turn while `going_on`; return what came of each, and how many calls were placed."""
    logging.disable(logging.CRITICAL)
    rnd = random.Random(seed)
    entry, settings = LinkEntry(), SettingsTarget()
    targets: dict[str, Target] = {
        "number parser": number,
        "link entry": entry,
        "answer reader": answer,
        "guard's rules": policy,
        "settings file": settings,
        "plain text": plain,
    }
    tallies = {name: Tally() for name in targets}
    everything = Tally()
    while going_on(everything):
        for name, target in targets.items():
            tally, begun = tallies[name], time.perf_counter()
            while (spent := time.perf_counter() - begun) < slice_seconds:
                state = rnd.getstate()
                try:
                    target(rnd)
                except Exception as error:  # noqa: BLE001  # any error is a finding
                    tally.crashes.append(f"{type(error).__name__}: {error} (state {hash(state)})")
                tally.inputs += 1
                everything.inputs += 1
            tally.seconds += spent
    settings.close()
    logging.disable(logging.NOTSET)
    return tallies, entry.calls


def _work(arguments: tuple[int, float]) -> tuple[dict[str, Tally], int]:
    seed, seconds = arguments
    end = time.monotonic() + seconds
    return run(seed, lambda _: time.monotonic() < end)


def main() -> int:
    """Print the table; 1 where anything was found."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().getrandbits(32)
    cores = os.cpu_count() or 1
    with multiprocessing.get_context("spawn").Pool(cores) as pool:
        parts = pool.map(_work, [(seed + core, seconds) for core in range(cores)])
    print(f"seed {seed}, {cores} processes, {seconds:g} s")
    print(f"{'target':<16}{'inputs':>12}{'crashes':>10}{'inputs/s':>12}")
    found: list[str] = []
    total = 0
    for name in parts[0][0]:
        inputs = sum(tallies[name].inputs for tallies, _ in parts)
        spent = max(sum(tallies[name].seconds for tallies, _ in parts) / cores, 0.001)
        crashes = [crash for tallies, _ in parts for crash in tallies[name].crashes]
        found += [f"{name}: {crash}" for crash in crashes]
        total += inputs
        print(f"{name:<16}{inputs:>12,}{len(crashes):>10}{inputs / spent:>12,.0f}")
    calls = sum(placed for _, placed in parts)
    print(f"{'together':<16}{total:>12,}{len(found):>10}   calls placed: {calls}")
    if found:
        folder = Path("build/fuzz")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "crashes.txt").write_text("\n".join(found), encoding="utf-8", errors="backslashreplace")
        print(f"the first: {found[0][:400]}\nall of them: {folder / 'crashes.txt'}")
    return 1 if found or calls else 0
