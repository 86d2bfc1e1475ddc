"""Importing: what cannot be read leaves everything as it was, and the same file twice is the same as once."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from c2c_desktop.adapters.contact_import import ContactImport
from c2c_desktop.adapters.import_staging import SAME_UID
from c2c_desktop.domain.column_mapping import RememberedMappings
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_import import (
    MOST_PROBLEMS,
    CancelledImportError,
    ImportProgress,
    ImportReport,
    ImportWish,
    Stage,
)
from c2c_desktop.domain.contact_record import MOST_NUMBERS
from c2c_desktop.domain.errors import StorageError, UserFacingError
from tests.contract.import_rig import HEADER, Book
from tests.contract.permissions import without_root

ASHA = "Asha Rao,Acme,+91 98402 22222,asha@example.org,vip,,u-1"
BEN = "Ben Hill,,020 7946 0018,,,,"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    return report.added, report.updated, report.merged, report.unchanged, report.skipped


def binary(path: Path) -> None:
    path.write_bytes(random.Random(5).randbytes(300_000))


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2 << 30)


def one_line(path: Path) -> None:
    path.write_bytes(b"x" * 100_000_000)


def workbook(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + b"\0" * 100)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def nothing(_: Path) -> None:
    pass


@pytest.mark.parametrize("make", [binary, sparse, one_line, workbook, empty, folder, pipe, nothing])
def test_a_file_that_is_no_list_of_contacts_is_refused_in_words_and_changes_nothing(
    book: Book, make: Callable[[Path], None]
) -> None:
    (kept,) = book.save(Contact(0, "Kept"))
    make(book.folder / "odd.csv")
    with pytest.raises(UserFacingError) as caught:
        book.take(str(book.folder / "odd.csv"))
    assert caught.value.title
    assert caught.value.message.endswith(".")
    assert book.everybody() == [kept]
    book.check()


def test_a_file_nobody_may_read_is_refused_in_words(book: Book) -> None:
    book.save(Contact(0, "Kept"))
    book.file([ASHA])
    book.folder.chmod(0o755)
    (book.folder / "people.csv").chmod(0)
    for path in book.folder.glob("contacts*"):
        path.chmod(0o666)
    book.folder.chmod(0o777)
    for parent in list(book.folder.parents)[:3]:
        parent.chmod(parent.stat().st_mode | 0o055)
    with without_root(), pytest.raises(UserFacingError, match="You may not read it"):
        book.take(str(book.folder / "people.csv"))


@pytest.mark.parametrize("make", [binary, one_line])
def test_garbage_that_calls_itself_a_vcard_is_told_line_by_line(book: Book, make: Callable[[Path], None]) -> None:
    make(book.folder / "odd.vcf")
    report = book.take(str(book.folder / "odd.vcf"))
    assert report.contacts == 0
    assert all(problem.reason.endswith(".") for problem in report.problems)
    assert len(report.problems) <= MOST_PROBLEMS
    assert book.everybody() == []


def test_a_long_line_among_contacts_is_left_out_with_its_line(book: Book) -> None:
    path = book.file([ASHA, "x" * 100_000_000, BEN])
    report = book.take(path)
    assert (report.added, report.skipped) == (2, 1)
    assert [problem.line for problem in report.problems] == [3]
    book.check()


def test_a_file_that_is_cut_off_gives_what_is_whole_and_says_what_is_not(book: Book) -> None:
    path = Path(book.cards("FN:Asha Rao\nTEL:+91 98402 22222", "FN:Ben Hill\nTEL:020 7946 0018"))
    path.write_text(path.read_text()[:-20])
    report = book.take(str(path))
    assert (report.added, report.skipped) == (1, 1)
    assert [(p.line, p.text) for p in report.problems] == [(6, "Ben Hill")]


def test_ten_thousand_numbers_in_one_card_are_cut_and_told(book: Book) -> None:
    path = book.cards("FN:Asha Rao\n" + "\n".join(f"TEL:+9198402{n:05}" for n in range(10_000)))
    report = book.take(path)
    assert (report.added, report.skipped) == (1, 0)
    assert len(book.named("Asha Rao").numbers) == MOST_NUMBERS
    assert any("left out: 9,900" in problem.reason for problem in report.problems)
    assert counts(book.take(path)) == (0, 0, 0, 1, 0)


def test_signs_that_turn_text_around_do_not_reach_the_list_or_the_report(book: Book) -> None:
    book.take(book.file(["\u202eAsha\u2066 Rao\u0007,,+91 98402 22222,,\u202evip,,", "\u202e,,,,,x,"]))
    (asha,) = book.everybody()
    assert (asha.name, asha.tags) == ("Asha Rao", ("vip",))


def test_a_number_that_cannot_be_read_is_kept_and_comes_once(book: Book) -> None:
    path = book.file(["Asha Rao,,ext 12,,,,", ",Acme,ext 12,,,,"])
    assert counts(book.take(path)) == (2, 0, 0, 0, 0)
    assert counts(book.take(path)) == (0, 0, 0, 2, 0)
    assert [n.e164 for c in book.everybody() for n in c.numbers] == ["", ""]


def test_a_uid_that_two_people_share_makes_no_one_of_them(book: Book) -> None:
    path = book.cards("FN:Asha Rao\nUID:same", "FN:Ben Hill\nUID:same", "FN:Asha Rao\nUID:same\nTEL:+91 98402 22222")
    report = book.take(path)
    assert counts(report) == (2, 0, 1, 0, 0)
    assert [(p.line, p.reason, p.text) for p in report.problems] == [(6, SAME_UID, "Ben Hill")]
    assert [(c.name, c.uid) for c in book.everybody()] == [("Asha Rao", "same"), ("Ben Hill", "")]
    assert counts(book.take(path))[:3] == (0, 0, 0)
    assert len(book.everybody()) == 2


def test_a_teams_address_makes_no_one_of_the_team(book: Book) -> None:
    path = book.file([f"Person {n},,,team@example.org,,," for n in range(300)])
    assert counts(book.take(path)) == (300, 0, 0, 0, 0)
    assert counts(book.take(path)) == (0, 0, 0, 300, 0)


def test_who_is_twice_in_a_file_is_there_once_with_all_of_it(book: Book) -> None:
    rows = [
        ASHA,
        BEN,
        "Rao Asha,,+91 98402 33333,ASHA@example.org,lead,,",
        "Ben Hill,Zed,020 7946 0018,ben@example.org,,,",
    ]
    assert counts(book.take(book.file(rows))) == (2, 0, 2, 0, 0)
    asha, ben = book.everybody()
    assert (len(asha.numbers), asha.tags, ben.company) == (2, ("vip", "lead"), "Zed")
    assert counts(book.take(book.file(rows))) == (0, 0, 0, 4, 0)


def test_a_folder_that_cannot_be_written_is_told_in_words(read_only_folder: Path) -> None:
    for path in (read_only_folder / "contacts.sqlite3", read_only_folder / "new" / "contacts.sqlite3"):
        with pytest.raises(StorageError, match="cannot be written"):
            ContactImport(path).undo()


def test_no_other_import_runs_meanwhile(book: Book) -> None:
    path = book.file([ASHA])
    trouble: list[UserFacingError] = []

    def meanwhile() -> bool:
        with pytest.raises(UserFacingError, match="Another import is running") as caught:
            book.take(path)
        trouble.append(caught.value)
        return True

    report = ContactImport(book.path, may_commit=meanwhile).run(ImportWish(path, "IN"), RememberedMappings())
    assert (report.added, len(trouble)) == (1, 1)
    assert counts(book.take(path)) == (0, 0, 0, 1, 0)


def test_what_may_not_be_committed_leaves_nothing(book: Book) -> None:
    book.take(book.file([ASHA]))
    before = book.everybody()
    importing = ContactImport(book.path, may_commit=lambda: False)
    for rows in ([BEN], [f"Person {n},,,,,," for n in range(3000)], [ASHA.replace("Acme", "Zed")]):
        with pytest.raises(CancelledImportError):
            importing.run(ImportWish(book.file(rows), "IN"), RememberedMappings())
    with pytest.raises(CancelledImportError):
        importing.undo()
    assert book.everybody() == before
    book.check()
    assert book.undo() == (1, 0)


def test_a_trial_tells_the_same_and_changes_nothing(book: Book) -> None:
    book.take(book.file([ASHA]))
    before = book.everybody()
    path = book.file([ASHA.replace("Acme", "Zed"), BEN, ",,,,,x,"])
    trial = book.take(path, is_trial=True)
    assert book.everybody() == before
    assert counts(trial) == (1, 1, 0, 0, 1)
    assert trial.is_trial
    assert counts(book.take(path)) == counts(trial)


def test_the_list_can_be_read_and_changed_while_a_file_is_read(book: Book) -> None:
    book.take(book.file([ASHA]))
    saved: list[Contact] = []

    def told(progress: ImportProgress) -> None:
        if progress.stage is Stage.READING and not saved:
            saved.extend(book.save(Contact(0, "Meanwhile")))

    path = book.file([f"Person {n},,,,,," for n in range(100)])
    assert ContactImport(book.path, told).run(ImportWish(path, "IN"), RememberedMappings()).added == 100
    assert len(book.everybody()) == 102


def test_problems_beyond_the_most_are_counted(book: Book) -> None:
    report = book.take(book.file([ASHA, *(f"{n},,,,,,,too,many" for n in range(MOST_PROBLEMS + 7))]))
    assert (len(report.problems), report.more_problems, report.skipped) == (MOST_PROBLEMS, 7, MOST_PROBLEMS + 7)


def test_progress_grows_from_stage_to_stage_to_its_end(book: Book) -> None:
    told: list[ImportProgress] = []
    path = book.file([f"Person {n},,,,,," for n in range(5000)])
    ContactImport(book.path, told.append).run(ImportWish(path, "IN"), RememberedMappings())
    reading = [p.part for p in told if p.stage is Stage.READING]
    saving = [p.part for p in told if p.stage is Stage.SAVING]
    assert (reading[0], reading[-1], saving[-1], told[-1].contacts) == (0.0, 1.0, 1.0, 5000)
    assert reading == sorted(reading)
    assert saving == sorted(saving)
    assert [p.stage for p in told] == sorted((p.stage for p in told), key=list(Stage).index)


def test_a_row_that_is_no_utf_8_does_not_stop_the_others(book: Book) -> None:
    path = book.folder / "people.csv"
    path.write_bytes(HEADER.encode() + b"Asha\xe9,,,,,,\n\xff\xfe\xfd,,,,,,\n" + BEN.encode())
    report = book.take(str(path))
    assert report.added == 3
