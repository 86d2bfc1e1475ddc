"""What holds for each of our SQLite files: private, durable, never lost, and failures in words."""

from __future__ import annotations

import resource
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.adapters.database import Database
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.errors import StorageError
from tests.contract.test_call_store import call
from tests.contract.waiting import until

ONE = ("CREATE TABLE note (text TEXT NOT NULL)",)
TWO = (*ONE, "ALTER TABLE note ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'; CREATE INDEX by_colour ON note (colour)")


@contextmanager
def opened(path: Path, migrations: tuple[str, ...] = ONE) -> Iterator[Database]:
    with closing(Database(path, migrations)) as database:
        yield database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "notes.sqlite3"


def add(database: Database, text: str) -> None:
    with database.transaction() as connection:
        connection.execute("INSERT INTO note (text) VALUES (?)", (text,))


def texts(database: Database) -> list[str]:
    return [row["text"] for row in database.read("SELECT text FROM note ORDER BY rowid")]


def fill(path: Path, rows: int = 1) -> None:
    with opened(path) as database:
        for row in range(rows):
            add(database, f"{row} " + "x" * 1000)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_of_a_newer_version_is_refused_and_left_alone(path: Path) -> None:
    with opened(path, TWO) as database:
        add(database, "new")
    before = path.read_bytes()
    with opened(path) as database, pytest.raises(StorageError, match="newer version") as caught:
        texts(database)
    assert "Update the program" in caught.value.message
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.damaged-*"))


def test_an_older_file_is_copied_before_it_is_migrated(path: Path) -> None:
    fill(path)
    with opened(path, TWO) as database:
        assert [row["colour"] for row in database.read("SELECT colour FROM note")] == ["blue"]
        assert database.read("PRAGMA user_version")[0][0] == 2
    backup = path.with_name("notes.sqlite3.before-2")
    assert mode(backup) == 0o600
    with opened(backup) as database:
        assert len(texts(database)) == 1
        assert database.read("PRAGMA user_version")[0][0] == 1


def test_a_migration_that_fails_changes_nothing(path: Path) -> None:
    fill(path)
    with opened(path, (*ONE, "CREATE TABLE other (id INTEGER); nonsense")) as database, pytest.raises(StorageError):
        texts(database)
    with opened(path) as database:
        assert len(texts(database)) == 1
        assert database.read("SELECT name FROM sqlite_master WHERE name = 'other'") == []


def test_programs_that_migrate_at_once_migrate_once(path: Path) -> None:
    fill(path)
    failures: list[Exception] = []
    start = threading.Barrier(4)

    def program() -> None:
        with opened(path, TWO) as database:
            start.wait(10)
            try:
                add(database, "mine")
            except StorageError as error:
                failures.append(error)

    threads = [threading.Thread(target=program) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not failures
    with opened(path, TWO) as database:
        assert len(texts(database)) == 5


def test_a_new_file_needs_no_copy(path: Path) -> None:
    with opened(path, TWO) as database:
        add(database, "new")
    assert not list(path.parent.glob("*.before-*"))


def test_files_are_private_from_the_start_and_so_is_their_folder(path: Path) -> None:
    with opened(path) as database:
        add(database, "secret")
        files = sorted(file.name for file in path.parent.iterdir())
        assert files == ["notes.sqlite3", "notes.sqlite3-shm", "notes.sqlite3-wal"]
        assert {mode(file) for file in path.parent.iterdir()} == {0o600}
        assert mode(path.parent) == 0o700


def test_every_commit_is_synced_before_it_returns(path: Path) -> None:
    with opened(path) as database, database.transaction() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL


def test_a_folder_that_cannot_be_written_is_said_in_words(read_only_folder: Path) -> None:
    store = SqliteCallStore(read_only_folder / "calls.sqlite3")
    with pytest.raises(StorageError, match="could not be stored") as caught:
        store.begin(call("one"))
    assert caught.value.message == f"The folder {read_only_folder} cannot be written. Check its permissions."
    with pytest.raises(StorageError):
        store.recent(1)


def test_a_folder_that_cannot_be_made_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with closing(SqliteContactStore(tmp_path / "file" / "contacts.sqlite3")) as store:
        with pytest.raises(StorageError) as caught:
            store.save(Contact(0, "Asha Rao"))
        assert "contacts.sqlite3 cannot be read or written" in caught.value.message


def test_a_disk_without_space_fails_one_write_and_not_the_next(path: Path) -> None:
    with opened(path) as database:
        add(database, "before")
        log = path.with_name("notes.sqlite3-wal")
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, hard))
        try:
            with pytest.raises(StorageError):
                add(database, "x" * 100_000)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        add(database, "after")
        assert texts(database) == ["before", "after"]


def test_a_full_disk_is_said_in_words(path: Path) -> None:
    with opened(path) as database:
        add(database, "before")
        database.read("PRAGMA max_page_count = 3")
        with pytest.raises(StorageError, match="disk is full"):
            add(database, "x" * 100_000)
        assert texts(database) == ["before"]


def test_a_file_another_program_holds_is_said_in_words(path: Path) -> None:
    fill(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other, opened(path) as database:
        assert len(texts(database)) == 1
        database._held().connection.execute("PRAGMA busy_timeout = 10")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="Another program holds the file"):
            add(database, "mine")
        other.execute("COMMIT")
        add(database, "mine")


def test_an_error_of_the_caller_takes_back_what_was_written_and_comes_through(path: Path) -> None:
    def fails(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO note (text) VALUES ('half')")
        raise KeyError

    with opened(path) as database:
        with pytest.raises(KeyError), database.transaction() as connection:
            fails(connection)
        assert texts(database) == []


def test_threads_write_at_once_and_nothing_is_lost(path: Path) -> None:
    with opened(path) as database:

        def write(name: str) -> None:
            for number in range(5):
                add(database, f"{name} {number}")

        threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert len(set(texts(database))) == 20


def test_closing_under_a_thread_that_works_waits_for_nothing_and_lets_it_finish(path: Path) -> None:
    with opened(path) as database:
        add(database, "before")
    with closing(sqlite3.connect(path, isolation_level=None)) as other, opened(path) as database:
        other.execute("BEGIN IMMEDIATE")
        seen: list[str] = []
        opening = threading.Event()

        def work() -> None:
            seen.extend(texts(database))
            opening.set()
            add(database, "mine")
            seen.append("through")

        thread = threading.Thread(target=work)
        thread.start()
        assert opening.wait(10)
        held = database._opened[0]
        until(lambda: held._taken)
        database.close()
        assert (seen, thread.is_alive()) == (["before"], True)
        other.execute("COMMIT")
        thread.join(10)
        assert seen == ["before", "through"]
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            held.connection.execute("SELECT 1")
        assert texts(database) == ["before", "mine"]


CLOSED_MEANWHILE = """
import sys, threading
from pathlib import Path
from c2c_desktop.adapters.database import Database
database, works = Database(Path(sys.argv[1]), []), threading.Event()
def work():
    while True:
        with database.reading() as connection:
            connection.execute("SELECT 1").fetchall()
        database.read("SELECT 1")
        works.set()
threading.Thread(target=work, daemon=True).start()
for _ in range(300):
    if not works.wait(20):
        sys.exit("the thread works no more")
    works.clear()
    database.close()
"""


def test_a_connection_closed_under_a_thread_does_not_end_the_process(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", CLOSED_MEANWHILE, str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_closed_store_opens_again_when_it_is_used(tmp_path: Path) -> None:
    store = SqliteCallStore(tmp_path / "calls.sqlite3")
    store.begin(call("one"))
    store.close()
    assert [c.id for c in store.recent(1)] == ["one"]
    store.close()


def held(path: Path) -> int:
    """How often this process has the file open."""
    here = Path("/proc/self/fd")
    return sum(1 for each in here.iterdir() if each.is_symlink() and each.readlink() == path)


def locks_on(path: Path) -> int:
    """How many locks of POSIX somebody has on the file."""
    inode = f":{path.stat().st_ino} "
    return sum(1 for line in Path("/proc/locks").read_text().splitlines() if inode in line)


def test_reading_ahead_keeps_the_locks_of_those_who_read(path: Path) -> None:
    fill(path)
    with opened(path) as database:
        with database.reading():
            before = held(path)
            for _ in range(3):
                database.read_ahead()
            assert held(path) == before + 1  # closed it would take the locks along
            with closing(sqlite3.connect(path, timeout=0)) as other, pytest.raises(sqlite3.OperationalError):
                other.execute("PRAGMA journal_mode=DELETE")
        with closing(sqlite3.connect(path)) as beside:
            assert beside.execute("SELECT count(*) FROM note").fetchone() == (1,)
            database.close()
            assert locks_on(path) > 0


def test_reading_ahead_of_a_file_that_is_not_there_is_no_failure(path: Path) -> None:
    with opened(path) as database:
        database.read_ahead()
        assert not path.exists()
