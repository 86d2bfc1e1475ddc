"""Taking an import back when people merged contacts by hand: nobody they merged is lost with it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_merge import MergeUndo
from tests.contract.import_rig import Book
from tests.contract.test_import_merged import ASH, ASHA, remembered, undone
from tests.fakes import INDIAN


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


def absorbed(book: Book, first: int, other: int) -> MergeUndo:
    """Merge two contacts, by their ids, of which the first knows all that the other does, and stays as it is."""
    with closing(SqliteContactStore(book.path)) as store:
        members = store.read_own([first, other])
        done = store.merge(members[0], members)
    assert done.contact == members[0]
    return done


@pytest.mark.parametrize("many", [0, 3000])
def test_whoever_was_merged_into_one_the_import_changed_is_not_lost_with_it(book: Book, many: int) -> None:
    one, both = ASHA.replace("asha@example.org", ""), ASHA.replace(",asha", ";+44 20 7946 0018,asha")
    other = "Asha Rao,,+44 20 7946 0018,,,,u-2"
    book.take(book.file([one, other]))
    book.take(book.file([both, *(f"Person {n},,,p{n}@example.org,,," for n in range(many))], "second.csv"))
    before = book.everybody()
    undo = absorbed(book, 1, 2)
    assert book.undo() == (many, 1)
    assert book.everybody() == before[:1]
    assert [n.e164 for n in before[0].numbers] == ["+919840222222", "+442079460018"]
    book.check()
    assert book.take(book.file([other])).added == 0
    assert undone(book, undo) == []
    assert book.everybody() == before[:2]


def test_one_made_by_hand_and_merged_into_one_the_import_changed_is_not_lost_with_it(book: Book) -> None:
    mine = Contact(0, "Asha Rao", "Acme", (ContactNumber("+91 98402 22222", INDIAN),))
    book.save(mine)
    book.take(book.file([ASHA]))
    book.save(replace(mine, emails=("asha@example.org",)))
    absorbed(book, 1, 2)
    everybody = book.everybody()
    assert book.undo() == (0, 1)
    assert book.everybody() == everybody
    assert everybody[0].emails == ("asha@example.org",)
    book.check()


@pytest.mark.parametrize("between", [False, True])
def test_one_made_by_hand_and_merged_into_one_the_import_brought_is_not_lost_with_it(book: Book, between: bool) -> None:
    """Also where it went into another of the import's first."""
    book.take(book.file([ASHA, ASHA.replace("u-1", "u-4").replace("asha@", "a.rao@").replace("22222", "55555")]))
    book.save(Contact(0, "Asha Rao", "Acme", tags=("vip",)))
    if between:
        absorbed(book, 2, 3)
        absorbed(book, 1, 2)
    else:
        absorbed(book, 1, 3)
    assert book.undo() == ((0, 1) if between else (1, 1))
    assert [contact.id for contact in book.everybody()] == [1]
    book.check()


def test_one_the_file_knows_too_is_made_by_hand_still(book: Book) -> None:
    book.take(book.file([ASHA]))
    book.save(Contact(0, "Asha Rao", emails=("a.rao@example.org",), uid="u-9"))
    book.take(book.file(["Asha Rao,,,a.rao@example.org,,,u-9"]))  # now it is known what files say; nothing else changes
    absorbed(book, 1, 2)
    assert book.undo() == (0, 1)
    assert [contact.id for contact in book.everybody()] == [1]
    book.check()


@pytest.mark.parametrize("made_by_hand", [True, False])
def test_who_was_merged_before_the_import_does_not_keep_it_from_being_taken_back(
    book: Book, made_by_hand: bool
) -> None:
    book.take(book.file([ASHA]))
    if made_by_hand:
        book.save(Contact(0, "Asha Rao", emails=("asha@example.org",)))
    else:
        book.take(book.file(["Asha Rao,,,a.rao@example.org,,,u-2"]))
        book.save(replace(book.everybody()[1], emails=()))
    undo = absorbed(book, 1, 2)
    before, kept = book.everybody(), remembered(book)
    book.take(book.file([ASHA.replace("Acme", "Zed")]))
    assert book.undo() == (1, 0)
    assert book.everybody() == before
    assert remembered(book) == kept
    book.check()
    assert undone(book, undo) == []
    assert len(book.everybody()) == 2


def test_whom_the_import_changed_and_somebody_merged_since_is_not_lost(book: Book) -> None:
    book.take(book.file([ASHA, ASH]))
    book.take(book.file([ASHA.replace("+91", "+44 20 7946 0018;+91"), ASH.replace("Ash Devi,Zed", "Ash Devi,Acme")]))
    both = book.everybody()
    absorbed(book, 1, 2)
    assert book.undo() == (0, 1)
    assert book.everybody() == both[:1]
    book.check()
