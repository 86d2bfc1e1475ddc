"""Looking at a journal without touching it, whoever holds it open and however it was left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.adapters.journal_copy import calls_of_copy
from c2c_desktop.adapters.journal_view import JournalView
from c2c_desktop.domain.call import Call, CallState
from tests.contract.permissions import without_root
from tests.unit.builders import make_call


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder others may look into."""
    folder = Path(tempfile.mkdtemp(prefix="view-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


@pytest.fixture
def path(folder: Path) -> Path:
    return folder / "calls.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteCallStore]:
    """A program that has the journal open and one call in it."""
    with closing(SqliteCallStore(path)) as store:
        store.save(make_call(CallState.INITIATED))
        yield store


def ids(calls: list[Call] | None) -> list[str] | None:
    return None if calls is None else [call.id for call in calls]


def age(path: Path) -> None:
    """Let a file be from long ago."""
    os.utime(path, (1_000_000_000, 1_000_000_000))


def test_where_there_is_no_journal_there_are_no_calls(path: Path) -> None:
    view = JournalView(path, 9)
    assert view.look() == []
    assert view.look() is None
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"no journal" * 500])
def test_a_file_that_is_none_is_said_or_is_empty(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    view = JournalView(path, 9)
    assert view.look() == (None if content else [])
    assert view.trouble == (f"{path} cannot be read" if content else "")
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_in_its_place_cannot_be_read_and_stays(path: Path) -> None:
    path.mkdir()
    view = JournalView(path, 9)
    assert view.look() is None
    assert view.trouble
    assert path.is_dir()


def test_what_is_as_it_was_is_not_read_again(path: Path) -> None:
    with closing(SqliteCallStore(path)) as store:
        store.save(make_call(CallState.INITIATED))
    age(path)
    view = JournalView(path, 9)
    assert ids(view.look()) == ["c-1"]
    path.write_bytes(b"x" * path.stat().st_size)
    age(path)
    assert view.look() is None
    assert view.trouble == ""
    path.touch()
    assert view.look() is None
    assert view.trouble


def test_a_journal_written_a_moment_ago_is_read_again_for_its_times_are_coarse(
    path: Path, store: SqliteCallStore
) -> None:
    view = JournalView(path, 9)
    assert ids(view.look()) == ids(view.look()) == ["c-1"]
    for name in (path, path.with_name(f"{path.name}-wal")):
        age(name)
    assert ids(view.look()) == ["c-1"]
    assert view.look() is None
    store.save(make_call(CallState.INITIATED, id="c-2"))
    assert ids(view.look()) == ["c-2", "c-1"]


def test_a_look_keeps_nobody_from_writing_and_is_not_seen_in_the_folder(path: Path, store: SqliteCallStore) -> None:
    view = JournalView(path, 2)
    for number in range(20):
        store.save(make_call(CallState.INITIATED, id=f"n-{number}"))
        before = {file.name for file in path.parent.iterdir()}
        found = view.look()
        assert ids(found) == [f"n-{number}", f"n-{number - 1}" if number else "c-1"]
        assert {file.name for file in path.parent.iterdir()} == before
    store.close()
    assert ids(view.look()) == ["n-19", "n-18"]
    assert list(path.parent.iterdir()) == [path]


def test_nothing_is_settled(path: Path, store: SqliteCallStore) -> None:
    store.save(make_call(CallState.PLACING, id="theirs"))
    found = JournalView(path, 1).look()
    assert found is not None
    assert [call.state for call in found] == [CallState.PLACING]


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("left", ["log and memory", "log alone"])
def test_a_folder_that_can_only_be_read_and_the_log_of_a_program_that_was_killed(
    folder: Path, path: Path, left: str
) -> None:
    frozen = folder / "frozen"
    frozen.mkdir()
    for file in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        if left == "log and memory" or not file.name.endswith("-shm"):
            shutil.copyfile(file, frozen / file.name)
            (frozen / file.name).chmod(0o444)
    frozen.chmod(0o555)
    before = {file.name: file.read_bytes() for file in frozen.iterdir()}
    calls_of_copy(path, 1)  # everything is imported
    with without_root():
        assert ids(JournalView(frozen / path.name, 9).look()) == ["c-1"]
    assert {file.name: file.read_bytes() for file in frozen.iterdir()} == before
    frozen.chmod(0o700)


@pytest.mark.usefixtures("store")
def test_a_journal_nobody_may_read_is_said(path: Path) -> None:
    calls_of_copy(path, 1)
    path.chmod(0o000)
    view = JournalView(path, 9)
    with without_root():
        assert view.look() is None
    assert view.trouble == f"{path} cannot be read"


IN_ANOTHER_PROCESS = (
    "import sys; from pathlib import Path; from c2c_desktop.adapters.call_store import SqliteCallStore;"
    "store = SqliteCallStore(Path(sys.argv[1])); print(len(store.recent(9))); store.close()"
)


def calls_seen_by_another(path: Path) -> int:
    """How many calls another process reads, which then takes itself for the last one that uses the file."""
    command = [sys.executable, "-c", IN_ANOTHER_PROCESS, str(path)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_a_copy_of_the_journal_leaves_the_locks_of_those_who_write_it(tmp_path: Path) -> None:
    path = tmp_path / "calls.sqlite3"
    with closing(SqliteCallStore(path)) as store:
        store.begin(make_call(id="one"))
        copied = calls_of_copy(path, 9)
        assert [each.id for each in copied or []] == ["one"]
        assert calls_seen_by_another(path) == 1
        store.begin(make_call(id="two"))
        assert calls_seen_by_another(path) == 2
