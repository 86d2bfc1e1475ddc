"""Every journal keeps the notes on its calls, whatever else is stored of them, in files of before too."""

from __future__ import annotations

import sqlite3
import stat
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.adapters.database import Database
from c2c_desktop.adapters.diagnostics_bundle import Sources, write_bundle
from c2c_desktop.adapters.journal_copy import calls_of_copy
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.domain.settings import Settings
from c2c_desktop.services.ports import JournalStore
from tests.contract.test_call_store import call
from tests.fakes import MemoryCallStore

NOTE = "Wants the offer\nby Friday: \u0928\u092e\u0938\u094d\u0924\u0947 ';-- \U0001f600"
OLD_FILE = """
PRAGMA journal_mode = WAL;
CREATE TABLE call (
    id TEXT PRIMARY KEY, e164 TEXT NOT NULL, shown_number TEXT NOT NULL, contact_name TEXT NOT NULL,
    source TEXT NOT NULL, route TEXT NOT NULL, user_id TEXT NOT NULL, started_at REAL NOT NULL, state TEXT NOT NULL,
    caller_id TEXT NOT NULL, extra_params TEXT NOT NULL, request_id TEXT NOT NULL, code INTEGER, message TEXT NOT NULL,
    next_step TEXT NOT NULL, connected_at REAL, ended_at REAL, talk_seconds REAL, outcome TEXT, owner INTEGER NOT NULL
);
CREATE INDEX call_started ON call (started_at);
ALTER TABLE call ADD COLUMN post_dial TEXT NOT NULL DEFAULT '';
ALTER TABLE call ADD COLUMN owner_began INTEGER NOT NULL DEFAULT 0;
INSERT INTO call VALUES (
    'old', '+919840222222', '+91 98402 22222', 'Asha Rao', 'contact', 'mobile', '101_1111112', 1700000000.5, 'ENDED',
    '', '{"ticket": "7"}', 'r-1', 200, 'Call initiated', 'none', 1700000003.0, 1700000015.0, 12.0, 'CONNECTED', 4711,
    '12#', 99
);
PRAGMA user_version = 3;
"""
"""What the version before notes wrote, as it wrote it."""


@pytest.fixture
def on_disk(tmp_path: Path) -> Iterator[SqliteCallStore]:
    with closing(SqliteCallStore(tmp_path / "calls.sqlite3")) as store:
        yield store


@pytest.fixture(params=["memory", "sqlite"])
def kept(request: pytest.FixtureRequest) -> JournalStore:
    store: JournalStore = MemoryCallStore() if request.param == "memory" else request.getfixturevalue("on_disk")
    return store


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    path = tmp_path / "calls.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLD_FILE)
    return path


def notes(kept: JournalStore) -> dict[str, str]:
    return {c.id: c.note for c in kept.recent(10)}


def test_what_is_stored_of_a_call_leaves_its_note_alone(kept: JournalStore) -> None:
    begun = call("one")
    kept.begin(begun)
    kept.set_note("one", NOTE)
    kept.save(begun.moved(CallState.INITIATED, request_id="r-1"))
    kept.save(replace(begun, state=CallState.ENDED, note="what this one knows is old"))
    assert [(c.state, c.note) for c in kept.recent(1)] == [(CallState.ENDED, NOTE)]
    kept.begin(begun.moved(CallState.CANCELLED))
    assert notes(kept) == {"one": NOTE}


def test_a_note_can_come_before_the_call_is_stored(kept: JournalStore) -> None:
    kept.set_note("one", NOTE)
    assert kept.recent(10) == []
    kept.begin(call("one"))
    assert notes(kept) == {"one": NOTE}


def test_a_note_is_replaced_and_removed(kept: JournalStore) -> None:
    for call_id in ("one", "two"):
        kept.begin(call(call_id))
        kept.set_note(call_id, "first")
    kept.set_note("one", "second")
    assert notes(kept) == {"two": "first", "one": "second"}
    kept.set_note("one", "")
    kept.set_note("one", "")
    assert notes(kept) == {"two": "first", "one": ""}


def test_a_note_changes_neither_the_order_of_the_calls_nor_how_many_there_are(kept: JournalStore) -> None:
    for call_id in ("first", "second", "third"):
        kept.begin(call(call_id))
    kept.set_note("first", "x" * 2000)
    assert [c.id for c in kept.recent(10)] == ["third", "second", "first"]
    assert [c.id for c in kept.recent(2)] == ["third", "second"]


def test_a_call_with_a_note_that_was_abandoned_is_settled_and_keeps_it(kept: JournalStore) -> None:
    kept.save(call("one"))  # as an earlier run left it
    kept.set_note("one", NOTE)
    assert kept.settle_abandoned() == 1
    assert [(c.state, c.note) for c in kept.recent(1)] == [(CallState.UNCERTAIN, NOTE)]


def test_an_objection_hears_of_calls_with_notes(kept: JournalStore) -> None:
    kept.begin(call("theirs", state=CallState.ENDED))
    kept.set_note("theirs", NOTE)
    assert kept.begin(call("ours"), (), lambda unknown: " and ".join(c.note for c in unknown)) == NOTE


def test_a_note_on_a_call_of_another_program_is_not_lost_when_that_one_stores_the_outcome(tmp_path: Path) -> None:
    path = tmp_path / "calls.sqlite3"
    with closing(SqliteCallStore(path)) as theirs, closing(SqliteCallStore(path)) as ours:
        placing = call("theirs")
        theirs.begin(placing)
        ours.set_note("theirs", NOTE)
        theirs.save(placing.moved(CallState.REFUSED, code=404))
        assert [(c.state, c.note) for c in ours.recent(1)] == [(CallState.REFUSED, NOTE)]
        assert notes(theirs) == {"theirs": NOTE}


def test_notes_and_outcomes_stored_at_once_are_both_there(on_disk: SqliteCallStore) -> None:
    on_disk.begin(call("one"))

    def store_outcomes() -> None:
        for number in range(30):
            on_disk.save(replace(call("one"), message=str(number)))

    thread = threading.Thread(target=store_outcomes)
    thread.start()
    for number in range(30):
        on_disk.set_note("one", f"note {number}")
    thread.join(30)
    assert [(c.message, c.note) for c in on_disk.recent(10)] == [("29", "note 29")]


def test_a_note_that_cannot_be_written_is_a_storage_error(read_only_folder: Path) -> None:
    with closing(SqliteCallStore(read_only_folder / "calls.sqlite3")) as locked, pytest.raises(StorageError):
        locked.set_note("one", NOTE)


def test_a_file_of_before_gets_room_for_notes_and_is_copied_first(old_file: Path) -> None:
    with closing(SqliteCallStore(old_file)) as migrated:
        (old,) = migrated.recent(10)
        assert (old.id, old.note, old.post_dial, old.talk_seconds) == ("old", "", "12#", 12.0)
        assert (old.extra_params, old.outcome) == ({"ticket": "7"}, CallState.CONNECTED)
        migrated.set_note("old", NOTE)
        assert notes(migrated) == {"old": NOTE}
        assert migrated.set_aside is None
    backup = old_file.with_name("calls.sqlite3.before-4")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)
        assert connection.execute("SELECT id, owner_began FROM call").fetchall() == [("old", 99)]
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'note'").fetchall() == []
    with closing(sqlite3.connect(old_file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (4,)


def test_a_file_with_notes_is_refused_by_the_version_before_them_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "calls.sqlite3"
    with closing(SqliteCallStore(path)) as today:
        today.begin(call("one"))
        today.set_note("one", NOTE)
    with (
        closing(Database(path, ("CREATE TABLE call (id)",) * 3)) as before,
        pytest.raises(StorageError, match="newer version"),
    ):
        before.read("SELECT * FROM call")
    with closing(SqliteCallStore(path)) as today:
        assert notes(today) == {"one": NOTE}


def test_a_file_of_before_that_can_only_be_copied_is_read_too(old_file: Path) -> None:
    before = old_file.read_bytes()
    calls = calls_of_copy(old_file, 10)
    assert calls is not None
    assert [(c.id, c.note) for c in calls] == [("old", "")]
    assert old_file.read_bytes() == before


def test_a_copy_of_the_journal_has_its_notes(on_disk: SqliteCallStore, tmp_path: Path) -> None:
    on_disk.begin(call("one", state=CallState.ENDED))
    on_disk.set_note("one", NOTE)
    calls = calls_of_copy(tmp_path / "calls.sqlite3", 10)
    assert calls is not None
    assert [c.note for c in calls] == [NOTE]


@pytest.mark.parametrize("note", ["Wants the offer by Friday", "0987 is the alarm code", "x" * 2000])
def test_no_diagnostics_hold_a_note(on_disk: SqliteCallStore, tmp_path: Path, note: str) -> None:
    on_disk.begin(call("one", state=CallState.ENDED))
    on_disk.set_note("one", note)
    sources = Sources(tmp_path, ("calls.sqlite3",), Settings(), "", tmp_path / "no rules", list)
    bundle = write_bundle(sources, tmp_path / "told.zip")
    assert bundle.unread == ()
    with zipfile.ZipFile(bundle.path) as told:
        texts = {name: told.read(name).decode() for name in told.namelist()}
    assert '"state": "ENDED"' in texts["calls.json"]
    assert all(note[:8] not in text for text in texts.values())
