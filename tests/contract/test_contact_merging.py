"""Every contact list finds duplicates, merges them whole or not at all, takes that back, and forgets no decision."""

from __future__ import annotations

import random
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_merge import ContactsChangedError, merge
from c2c_desktop.domain.duplicates import MOST_GROUPS, MOST_HOLDERS, find_among
from c2c_desktop.domain.errors import StorageError
from tests.bench.people import people
from tests.contract.test_contact_oracle import differences
from tests.contract.test_contact_writing import indexed
from tests.fakes import INDIAN, MemoryContactStore
from tests.unit.test_duplicates import odd_book

Store = MemoryContactStore | SqliteContactStore
ASHA = Contact(
    0, "Asha Rao", "Acme", (ContactNumber("+91 98402 22222", INDIAN),), tags=("vip",), emails=("a@x.example",)
)
BRIEF = Contact(0, "A. Rao", "", (ContactNumber("+91 98402 22222", INDIAN, "work"),), favourite=True, note="Likes tea")
TWIN = replace(ASHA, tags=("lead",), uid="u1")
BEN = Contact(0, "Ben Carter", "Acme", (ContactNumber("+91 98402 22222", INDIAN),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "contacts.sqlite3"


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield MemoryContactStore()
        return
    with closing(SqliteContactStore(path)) as opened:
        yield opened


@pytest.fixture
def sqlite(path: Path) -> Iterator[SqliteContactStore]:
    with closing(SqliteContactStore(path)) as opened:
        yield opened


def everybody(store: Store) -> list[Contact]:
    return sorted(store.search("", 1000).contacts, key=lambda contact: contact.id)


def found(store: Store) -> list[tuple[tuple[int, ...], str]]:
    told = store.duplicates.find(MOST_GROUPS)
    assert told is not None
    assert told.is_all
    return [(group.ids, group.reason) for group in told.groups]


# What goes wrong


@pytest.mark.parametrize("how", ["changed", "deleted", "moved to a directory"])
def test_a_member_that_is_another_meanwhile_stops_the_merge_and_nothing_is_lost(store: Store, how: str) -> None:
    first, second = store.save(ASHA), store.save(BRIEF)
    ready = merge([first, second])
    if how == "deleted":
        store.delete(second.id)
    else:
        store.save(replace(second, note="Moved house") if how == "changed" else replace(second, directory=2))
    before = everybody(store)
    with pytest.raises(ContactsChangedError, match="changed or deleted meanwhile"):
        store.merge(ready.contact, ready.members)
    assert everybody(store) == before


def test_a_merged_contact_that_was_changed_since_stays_when_the_merge_is_taken_back(store: Store) -> None:
    ready = merge([store.save(ASHA), store.save(BRIEF)])
    done = store.merge(ready.contact, ready.members)
    store.save(replace(ready.contact, company="Blue Kite"))
    assert store.undo_merges([done]) == [done]
    assert everybody(store) == [replace(ready.contact, company="Blue Kite")]
    store.delete(ready.contact.id)
    assert store.undo_merges([done]) == [done]
    assert everybody(store) == []


def test_what_is_taken_back_does_not_replace_who_has_the_id_now(store: Store) -> None:
    first, second = store.save(ASHA), store.save(BRIEF)
    ready = merge([first, second])
    done = store.merge(ready.contact, ready.members)
    newcomer = store.save(replace(BEN, id=second.id))  # no program of ours gives it again
    assert store.undo_merges([done]) == []
    assert everybody(store) == [first, newcomer, replace(second, id=3)]


def test_certain_groups_that_are_it_no_more_are_left(store: Store) -> None:
    one, two, three = store.save(ASHA), store.save(TWIN), store.save(replace(ASHA, numbers=(), uid="u3"))
    four, five = store.save(replace(BEN, emails=("b@x.example",))), store.save(replace(BEN, emails=("b@x.example",)))
    store.save(replace(five, name="Benjamin"))
    (done,) = store.merge_certain([(one.id, two.id, three.id), (four.id, five.id), (8, 9), (one.id, four.id)])
    assert [member.id for member in done.members] == [one.id, two.id, three.id]
    assert [contact.id for contact in everybody(store)] == [one.id, four.id, five.id]
    assert store.merge_certain([(one.id, two.id, three.id)]) == []


def test_an_id_that_was_kept_apart_is_never_somebody_elses(store: Store) -> None:
    first, second = store.save(ASHA), store.save(TWIN)
    store.duplicates.keep_apart((second.id, first.id))
    store.delete(second.id)
    again = store.save(TWIN)
    assert again.id == 3
    assert [ids for ids, _ in found(store)] == [(1, 3)]


# What is found


def test_each_group_has_its_reason_and_strangers_none(store: Store) -> None:
    for contact in (ASHA, BEN, BRIEF, replace(TWIN, directory=4), Contact(0, "", "Acme", (BEN.numbers[0],))):
        store.save(contact)
    assert found(store) == [((1, 3), "same number and similar name")]


def test_who_is_not_the_same_is_proposed_again_neither_after_edits_nor_in_another_run(path: Path) -> None:
    with closing(SqliteContactStore(path)) as store:
        first, second = store.save_all([ASHA, TWIN])
        assert found(store) == [((1, 2), "same e-mail address")]
        store.duplicates.keep_apart((1, 2))
        store.duplicates.keep_apart((2, 1))
        store.save(replace(second, name="Rao Asha"))
        store.fill([replace(first, favourite=True)])
    with closing(SqliteContactStore(path)) as store:
        assert found(store) == []
        store.duplicates.propose_again((2, 1))
        assert len(found(store)) == 1


def test_whoever_stands_for_another_is_kept_apart_from_the_same(store: Store) -> None:
    first, second, third = store.save(ASHA), store.save(TWIN), store.save(replace(ASHA, company="Blue Kite"))
    store.duplicates.keep_apart((second.id, third.id))
    ready = merge([first, second])
    done = store.merge(ready.contact, ready.members)
    assert found(store) == []
    assert store.undo_merges([done]) == []
    assert found(store) == [((1, 2), "same e-mail address")]


def test_merging_and_taking_back_leaves_everything_as_it_was(store: Store) -> None:
    first, stranger, second, third = (store.save(each) for each in (ASHA, BEN, BRIEF, TWIN))
    before = everybody(store)
    ready = merge([third, first, second])
    done = store.merge(ready.contact, ready.members)
    assert (done.contact, done.members) == (ready.contact, (first, second, third))
    assert everybody(store) == [ready.contact, stranger]
    assert store.read_own([first.id, second.id, stranger.id]) == [ready.contact, stranger]
    assert [c.name for c in store.search("rao", 9).contacts] == ["Asha Rao"]
    assert store.undo_merges([done]) == []
    assert everybody(store) == before


def test_no_more_groups_than_wanted_are_found_and_it_says_so(store: Store) -> None:
    for number in range(5):
        for _ in range(2):
            store.save(Contact(0, f"Person {number} Rao", emails=(f"{number}@x.example",)))
    told = store.duplicates.find(3)
    assert told is not None
    assert (len(told.groups), told.is_all) == (3, False)
    told = store.duplicates.find(5)
    assert told is not None
    assert (len(told.groups), told.is_all) == (5, True)
    assert len(found(store)) == 5


def test_both_find_the_same_in_any_list(sqlite: SqliteContactStore) -> None:
    for seed in range(12):
        chance = random.Random(seed)
        book = odd_book(chance, 150)
        sqlite.fill(book)
        told = sqlite.duplicates.find(MOST_GROUPS)
        assert told is not None
        assert sorted(group.ids for group in told.groups) == find_among(book)


# On the disk


def test_what_thousands_share_is_not_even_read(sqlite: SqliteContactStore) -> None:
    sqlite.fill(Contact(0, "Reception", "Acme", BEN.numbers) for _ in range(MOST_HOLDERS * 10))
    statements: list[str] = []
    sqlite._database._held().connection.set_trace_callback(statements.append)
    assert found(sqlite) == []
    assert not any("c.id IN" in statement for statement in statements)


def test_the_index_knows_who_was_merged_and_brought_back(sqlite: SqliteContactStore, path: Path) -> None:
    book = sqlite.save_all([replace(c, id=0) for c in people(300) for _ in range(2)])
    there = {contact.id: contact for contact in book}
    told = sqlite.duplicates.find(MOST_GROUPS)
    assert told is not None
    assert len(told.groups) >= 250
    undos = sqlite.merge_certain([group.ids for group in told.groups])
    merged = dict(there)
    for undo in undos:
        for gone in undo.members[1:]:
            del merged[gone.id]
        merged[undo.contact.id] = undo.contact
    queries = ["", "a", "raj", "kum", "98", "725"]
    assert differences(sqlite, list(merged.values()), queries) == []
    assert indexed(path)[0] <= len(merged)
    assert sqlite.undo_merges(undos) == []
    assert differences(sqlite, book, queries) == []


def test_another_process_that_merged_first_is_told_apart(sqlite: SqliteContactStore, path: Path) -> None:
    first, second = sqlite.save_all([ASHA, TWIN])
    ready = merge([first, second])
    with closing(SqliteContactStore(path)) as other:
        other.merge(ready.contact, ready.members)
        with pytest.raises(ContactsChangedError):
            sqlite.merge(ready.contact, ready.members)
        assert everybody(sqlite) == everybody(other) == [ready.contact]


def test_a_file_that_another_program_holds_is_told_and_nothing_is_merged(
    sqlite: SqliteContactStore, path: Path
) -> None:
    first, second = sqlite.save_all([ASHA, TWIN])
    sqlite._database._held().connection.execute("PRAGMA busy_timeout = 1")
    ready = merge([first, second])
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        for work in (
            lambda: sqlite.merge(ready.contact, ready.members),
            lambda: sqlite.merge_certain([(1, 2)]),
            lambda: sqlite.undo_merges([]),
            lambda: sqlite.duplicates.keep_apart((1, 2)),
        ):
            with pytest.raises(StorageError, match="Another program holds the file"):
                work()
        assert len(found(sqlite)) == 1
        holder.execute("ROLLBACK")
    assert everybody(sqlite) == [first, second]


@pytest.mark.parametrize("between", [False, True], ids=["in a statement", "between statements"])
def test_an_interrupted_look_tells_nothing_and_the_next_one_looks(sqlite: SqliteContactStore, between: bool) -> None:
    sqlite.save_all([ASHA, TWIN])
    under_way, go_on, told = threading.Event(), threading.Event(), list[object]()

    def hold(*_: object) -> int:
        if sqlite.duplicates._searching is not None and not under_way.is_set():
            under_way.set()
            go_on.wait(20)
        return 0

    def look() -> None:
        connection = sqlite._database._held().connection
        sqlite.search("b", 1)
        if between:
            connection.set_trace_callback(hold)
        else:
            connection.set_progress_handler(hold, 1)
        told.append(sqlite.duplicates.find(9))
        told.append(found(sqlite))

    sqlite.duplicates.interrupt()  # nobody looks: nothing happens
    worker = threading.Thread(target=look)
    worker.start()
    assert under_way.wait(20)
    sqlite.duplicates.interrupt()
    go_on.set()
    worker.join(20)
    assert told == [None, [((1, 2), "same e-mail address")]]
