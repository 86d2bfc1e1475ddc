"""Structured random mutation on all cores, then a table.

Plain mutation, not a coverage-guided fuzzer: atheris has wheels for some platforms only, instruments the interpreter,
runs one target a process and never comes back from it. What finds faults in readers as small as these is input that
looks right, which the targets build themselves; a seed makes a run repeatable.
"""

from __future__ import annotations

import faulthandler
import logging
import multiprocessing
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from tests.fuzz.bus import BusMessages
from tests.fuzz.contact_tables import ContactTables
from tests.fuzz.dav import DavAnswers
from tests.fuzz.files import PolicyReader, SettingsFiles
from tests.fuzz.targets import AnswerReader, EventFeed, LinkEntry, NumberParser, OpenLink, PlainText, Target
from tests.fuzz.vcards import VCards
from tests.fuzz.watched import WatchedFiles

SLICE_SECONDS = 0.2
LONGEST_SECONDS = 2.0
"""Processor time one input may take."""

CRASHES = Path("build/fuzz/crashes.txt")
_MOST_KEPT = 20


@dataclass
class Tally:
    """What came of one target."""

    inputs: int = 0
    seconds: float = 0.0
    crashes: int = 0
    kept: list[str] = field(default_factory=list)
    """The first crashes, each as a line that can be pasted into a test."""


@dataclass
class Result:
    """What came of all targets."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    calls: int = 0

    @property
    def inputs(self) -> int:
        """Inputs of all targets."""
        return sum(tally.inputs for tally in self.tallies.values())


def run(seed: int, going_on: Callable[[Result], bool], slice_seconds: float = SLICE_SECONDS) -> Result:
    """Feed the targets in turn while `going_on`."""
    rnd = random.Random(seed)
    entry, files, watched = LinkEntry(), SettingsFiles(), WatchedFiles()
    targets: list[tuple[Target, float]] = [  # and their share of the time: the slow ones get more
        (BusMessages(), 1),
        (NumberParser(), 3),
        (entry, 3),
        (OpenLink(), 0.2),
        (AnswerReader(), 1),
        (EventFeed(), 1),
        (PlainText(), 0.5),
        (PolicyReader(), 1),
        (ContactTables(), 2),
        (files, 2),
        (VCards(), 2),
        (watched, 2),
        (DavAnswers(), 2),
    ]
    result = Result({target.name: Tally() for target, _ in targets})
    logging.disable(logging.CRITICAL)
    try:
        with _limited():
            while going_on(result):
                for target, share in targets:
                    _feed(target, rnd, result.tallies[target.name], slice_seconds * share)
    finally:
        logging.disable(logging.NOTSET)
        files.close()
        watched.close()
    result.calls = entry.calls
    return result


def _feed(target: Target, rnd: random.Random, tally: Tally, slice_seconds: float) -> None:
    begun = time.perf_counter()
    while (spent := time.perf_counter() - begun) < slice_seconds:
        made = target.make(rnd)
        signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST_SECONDS)
        try:
            target.feed(made)
        except Exception as error:  # noqa: BLE001  # any error is a finding
            tally.crashes += 1
            if len(tally.kept) < _MOST_KEPT:
                tally.kept.append(_pasteable(target, made, error))
        tally.inputs += 1
    tally.seconds += spent


@contextmanager
def _limited() -> Iterator[None]:
    """Let an input that takes too long fail."""

    def give_up(_: int, __: FrameType | None) -> None:
        raise TimeoutError(f"more than {LONGEST_SECONDS:g} s")

    before = signal.signal(signal.SIGVTALRM, give_up)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _pasteable(target: Target, made: object, error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    why = " ".join(f"{type(error).__name__}: {error}".split())
    return f"{type(target).__name__}().feed({made!r})  # {why} ({Path(last.filename).name}:{last.lineno})"


def _work(seed: int, seconds: float) -> Result:
    faulthandler.enable()
    end = time.monotonic() + seconds
    return run(seed, lambda _: time.monotonic() < end)


def main() -> int:
    """Print the table; 1 where anything was found or a call was placed."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().getrandbits(32)
    cores = os.cpu_count() or 1
    print(f"seed {seed}, {cores} processes, {seconds:g} s", flush=True)
    with ProcessPoolExecutor(cores, multiprocessing.get_context("spawn")) as pool:
        running = [pool.submit(_work, seed + core, seconds) for core in range(cores)]
        try:
            results = [future.result() for future in running]
        except BrokenProcessPool:
            print("a process died: its last steps are above")
            return 1
    return report(results)


def report(results: list[Result]) -> int:
    """Print the table and keep the crashes; 1 where there is one, or a call."""
    print(f"{'target':<16}{'inputs':>12}{'crashes':>10}{'calls':>8}{'inputs/s':>12}")
    calls, found = sum(result.calls for result in results), []
    for name in results[0].tallies:
        tallies = [result.tallies[name] for result in results]
        inputs, crashes = sum(t.inputs for t in tallies), sum(t.crashes for t in tallies)
        rate = sum(t.inputs / max(t.seconds, 0.001) for t in tallies)
        placed = calls if name == LinkEntry.name else 0
        print(f"{name:<16}{inputs:>12,}{crashes:>10}{placed:>8}{rate:>12,.0f}")
        found += [line for tally in tallies for line in tally.kept]
    total = sum(result.inputs for result in results)
    crashes = sum(tally.crashes for result in results for tally in result.tallies.values())
    print(f"{'together':<16}{total:>12,}{crashes:>10}{calls:>8}")
    if found:
        CRASHES.parent.mkdir(parents=True, exist_ok=True)
        CRASHES.write_text("\n".join(found) + "\n", encoding="utf-8", errors="backslashreplace")
        print(*found[:5], f"all of them: {CRASHES}", sep="\n")
    return 1 if crashes or calls else 0
