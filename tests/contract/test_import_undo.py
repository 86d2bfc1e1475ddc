"""Taking the last import back: nothing of it stays but what a person made their own since."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.route import Route
from tests.contract.import_rig import Book

ASHA = "Asha Rao,Acme,+91 98402 22222,asha@example.org,vip,,u-1"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


def test_where_nothing_was_imported_there_is_nothing_to_undo(book: Book) -> None:
    with pytest.raises(UserFacingError, match="nothing to undo"):
        book.undo()
    book.take(book.file([ASHA]))
    assert book.undo() == (1, 0)
    with pytest.raises(UserFacingError, match="nothing to undo"):
        book.undo()


@pytest.mark.parametrize("many", [3, 3000])
def test_everybody_is_as_before(book: Book, many: int) -> None:
    book.save(Contact(0, "By hand", emails=("p1@example.org",)), Contact(0, "Another"))
    book.take(book.file([ASHA]))
    asha = book.named("Asha Rao")
    book.save(replace(asha, note="Mine"))
    before = book.everybody()
    rows = [ASHA.replace("Acme", "Zed"), *(f"Person {n},Co,,p{n}@example.org,,," for n in range(many))]
    report = book.take(book.file(rows))
    assert (report.added, report.merged) == (many - 1, 2)
    assert book.undo() == (many + 1, 0)
    assert book.everybody() == before
    book.check()
    report = book.take(book.file(rows))
    assert (report.added, report.merged) == (many - 1, 2)
    assert book.named("Asha Rao").note == "Mine"


def test_whom_a_person_changed_since_stays_and_is_counted(book: Book) -> None:
    book.take(book.file([ASHA, "Ben Hill,,,,,,"]))
    book.take(book.file([ASHA.replace("Acme", "Zed"), "Ben Hill,New,,,,,", *(f"Person {n},,,,,," for n in range(4))]))
    everybody = {c.name: c for c in book.everybody()}
    book.save(replace(everybody["Asha Rao"], name="Mine"))
    book.save(replace(everybody["Person 0"], route=Route.MOBILE))
    same = book.save(replace(everybody["Person 1"], note="x"))[0]
    book.save(replace(same, note=""))
    book.delete(everybody["Person 2"])
    assert book.undo() == (3, 2)
    left = {(c.name, c.company) for c in book.everybody()}
    assert left == {("Mine", "Zed"), ("Ben Hill", ""), ("Person 0", "")}
    book.check()


@pytest.mark.parametrize("own_way", [{"route": Route.MOBILE}, {"caller_id": "+15550100"}])
def test_whose_phone_a_person_chose_stays_though_the_file_came_again(book: Book, own_way: dict[str, object]) -> None:
    book.take(book.file([ASHA]))
    book.save(replace(book.named("Asha Rao"), **own_way))  # type: ignore[arg-type]
    for _ in range(2):
        assert book.take(book.file([ASHA])).unchanged == 1
    assert book.undo() == (0, 1)
    assert [contact.name for contact in book.everybody()] == ["Asha Rao"]
    book.check()


def test_only_the_last_import_is_taken_back_and_one_that_changed_nothing_is_none(book: Book) -> None:
    first = book.file([ASHA], "first.csv")
    book.take(first)
    second = book.file(["Ben Hill,,,,,,"], "second.csv")
    book.take(second)
    book.take(second)
    book.take(first)
    book.save(Contact(0, "By hand", "Co", emails=("asha@example.org",)))
    book.take(book.file(["By hand,Co,,asha@example.org,,,"]))  # now it is known what files say; nothing else changes
    assert book.undo() == (1, 0)
    assert [c.name for c in book.everybody()] == ["Asha Rao", "By hand"]
    book.take(second)
    assert len({c.import_id for c in book.everybody()}) == 3


def test_the_last_import_has_its_name_and_an_id_no_other_ever_has(book: Book) -> None:
    with closing(SqliteContactStore(book.path)) as store:
        assert store.last_import() is None
        before = time.time()
        first = book.take(book.file([ASHA, "Ben Hill,,,,,,"], "first\u202e.csv"))
        last = store.last_import()
        assert last is not None
        assert (last.import_id, last.name, last.added, last.changed) == (first.import_id, "first.csv", 2, 0)
        assert before <= last.at <= time.time()
        book.take(book.file([ASHA, "Ben Hill,,,,,,"], "again.csv"))
        assert store.last_import() == last
        second = book.take(book.file([ASHA.replace("Acme", "Zed"), "Cy,,,,,,"], "second.csv"))
        last = store.last_import()
        assert last is not None
        assert (last.import_id, last.name, last.added, last.changed) == (second.import_id, "second.csv", 1, 1)
        with pytest.raises(UserFacingError, match="Another one was made since"):
            book.undo(first.import_id)
        assert book.undo(second.import_id) == (2, 0)
        assert store.last_import() is None
        third = book.take(book.file(["Dee,,,,,,"], "third.csv"))
        assert third.import_id not in {0, first.import_id, second.import_id}
        with pytest.raises(UserFacingError, match="Another one was made since"):
            book.undo(second.import_id)
        assert book.take(book.file(["Dee,,,,,,"])).import_id == 0
