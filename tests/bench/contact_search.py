"""Finding contacts as one types: a key to its results, beside a LIKE scan and one pass over the same bytes.

At 10,000 and 100,000 invented contacts; `C2C_BENCH_CONTACTS=1000000` (or several numbers with commas between) measures
others: see `filled_list`.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.contact import Contact
from c2c_desktop.services.directory import SEARCH_LIMIT
from tests.bench.contact_list import milliseconds, scan_like
from tests.bench.filled_list import FEW, SIZES, FilledList, filled, run_python
from tests.bench.people import people
from tests.bench.report import Figure, compared
from tests.bench.typed_texts import typed_keys

SCANNED = 40
"""Keys the slow references are asked for."""


def measure() -> list[Figure]:
    """Return the figures of every size."""
    with filled(FEW) as few:
        return [figure for size in SIZES for figure in _measure(size, few.folder)]


def _measure(size: int, few: Path) -> Iterator[Figure]:
    of = f"{size:,} contacts"
    with filled(size) as many:
        folder = many.folder
        yield Figure(f"{of}: built and indexed / plain table", *_beside(many.built, many.plain, "s"), "")
        disk, text = _megabytes(many.contacts), len(many.text) / 1e6
        yield Figure(f"{of}: on disk / names and numbers alone", *_beside(disk, text, "MB"), "")
        with closing(SqliteContactStore(many.contacts)) as store:
            yield from _keys(of, store, many)
            yield from _others(of, store)
        memory, with_few = _memory(folder), _memory(few)
        yield Figure(
            f"{of}: anonymous memory after searches / {FEW} contacts", *_beside(memory, with_few, "MB"), "<= +40 MB"
        )
        first = [_first_rows(folder) for _ in range(7)]
        yield compared(
            f"{of}: process to first rows / {FEW} contacts", first, [_first_rows(few) for _ in first], "ms", "<= 1.1x"
        )


def _beside(value: float, reference: float, unit: str) -> tuple[float, str, float, float]:
    return round(value, 3), unit, round(reference, 3), round(value / reference, 3)


def _keys(of: str, store: SqliteContactStore, many: FilledList) -> Iterator[Figure]:
    typed, text = list(typed_keys()), many.text
    taken = [milliseconds(partial(store.search, key, SEARCH_LIMIT)) for key in typed]
    scanned = random.Random(3).sample(typed, SCANNED)
    with closing(sqlite3.connect(many.table)) as plain:
        like = [milliseconds(partial(scan_like, plain, key, SEARCH_LIMIT)) for key in scanned]
    passed = [milliseconds(lambda: text.find(b"\x00")) for _ in range(SCANNED)]
    cuts, scans = (
        statistics.quantiles(taken, n=100, method="inclusive"),
        statistics.quantiles(like, n=100, method="inclusive"),
    )
    once = statistics.median(passed)
    print(f"{of}: {len(typed)} keys; one pass over {len(text) / 1e6:.1f} MB takes {once:.3f} ms")
    for part in (50, 95, 99):
        goal = "<= 9 ms with painting" if part == 99 else ""
        name = f"{of}: key to results, {part} of 100"
        yield Figure(f"{name} / LIKE", *_beside(cuts[part - 1], scans[part - 1], "ms"), goal)
        yield Figure(f"{name} / one pass", *_beside(cuts[part - 1], once, "ms"), "")


def _others(of: str, store: SqliteContactStore) -> Iterator[Figure]:
    numbers = [number.e164 for contact in people(400) for number in contact.numbers if number.e164]
    found = [milliseconds(partial(store.find_number, number)) * 1000 for number in numbers]
    yield compared(f"{of}: whose number it is", found, found, "µs", "")
    rough = [milliseconds(partial(store.count_found, text, 5000)) for text in list(typed_keys())[:400]]
    yield compared(f"{of}: counted to 5,000+, 99 of 100", [statistics.quantiles(rough, n=100)[98]], rough, "ms", "")
    saved = [milliseconds(partial(store.save, contact)) for contact in _new()]
    for contact in _new():
        store.delete(contact.id)
    yield compared(f"{of}: one saved, worst / middle", [max(saved)], saved, "ms", "")


def _new() -> list[Contact]:
    """Return people whose ids lie behind those of the list."""
    last = max(SIZES)
    return [replace(contact, id=last + contact.id) for contact in people(60, seed=77)]


def _memory(folder: Path) -> float:
    """Return the anonymous memory in MB of a process that searched a while."""
    code = (
        "import sys; from pathlib import Path; from c2c_desktop.adapters.contact_store import SqliteContactStore;"
        "from tests.bench.typed_texts import typed_keys; store = SqliteContactStore(Path(sys.argv[1]));"
        "any(store.search(text, 24) is None for text in list(typed_keys())[:600]);"
        "print(next(l for l in open('/proc/self/status') if l.startswith('RssAnon')).split()[1])"
    )
    return float(run_python(code, str(folder / "contacts.sqlite3"))) / 1024


def _first_rows(folder: Path) -> float:
    code = (
        "import sys; from pathlib import Path; from c2c_desktop.adapters.contact_store import SqliteContactStore;"
        "SqliteContactStore(Path(sys.argv[1])).search('', 50)"
    )
    return milliseconds(lambda: run_python(code, str(folder / "contacts.sqlite3")))


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1e6


if __name__ == "__main__":
    from tests.bench import report

    report.write(measure())
