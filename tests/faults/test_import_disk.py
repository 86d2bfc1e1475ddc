"""A disk that is full while contacts are imported: the old list stays whole, and it is said in words."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.errors import StorageError
from tests.contract.import_rig import Book
from tests.e2e.rig import PATIENCE, PROGRAM
from tests.faults.full_disk import no_more_than

ROWS = [f"Person {n},A company with a long name {n},+91 98402 {n:05},p{n}@example.org,vip,," for n in range(6000)]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes; a folder where none may be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    is_mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    yield disk
    if is_mounted:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("size", [100_000, 400_000, 1_200_000])
def test_a_file_that_may_not_grow_leaves_the_old_list(tmp_path: Path, size: int) -> None:
    book = Book(tmp_path)
    kept = book.save(Contact(0, "Kept"), Contact(0, "Kept too"))
    path = book.file(ROWS)
    with no_more_than(size), pytest.raises(StorageError, match="Your data could not be stored"):
        book.take(path)
    assert book.everybody() == kept
    book.check()
    assert book.take(path).added == len(ROWS)


def test_on_a_full_disk_the_command_says_so_and_nothing_is_imported(tmp_path: Path, small_disk: Path) -> None:
    source = Book(tmp_path)
    path = source.file(ROWS)
    book = Book(small_disk)
    kept = book.save(Contact(0, "Kept"))
    words = ["sh", "-c", 'ulimit -f 4000 && exec "$@"', "sh", *PROGRAM, "--data-dir", str(small_disk)]
    done = subprocess.run(
        [*words, "contacts", "import", path, "--region", "IN"],
        capture_output=True,
        text=True,
        env={**os.environ, "HOME": str(tmp_path)},
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("c2c-desktop: Your data could not be stored.")
    assert "Traceback" not in done.stderr
    assert book.everybody() == kept
    book.check()
    assert not list(small_disk.glob("etilqs*"))
