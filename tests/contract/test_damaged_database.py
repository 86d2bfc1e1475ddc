"""A damaged file is set aside and said, never deleted, and the program works on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.adapters.contact_store import SqliteContactStore
from tests.contract.test_database import add, fill, mode, opened, texts


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "notes.sqlite3"


def garbage(path: Path) -> None:
    path.write_bytes(b"no database at all " * 400)


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def hole(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : 3 * 4096] = b"\x5a" * 2 * 4096
    path.write_bytes(content)


def half_a_page(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:2048])


def no_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = -1")


def a_table_less(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE note")


def another_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE note RENAME COLUMN text TO words")


damages = pytest.mark.parametrize("damage", [garbage, half, hole, half_a_page, no_version, a_table_less, another_table])


@damages
@pytest.mark.logs("damaged file was set aside")
def test_a_damaged_file_is_set_aside_with_its_date_and_a_new_one_begun(path: Path, damage: object) -> None:
    fill(path, 20)
    assert callable(damage)
    damage(path)
    content = path.read_bytes()
    with opened(path) as database:
        add(database, "new")
        assert texts(database) == ["new"]
        assert database.set_aside is not None
        assert database.set_aside.name.startswith("notes.sqlite3.damaged-2")
        assert database.set_aside.read_bytes() == content
        assert mode(database.set_aside) == 0o600
    assert mode(path) == 0o600


@pytest.mark.logs("damaged file was set aside")
def test_a_folder_in_the_place_of_a_file_is_set_aside(path: Path) -> None:
    path.mkdir(parents=True)
    (path / "kept").write_text("by somebody")
    with opened(path) as database:
        add(database, "new")
        assert database.set_aside is not None
        assert (database.set_aside / "kept").exists()


def test_an_empty_file_is_a_new_one(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with opened(path) as database:
        add(database, "new")
        assert (database.set_aside, texts(database)) == (None, ["new"])


@pytest.mark.parametrize("suffix", ["-wal", "-shm"])
def test_a_log_that_is_none_loses_nothing_of_the_file(path: Path, suffix: str) -> None:
    fill(path, 3)
    path.with_name(f"{path.name}{suffix}").write_bytes(b"\x5a" * 40_000)
    with opened(path) as database:
        add(database, "new")
        assert (database.set_aside, len(texts(database))) == (None, 4)


@pytest.mark.logs("damaged file was set aside")
def test_what_another_program_wrote_last_is_kept_with_a_damaged_file(path: Path) -> None:
    fill(path, 20)
    with closing(sqlite3.connect(path, isolation_level=None)) as other, opened(path) as database:
        other.execute("INSERT INTO note (text) VALUES ('newest')")
        hole(path)
        assert texts(database) == []
        assert database.set_aside is not None
        kept = database.set_aside.with_name(f"{database.set_aside.name}-wal")
        assert b"newest" in kept.read_bytes()
        add(database, "new")


@pytest.mark.logs("damaged file was set aside")
def test_both_stores_say_where_a_damaged_file_went(tmp_path: Path) -> None:
    for name in ("calls.sqlite3", "contacts.sqlite3"):
        garbage(tmp_path / name)
    with closing(SqliteCallStore(tmp_path / "calls.sqlite3")) as calls:
        assert calls.set_aside is None
        assert calls.recent(1) == []
        assert calls.set_aside is not None
        assert calls.set_aside.exists()
    with closing(SqliteContactStore(tmp_path / "contacts.sqlite3")) as contacts:
        assert contacts.count() == 0
    assert len(list(tmp_path.glob("*.damaged-*"))) == 2
