"""Shared directories on disk: changes are taken whole or not at all, and touch nobody else's contacts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.adapters.contact_writing import FEWEST_SORTED_ANEW
from c2c_desktop.adapters.directory_store import SqliteDirectoryStore
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_record import ContactRecord, RecordNumber, SkippedRecord
from c2c_desktop.domain.errors import StorageError, UserFacingError
from c2c_desktop.domain.shared_directory import (
    DIRECTORY_NAME_LENGTH,
    DirectoryChange,
    DirectoryCursor,
    DirectoryEntry,
    DirectoryError,
    DirectoryKind,
    DirectoryRemoval,
    DirectoryState,
    SharedDirectory,
)
from tests.contract.test_contact_oracle import differences
from tests.fakes import FakeClock

TEAM = SharedDirectory(0, "The team", DirectoryKind.CARDDAV, "https://dav.example/team/", "asha", "GB")
FILE = SharedDirectory(0, "Suppliers", DirectoryKind.FILE, "/share/suppliers.csv")


def entry(key: str, name: str, number: str = "") -> DirectoryEntry:
    return DirectoryEntry(key, ContactRecord(name, numbers=(RecordNumber(number),) if number else ()))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "contacts.sqlite3"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def contacts(path: Path) -> Iterator[SqliteContactStore]:
    with closing(SqliteContactStore(path)) as contacts:
        yield contacts


@pytest.fixture
def store(path: Path, clock: FakeClock) -> Iterator[SqliteDirectoryStore]:
    with closing(SqliteDirectoryStore(path, clock)) as store:
        yield store


def take(
    store: SqliteDirectoryStore, directory: SharedDirectory, *changes: DirectoryChange, token: str = "", **tags: str
) -> DirectoryState:
    return store.apply(directory.id, changes, lambda: DirectoryCursor(token, tuple(tags.items())))


def names(contacts: SqliteContactStore, directory: SharedDirectory | None = None) -> list[str]:
    found = contacts.search("", 5000).contacts
    return [c.name for c in found if directory is None or c.directory == directory.id]


def test_where_changes_break_off_nothing_is_taken(store: SqliteDirectoryStore, contacts: SqliteContactStore) -> None:
    team = store.add(TEAM)
    before = take(store, team, entry("a", "Ann"), token="1", a="x")

    def broken() -> Iterator[DirectoryChange]:
        yield entry("b", "Bob")
        yield DirectoryRemoval("a")
        raise DirectoryError("It went away.")

    with pytest.raises(DirectoryError, match="It went away"):
        store.apply(team.id, broken(), lambda: DirectoryCursor("2"))
    assert (store.states(), names(contacts)) == ([before], ["Ann"])
    assert store.cursor(team.id) == DirectoryCursor("1", (("a", "x"),))

    def wrong() -> DirectoryCursor:
        raise ValueError("no cursor")

    with pytest.raises(ValueError, match="no cursor"):
        store.apply(team.id, [entry("b", "Bob")], wrong)
    assert (store.states(), names(contacts)) == ([before], ["Ann"])


def test_a_directory_that_was_removed_meanwhile_takes_nothing(
    store: SqliteDirectoryStore, contacts: SqliteContactStore
) -> None:
    team = store.add(TEAM)
    store.remove(team.id)
    store.remove(team.id)
    with pytest.raises(DirectoryError, match="removed meanwhile"):
        take(store, team, entry("a", "Ann"))
    with pytest.raises(DirectoryError, match="removed meanwhile"):
        store.failed(team.id, "It is away.")
    assert (names(contacts), store.states(), store.cursor(team.id)) == ([], [], DirectoryCursor())
    assert store.add(TEAM).id != team.id


def test_a_directory_that_is_removed_while_its_changes_are_read_takes_nothing(
    store: SqliteDirectoryStore, contacts: SqliteContactStore
) -> None:
    team = store.add(TEAM)

    def changes() -> Iterator[DirectoryChange]:
        yield entry("a", "Ann")
        store.remove(team.id)

    with pytest.raises(DirectoryError, match="removed meanwhile"):
        store.apply(team.id, changes(), DirectoryCursor)
    assert names(contacts) == []


@pytest.mark.parametrize("name", ["The team", " the TEAM ", "thé\nteam"])
def test_two_directories_have_two_names(store: SqliteDirectoryStore, name: str) -> None:
    store.add(TEAM)
    other = store.add(FILE)
    with pytest.raises(UserFacingError, match="already"):
        store.add(SharedDirectory(0, name, DirectoryKind.FILE, "/x"))
    with pytest.raises(UserFacingError, match="already"):
        store.rename(other.id, name)
    store.rename(other.id, "supplierS")
    assert [state.directory.name for state in store.states()] == ["The team", "supplierS"]


def test_a_name_that_is_none_is_refused_and_one_that_is_odd_made_safe(store: SqliteDirectoryStore) -> None:
    with pytest.raises(UserFacingError, match="The name is missing"):
        store.add(SharedDirectory(0, " \u202e\n", DirectoryKind.FILE, "/x"))
    assert store.add(SharedDirectory(0, "A\nB\u202e", DirectoryKind.FILE, "/x")).name == "A B"
    assert len(store.add(SharedDirectory(0, "long " * 40, DirectoryKind.FILE, "/y")).name) <= DIRECTORY_NAME_LENGTH


def test_a_contact_that_took_the_id_of_a_deleted_one_is_not_touched(
    store: SqliteDirectoryStore, contacts: SqliteContactStore
) -> None:
    team = store.add(TEAM)
    take(store, team, entry("a", "Ann"), a="1")
    contacts.delete(1)
    contacts.save(Contact(1, "Meera"))
    assert (take(store, team, DirectoryRemoval("a")).changed, names(contacts)) == (0, ["Meera"])
    take(store, team, entry("a", "Ann"))
    contacts.delete(2)
    contacts.save(Contact(0, "Zoya"))
    assert (take(store, team, entry("a", "Ann Field")).changed, names(contacts)) == (1, ["Ann Field", "Meera", "Zoya"])
    store.remove(team.id)
    assert names(contacts) == ["Meera", "Zoya"]


def test_a_failure_is_counted_and_told_until_an_update_succeeds(store: SqliteDirectoryStore, clock: FakeClock) -> None:
    team = store.add(TEAM)
    assert store.states() == [DirectoryState(team)]
    store.failed(team.id, "It is away.")
    clock.pass_by(60)
    again = store.failed(team.id, "It is busy.", clock.now() + 90)
    assert again == DirectoryState(
        team, tried_at=clock.now(), problem="It is busy.", failures=2, not_before=clock.now() + 90
    )
    clock.pass_by(60)
    state = take(store, team, entry("a", "Ann"), SkippedRecord(1, "Why.", "x"))
    assert state == DirectoryState(team, 1, 1, 1, clock.now(), clock.now())
    assert store.states() == [state]


def test_what_an_update_changes_is_found_and_what_it_removes_is_not(
    store: SqliteDirectoryStore, contacts: SqliteContactStore
) -> None:
    own = contacts.save(Contact(0, "Ann Field", uid="u1"))
    team, file = store.add(TEAM), store.add(FILE)
    take(store, team, entry("a", "Ann Field", "020 7946 0001"), entry("b", "Bob Gray"), token="1", a="1", b="1")
    take(store, file, entry("a", "Acme", "+91 98402 22222"))
    state = take(store, team, entry("b", "Rob Gray", "+44 20 7946 0002"), DirectoryRemoval("a"), token="2", b="2")
    assert (state.changed, state.contacts) == (2, 1)
    assert [c.name for c in contacts.search("79460002", 5).contacts] == ["Rob Gray"]
    assert (contacts.search("bob", 5).contacts, contacts.search("79460001", 5).contacts) == ([], [])
    assert contacts.search("ann", 5).contacts == [own]
    assert names(contacts, file) == ["Acme"]
    assert store.cursor(team.id) == DirectoryCursor("2", (("b", "2"),))
    store.remove(team.id)
    assert names(contacts) == ["Acme", "Ann Field"]
    assert [s.directory for s in store.states()] == [file]


def test_the_last_word_about_an_entry_counts(store: SqliteDirectoryStore, contacts: SqliteContactStore) -> None:
    team = store.add(TEAM)
    gone = DirectoryRemoval("b")
    take(store, team, entry("a", "Ann"), entry("a", "Anna"), entry("b", "Bob"), gone, gone, entry("c", "Cy"))
    assert names(contacts) == ["Anna", "Cy"]
    take(store, team, DirectoryRemoval("c"), entry("c", "Cyd"))
    assert names(contacts) == ["Anna", "Cyd"]


def test_the_same_again_writes_no_contact_and_no_entry(store: SqliteDirectoryStore) -> None:
    team = store.add(TEAM)
    changes = [entry(f"k{n}", f"Person {n}", f"+44 20 7946 00{n:02}") for n in range(20)]
    tags = {f"k{n}": "1" for n in range(20)}
    take(store, team, *changes, token="1", **tags)
    with store._database.transaction() as connection:
        for table in ("contact", "phone", "email", "directory_entry"):
            for event in ("INSERT", "UPDATE", "DELETE"):
                connection.execute(
                    f"CREATE TRIGGER no_{event}_{table} BEFORE {event} ON {table}"
                    " BEGIN SELECT RAISE(ABORT, 'written'); END"
                )
    state = take(store, team, *changes, token="2", **tags)
    assert (state.changed, state.contacts, store.cursor(team.id).token) == (0, 20, "2")
    with pytest.raises(StorageError):
        take(store, team, entry("k1", "Another"))


def test_favourites_and_how_they_are_called_stay_a_persons_own(
    store: SqliteDirectoryStore, contacts: SqliteContactStore
) -> None:
    team = store.add(TEAM)
    take(store, team, entry("a", "Ann"))
    (ann,) = contacts.search("ann", 5).contacts
    contacts.save(Contact(ann.id, "Ann", favourite=True, caller_id="912", directory=team.id))
    take(store, team, entry("a", "Ann Field"))
    (ann,) = contacts.search("ann", 5).contacts
    assert (ann.name, ann.favourite, ann.caller_id, ann.directory) == ("Ann Field", True, "912", team.id)


def test_many_changes_in_any_order_leave_what_the_directories_say_and_the_index_right(
    store: SqliteDirectoryStore, contacts: SqliteContactStore
) -> None:
    dice = random.Random(5)
    own = contacts.save_all([Contact(0, f"Own {n} Rao") for n in range(30)])
    directories = [store.add(TEAM), store.add(FILE)]
    truth: dict[int, dict[str, str]] = {directory.id: {} for directory in directories}
    for size in (FEWEST_SORTED_ANEW + 100, 20, 3, FEWEST_SORTED_ANEW + 200, 40, 0, 700):
        directory = dice.choice(directories)
        known = truth[directory.id]
        changes: list[DirectoryChange] = []
        for _ in range(size):
            key = f"k{dice.randrange(900)}"
            if dice.random() < 0.3:
                known.pop(key, None)
                changes.append(DirectoryRemoval(key))
            else:
                known[key] = f"{dice.choice(['Raj', 'Asha', 'Ann', 'Bob'])} {dice.randrange(50)}"
                changes.append(entry(key, known[key], f"+44 20 7946 0{dice.randrange(1000):03}"))
        state = take(store, directory, *changes)
        assert state.contacts == len(known)
        assert names(contacts, directory) == sorted(known.values(), key=str.casefold)
    everybody = sorted(contacts.search("", 5000).contacts, key=lambda contact: contact.id)
    assert [contact for contact in everybody if not contact.directory] == own
    assert differences(contacts, everybody, ["", "raj", "as", "7946", "2", "ann 1", "rao", "bob 49"]) == []
    store.remove(directories[0].id)
    left = [contact for contact in everybody if contact.directory != directories[0].id]
    assert differences(contacts, left, ["", "raj", "as", "7946", "rao"]) == []
