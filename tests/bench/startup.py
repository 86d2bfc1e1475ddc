"""Start to first painted, interactive window; memory; `--help`: whole processes, ours and the reference in turn.

The program is measured compiled, as it is installed and packaged: compiling its source would take half of a start.
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.adapters.sample_contacts import add_sample_contacts
from c2c_desktop.adapters.settings_file import SettingsFile
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.settings import Settings
from tests.bench.report import Figure, compared

RUNS = 15
Taken = tuple[float, float, float]
AT_ONCE, SETTLED = "0", "1500"
"""Milliseconds a window stays after its first paint."""


def measure() -> list[Figure]:
    """Return the figures of (a), and of the help text."""
    compile_program()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        SettingsFile(data / "settings.json").save(Settings(accounts=(Account("101_1111112"),)))
        store = SqliteContactStore(data / "contacts.sqlite3")
        add_sample_contacts(store, "IN")
        store.close()
        ours, bare = ["tests.bench.our_window"], ["tests.bench.bare_window"]
        first, bare_first = _in_turn([*ours, AT_ONCE, folder], [*bare, AT_ONCE])
        settled, bare_settled = _in_turn([*ours, SETTLED, folder], [*bare, SETTLED], runs=5)
    helped = [run_process([sys.executable, "-m", "c2c_desktop", "--help"]) for _ in range(RUNS)]
    python = [run_process([sys.executable, "-c", "pass"]) for _ in range(RUNS)]
    return [
        compared("start to first paint", *_column(first, bare_first, 0), "ms", "<= 1.25x"),
        compared("start to first paint, processor time", *_column(first, bare_first, 2), "ms", "reported"),
        compared("peak memory at first paint", *_column(first, bare_first, 1), "MiB", "<= 1.25x"),
        compared("peak memory once everything is loaded", *_column(settled, bare_settled, 1), "MiB", "<= 1.25x"),
        compared("c2c-desktop --help", [h[0] for h in helped], [p[0] for p in python], "ms", "<= 2x bare Python"),
    ]


def compile_program() -> None:
    """Have compiled modules whether or not this environment lets Python write them (PYTHONDONTWRITEBYTECODE)."""
    for folder in ("c2c_desktop", "resources", "tests/bench"):
        compileall.compile_dir(folder, quiet=1)


def _in_turn(ours: list[str], bare: list[str], runs: int = RUNS) -> tuple[list[Taken], ...]:
    results: tuple[list[Taken], list[Taken]] = ([], [])
    for turn in range(runs + 1):
        for found, command in zip(results, (ours, bare), strict=True):
            figure = run_process([sys.executable, "-m", *command], painted=True)
            if turn:  # the first fills the disk's cache
                found.append(figure)
    return results


def _column(ours: list[Taken], bare: list[Taken], column: int) -> tuple[list[float], list[float]]:
    return [row[column] for row in ours], [row[column] for row in bare]


def run_process(command: list[str], *, painted: bool = False) -> Taken:
    """Return milliseconds to the first paint (or to the end), the peak of MiB, and milliseconds of the processor."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = process.stdout.readline() if painted else process.stdout.read()
    ended, busy = map(float, told.split()) if painted else (time.monotonic(), 0.0)
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return (ended - began) * 1000, usage.ru_maxrss / 1024, busy * 1000
