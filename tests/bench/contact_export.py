"""How fast contacts are exported: a ratio to a bare csv.writer of the same rows, and memory; `C2C_BENCH_EXPORTED`."""

from __future__ import annotations

import csv
import os
import sqlite3
import statistics
import tempfile
import threading
import time
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from c2c_desktop.adapters.clock import SystemClock
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.adapters.contact_writer import ContactFileWriter
from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.app import BREATH_SECONDS
from c2c_desktop.domain.contact_export import CancelledExportError, ContactSelection, ExportFormat, ExportWish
from c2c_desktop.services.contact_export import ContactExport
from tests.bench.people import people
from tests.bench.report import Figure, compared, write

CONTACTS = int(os.environ.get("C2C_BENCH_EXPORTED", "100000"))
ROUNDS = 3
KEYS = 200
PAUSE_SECONDS = 0.004
"""Between two keys."""


def measure() -> list[Figure]:
    """Return the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with closing(SqliteContactStore(folder / "contacts.sqlite3")) as store:
            store.fill(people(CONTACTS))
            figures = [_beside_bare(store, folder, kind) for kind in ExportFormat]
            return [*figures, _growth(store), *_keys(store, folder)]


def _export(store: SqliteContactStore, breathe: Callable[[], None] = lambda: None) -> ContactExport:
    return ContactExport(store, ContactFileWriter(), InlineRunner(), SystemClock(), breathe)


def _beside_bare(store: SqliteContactStore, folder: Path, kind: ExportFormat) -> Figure:
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(ROUNDS):
        bare.append(_seconds(lambda: _bare(folder)))
        ours.append(_seconds(lambda: _all(store, folder, kind)))
    return compared(f"exporting {CONTACTS:,} contacts, {kind.value} / bare sqlite and csv.writer", ours, bare, "s", "")


def _all(store: SqliteContactStore, folder: Path, kind: ExportFormat) -> None:
    report = _export(store).write(ExportWish(str(folder / f"out{kind.ending}"), kind))
    assert report.contacts == CONTACTS


def _bare(folder: Path) -> None:
    """Write the same facts without a thought about them."""
    query = (
        "SELECT c.name, c.company, group_concat(p.kind || ': ' || p.shown), c.emails, c.tags, c.note, c.uid"
        " FROM contact AS c LEFT JOIN phone AS p ON p.contact_id = c.id GROUP BY c.ord ORDER BY c.ord"
    )
    with (
        closing(sqlite3.connect(folder / "contacts.sqlite3")) as connection,
        (folder / "bare.csv").open("w", encoding="utf-8", newline="") as file,
    ):
        csv.writer(file).writerows(connection.execute(query))
        file.flush()
        os.fsync(file.fileno())


def _seconds(work: Callable[[], None]) -> float:
    """Return the processor time it takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _growth(store: SqliteContactStore) -> Figure:
    """Return how much more memory Python held at most for all of them than for the first tenth."""
    first = 0
    tracemalloc.start()
    for number, _ in enumerate(store.each(ContactSelection()), start=1):
        if number == CONTACTS // 10:
            first = tracemalloc.get_traced_memory()[1]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return Figure(
        "memory for all of them above that for a tenth", round((peak - first) / 1e6, 2), "MB", None, None, "<= 1 MB"
    )


def _keys(store: SqliteContactStore, folder: Path) -> list[Figure]:
    """Return how long a search takes beside an export in a thread of the same process, as in the window."""
    alone: list[float] = []
    beside: list[float] = []
    _searches(store)
    for _ in range(ROUNDS):
        alone += _searches(store)
        over = threading.Event()
        thread = threading.Thread(target=_export_until, args=(store, folder, over))
        thread.start()
        beside += _searches(store)
        over.set()
        thread.join()
    return [
        compared("a search beside an export / alone", beside, alone, "ms", ""),
        compared("the same, p99", [_p99(beside)], [_p99(alone)], "ms", ""),
    ]


def _export_until(store: SqliteContactStore, folder: Path, over: threading.Event) -> None:
    export = _export(store, lambda: time.sleep(BREATH_SECONDS))
    wish = ExportWish(str(folder / "beside.csv"), ExportFormat.CSV_FOR_PEOPLE)
    while not over.is_set():
        try:
            export.write(wish, is_cancelled=over.is_set)
        except CancelledExportError:
            return


def _searches(store: SqliteContactStore) -> list[float]:
    """Return milliseconds, a key each."""
    words = ("rajesh", "kumar", "blue kite", "98402", "lena", "schmidt")
    typed = [word[: end + 1] for word in words for end in range(len(word))]
    taken: list[float] = []
    for number in range(KEYS):
        begun = time.perf_counter()
        store.search(typed[number % len(typed)], 200)
        taken.append((time.perf_counter() - begun) * 1000)
        time.sleep(PAUSE_SECONDS)
    return taken


def _p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[-1]


if __name__ == "__main__":
    write(measure())
