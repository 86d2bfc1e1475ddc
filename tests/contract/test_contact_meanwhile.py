"""What was shown is not any more what is stored: nothing is lost, doubled, or done to somebody else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from c2c_desktop.adapters.contact_import import ContactImport
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.adapters.database import BUSY_SECONDS
from c2c_desktop.domain.column_mapping import RememberedMappings
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_import import ImportWish
from c2c_desktop.domain.contact_merge import merge
from c2c_desktop.domain.errors import BusyStorageError, ChangedMeanwhileError, NoLongerWantedError
from c2c_desktop.domain.route import Route
from c2c_desktop.services.ports import ContactStore
from tests.fakes import INDIAN, MemoryContactStore

MOBILE = ContactNumber("+91 98402 22222", INDIAN)
OFFICE = ContactNumber("+44 20 7946 0018", "+442079460018", "work")
ASHA = Contact(0, "Asha Rao", numbers=(MOBILE,))
WHOLE = replace(ASHA, emails=("asha@example.com",), tags=("vip",), favourite=True, route=Route.MOBILE, caller_id="")


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ContactStore]:
    if request.param == "memory":
        yield MemoryContactStore()
        return
    store = SqliteContactStore(tmp_path / "contacts.sqlite3")
    yield store
    store.close()


def test_what_is_not_wanted_any_more_is_not_stored(store: ContactStore) -> None:
    kept = store.save(ASHA)
    for contact in (replace(kept, name="Asha Iyer"), replace(ASHA, name="Zoe")):
        with pytest.raises(NoLongerWantedError):
            store.save(contact, None, lambda: False)
    assert store.search("", 10).contacts == [kept]


def test_somebody_who_writes_is_waited_for_a_moment_and_then_asked_whether_it_is_wanted(
    book: SqliteContactStore, tmp_path: Path
) -> None:
    kept = book.save(ASHA)
    asked: list[str] = []

    def is_wanted() -> bool:
        asked.append("wanted?")
        return True

    with closing(sqlite3.connect(tmp_path / "contacts.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyStorageError, match="Another program holds the file"):
            book.save(replace(kept, name="Asha Iyer"), kept, is_wanted)
        assert (asked, book.find_number(INDIAN)) == ([], kept)
        (timeout,) = book._database.read("PRAGMA busy_timeout")[0]
        assert timeout == BUSY_SECONDS * 1000  # everything else has its own patience
    book.save(replace(kept, name="Asha Iyer"), kept, is_wanted)
    assert len(asked) == 1


@pytest.fixture
def book(tmp_path: Path) -> Iterator[SqliteContactStore]:
    store = SqliteContactStore(tmp_path / "contacts.sqlite3")
    yield store
    store.close()


def everybody(store: ContactStore) -> list[Contact]:
    return sorted(store.search("", 100).contacts, key=lambda contact: contact.id)


def take(tmp_path: Path, *cards: str) -> None:
    file = tmp_path / "phone.vcf"
    file.write_text("".join(f"BEGIN:VCARD\nVERSION:3.0\n{card}\nEND:VCARD\n" for card in cards), encoding="utf-8")
    ContactImport(tmp_path / "contacts.sqlite3").run(ImportWish(str(file), "IN"), RememberedMappings())


def test_an_edit_of_what_was_changed_meanwhile_is_refused_and_changes_nothing(store: ContactStore) -> None:
    shown = store.save(ASHA)
    now = store.save(replace(shown, numbers=(MOBILE, OFFICE)))
    with pytest.raises(ChangedMeanwhileError, match="was changed or deleted meanwhile"):
        store.save(replace(shown, note="calls back"), shown)
    assert everybody(store) == [now]
    stored = store.save(replace(now, note="calls back"), now)
    assert everybody(store) == [stored] == [replace(now, note="calls back")]


def test_an_edit_of_one_that_is_gone_does_not_bring_them_back(store: ContactStore) -> None:
    shown = store.save(ASHA)
    store.delete(shown.id)
    with pytest.raises(ChangedMeanwhileError):
        store.save(replace(shown, note="calls back"), shown)
    assert everybody(store) == []


def test_a_deletion_hands_back_what_it_took_away_not_what_was_shown(store: ContactStore) -> None:
    shown = store.save(WHOLE)
    now = store.save(replace(shown, numbers=(MOBILE, OFFICE), note="calls back"))
    assert store.delete(shown.id) == now != shown
    assert (store.delete(shown.id), everybody(store)) == (None, [])


def test_a_star_changes_nothing_else_and_brings_nobody_back(store: ContactStore) -> None:
    shown = store.save(ASHA)
    now = store.save(replace(shown, numbers=(MOBILE, OFFICE)))
    store.set_favourite(shown.id, favourite=True)
    assert everybody(store) == [replace(now, favourite=True)]
    store.set_favourite(shown.id, favourite=False)
    assert everybody(store) == [now]
    store.delete(shown.id)
    store.set_favourite(shown.id, favourite=True)
    assert everybody(store) == []


def test_an_id_is_given_once(book: SqliteContactStore, tmp_path: Path) -> None:
    shown = book.save(ASHA)
    book.delete(shown.id)
    take(tmp_path, "FN:Ben Carter\nTEL:+44 20 7946 0018")
    book.delete(shown.id)  # of a row that still stood there
    assert [contact.name for contact in everybody(book)] == ["Ben Carter"]


def test_of_three_merged_contacts_all_come_back_though_somebody_came_meanwhile(book: SqliteContactStore) -> None:
    members = book.save_all([ASHA, replace(ASHA, company="Acme"), replace(ASHA, numbers=(MOBILE, OFFICE))])
    done = book.merge(merge(members).contact, members)
    newcomer = book.save(Contact(0, "Ben Carter"))
    assert book.undo_merges([done]) == []
    assert everybody(book) == [*members, newcomer]


def test_what_a_person_wrote_survives_a_merge_and_the_undo_of_the_import(
    book: SqliteContactStore, tmp_path: Path
) -> None:
    take(tmp_path, f"UID:1\nFN:Asha Rao\nTEL:{INDIAN}", f"UID:2\nFN:A. Rao\nTEL:{INDIAN}")
    first, second = everybody(book)
    second = book.save(replace(second, note="written by hand"))
    book.merge(merge([first, second]).contact, [first, second])
    ContactImport(tmp_path / "contacts.sqlite3").undo()
    assert [contact.note for contact in everybody(book)] == ["written by hand"]
