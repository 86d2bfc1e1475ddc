"""Contact lists of invented people to measure with, and the same people as a plain table and as text.

A million takes about three minutes and two gigabytes of disk, in the folder of `TMPDIR`. With `C2C_BENCH_FOLDER` set
lists are kept there, and found there the next time; they are good until the tables change.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from c2c_desktop.adapters.settings_file import SettingsFile
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.search_words import digits_of, words_of
from c2c_desktop.domain.settings import Settings
from tests.bench.people import people

SIZES = tuple(int(size) for size in os.environ.get("C2C_BENCH_CONTACTS", "10000,100000").split(","))
FEW = 10
"""Contacts of the list a long one is compared with."""

_KEPT = os.environ.get("C2C_BENCH_FOLDER", "")
_TIMES = "built.json"


@dataclass(frozen=True, slots=True)
class FilledList:
    """A data folder somebody is signed in to, with a contact list of a known size."""

    folder: Path
    size: int
    built: float
    """Seconds to store and index it, without making up the people."""
    plain: float
    """Seconds to write the plain table."""

    @property
    def text(self) -> bytes:
        """The words and digits that are searched, a line for each contact."""
        return (self.folder / "text").read_bytes()

    @property
    def table(self) -> Path:
        """A database with the same in the columns `words` and `digits` of the table `plain`, without an index."""
        return self.folder / "plain.sqlite3"

    def warm(self) -> None:
        """Have the system read the list into its memory: what its disk takes is not measured."""
        with self.contacts.open("rb", buffering=0) as file:
            while file.read(1 << 24):
                pass

    @property
    def contacts(self) -> Path:
        """The contact list itself."""
        return self.folder / "contacts.sqlite3"


@contextmanager
def filled(size: int) -> Iterator[FilledList]:
    """Yield a list of that size. Whoever changes it puts it right again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(_KEPT) / str(size) if _KEPT else Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        times = folder / _TIMES
        if not times.exists():
            (folder / "contacts.sqlite3").unlink(missing_ok=True)
            SettingsFile(folder / "settings.json").save(Settings(accounts=(Account("101_1111112"),)))
            built = _build(folder / "contacts.sqlite3", size)
            times.write_text(json.dumps([built, _write_plain(folder, size)]), encoding="utf-8")
        built, plain = json.loads(times.read_text(encoding="utf-8"))
        yield FilledList(folder, size, built, plain)


def _build(path: Path, size: int) -> float:
    """Fill a list in a process of its own, as an import does; return the seconds without making up the people."""
    code = (
        "import sys, time; from pathlib import Path;"
        "from c2c_desktop.adapters.contact_store import SqliteContactStore; from tests.bench.people import people;"
        "began = time.monotonic(); made = sum(1 for _ in people(int(sys.argv[2]))); made = time.monotonic() - began;"
        "began = time.monotonic(); store = SqliteContactStore(Path(sys.argv[1]));"
        "store.fill(people(int(sys.argv[2]))); store.close(); print(time.monotonic() - began - made)"
    )
    return float(run_python(code, str(path), str(size)))


def _write_plain(folder: Path, size: int) -> float:
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
    (folder / "plain.sqlite3").unlink(missing_ok=True)
    began = time.monotonic()
    with closing(sqlite3.connect(folder / "plain.sqlite3")) as connection:
        connection.execute("CREATE TABLE plain (words TEXT, digits TEXT)")
        connection.executemany("INSERT INTO plain VALUES (?, ?)", lines)
        connection.commit()
    return time.monotonic() - began


def run_python(code: str, *arguments: str) -> str:
    """Run `code` in a process of its own and return what it prints."""
    return subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True).stdout
