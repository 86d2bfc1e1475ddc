"""`contacts import` and `undo-import`: what people and scripts meet."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
from dataclasses import replace

import pytest

from c2c_desktop.domain.record_row import TOO_LONG
from tests.contract.import_rig import Book
from tests.contract.waiting import until
from tests.e2e.rig import CommandLine, ended, interrupt
from tests.e2e.test_cli_shape import loaded

ROWS = [
    "Asha Rao,Acme,+91 98402 22222,asha@example.org,,,",
    "Ben Hill,,020 7946 0018,,,,",
    ",,,,vip,,",
    "=cmd(),a,b,c,d,e,f,g",
]


@pytest.fixture
def people(line: CommandLine) -> str:
    return Book(line.home).file(ROWS)


def test_what_cannot_be_understood_is_bad_usage(line: CommandLine, people: str) -> None:
    for words in (("import",), ("import", people, "x"), ("import", people, "--region", "XX"), ("undo-import", "x")):
        outcome = line.run("contacts", *words)
        assert (outcome.status, outcome.out) == (2, "")
        assert "c2c-desktop: " in outcome.err
        assert "Traceback" not in outcome.err


def test_what_cannot_be_read_is_told_in_words(line: CommandLine) -> None:
    outcome = line.run("contacts", "import", "none.csv", "--json")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == "c2c-desktop: The file is not there. It was moved, renamed or deleted.\n"
    outcome = line.run("contacts", "undo-import")
    assert (outcome.status, outcome.err) == (2, "c2c-desktop: There is nothing to undo. No contacts were imported.\n")


def test_the_sandbox_without_a_folder_keeps_no_contacts(line: CommandLine, people: str) -> None:
    outcome = line.bare("--sandbox", "contacts", "import", people)
    assert outcome.status == 2
    assert outcome.err.startswith("c2c-desktop: The sandbox keeps no contacts.")


def test_a_report_that_cannot_be_saved_is_told_after_the_import(line: CommandLine, people: str) -> None:
    outcome = line.run("contacts", "import", people, "--region", "GB", "--report", str(line.home / "no" / "x.csv"))
    assert outcome.status == 1
    assert "The report could not be saved. The contacts were imported." in outcome.err
    assert len(Book(line.data).everybody()) == 2


def test_an_import_is_told_in_plain_words_and_again_changes_nothing(line: CommandLine, people: str) -> None:
    outcome = line.run("contacts", "import", people, "--region", "GB", "--tag", "crm", "--tag", "2026")
    assert (outcome.status, outcome.err) == (0, "")
    first, *others = outcome.out.splitlines()
    assert first.startswith("2 added, 2 left out. (")
    assert others == [
        "Line 4: There is no name, company, number or e-mail address in this row. ||||vip||",
        f"Line 5: {TOO_LONG} =cmd()|a|b|c|d|e|f|g",
    ]
    assert [(c.name, c.tags) for c in Book(line.data).everybody()] == [
        ("Asha Rao", ("crm", "2026")),
        ("Ben Hill", ("crm", "2026")),
    ]
    again = line.run("contacts", "import", people, "--region", "GB").out
    assert again.startswith("2 unchanged, 2 left out. (")


def test_what_a_person_changed_and_what_cannot_be_read_are_counted(line: CommandLine) -> None:
    book = Book(line.data)
    rows = ["Asha Rao,,at reception,a@example.org,,,u-1", "Ben Hill,,ext 12,,,,u-2", "Cy Young,,,,,,u-3"]
    path = Book(line.home).file(rows)
    assert line.run("contacts", "import", path).out.splitlines()[1:] == ["2 numbers cannot be read; kept as written."]
    book.save(replace(book.named("Asha Rao"), name="Asha R."))
    first, *_ = line.run("contacts", "import", path).out.splitlines()
    assert first.startswith("1 kept as you changed it, 2 unchanged. (")
    book.save(replace(book.named("Ben Hill"), name="Ben H.", numbers=()))
    told = line.run("contacts", "import", path, "--json").told
    assert (told["kept"], told["unchanged"], told["unread_numbers"]) == (2, 1, 2)


def test_a_dry_run_changes_nothing(line: CommandLine, people: str) -> None:
    outcome = line.run("contacts", "import", people, "--dry-run")
    assert outcome.out.startswith("This is what would happen; nothing was changed.\n2 added, 2 left out.")
    assert Book(line.data).everybody() == []


def test_scripts_get_one_object_and_the_report_as_a_table_no_spreadsheet_calculates(
    line: CommandLine, people: str
) -> None:
    report = line.home / "report.csv"
    told = line.run("contacts", "import", people, "--region", "GB", "--json", "--report", str(report)).told
    assert told.pop("seconds") > 0
    problems = told.pop("problems")
    assert [(p["line"], p["text"]) for p in problems] == [(4, "||||vip||"), (5, "=cmd()|a|b|c|d|e|f|g")]
    assert told == {
        "added": 2, "updated": 0, "merged": 0, "kept": 0, "unchanged": 0, "skipped": 2, "more_problems": 0,
        "is_trial": False, "unread_numbers": 0, "import_id": 1,
    }  # fmt: skip
    with report.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["Line", "Reason", "Text"]
    assert [(row[0], row[2]) for row in rows[1:]] == [("4", "||||vip||"), ("5", "'=cmd()|a|b|c|d|e|f|g")]


def test_many_problems_are_shortened(line: CommandLine) -> None:
    path = Book(line.home).file(",,,,x,," for _ in range(500))
    lines = line.run("contacts", "import", path).out.splitlines()
    assert lines[0].startswith("500 left out. (")
    assert (len(lines), lines[-1]) == (21, "And 481 more. --report FILE.csv saves them.")


def test_undo_takes_it_back(line: CommandLine, people: str) -> None:
    line.run("contacts", "import", people)
    assert line.run("contacts", "undo-import").out == "The last import was undone: 2 contacts are as they were.\n"
    outcome = line.run("contacts", "undo-import", "--json")
    assert (outcome.status, outcome.out) == (2, "")
    line.run("contacts", "import", people)
    assert line.run("contacts", "undo-import", "--json").told == {"undone": 2, "kept": 0}


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_one_that_is_interrupted_leaves_nothing(line: CommandLine, how: signal.Signals) -> None:
    path = Book(line.home).file(f"Person {n},,+91 98402 {n:05},,,," for n in range(60_000))
    with line.running("contacts", "import", path) as process:
        _wait_until_it_runs(line, process)
        if how is signal.SIGINT:
            assert interrupt(process).status == 130
        else:
            process.terminate()
            assert ended(process).status == -signal.SIGTERM
    assert Book(line.data).everybody() == []


def _wait_until_it_runs(line: CommandLine, process: subprocess.Popen[str]) -> None:
    until((line.data / "contacts.sqlite3").exists)
    assert process.poll() is None


def test_two_at_once_are_one_after_the_other(line: CommandLine) -> None:
    big = Book(line.home).file([f"Person {n},,+91 98402 {n:05},,,," for n in range(20_000)], "big.csv")
    with line.running("contacts", "import", big) as process:
        _wait_until_it_runs(line, process)
        outcome = line.run("contacts", "import", Book(line.home).file(["Asha,,,,,,"], "small.csv"))
        assert outcome.status == 2
        assert outcome.err.startswith("c2c-desktop: Another import is running.")
        assert ended(process).status == 0
    assert len(Book(line.data).everybody()) == 20_000


def test_nothing_is_loaded_that_only_the_window_and_calls_need(line: CommandLine, people: str) -> None:
    packages, outcome = loaded(line, "--data-dir", str(line.data), "contacts", "import", people, "--json")
    assert (outcome.status, json.loads(outcome.out)["added"]) == (0, 2)
    assert not packages & {"PySide6", "shiboken6", "httpx", "keyring", "jeepney"}
