"""Shared directories: what names their passwords, when they are due, what their entries become, how updates end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_record import ContactRecord, RecordNumber
from c2c_desktop.domain.directory_contact import contact_of, updated
from c2c_desktop.domain.errors import NextStep, SecretUnavailableError, StorageError, UserFacingError
from c2c_desktop.domain.record_contact import RecordContacts
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.shared_directory import (
    DIRECTORY_NAME_LENGTH,
    DirectoryChange,
    DirectoryCursor,
    DirectoryEntry,
    DirectoryError,
    DirectoryKind,
    DirectoryState,
    FileContents,
    SharedDirectory,
    directory_name,
)
from c2c_desktop.services.directory_ports import DirectorySource
from c2c_desktop.services.directory_update import update_directory
from tests.fakes import FakeClock

TEAM = SharedDirectory(1, "The team", DirectoryKind.CARDDAV, "https://dav.example/books/team/", "asha", "GB")
FILE = SharedDirectory(2, "Suppliers", DirectoryKind.FILE, "/share/suppliers.csv")
NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("address", "user", "is_shared"),
    [
        ("https://dav.example/other/", "asha", True),
        ("https://DAV.example/other/", "asha", True),
        ("http://dav.example/books/team/", "asha", False),
        ("https://dav.example:8443/books/team/", "asha", False),
        ("https://dav.example.evil.example/", "asha", False),
        ("https://dav.example/books/team/", "bob", False),
    ],
)
def test_a_password_is_named_by_its_server_and_user_so_that_it_goes_to_no_other(
    address: str, user: str, is_shared: bool
) -> None:
    other = replace(TEAM, id=9, address=address, user=user)
    assert (other.secret_name == TEAM.secret_name) is is_shared


BRITISH = RecordContacts("GB")


def test_an_entry_becomes_a_contact_of_the_directory_with_its_numbers_read_for_its_region() -> None:
    record = ContactRecord(
        "Ann Field",
        "Acme",
        (
            RecordNumber("020 7946 0001", "Büro", preferred=True),
            RecordNumber("ask Bob"),
            RecordNumber("+44 20 7946 0002", "mobile"),
        ),
        ("ann@acme.example",),
        ("vip",),
        "a note",
        "u-1",
        favourite=True,
    )
    assert contact_of(record, BRITISH, 7) == Contact(
        0,
        "Ann Field",
        "Acme",
        (
            ContactNumber("+44 20 7946 0001", "+442079460001", "work", preferred=True, as_written="020 7946 0001"),
            ContactNumber("ask Bob", "", "other"),
            ContactNumber("+44 20 7946 0002", "+442079460002", "mobile"),
        ),
        tags=("vip",),
        note="a note",
        emails=("ann@acme.example",),
        uid="u-1",
        directory=7,
    )


def test_what_a_person_chose_for_somebody_stays_when_the_directory_changes_them() -> None:
    known = Contact(5, "Ann", favourite=True, route=Route.MOBILE, caller_id="912", directory=7, import_id=3, note="old")
    assert updated(known, contact_of(ContactRecord("Ann Field"), BRITISH, 7)) == Contact(
        5, "Ann Field", favourite=True, route=Route.MOBILE, caller_id="912", directory=7
    )


def test_who_has_an_address_only_is_called_by_it_and_what_is_hostile_is_cleaned() -> None:
    assert contact_of(ContactRecord("", emails=("ann@acme.example",)), BRITISH, 7).name == "ann@acme.example"
    assert contact_of(ContactRecord("", "Acme", emails=("ann@acme.example",)), BRITISH, 7).name == ""
    assert contact_of(ContactRecord("\u202eevil\x1b[2J" + "x" * 900), BRITISH, 7).name[:9] == "evil[2Jxx"


class Store:
    """Takes changes as they come; knows nothing else."""

    def __init__(self) -> None:
        self.taken: list[DirectoryChange] = []
        self.told: list[tuple[int, str, float]] = []
        self.fails: Exception | None = None

    def cursor(self, directory_id: int) -> DirectoryCursor:
        return DirectoryCursor(f"token of {directory_id}")

    def apply(
        self, directory_id: int, changes: Iterator[DirectoryChange], cursor: Callable[[], DirectoryCursor]
    ) -> DirectoryState:
        self.taken = list(changes)
        if self.fails is not None:
            raise self.fails
        return DirectoryState(replace(TEAM, id=directory_id, name=cursor().token), changed=len(self.taken))

    def failed(self, directory_id: int, problem: str, not_before: float = 0.0) -> DirectoryState:
        self.told.append((directory_id, problem, not_before))
        return DirectoryState(TEAM, problem=problem, not_before=not_before)


class Source:
    def __init__(self, error: Exception | None = None) -> None:
        self._error = error

    def changes(self, cursor: DirectoryCursor) -> Iterator[DirectoryChange]:
        yield DirectoryEntry(cursor.token, ContactRecord("Ann"))
        if self._error is not None:
            raise self._error

    def cursor(self) -> DirectoryCursor:
        return DirectoryCursor("next")


def update(store: Store, open_source: Callable[[], DirectorySource]) -> DirectoryState:
    return update_directory(store, TEAM, open_source, FakeClock(NOW))  # type: ignore[arg-type]


@pytest.mark.parametrize(("asked", "until"), [(0.0, 0.0), (120.0, NOW + 120)])
def test_a_source_that_fails_on_the_way_is_remembered_with_its_words_and_its_wish(asked: float, until: float) -> None:
    store = Store()
    error = DirectoryError("It is busy.", NextStep.RETRY, asked)
    assert update(store, lambda: Source(error)).problem == "It is busy."
    assert store.told == [(1, "It is busy.", until)]
    assert str(error) == "The directory could not be updated: It is busy."


def test_a_source_that_cannot_be_opened_is_remembered_with_both_its_words() -> None:
    def locked() -> DirectorySource:
        raise SecretUnavailableError("Your keyring is locked", "Unlock it.")

    store = Store()
    assert update(store, locked).problem == "Your keyring is locked. Unlock it."
    assert store.told == [(1, "Your keyring is locked. Unlock it.", 0.0)]


def test_a_disk_that_fails_is_no_failure_of_the_directory() -> None:
    store = Store()
    store.fails = StorageError("Your data could not be stored", "The disk is full.")
    with pytest.raises(StorageError):
        update(store, Source)
    assert store.told == []


def test_a_source_gets_where_it_was_and_tells_where_it_came_to() -> None:
    store = Store()
    state = update(store, Source)
    assert store.taken == [DirectoryEntry("token of 1", ContactRecord("Ann"))]
    assert (state.directory.name, state.changed, store.told) == ("next", 1, [])


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        (FileContents(0), "0 contacts."),
        (FileContents(1, ("Asha Rao",)), "1 contact, first: Asha Rao."),
        (FileContents(212, ("Asha Rao", "Acme")), "212 contacts, first: Asha Rao, Acme."),
        (FileContents(2000, ("Asha Rao",), is_all=False), "More than 2,000 contacts, first: Asha Rao."),
        (FileContents(3), "3 contacts."),
    ],
)
def test_what_is_in_a_file_is_one_sentence(contents: FileContents, words: str) -> None:
    assert contents.words == words


@pytest.mark.parametrize("name", ["", " \u202e\n"])
def test_a_directory_has_a_name(name: str) -> None:
    with pytest.raises(UserFacingError, match="The name is missing"):
        directory_name(name, ())


def test_no_two_directories_have_one_name_however_long_it_was_typed() -> None:
    long = "x" * 300
    assert directory_name(f" A\nB\u202e{long}", ("Team",)) == f"A B{long}"[: DIRECTORY_NAME_LENGTH - 1] + "…"
    with pytest.raises(UserFacingError, match="There is a directory “TEAM” already"):
        directory_name(" TEAM ", ("Other", "téam"))
    with pytest.raises(UserFacingError, match="already"):
        directory_name(long, (directory_name(long + "y", ()),))
