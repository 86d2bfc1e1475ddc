"""An import that is killed at any point leaves the whole old list, findable, and the next import goes on as if new."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.contract.import_rig import Book
from tests.faults.kills import PATIENCE
from tests.faults.mortal_import import LAST, POINTS

OLD = [f"Person {n},Acme,+91 98402 {n:05},p{n}@example.org,vip,," for n in range(600)]
FEW = [*(row.replace("Acme", "Zed") for row in OLD[:5]), "Asha Rao,,,,,,", "Ben Hill,,,,,,"]
MANY = [*(row.replace("Acme", "Zed") for row in OLD), *(f"New {n},,,,,," for n in range(600))]


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A list with imported contacts, some of them changed by hand."""
    book = Book(tmp_path_factory.mktemp("old"))
    book.take(book.file(OLD))
    book.save(*(replace(contact, note="Mine") for contact in book.everybody()[:3]))
    return book


@pytest.fixture
def book(old: Book, tmp_path: Path) -> Book:
    (tmp_path / "contacts.sqlite3").write_bytes(old.path.read_bytes())
    return Book(tmp_path)


def kill_at(point: str, book: Book, file: str) -> None:
    words = [sys.executable, "-m", "tests.faults.mortal_import", point, str(book.path), file]
    assert subprocess.run(words, check=False, timeout=PATIENCE).returncode == -signal.SIGKILL


@pytest.mark.parametrize("rows", [FEW, MANY], ids=["few", "many"])
@pytest.mark.parametrize("point", [*POINTS, *LAST])
def test_an_import_that_is_killed_leaves_the_old_list_or_the_new_one(book: Book, point: str, rows: list[str]) -> None:
    before = book.everybody()
    path = book.file(rows)
    kill_at(point, book, path)
    book.check()
    left = sorted(file.name for file in book.folder.iterdir())
    assert left == ["contacts.sqlite3", "contacts.sqlite3.import", "people.csv"]
    if point == "after the commit":
        assert book.take(path).contacts == book.take(path).unchanged == len(rows)
        return
    assert book.everybody() == before
    report = book.take(path)
    known = sum(row.startswith("Person") for row in rows)
    assert (report.added, report.updated, report.merged) == (len(rows) - known, known - 3, 3)
    book.check()


@pytest.mark.parametrize("point", LAST[:2])
def test_an_undo_that_is_killed_is_done_or_not_done(book: Book, point: str) -> None:
    before = book.everybody()
    book.take(book.file(MANY))
    after = book.everybody()
    kill_at(point, book, "")
    book.check()
    assert book.everybody() == (before if point == "after the commit" else after)
