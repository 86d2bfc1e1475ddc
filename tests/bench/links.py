"""From a link that is clicked to its painted question, without and with a running instance.

Whole processes in turn with the reference: PySide6 with a window, from the start of its process to its first paint.
"""

from __future__ import annotations

import contextlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from typing import IO

from tests.bench.report import Figure, compared
from tests.bench.startup import compile_program, run_process

RUNS = 8
INSTANCES = 2
"""Each is handed `RUNS` links and one more: the guard refuses more than ten a minute."""

REST_SECONDS = 2.0
"""After its start, and between two links a little: nothing of an earlier one is still under way."""


def measure() -> list[Figure]:
    """Return the figures of links."""
    compile_program()
    cold, bare = _cold()
    warm, bare_beside = _warm()
    return [
        compared("link to painted question, nothing runs / empty window", cold, bare, "ms", "reported"),
        compared("link to painted question, nothing runs, 9 of 10", [_p90(cold)], [_p90(bare)], "ms", "reported"),
        compared("link to painted question, handed over / empty window", warm, bare_beside, "ms", "reported"),
        compared("link to painted question, handed over, 9 of 10", [_p90(warm)], [_p90(bare_beside)], "ms", "reported"),
    ]


def _cold() -> tuple[list[float], list[float]]:
    found: list[float] = []
    bare: list[float] = []
    for number in range(RUNS * INSTANCES + 1):
        link = ["open-link", "--sandbox", "--", _link(number)]
        found.append(run_process([sys.executable, "-m", "tests.bench.our_question", "once", *link], painted=True)[0])
        bare.append(_bare())
    return found[1:], bare[1:]  # the first fills the disk's cache


def _warm() -> tuple[list[float], list[float]]:
    found: list[float] = []
    bare: list[float] = []
    for _ in range(INSTANCES):
        with tempfile.TemporaryDirectory() as folder, _instance(folder) as told:
            taken = []
            for number in range(RUNS + 1):
                taken.append(_hand_over(folder, _link(number), told))
                bare.append(_bare())
                time.sleep(REST_SECONDS / 10)
            found += taken[1:]  # the first question loads what all of them need
    return found, bare


@contextlib.contextmanager
def _instance(folder: str) -> Iterator[IO[str]]:
    """Run the program on `folder` until its door is open and it rests; yield what it says."""
    command = ["tests.bench.our_question", "always", "--sandbox", "--data-dir", folder]
    process = subprocess.Popen([sys.executable, "-m", *command], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        if process.stdout.readline() != "open\n":
            raise RuntimeError("the program did not open its door")
        time.sleep(REST_SECONDS)
        yield process.stdout
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def _hand_over(folder: str, link: str, told: IO[str]) -> float:
    """Open `link` as a browser does; return the milliseconds until the running instance painted its question."""
    began = time.monotonic()
    command = [sys.executable, "-m", "c2c_desktop", "open-link", "--sandbox", "--data-dir", folder, "--", link]
    subprocess.run(command, check=True)
    return (float(told.readline().split()[0]) - began) * 1000


def _bare() -> float:
    return run_process([sys.executable, "-m", "tests.bench.bare_window", "0"], painted=True)[0]


def _link(number: int) -> str:
    return f"tel:+1202555{100 + number:04}"


def _p90(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=10, method="inclusive")[8]


if __name__ == "__main__":
    from tests.bench import report

    report.write(measure())
