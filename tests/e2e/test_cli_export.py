"""`contacts export`: a file that comes back, plain words about it, and nothing written where it cannot be whole."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import IO

import pytest

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.contact import Contact, ContactNumber
from tests.e2e.rig import HAPPY, HAPPY_E164, PATIENCE, CommandLine
from tests.e2e.test_cli_shape import loaded

PEOPLE = (
    Contact(0, "Raj Rao", "Blue Kite", (ContactNumber(HAPPY, HAPPY_E164),), True, ("VIP",)),
    Contact(0, "=HYPERLINK(1)"),
    Contact(0, "Asha", directory=3),
)
HEADER = "Name,Company,Number 1 kind,Number 1,"


@pytest.fixture
def filled(line: CommandLine) -> CommandLine:
    with closing(SqliteContactStore(line.data / "contacts.sqlite3")) as store:
        store.save_all(list(PEOPLE))
    return line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "FILE"),
        (("a.csv", "--tag", "vip", "--search", "raj"), "not allowed with"),
        (("a.csv", "--tag", "# "), "it is empty"),
        (("a.csv", "--format", "xlsx"), "invalid choice"),
        (("a.csv", "--for-people", "--for-programs"), "not allowed with"),
        (("a.xlsx",), "Let its name end with .csv or .vcf"),
        (("-",), "Let its name end with .csv or .vcf"),
        (("a.vcf", "--for-people"), "go with CSV only"),
        (("-", "--format", "csv", "--json"), "Leave out --json"),
    ],
)
def test_what_cannot_be_understood_is_bad_usage(filled: CommandLine, words: tuple[str, ...], said: str) -> None:
    outcome = filled.run("contacts", "export", *words)
    assert (outcome.status, outcome.out) == (2, "")
    assert said in outcome.err
    assert "Traceback" not in outcome.err


def test_a_list_that_cannot_be_read_leaves_the_file(filled: CommandLine, tmp_path: Path) -> None:
    with closing(sqlite3.connect(filled.data / "contacts.sqlite3")) as connection:
        connection.execute("PRAGMA user_version = 1000")
    (tmp_path / "a.csv").write_text("old")
    outcome = filled.run("contacts", "export", str(tmp_path / "a.csv"), "--overwrite")
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith("c2c-desktop: This data is from a newer version.")
    assert (tmp_path / "a.csv").read_text() == "old"


def test_a_file_that_exists_is_left_alone_without_a_word_of_leave(filled: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    outcome = filled.run("contacts", "export", str(path))
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == (
        f"c2c-desktop: That file exists. Add --overwrite to replace {path}, or choose another name.\n"
    )
    assert path.read_text() == "old"
    outcome = filled.run("contacts", "export", str(path), "--overwrite")
    assert (outcome.status, outcome.err) == (0, "")
    assert path.read_text("utf-8-sig").startswith(HEADER)


def test_a_name_no_disk_takes_is_said_in_words(filled: CommandLine, tmp_path: Path) -> None:
    outcome = filled.run("contacts", "export", str(tmp_path / f"{'a' * 300}.csv"))
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith("c2c-desktop: ")
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("file", ["a.csv", "-"])
def test_a_tag_nobody_has_is_told_with_those_there_are_and_writes_nothing(
    filled: CommandLine, tmp_path: Path, file: str
) -> None:
    path = tmp_path / file
    outcome = filled.run("contacts", "export", file if file == "-" else str(path), "--format", "csv", "--tag", "vi")
    assert (outcome.status, outcome.out, path.exists()) == (2, "", False)
    assert outcome.err == "c2c-desktop: No contact has the tag “vi”. The tags there are: VIP.\n"


def test_without_contacts_no_tag_is_known(line: CommandLine, tmp_path: Path) -> None:
    outcome = line.run("contacts", "export", str(tmp_path / "a.csv"), "--tag", "vip")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == "c2c-desktop: No contact has the tag “vip”. No contact has a tag.\n"
    assert not (tmp_path / "a.csv").exists()
    assert not line.data.exists()


def test_a_place_that_cannot_be_written_is_told_in_words(filled: CommandLine, tmp_path: Path) -> None:
    outcome = filled.run("contacts", "export", str(tmp_path / "gone" / "a.csv"))
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith("c2c-desktop: The contacts could not be exported. There is no folder")


def test_a_full_output_is_told_in_words_and_a_closed_one_is_left_in_peace(filled: CommandLine) -> None:
    def run(output: int | IO[str], *before: str) -> subprocess.CompletedProcess[str]:
        words = [*before, *filled.command("contacts", "export", "-", "--format", "csv")]
        return subprocess.run(
            words,
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            env=filled.environment,
            timeout=PATIENCE,
            check=False,
        )

    with Path("/dev/full").open("w") as full:
        done = run(full)
    assert (done.returncode, done.stderr) == (
        1,
        "c2c-desktop: The contacts could not be exported. No space left on device.\n",
    )
    read, write = os.pipe()
    os.close(read)
    done = run(write)
    os.close(write)
    assert (done.returncode, done.stderr) == (1, "")
    done = run(subprocess.DEVNULL, "sh", "-c", 'exec "$@" >&-', "sh")
    assert (done.returncode, "There is no standard output." in done.stderr) == (1, True)


def test_without_contacts_a_file_of_nobody_is_written_and_nothing_else(line: CommandLine, tmp_path: Path) -> None:
    outcome = line.run("contacts", "export", str(tmp_path / "a.csv"))
    assert (outcome.status, outcome.out) == (0, f"0 contacts are in {tmp_path / 'a.csv'} now.\n")
    assert (tmp_path / "a.csv").read_text("utf-8-sig").startswith(HEADER)
    assert not line.data.exists()


def test_csv_for_people_has_no_formulas_and_says_so(filled: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    outcome = filled.run("contacts", "export", str(path))
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == (
        f"2 contacts are in {path} now.\n"
        "2 cells got a ' in front, as phone numbers with a + do: else a spreadsheet would change them.\n"
    )
    assert [row.split(",")[0] for row in path.read_text("utf-8-sig").splitlines()] == [
        "Name",
        "'=HYPERLINK(1)",
        "Raj Rao",
    ]
    outcome = filled.run("contacts", "export", str(path), "--for-programs", "--json", "--shared", "--overwrite")
    told = json.loads(outcome.out)
    assert told.pop("seconds") >= 0
    assert told == {"file": str(path), "format": "csv-plain", "contacts": 3, "neutralised_cells": 0}
    assert "\n=HYPERLINK(1)," in path.read_text()


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("--tag", "#vip"), ["Raj Rao"]),
        (("--tag", "VÍP"), ["Raj Rao"]),
        (("--search", "#nobody"), []),
        (("--search", "hyper"), ["=HYPERLINK(1)"]),
        (("--search", "984"), ["Raj Rao"]),
        (("--shared",), ["Asha", "=HYPERLINK(1)", "Raj Rao"]),
    ],
)
def test_a_part_of_the_list_goes_to_the_output(filled: CommandLine, words: tuple[str, ...], names: list[str]) -> None:
    outcome = filled.run("contacts", "export", "-", "--format", "vcard4", *words)
    assert outcome.status == 0
    assert [line[3:] for line in outcome.out.splitlines() if line.startswith("FN:")] == names
    assert outcome.err == f"{len(names)} contact{'' if len(names) == 1 else 's'} written.\n"


def test_the_ending_or_the_option_says_the_format(filled: CommandLine, tmp_path: Path) -> None:
    for name, words, begin in (
        ("a.vcf", (), "BEGIN:VCARD\nVERSION:3.0"),
        ("b.txt", ("--format", "vcard4"), "BEGIN:VCARD\nVERSION:4.0"),
        ("c", ("--format", "csv", "--for-people"), HEADER),
    ):
        assert filled.run("contacts", "export", str(tmp_path / name), *words).status == 0
        assert (tmp_path / name).read_text("utf-8-sig").startswith(begin)


def test_it_loads_neither_qt_nor_what_calls_need(filled: CommandLine, tmp_path: Path) -> None:
    path = str(tmp_path / "a.csv")
    packages, outcome = loaded(filled, "--data-dir", str(filled.data), "contacts", "export", path)
    assert outcome.status == 0
    assert not packages & {"PySide6", "shiboken6", "keyring", "phonenumbers", "jeepney"}
