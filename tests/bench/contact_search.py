"""Finding contacts as one types: a key to its results, beside a LIKE scan and one pass over the same bytes.

At 10,000 and 100,000 invented contacts; `C2C_BENCH_CONTACTS=1000000` (or several numbers with commas between) measures
others. A million takes about four minutes and two gigabytes of disk, in the folder of `TMPDIR`.
"""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.search_words import digits_of, keypad_digits, words_of
from tests.bench.people import people
from tests.bench.report import Figure, compared

SIZES = tuple(int(size) for size in os.environ.get("C2C_BENCH_CONTACTS", "10000,100000").split(","))
TYPED = 240
"""Texts that are typed, key by key."""

SCANNED = 40
"""Keys the slow references are asked for."""

FEW = 10
LIMIT = 200


def measure() -> list[Figure]:
    """Return the figures of every size."""
    with tempfile.TemporaryDirectory() as few:
        _build(Path(few), FEW)
        return [figure for size in SIZES for figure in _measure(size, Path(few))]


def _measure(size: int, few: Path) -> Iterator[Figure]:
    of = f"{size:,} contacts"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built, plain = _build(folder, size), _plain(folder, size)
        yield Figure(f"{of}: built and indexed / plain table", *_beside(built, plain, "s"), "")
        disk = _megabytes(folder / "contacts.sqlite3")
        text = (folder / "text").read_bytes()
        yield Figure(f"{of}: on disk / names and numbers alone", *_beside(disk, len(text) / 1e6, "MB"), "")
        with closing(SqliteContactStore(folder / "contacts.sqlite3")) as store:
            yield from _keys(of, store, folder, text)
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


def _build(folder: Path, size: int) -> float:
    """Fill a list in a process of its own, as an import does; return the seconds without making up the people."""
    code = (
        "import sys, time; from pathlib import Path;"
        "from c2c_desktop.adapters.contact_store import SqliteContactStore; from tests.bench.people import people;"
        "began = time.monotonic(); made = sum(1 for _ in people(int(sys.argv[2]))); made = time.monotonic() - began;"
        "began = time.monotonic(); store = SqliteContactStore(Path(sys.argv[1]));"
        "store.fill(people(int(sys.argv[2]))); store.close(); print(time.monotonic() - began - made)"
    )
    return float(_python(code, str(folder / "contacts.sqlite3"), str(size)))


def _plain(folder: Path, size: int) -> float:
    """Write the same as a plain table without an index, and as text; return the seconds of the table."""
    lines = [
        (
            " ".join([*words_of(contact.name), *words_of(contact.company)]),
            " ".join(digits_of(number.e164 or number.shown) for number in contact.numbers),
        )
        for contact in people(size)
    ]
    lines.sort()
    (folder / "text").write_text("\n".join("\t".join(line) for line in lines), encoding="utf-8")
    began = time.monotonic()
    with closing(sqlite3.connect(folder / "plain.sqlite3")) as connection:
        connection.execute("CREATE TABLE plain (words TEXT, digits TEXT)")
        connection.executemany("INSERT INTO plain VALUES (?, ?)", lines)
        connection.commit()
    return time.monotonic() - began


def _keys(of: str, store: SqliteContactStore, folder: Path, text: bytes) -> Iterator[Figure]:
    typed = list(_typed())
    taken = [_milliseconds(partial(store.search, key, LIMIT)) for key in typed]
    scanned = random.Random(3).sample(typed, SCANNED)
    with closing(sqlite3.connect(folder / "plain.sqlite3")) as plain:
        like = [_milliseconds(partial(_like, plain, key)) for key in scanned]
    passed = [_milliseconds(lambda: text.find(b"\x00")) for _ in range(SCANNED)]
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
    found = [_milliseconds(partial(store.find_number, number)) * 1000 for number in numbers]
    yield compared(f"{of}: whose number it is", found, found, "µs", "")
    rough = [_milliseconds(partial(store.count_found, text, 5000)) for text in list(_typed())[:400]]
    yield compared(f"{of}: counted to 5,000+, 99 of 100", [statistics.quantiles(rough, n=100)[98]], rough, "ms", "")
    saved = [_milliseconds(partial(store.save, _new(contact))) for contact in people(60, seed=77)]
    yield compared(f"{of}: one saved, worst / middle", [max(saved)], saved, "ms", "")


def _new(contact: Contact) -> Contact:
    return Contact(0, contact.name, contact.company, contact.numbers)


def _typed() -> Iterator[str]:
    """Yield what stands in the field after each key: names, companies, numbers, keypad, mixtures, tags, mistakes."""
    chance = random.Random(11)
    for contact in people(TYPED, seed=21):
        words = (contact.name or contact.company).split()
        digits = digits_of(contact.numbers[0].shown)
        texts = (
            " ".join(words).lower(),
            " ".join(reversed(words)),
            words[0],
            contact.company.lower() or "acme",
            digits[2:9],
            contact.numbers[0].shown,
            keypad_digits(words_of(words[0])[0]) or "725",
            f"{words[0].lower()} {digits[2:6]}",
            f"#vip {words[-1].lower()}",
            words[-1][2:].lower() or "raj",
            f"{words[0][:2]}x{words[0][3:]}".lower(),
        )
        text = chance.choices(texts, (5, 2, 4, 2, 4, 1, 2, 1, 1, 2, 1))[0][:16]
        yield from (text[:end] for end in range(1, len(text) + 1))


def _like(plain: sqlite3.Connection, text: str) -> list[object]:
    words = words_of(text)
    where = " AND ".join(["(words LIKE ? OR digits LIKE ?)"] * len(words)) or "1"
    values = [f"%{word}%" for word in words for _ in range(2)]
    return plain.execute(f"SELECT * FROM plain WHERE {where} ORDER BY rowid LIMIT {LIMIT}", values).fetchall()


def _memory(folder: Path) -> float:
    """Return the anonymous memory in MB of a process that searched a while."""
    code = (
        "import sys; from pathlib import Path; from c2c_desktop.adapters.contact_store import SqliteContactStore;"
        "from tests.bench.contact_search import _typed; store = SqliteContactStore(Path(sys.argv[1]));"
        "any(store.search(text, 200) is None for text in list(_typed())[:600]);"
        "print(next(l for l in open('/proc/self/status') if l.startswith('RssAnon')).split()[1])"
    )
    return float(_python(code, str(folder / "contacts.sqlite3"))) / 1024


def _first_rows(folder: Path) -> float:
    code = (
        "import sys; from pathlib import Path; from c2c_desktop.adapters.contact_store import SqliteContactStore;"
        "SqliteContactStore(Path(sys.argv[1])).search('', 50)"
    )
    return _milliseconds(lambda: _python(code, str(folder / "contacts.sqlite3")))


def _python(code: str, *arguments: str) -> str:
    return subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True).stdout


def _milliseconds(action: Callable[[], object]) -> float:
    began = time.perf_counter_ns()
    action()
    return (time.perf_counter_ns() - began) / 1e6


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1e6


if __name__ == "__main__":
    from tests.bench import report

    report.write(measure())
