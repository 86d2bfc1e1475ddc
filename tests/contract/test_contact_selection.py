"""Contacts read one after the other for an export: all, a tag, a search; each once, in the order of the alphabet."""

from __future__ import annotations

import sqlite3
import threading
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from c2c_desktop.adapters.contact_selection import MOST_TAGS
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_export import ContactSelection, ExportChoices, TagCount
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.services.export_ports import ContactSource
from tests.bench.people import people
from tests.fake_export import MemoryContactSource

EVERYBODY = ContactSelection()
SHARED = ContactSelection(with_shared=True)
LIST = [
    Contact(1, "Zoë", "Kite", favourite=True, tags=("VIP", "key account")),
    Contact(2, "Asha Rao", tags=("vip", "Vip")),
    Contact(3, "Ben", directory=2, tags=("vips",)),
    Contact(4, "राजेश", tags=("***",)),
    Contact(5, "", "Rao Traders", directory=2, tags=("VIP",)),
]
TEXTS = (
    "", "raj", "ra", "rao kumar", "98", "98402", "984", "725", "+44 79", "blue 12", "#vip", "#vip raj", "rao 98", "k",
    "zzzz", "e o", "91 raj",
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "contacts.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteContactStore]:
    with closing(SqliteContactStore(path)) as store:
        yield store


@pytest.fixture(params=["memory", "sqlite"])
def source(request: pytest.FixtureRequest, store: SqliteContactStore) -> ContactSource:
    if request.param == "memory":
        return MemoryContactSource(LIST)
    store.save_all(LIST)
    return store


def ids(source: ContactSource, selection: ContactSelection) -> list[int]:
    found = [contact.id for contact in source.each(selection)]
    assert source.count_selected(selection) == len(found)
    return found


def test_a_list_of_a_newer_version_is_told_in_words(store: SqliteContactStore, path: Path) -> None:
    store.save_all(LIST)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 1000")
    with pytest.raises(StorageError, match="newer version"):
        list(store.each(EVERYBODY))
    with pytest.raises(StorageError, match="newer version"):
        store.export_choices()


def test_a_damaged_page_is_told_in_words(store: SqliteContactStore, path: Path) -> None:
    store.fill(people(2_000))
    store.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 4)
        file.write(b"\xff" * (size // 2))
    with pytest.raises(StorageError):
        list(store.each(EVERYBODY))


def test_one_that_is_left_half_way_leaves_nothing_open(store: SqliteContactStore, path: Path) -> None:
    store.fill(people(500))
    reading = store.each(EVERYBODY)
    next(reading)
    reading.close()  # type: ignore[attr-defined]  # a generator
    store.close()
    with closing(sqlite3.connect(path, timeout=0)) as connection:
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0


def test_an_empty_list_has_nobody(store: SqliteContactStore) -> None:
    assert ids(store, EVERYBODY) == ids(store, ContactSelection("rao")) == ids(store, ContactSelection(tag="vip")) == []
    assert store.export_choices() == ExportChoices(0, 0)


def test_edits_and_searches_go_on_meanwhile_and_are_not_seen(store: SqliteContactStore) -> None:
    store.fill(people(300))
    reading = store.each(EVERYBODY)
    first = next(reading)
    store.save(Contact(0, "Aaa"))
    store.delete(300)
    assert store.search("aaa", 10).contacts[0].name == "Aaa"
    seen = [first, *reading]
    assert sorted(contact.id for contact in seen) == list(range(1, 301))
    assert len(ids(store, EVERYBODY)) == 300


def test_two_threads_read_at_once(store: SqliteContactStore) -> None:
    store.fill(people(300))
    read: list[int] = []
    threads = [threading.Thread(target=lambda: read.append(len(list(store.each(EVERYBODY))))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == [300, 300]


def test_own_contacts_come_in_the_order_of_the_alphabet_and_shared_ones_only_where_wanted(
    source: ContactSource,
) -> None:
    assert ids(source, EVERYBODY) == [2, 1, 4]
    assert ids(source, SHARED) == [2, 3, 5, 1, 4]
    assert ids(source, ContactSelection("rao")) == [2]
    assert ids(source, ContactSelection("rao", with_shared=True)) == [2, 5]


@pytest.mark.parametrize("tag", ["vip", "VIP", "Víp"])
def test_a_tag_is_meant_as_a_whole_whatever_its_case(source: ContactSource, tag: str) -> None:
    assert ids(source, ContactSelection(tag=tag)) == [2, 1]
    assert ids(source, ContactSelection(tag=tag, with_shared=True)) == [2, 5, 1]


def test_a_tag_without_letters_is_found_and_a_part_of_one_is_not(source: ContactSource) -> None:
    assert ids(source, ContactSelection(tag="***")) == [4]
    assert ids(source, ContactSelection(tag="key")) == []
    assert ids(source, ContactSelection(tag="key account")) == [1]


def test_what_can_be_chosen_is_counted(source: ContactSource) -> None:
    choices = source.export_choices()
    assert (choices.own, choices.shared) == (3, 2)
    assert [(tag.tag.casefold(), tag.own, tag.shared) for tag in choices.tags] == [
        ("***", 1, 0), ("key account", 1, 0), ("vip", 2, 1), ("vips", 0, 1),
    ]  # fmt: skip


def test_of_very_many_tags_the_ones_used_most_are_told(store: SqliteContactStore) -> None:
    store.fill(Contact(n + 1, f"C {n}", tags=(f"t{n:04}", "all")) for n in range(MOST_TAGS * 2))
    tags = store.export_choices().tags
    assert len(tags) == MOST_TAGS
    assert tags[0] == TagCount("all", MOST_TAGS * 2)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteContactStore]:
    with closing(SqliteContactStore(tmp_path_factory.mktemp("crowd") / "contacts.sqlite3")) as store:
        store.fill(replace(contact, directory=contact.id % 5 // 4) for contact in people(3_000))
        yield store


@pytest.mark.parametrize("with_shared", [False, True])
@pytest.mark.parametrize("text", TEXTS)
def test_a_search_finds_whom_the_list_finds_each_once(crowd: SqliteContactStore, text: str, with_shared: bool) -> None:
    selection = ContactSelection(text, with_shared=with_shared)
    everybody = list(crowd.each(SHARED))
    assert len(everybody) == 3_000
    assert ids(crowd, selection) == [contact.id for contact in MemoryContactSource(everybody).each(selection)]
    if with_shared and text != "zzzz":
        found = crowd.search(text, 5_000).contacts
        assert sorted(contact.id for contact in found) == sorted(ids(crowd, selection))


def test_memory_does_not_grow_with_the_list(crowd: SqliteContactStore) -> None:
    def peak(most: int) -> int:
        tracemalloc.start()
        for number, _ in enumerate(crowd.each(SHARED)):
            if number == most:
                break
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(10)
    assert peak(3_000) < peak(100) + 200_000
