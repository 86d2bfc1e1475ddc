"""How long an import takes, whole, in its own process: a ratio to a bare csv.reader over the same file, and memory."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.people import people
from tests.bench.report import Figure, compared, write

CONTACTS = int(os.environ.get("C2C_BENCH_CONTACTS", "100000").split(",")[-1])
"""How many invented contacts; a million takes some ten minutes."""

_HEADER = ("Name", "Company", "Mobile", "Work phone", "Home phone", "E-mail", "Tags", "UID")


def measure() -> list[Figure]:
    """Return the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "people.csv"
        _fill(file)
        bare = _bare(file)
        first, peak = _run(folder, "import", str(file), "--region", "IN")
        again, peak_again = _run(folder, "import", str(file), "--region", "IN")
        undone, _ = _run(folder, "undo-import")
    size = f"{CONTACTS:,} contacts"
    return [
        compared(f"import of {size} / bare csv.reader", [first], [bare], "s", "reported"),
        Figure("imported a second, thousands", round(CONTACTS / first / 1000, 2), "k", None, None, "reported"),
        compared("the same file again / its first import", [again], [first], "s", "<= 1.5x"),
        compared("undo / the import", [undone], [first], "s", "<= 1x"),
        Figure("memory of the import at most", round(max(peak, peak_again)), "MB", None, None, "<= 500 MB"),
    ]


def _fill(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        for n, person in enumerate(people(CONTACTS)):
            numbers = [*(_number(n + at * 33_331, at) for at in range(len(person.numbers))), "", "", ""][:3]
            email = f"person{n}@example.org" if n % 3 else ""
            uid = f"uid-{n}" if n % 2 else ""
            writer.writerow((person.name, person.company, *numbers, email, ";".join(person.tags), uid))


def _number(n: int, at: int) -> str:
    """Return a number that can be read, as three programs write it: most numbers of a real list can."""
    return (f"+91 98402 {n % 100_000:05}", f"098402{n % 100_000:05}", f"+91-98402-{n % 100_000:05}")[at]


def _bare(path: Path) -> float:
    began = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as file:
        rows = sum(1 for _ in csv.reader(file))
    assert rows == CONTACTS + 1
    return time.perf_counter() - began


def _run(folder: Path, *words: str) -> tuple[float, float]:
    """Return the seconds a run took and the megabytes it held at most."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "c2c_desktop", "--data-dir", str(folder / "data"), "contacts", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, said
    print(said.splitlines()[0])
    return time.perf_counter() - began, usage.ru_maxrss / 1024


if __name__ == "__main__":
    write(measure())
