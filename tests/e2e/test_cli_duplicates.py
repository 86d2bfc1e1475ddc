"""`contacts duplicates`: which contacts can be one and the same, and why; nothing is changed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing

import pytest

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.contact import Contact, ContactNumber
from tests.e2e.rig import HAPPY, HAPPY_E164, CommandLine
from tests.e2e.test_cli_shape import loaded

NUMBERS = (ContactNumber(HAPPY, HAPPY_E164),)
PEOPLE = (
    Contact(0, "Raj Rao", "Blue Kite", NUMBERS),
    Contact(0, "R. Rao", "", NUMBERS, tags=("vip",)),
    Contact(0, "Asha \x1b[31mNair", "", NUMBERS),
    Contact(0, "", emails=("a@example.com",)),
    Contact(0, "", emails=("A@example.com",)),
)


@pytest.fixture
def filled(line: CommandLine) -> CommandLine:
    with closing(SqliteContactStore(line.data / "contacts.sqlite3")) as store:
        store.save_all(list(PEOPLE))
    return line


def test_without_contacts_there_are_none_and_nothing_is_written(line: CommandLine) -> None:
    assert line.run("contacts", "duplicates").out == "No duplicates found.\n"
    assert line.run("contacts", "duplicates", "--json").out == "[]\n"
    assert not line.data.exists()


def test_a_list_that_cannot_be_read_is_told_in_words(filled: CommandLine) -> None:
    with closing(sqlite3.connect(filled.data / "contacts.sqlite3")) as connection:
        connection.execute("PRAGMA user_version = 1000")
    outcome = filled.run("contacts", "duplicates", "--json")
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith("c2c-desktop: This data is from a newer version.")


@pytest.mark.parametrize("words", [("all",), ("--limit", "3"), ("--merge",)])
def test_what_cannot_be_understood_is_bad_usage(filled: CommandLine, words: tuple[str, ...]) -> None:
    outcome = filled.run("contacts", "duplicates", *words)
    assert (outcome.status, outcome.out) == (2, "")


def test_each_group_is_printed_with_its_reason_and_nothing_is_changed(filled: CommandLine) -> None:
    path = filled.data / "contacts.sqlite3"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    assert filled.run("contacts", "duplicates").out == (
        "a@example.com: same e-mail address, certain\n  a@example.com\n  A@example.com\n"
        "Raj Rao: same number and similar name\n"
        f"  Raj Rao · Blue Kite {HAPPY} (mobile)\n  R. Rao {HAPPY} (mobile) #vip\n"
    )
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_json_has_what_scripts_need(filled: CommandLine) -> None:
    told = json.loads(filled.run("contacts", "duplicates", "--json").out)
    assert [(group["reason"], group["certain"], len(group["contacts"])) for group in told] == [
        ("same e-mail address", True, 2),
        ("same number and similar name", False, 2),
    ]
    assert told[1]["contacts"][1] == {
        "name": "R. Rao",
        "company": "",
        "numbers": [{"e164": HAPPY_E164, "kind": "mobile", "as_written": HAPPY}],
        "tags": ["vip"],
        "favourite": False,
        "emails": [],
    }
    assert [contact["emails"] for contact in told[0]["contacts"]] == [["a@example.com"], ["A@example.com"]]


def test_it_loads_neither_qt_nor_what_calls_need(filled: CommandLine) -> None:
    packages, outcome = loaded(filled, "--data-dir", str(filled.data), "contacts", "duplicates", "--json")
    assert (outcome.status, len(json.loads(outcome.out))) == (0, 2)
    assert not packages & {"PySide6", "shiboken6", "httpx", "keyring", "phonenumbers", "jeepney"}


def test_a_sandbox_has_none(filled: CommandLine) -> None:
    assert filled.bare("contacts", "duplicates", "--sandbox").out == "No duplicates found.\n"
