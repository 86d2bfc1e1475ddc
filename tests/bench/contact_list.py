"""The window with many contacts: a key to the painted list, scrolling anywhere, opening it, memory.

Each figure stands beside the same with ten contacts in the same run; a key also beside a LIKE scan and one pass over
the same bytes, which paint nothing. By the clock, and in processor time where others' work would change the clock's.
Sizes and folders: see `filled_list`.
"""

from __future__ import annotations

import json
import random
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from c2c_desktop.domain.search_words import words_of
from c2c_desktop.services.directory import SEARCH_LIMIT
from tests.bench.filled_list import FEW, SIZES, FilledList, filled
from tests.bench.report import Figure, compared
from tests.bench.typed_texts import typed_keys

OPENINGS = 9
SCANNED = 40
"""Keys the slow references are asked for."""

_Rows = Sequence[Sequence[float]]


def measure() -> list[Figure]:
    """Return the figures of every size."""
    with filled(FEW) as few:
        with_few = _run("type", few.folder)
        return [figure for size in SIZES for figure in _measure(size, few, with_few)]


def _measure(size: int, few: FilledList, with_few: dict[str, Any]) -> Iterator[Figure]:
    of = f"{size:,} contacts"
    with filled(size) as many:
        many.warm()
        told = _run("type", many.folder)
        yield from _keys(of, [taken for _, taken in told["typed"]], [taken for _, taken in with_few["typed"]], many)
        yield from _parts(
            f"{of}: scrolled anywhere to painted rows", told["scrolled"], with_few["scrolled"], "<= 10 ms"
        )
        for state in ("settled", "used"):
            value, reference = told[state], with_few[state]
            name = f"{of}: anonymous memory, {state} / {FEW} contacts"
            yield Figure(
                name,
                round(value, 1),
                "MB",
                round(reference, 1),
                round(value / reference, 3),
                f"<= {reference + 40:.0f} MB",
            )
        yield from _openings(of, many, few)


def _keys(
    of: str, taken: Sequence[Sequence[float]], few: Sequence[Sequence[float]], many: FilledList
) -> Iterator[Figure]:
    name = f"{of}: key to painted list"
    yield from _parts(name, taken, few, "<= 9 ms")
    text = many.text
    keys = random.Random(3).sample(list(typed_keys()), SCANNED)
    with closing(sqlite3.connect(many.table)) as plain:
        like = [milliseconds(partial(scan_like, plain, key, SEARCH_LIMIT)) for key in keys]
    once = [milliseconds(lambda: text.find(b"\x00")) for _ in range(SCANNED)]
    clock = [clock for clock, _ in taken]
    yield compared(f"{name} / LIKE without painting", clock, like, "ms", "")
    yield compared(f"{name} / one pass over {len(text) / 1e6:.1f} MB", clock, once, "ms", "")


def _parts(name: str, taken: _Rows, few: _Rows, goal: str) -> Iterator[Figure]:
    """Return middle and tail of pairs of clock and processor time, beside those with few contacts."""
    for column, words in enumerate(("", ", processor time")):
        ours, reference = (_cuts([row[column] for row in rows]) for rows in (taken, few))
        for part in (50, 95, 99):
            value, other = ours[part - 1], reference[part - 1]
            yield Figure(
                f"{name}, {part} of 100{words} / {FEW} contacts",
                round(value, 3),
                "ms",
                round(other, 3),
                round(value / other, 3),
                goal if part == 99 else "",
            )


def _openings(of: str, many: FilledList, few: FilledList) -> Iterator[Figure]:
    """Start the program with many and few contacts in turn."""
    taken: dict[str, tuple[list[float], list[float]]] = {"first": ([], []), "rows": ([], [])}
    for turn in range(OPENINGS + 1):
        for column, folder in enumerate((many.folder, few.folder)):
            began = time.monotonic()
            told = _run("open", folder)
            if turn:  # the first fills the disk's cache
                for what, columns in taken.items():
                    columns[column].append((told[what] - began) * 1000)
    for what, words in (("first", "start to first paint"), ("rows", "start to painted contacts")):
        yield compared(f"{of}: {words} / {FEW} contacts", *taken[what], "ms", "<= 1.1x")


def scan_like(plain: sqlite3.Connection, text: str, limit: int) -> list[object]:
    """Search as one would without an index."""
    words = words_of(text)
    where = " AND ".join(["(words LIKE ? OR digits LIKE ?)"] * len(words)) or "1"
    values = [f"%{word}%" for word in words for _ in range(2)]
    return plain.execute(f"SELECT * FROM plain WHERE {where} ORDER BY rowid LIMIT {limit}", values).fetchall()


def milliseconds(action: Callable[[], object]) -> float:
    """Return how long `action` takes."""
    began = time.perf_counter_ns()
    action()
    return (time.perf_counter_ns() - began) / 1e6


def _cuts(values: list[float]) -> list[float]:
    return statistics.quantiles(values, n=100, method="inclusive")


def _run(task: str, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.our_list", task, str(folder)]
    told: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return told


if __name__ == "__main__":
    from tests.bench import report

    report.write(measure())
