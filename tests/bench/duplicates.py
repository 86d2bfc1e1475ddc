"""Finding duplicates in a long list: seconds and memory beside the bare questions to the indexes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.contact import Contact
from tests.bench.filled_list import SIZES
from tests.bench.people import people
from tests.bench.report import Figure

TWINS = 100
"""One contact of so many is there twice, another one twice with a name in another order."""

_FIND = """
import sqlite3, sys, time
from pathlib import Path
from c2c_desktop.adapters.contact_duplicates import _SHARED
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.duplicates import MOST_GROUPS

def anonymous():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("RssAnon")).split()[1]) / 1024

path = Path(sys.argv[1])
with sqlite3.connect(path) as connection:
    began = time.monotonic()
    for statement in _SHARED.values():
        connection.execute(statement).fetchall()
    bare = time.monotonic() - began
store = SqliteContactStore(path)
store.search("raj", 200)
before, began = anonymous(), time.monotonic()
found = store.duplicates.find(MOST_GROUPS)
print(time.monotonic() - began, bare, anonymous(), before, len(found.groups))
"""


def measure() -> list[Figure]:
    """Return the figures of every size."""
    return [figure for size in SIZES for figure in _measure(size)]


def _measure(size: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contacts.sqlite3"
        with closing(SqliteContactStore(path)) as store:
            store.fill(_with_twins(size))
        told = subprocess.run([sys.executable, "-c", _FIND, str(path)], capture_output=True, text=True, check=True)
    seconds, bare, memory, before, groups = map(float, told.stdout.split())
    of = f"{size:,} contacts, {groups:,.0f} groups of duplicates"
    yield Figure(f"{of}: found / bare SQL", round(seconds, 3), "s", round(bare, 3), round(seconds / bare, 3), "")
    ratio = round(memory / before, 3)
    yield Figure(f"{of}: anonymous memory after / before", round(memory, 1), "MB", round(before, 1), ratio, "<= +40 MB")


def _with_twins(size: int) -> Iterator[Contact]:
    for person in people(size):
        yield replace(person, id=0)
        if person.id % TWINS == 0:
            yield replace(person, id=0, tags=("phone",))
        elif person.id % TWINS == 1:
            yield replace(person, id=0, name=" ".join(reversed(person.name.split())), company="")
