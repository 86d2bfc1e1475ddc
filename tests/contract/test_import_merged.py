"""Importing again what was merged: it comes back as nobody else, and stays right when the merge is taken back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_merge import Field, MergeUndo, merge
from tests.contract.import_rig import Book
from tests.contract.test_contact_import import counts

ASHA = "Asha Rao,Acme,+91 98402 22222,asha@example.org,vip,,u-1"
ASH = "Ash Devi,Zed,020 7946 0018,ash@example.net,lead,,u-2"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


def merged(book: Book, *names: str, chosen: str = "") -> MergeUndo:
    """Merge contacts by their names, as a person decides it."""
    members = [book.named(name) for name in names]
    ready = merge(members, {Field.NAME: chosen or names[0], Field.COMPANY: members[0].company})
    with closing(SqliteContactStore(book.path)) as store:
        return store.merge(ready.contact, ready.members)


def undone(book: Book, *merges: MergeUndo) -> list[MergeUndo]:
    with closing(SqliteContactStore(book.path)) as store:
        return store.undo_merges(list(merges))


def remembered(book: Book) -> list[int]:
    """Return how many rows are kept of what files said."""
    with closing(sqlite3.connect(book.path)) as connection:
        return [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("merged", "before_edit", "before_import", "before_said")
        ]


@pytest.mark.parametrize("chosen", ["Asha Rao", "Ash Devi"])
@pytest.mark.parametrize("with_uid", [True, False])
def test_the_files_of_merged_contacts_again_add_nobody_and_change_nothing(
    book: Book, chosen: str, with_uid: bool
) -> None:
    rows = [ASHA, ASH] if with_uid else [ASHA.removesuffix("u-1"), ASH.removesuffix("u-2")]
    first, second = book.file(rows[:1], "first.csv"), book.file(rows[1:], "second.csv")
    book.take(first)
    book.take(second)
    both = book.file(rows[::-1], "both.csv")
    merged(book, "Asha Rao", "Ash Devi", chosen=chosen)
    everybody = book.everybody()
    for path in (second, first, both, first, second):
        report = book.take(path)
        assert report.added == report.updated == report.merged == 0
        assert book.everybody() == everybody
        book.check()


def test_a_card_without_its_uid_and_with_another_address_is_known_by_what_it_was_called(book: Book) -> None:
    book.take(book.file([ASHA, ASH]))
    merged(book, "Asha Rao", "Ash Devi")
    report = book.take(book.file(["Ash Devi,Zed,020 7946 0018,new@example.net,,,"]))
    assert (report.added, report.merged) == (0, 1)
    (after,) = book.everybody()
    assert (after.name, after.emails) == ("Asha Rao", ("asha@example.org", "ash@example.net", "new@example.net"))


def test_each_card_changes_what_came_from_it_and_nothing_else(book: Book) -> None:
    book.take(book.file([ASHA, ASH]))
    merged(book, "Asha Rao", "Ash Devi")
    changed = book.file(["Ash Kumar,Yew,+44 20 7946 0123,ash@example.net,new,,u-2"], "changed.csv")
    assert counts(book.take(changed)) == (0, 0, 1, 0, 0)
    (after,) = book.everybody()
    assert (after.name, after.company, after.uid) == ("Asha Rao", "Acme", "u-1")
    assert [number.e164 for number in after.numbers] == ["+919840222222", "+442079460123"]
    assert after.tags == ("vip", "lead", "new")
    assert book.take(changed).merged == 0
    report = book.take(book.file(["Asha R. Rao,Acme,+91 98402 33333,asha@example.org,vip,,u-1"]))
    assert report.merged == 1
    (after,) = book.everybody()
    assert after.name == "Asha R. Rao"
    assert [number.e164 for number in after.numbers] == ["+442079460123", "+919840233333"]
    book.check()


@pytest.mark.parametrize("right", [False, True])
def test_the_card_of_one_who_knew_all_of_the_other_already_is_its_own_still(book: Book, right: bool) -> None:
    first = "Asha Rao,Old,+91 98402 22222,,,,u-1"
    both = first.replace("22222", "22222;+44 20 7946 0018")
    other = "Asha Rao,,+44 20 7946 0018,,,,u-2"
    book.take(book.file([first, other]))
    book.take(book.file([both]))
    with closing(SqliteContactStore(book.path)) as store:
        members = store.read_own([1, 2])
        assert store.merge(members[0], members).contact == members[0]
    changed = book.file([both.replace("Old", "New"), other], "changed.csv")
    assert counts(book.take(changed, is_file_right=right)) == (0, 0, 2, 0, 0)
    assert book.everybody() == [replace(members[0], company="New")]
    assert counts(book.take(changed, is_file_right=right)) == (0, 0, 0, 2, 0)
    assert book.undo() == (1, 0)
    assert book.everybody() == members[:1]
    book.check()


def test_what_a_person_takes_out_of_the_merged_contact_stays_out(book: Book) -> None:
    path = book.file([ASHA, ASH])
    book.take(path)
    merged(book, "Asha Rao", "Ash Devi")
    (now,) = book.everybody()
    (now,) = book.save(replace(now, numbers=now.numbers[:1], emails=now.emails[:1]))
    assert book.take(path).added == 0
    assert book.everybody() == [now]


def test_a_merge_taken_back_leaves_two_that_their_files_know(book: Book) -> None:
    path = book.file([ASHA, ASH])
    book.take(path)
    edited = book.save(replace(book.named("Ash Devi"), note="Mine"))[0]
    before = book.everybody()
    undo = merged(book, "Asha Rao", "Ash Devi")
    book.take(path)
    assert undone(book, undo) == []
    assert book.everybody() == before
    assert book.take(path).added == 0
    assert book.everybody() == before
    book.take(book.file([ASHA, ASH.replace("Zed,", "Yew,")]))
    assert [c.company for c in book.everybody()] == ["Acme", "Yew"]
    assert book.named("Ash Devi").note == edited.note
    assert remembered(book)[0] == 0
    book.check()


def test_merges_of_merged_contacts_are_taken_back_one_by_one(book: Book) -> None:
    third = "Chandra,,+91 98402 44444,,,,u-3"
    path = book.file([ASHA, ASH, third])
    book.take(path)
    before = book.everybody()
    first = merged(book, "Ash Devi", "Chandra")
    between = book.everybody()
    second = merged(book, "Asha Rao", "Ash Devi")
    assert book.take(path).added == 0
    assert len(book.everybody()) == 1
    book.check()
    assert undone(book, second) == []
    assert book.everybody() == between
    assert book.take(path).added == 0
    assert book.everybody() == between
    assert undone(book, first) == []
    assert book.take(path).added == 0
    assert book.everybody() == before


def test_one_that_comes_back_under_another_id_still_stands_for_whom_it_stood_for(book: Book) -> None:
    path = book.file([ASHA, ASH, "Chandra,,+91 98402 44444,,,,u-3"])
    book.take(path)
    merged(book, "Ash Devi", "Chandra")
    undo = merged(book, "Asha Rao", "Ash Devi")
    gone = undo.members[1].id
    book.save(Contact(gone, "Somebody else"))
    assert undone(book, undo) == []
    back = book.named("Ash Devi")
    assert back.id not in {gone, 3}
    assert book.take(path).added == 0
    assert {c.name for c in book.everybody()} == {"Asha Rao", "Ash Devi", "Somebody else"}
    book.check()


def test_one_made_by_hand_stands_for_the_card_that_was_merged_into_it(book: Book) -> None:
    book.save(Contact(0, "My Asha"), Contact(0, "By hand"))
    path = book.file([ASHA])
    book.take(path)
    merged(book, "My Asha", "Asha Rao")
    merged(book, "My Asha", "By hand")
    everybody = book.everybody()
    assert book.take(path).added == 0
    assert book.everybody() == everybody


def test_nothing_is_remembered_of_a_deleted_one_and_its_cards_are_new_again(book: Book) -> None:
    path = book.file([ASHA, ASH, "Chandra,,+91 98402 44444,,,,u-3"])
    book.take(path)
    merged(book, "Ash Devi", "Chandra")
    merged(book, "Asha Rao", "Ash Devi")
    book.delete(book.everybody()[0])
    assert remembered(book)[:2] == [0, 0]
    assert book.take(path).added == 3


@pytest.mark.parametrize("many", [0, 3000])
def test_an_import_taken_back_is_forgotten_for_every_card_and_can_come_again(book: Book, many: int) -> None:
    book.take(book.file([ASHA, ASH]))
    merged(book, "Asha Rao", "Ash Devi")
    before = book.everybody()
    others = [f"Person {n},,,p{n}@example.org,,," for n in range(many)]
    changed = book.file([ASH.replace("020 7946 0018", "+44 20 7946 0123"), *others], "changed.csv")
    book.take(changed)
    after = book.everybody()
    assert [number.e164 for number in after[0].numbers] == ["+919840222222", "+442079460123"]
    assert book.undo() == (many + 1, 0)
    assert book.everybody() == before
    book.check()
    report = book.take(changed)
    assert (report.added, report.merged) == (many, 1)
    assert book.everybody()[0] == after[0]


def test_merged_contacts_of_an_import_stay_when_it_is_taken_back(book: Book) -> None:
    path = book.file([ASHA, ASH, "Chandra,,,,,,u-3"])
    book.take(path)
    merged(book, "Asha Rao", "Ash Devi")
    assert book.undo() == (1, 1)
    book.check()
    assert book.take(path).added == 1


def test_twins_that_were_merged_go_with_their_import_and_leave_nothing(book: Book) -> None:
    path = book.file([ASHA, ASHA.replace("u-1", "u-4").replace("asha@", "a.rao@").replace("22222", "55555")])
    book.take(path)
    assert len(book.everybody()) == 2
    first, second = book.everybody()
    with closing(SqliteContactStore(book.path)) as store:
        store.merge(first, [first, second])
    assert book.undo() == (1, 0)
    assert book.everybody() == []
    assert remembered(book) == [0, 0, 0, 0]


def test_a_directory_has_its_own_and_knows_nothing_of_merges(book: Book) -> None:
    book.take(book.file([ASHA, ASH]))
    merged(book, "Asha Rao", "Ash Devi")
    book.save(Contact(0, "Ash Devi", emails=("ash@example.net",), uid="u-2", directory=3))
    everybody = book.everybody()
    assert book.take(book.file([ASH])).added == 0
    assert book.everybody() == everybody
