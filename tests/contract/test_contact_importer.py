"""Imports in a process of their own: whatever happens to that process, exactly one answer comes, and it is true."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from c2c_desktop.adapters.contact_importer import ProcessContactImporter
from c2c_desktop.adapters.import_messages import (
    GO,
    MAY_COMMIT,
    STOP,
    Message,
    NoMessageError,
    message_line,
    message_of,
    undo_line,
    undo_of,
    wish_line,
    wish_of,
)
from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.domain.column_mapping import Column, ColumnMapping, Meaning
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_import import (
    CancelledImportError,
    ImportProgress,
    ImportReport,
    ImportWish,
    Stage,
    TableFormat,
)
from c2c_desktop.domain.contact_record import SkippedRecord
from c2c_desktop.domain.csv_shape import CsvShape
from c2c_desktop.domain.errors import NextStep, StorageError, UserFacingError
from tests.contract.import_rig import Book
from tests.e2e.rig import PATIENCE

PROGRAM = (sys.executable, "-m", "c2c_desktop")
TABLE = TableFormat(CsvShape(delimiter=";"), ColumnMapping((Column(Meaning.COMPANY), Column(Meaning.NUMBER, "work"))))
REPORT = ImportReport(1, 2, 3, 4, 5, (SkippedRecord(7, "Why.", "\u2028é"),), 6, 1.5, True)


class Rig:
    """An importer and what it told."""

    def __init__(self, folder: Path, command: Sequence[str] = PROGRAM) -> None:
        self.runner = InlineRunner()
        self.importer = ProcessContactImporter(command, folder, self.runner)
        self.progress: list[ImportProgress] = []
        self.ends: list[ImportReport | tuple[int, int] | Exception] = []

    def start(self, wish: ImportWish) -> None:
        self.cancel = self.importer.start(wish, self.progress.append, self.ends.append, self.ends.append)

    def undo(self, import_id: int = 1) -> None:
        self.importer.undo(import_id, lambda undone, kept: self.ends.append((undone, kept)), self.ends.append)

    def wait(self) -> ImportReport | tuple[int, int] | Exception:
        """Return the answer, after looking whether another one comes."""
        while not self.ends:
            assert self.runner.work(PATIENCE), "no answer came"
        self.importer.close()
        assert not self.runner.work(0)
        (end,) = self.ends
        self.ends.clear()
        return end

    def wait_for(self, stage: Stage) -> None:
        while not any(progress.stage is stage for progress in self.progress):
            assert self.runner.work(PATIENCE), "no progress came"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


@pytest.fixture
def rig(book: Book) -> Iterator[Rig]:
    rig = Rig(book.folder)
    with closing(rig.importer):
        yield rig


def one_that(says: str, then: str = "") -> tuple[str, ...]:
    """A program that takes its wish, says something, and does something."""
    return (sys.executable, "-c", f"import os, sys; sys.stdin.readline(); print({says!r}, flush=True); {then}")


@pytest.mark.parametrize(
    ("command", "title"),
    [
        (("/no/such/program",), "could not be started"),
        ((sys.executable, "-c", "pass"), "ended before it was done"),
        (one_that("no message"), "ended before it was done"),
        (one_that("[1, 2]"), "ended before it was done"),
        (one_that('{"progress": [1]}'), "ended before it was done"),
        (one_that("{}", "os.kill(os.getpid(), 9)"), "ended before it was done"),
        (one_that('{"may_commit":true}', "sys.stdin.readline()"), "ended without its report"),
    ],
)
def test_a_process_that_does_not_do_its_work_is_told_in_words(
    tmp_path: Path, command: tuple[str, ...], title: str
) -> None:
    rig = Rig(tmp_path, command)
    rig.start(ImportWish("x.csv", "IN"))
    end = rig.wait()
    assert isinstance(end, UserFacingError)
    assert title in end.title


def test_a_bug_in_the_process_is_a_bug_here(tmp_path: Path) -> None:
    for said in ('{"bug":"KeyError"}', '{"undone":[1,2]}', '{"something":1}'):
        rig = Rig(tmp_path, one_that(said))
        rig.start(ImportWish("x.csv", "IN"))
        assert isinstance(rig.wait(), RuntimeError)
    rig.undo()
    assert isinstance(rig.wait(), RuntimeError)


def test_what_is_wrong_with_the_file_is_told_as_it_was(rig: Rig, book: Book) -> None:
    rig.start(ImportWish(str(book.folder / "none.csv"), "IN"))
    end = rig.wait()
    assert isinstance(end, UserFacingError)
    assert end.title == "The file is not there"
    rig.undo()
    end = rig.wait()
    assert isinstance(end, UserFacingError)
    assert end.title == "There is nothing to undo"


@pytest.mark.parametrize("stage", list(Stage))
def test_one_that_is_cancelled_leaves_nothing(rig: Rig, book: Book, stage: Stage) -> None:
    (kept,) = book.save(Contact(0, "Kept"))
    rig.start(ImportWish(book.file(f"Person {n},,+91 98402 {n:05},,,," for n in range(8000)), "IN"))
    rig.wait_for(stage)
    rig.cancel()
    assert isinstance(rig.wait(), CancelledImportError)
    rig.cancel()
    assert book.everybody() == [kept]
    book.check()
    assert not list(book.folder.glob("etilqs*"))


def test_one_cancelled_at_once_leaves_nothing(rig: Rig, book: Book) -> None:
    rig.start(ImportWish(book.file(["Asha,,,,,,"]), "IN"))
    rig.cancel()
    assert isinstance(rig.wait(), CancelledImportError)
    assert book.everybody() == []


def test_when_the_program_ends_nothing_is_kept(rig: Rig, book: Book) -> None:
    rig.start(ImportWish(book.file(f"Person {n},,,,,," for n in range(20_000)), "IN"))
    rig.wait_for(Stage.READING)
    rig.importer.close()
    assert book.everybody() == []


def test_one_whose_window_is_gone_keeps_nothing(tmp_path: Path) -> None:
    import subprocess

    book = Book(tmp_path)
    wish = wish_line(ImportWish(book.file(["Asha,,,,,,"]), "IN"))
    words = [*PROGRAM, "contacts", "serve-import", "--data-dir", str(tmp_path)]
    done = subprocess.run(words, input=wish, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert message_of(done.stdout.splitlines()[-1]).__class__ is CancelledImportError
    assert book.everybody() == []


def test_a_file_comes_in_with_progress_and_a_report_and_goes_again(rig: Rig, book: Book) -> None:
    path = book.file(["Acme GmbH;020 7946 0018", ";;;;x", *(f"Firm {n};" for n in range(3000))], header="")
    rig.start(ImportWish(path, "GB", ("crm",), TableFormat(CsvShape(delimiter=";", has_header=False), TABLE.mapping)))
    report = rig.wait()
    assert isinstance(report, ImportReport)
    assert (report.added, report.skipped, [p.line for p in report.problems]) == (3001, 1, [2])
    assert [rig.progress[0].stage, rig.progress[-1].stage] == [Stage.READING, Stage.SAVING]
    (acme,) = [c for c in book.everybody() if c.company == "Acme GmbH"]
    assert (acme.tags, acme.numbers[0].e164) == (("crm",), "+442079460018")
    rig.undo(report.import_id + 1)
    end = rig.wait()
    assert isinstance(end, UserFacingError)
    assert end.title == "This import cannot be undone any more"
    rig.undo(report.import_id)
    assert rig.wait() == (3001, 0)
    assert book.everybody() == []


def test_which_import_is_to_be_undone_comes_over() -> None:
    assert undo_of(undo_line(12)) == 12
    for line in (wish_line(ImportWish("x", "IN")), '{"undo":true', '{"undo":[1]}', "[]", '{"undo":"x"}'):
        assert undo_of(line) is None


@pytest.mark.parametrize("table", [None, TABLE])
def test_a_wish_comes_over_whole(table: TableFormat | None) -> None:
    wish = ImportWish("/x/é\n.csv", "GB", ("a", "b"), table, is_file_right=True, is_trial=True)
    line = wish_line(wish)
    assert (line.count("\n"), wish_of(line)) == (1, wish)


@pytest.mark.parametrize(
    "message",
    [ImportProgress(Stage.SAVING, 0.25, 3, 1.5), REPORT, (1, 2), MAY_COMMIT, GO, STOP],
)
def test_a_message_comes_over_whole(message: Message) -> None:
    line = message_line(message)
    assert (line.count("\n"), len(line.splitlines()), message_of(line)) == (1, 1, message)


def test_errors_come_over_as_what_they_are() -> None:
    error = message_of(message_line(StorageError("Title", "Words.", NextStep.RETRY)))
    assert isinstance(error, StorageError)
    assert (error.title, error.message, error.next_step) == ("Title", "Words.", NextStep.RETRY)
    assert type(message_of(message_line(UserFacingError("Title", "Words.")))) is UserFacingError
    assert type(message_of(message_line(CancelledImportError()))) is CancelledImportError
    assert type(message_of(message_line(KeyError("secret")))) is RuntimeError
    assert "secret" not in message_line(KeyError("secret"))


@pytest.mark.parametrize(
    "line",
    [
        "", "x", "3", "[]", "{}", '{"import": 1}', '{"import": {"table": 3}}', '{"a":1,"b":2}', '{"report": {}}',
        '{"error": []}', '{"progress": ["x", 1, 2, 3]}',
        wish_line(ImportWish("x", "IN", table=TABLE)).replace("company", "rule"),
    ],
)  # fmt: skip
def test_lines_of_others_are_known_as_such(line: str) -> None:
    with pytest.raises(NoMessageError):
        wish_of(line)
    if "import" not in line:
        with pytest.raises(NoMessageError):
            message_of(line)
