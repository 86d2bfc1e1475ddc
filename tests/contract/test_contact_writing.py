"""Saving contacts: whole or not at all, seen by others when it is done, and never a trace of the old in the index."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from c2c_desktop.adapters import database
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.adapters.contact_writing import FEWEST_SORTED_ANEW
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.domain.found_contacts import FoundCount
from tests.bench.people import people
from tests.contract.test_contact_oracle import differences, odd_people
from tests.contract.waiting import until
from tests.fakes import INDIAN

ASHA = Contact(0, "Asha Rao", "Acme", (ContactNumber("+91 98402 22222", INDIAN),), True, ("vip", "key account"), "a\nb")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "contacts.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteContactStore]:
    with closing(SqliteContactStore(path)) as opened:
        yield opened


def indexed(path: Path) -> list[int]:
    """How many rows of the index any word leads to, for both tables; the index is checked on the way."""
    counts: list[int] = []
    with closing(sqlite3.connect(path)) as connection:
        for table in ("w", "t"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
            connection.execute(f"CREATE VIRTUAL TABLE temp.words_{table} USING fts5vocab(main, {table}, 'row')")
            terms = [term for (term,) in connection.execute(f"SELECT term FROM words_{table}")]
            rows = {
                row
                for term in terms
                for (row,) in connection.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (f'"{term}"',))
            }
            counts.append(len(rows))
        connection.rollback()
    return counts


def test_nothing_stays_of_whom_was_deleted(store: SqliteContactStore, path: Path) -> None:
    stored = store.save_all([*people(200), *odd_people(), ASHA])
    for contact in stored:
        store.save(replace(contact, name=f"{contact.name} x", numbers=contact.numbers[:1], tags=("new",)))
    for contact in stored:
        store.delete(contact.id)
        store.delete(contact.id)
    assert indexed(path) == [0, 0]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM phone").fetchone() == (0,)


def test_every_field_comes_back(store: SqliteContactStore) -> None:
    stored = store.save(ASHA)
    assert store.search("", 1).contacts == [stored] == [replace(ASHA, id=1)]
    assert store.find_number(INDIAN) == stored
    assert store.search("#key", 1).contacts == [stored]


def test_a_search_that_is_asked_again_answers_with_the_list_as_it_is(store: SqliteContactStore, path: Path) -> None:
    assert store.search("rao", 5).contacts == []
    first = store.save(Contact(0, "Asha Rao"))
    assert store.search("rao", 5).contacts == store.search(" rao ", 5).contacts == [first]
    with closing(SqliteContactStore(path)) as other:
        second = other.save(Contact(0, "Ben Rao"))
    assert store.search("rao", 5).contacts == [first, second]
    assert store.search("rao", 1).contacts == [first]
    store.delete(first.id)
    assert store.search("rao", 5).contacts == [second]


def test_the_oldest_of_several_with_one_number_is_its_owner(store: SqliteContactStore) -> None:
    first, second = store.save_all([ASHA, replace(ASHA, name="Zed")])
    assert store.find_number(INDIAN) == first
    store.delete(first.id)
    assert store.find_number(INDIAN) == second


def test_a_stream_that_breaks_leaves_everything_as_it_was(store: SqliteContactStore) -> None:
    kept = store.save_all([ASHA, *odd_people()])

    def broken() -> Iterator[Contact]:
        yield from people(FEWEST_SORTED_ANEW * 20)
        raise ValueError("the file ends here")

    with pytest.raises(ValueError, match="ends here"):
        store.fill(broken())
    assert differences(store, kept, ["", "a", "raj", "98402", "studio", "54"]) == []


def test_many_at_once_replace_the_same_ids_and_join_the_others(store: SqliteContactStore, path: Path) -> None:
    kept = store.save_all([replace(c, id=0) for c in odd_people()])
    many = [replace(c, id=c.id if c.id in {2, 3} else 0) for c in people(FEWEST_SORTED_ANEW + 10)]
    stored = store.save_all(many)
    everybody = [c for c in kept if c.id not in {2, 3}] + stored
    assert differences(store, everybody, ["", "a", "raj", "kum", "98402", "54", "725"]) == []
    store.fill(replace(c, name="Only") for c in stored)
    everybody = [c for c in kept if c.id not in {2, 3}] + [replace(c, name="Only") for c in stored]
    assert differences(store, everybody, ["", "only", "raj", "kum"]) == []
    assert indexed(path)[1] <= len(everybody)


def test_the_same_twice_in_one_stream_is_there_once(store: SqliteContactStore) -> None:
    store.fill([replace(ASHA, id=7, name="Old"), replace(ASHA, id=7, name="New"), Contact(0, "Next")])
    assert [(c.id, c.name) for c in store.search("", 9).contacts] == [(7, "New"), (8, "Next")]
    assert store.find_number(INDIAN) == replace(ASHA, id=7, name="New")


def test_a_reader_sees_all_of_a_write_or_nothing(store: SqliteContactStore, path: Path) -> None:
    store.save_all([Contact(0, f"Old {n}") for n in range(40)])
    seen: set[tuple[int, int]] = set()
    trouble: list[Exception] = []
    stop = threading.Event()

    def read() -> None:
        with closing(SqliteContactStore(path)) as other:
            try:
                while not stop.is_set():
                    found = [c.name.split()[0] for c in other.search("", 100).contacts]
                    seen.add((found.count("Old"), found.count("New")))
            except StorageError as error:
                trouble.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    until(lambda: seen or trouble)
    for turn in range(30):
        word = "New" if turn % 2 == 0 else "Old"
        store.save_all([replace(c, name=f"{word} {c.id}") for c in store.search("", 100).contacts])
    store.save_all([replace(c, name=f"New {c.id}") for c in store.search("", 100).contacts])
    until(lambda: (0, 40) in seen or trouble)
    stop.set()
    reader.join(20)
    assert not trouble
    assert seen <= {(40, 0), (0, 40)}


def test_what_another_process_saves_is_found_counted_and_stands_first(store: SqliteContactStore, path: Path) -> None:
    store.save(Contact(0, "Ben"))
    assert (store.count(), store.search("", 5).contacts[0].name) == (1, "Ben")
    with closing(SqliteContactStore(path)) as other:
        other.save(Contact(0, "Zoe", favourite=True))
    assert (store.count(), store.count_found("zoe")) == (2, FoundCount(1, is_exact=True))
    assert [c.name for c in store.search("", 5).contacts] == ["Zoe", "Ben"]
    store.delete(2)
    assert [c.name for c in store.search("", 5).contacts] == ["Ben"]
    assert store.count() == 1


def test_an_interrupted_count_tells_nothing_and_the_next_one_counts(store: SqliteContactStore) -> None:
    store.save_all([ASHA, *odd_people()])
    under_way, go_on, told = threading.Event(), threading.Event(), list[object]()

    def hold() -> int:
        if store._counting is not None:
            under_way.set()
            go_on.wait(20)
        return 0

    def count() -> None:
        connection = store._database._held().connection
        store.count_found("b")  # what a connection reads first of all cannot be interrupted
        connection.set_progress_handler(hold, 1)
        told.append(store.count_found("a"))
        told.append(store.count_found("a"))

    store.interrupt_count()  # nothing is counted: nothing happens
    worker = threading.Thread(target=count)
    worker.start()
    assert under_way.wait(20)
    store.interrupt_count()
    go_on.set()
    worker.join(20)
    assert told == [None, FoundCount(3, is_exact=True)]


@pytest.mark.logs("set aside")
def test_after_a_page_that_cannot_be_read_the_whole_file_is_looked_at_when_it_is_opened_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "CHECKED_BYTES", 0)  # as if it were a large file
    with closing(SqliteContactStore(path)) as store:
        store.save_all(list(people(FEWEST_SORTED_ANEW)))
    pages = [path.read_bytes()[at : at + 4096] for at in range(0, path.stat().st_size, 4096)]
    path.write_bytes(b"".join(b"\x5a" * 4096 if b"Chatterjee" in page else page for page in pages))
    doubt = path.with_name("contacts.sqlite3-doubt")
    with closing(SqliteContactStore(path)) as store:
        assert store.count() == FEWEST_SORTED_ANEW
        assert not doubt.exists()
        with pytest.raises(StorageError, match="could not be stored"):
            store.search("chatterjee", 200)
        assert store.set_aside is None
    assert doubt.stat().st_mode & 0o777 == 0o600
    with closing(SqliteContactStore(path)) as store:
        assert store.count() == 0
        assert store.set_aside is not None
    assert not doubt.exists()
