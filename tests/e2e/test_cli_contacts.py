"""`contacts search`: what the window finds, for people and scripts."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.contact import Contact, ContactNumber
from tests.e2e.rig import HAPPY, HAPPY_E164, CommandLine
from tests.e2e.test_cli_shape import loaded

RAJ = Contact(
    0, "Raj Rao", "Blue Kite", (ContactNumber(HAPPY, HAPPY_E164), ContactNumber("ext 12", "", "work")), True, ("vip",)
)
PEOPLE = (RAJ, Contact(0, "राजेश कुमार"), Contact(0, "Raja \x1b[31mred\nline"), Contact(0, "", "Ben & Söhne 725 Ltd"))


@pytest.fixture
def filled(line: CommandLine) -> CommandLine:
    with closing(SqliteContactStore(line.data / "contacts.sqlite3")) as store:
        store.save_all(list(PEOPLE))
    return line


def found(line: CommandLine, *words: str) -> list[dict[str, Any]]:
    outcome = line.run("contacts", "search", "--json", *words)
    assert (outcome.status, outcome.err) == (0, "")
    told = json.loads(outcome.out)
    assert isinstance(told, list)
    return told


def test_without_contacts_nobody_is_found_and_nothing_is_written(line: CommandLine) -> None:
    assert line.run("contacts", "search", "raj").out == "Nobody found.\n"
    assert found(line, "raj") == []
    assert not line.data.exists()


def test_a_list_that_cannot_be_read_is_told_in_words(line: CommandLine) -> None:
    path = line.data / "contacts.sqlite3"
    with closing(SqliteContactStore(path)) as store:
        store.save(RAJ)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 1000")
    outcome = line.run("contacts", "search", "--json", "raj")
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith("c2c-desktop: This data is from a newer version.")


@pytest.mark.parametrize(
    "words", [(), ("search",), ("search", "a", "b"), ("find", "a"), ("search", "a", "--limit", "0"),
              ("search", "a", "--limit", "-1"), ("search", "a", "--limit", "x"), ("search", "a", "--limit", "100001")]
)  # fmt: skip
def test_what_cannot_be_understood_is_bad_usage(filled: CommandLine, words: tuple[str, ...]) -> None:
    outcome = filled.run("contacts", *words)
    assert (outcome.status, outcome.out) == (2, "")
    assert "c2c-desktop: " in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("text", ["xyz", "raj xyz", '"*', "a" * 5000, "NEAR(", "#none", "0000000000017"])
def test_odd_texts_find_nobody_or_everybody_without_trouble(filled: CommandLine, text: str) -> None:
    assert len(found(filled, "--", text)) in {0, len(PEOPLE)}


def test_json_has_what_scripts_need(filled: CommandLine) -> None:
    assert found(filled, "rao raj") == [
        {
            "name": "Raj Rao",
            "company": "Blue Kite",
            "numbers": [
                {"e164": HAPPY_E164, "kind": "mobile", "as_written": HAPPY},
                {"e164": "", "kind": "work", "as_written": "ext 12"},
            ],
            "tags": ["vip"],
            "favourite": True,
        }
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("raj",), ["Raj Rao", "Raja \x1b[31mred\nline"]),
        (("725",), ["Raj Rao", "", "Raja \x1b[31mred\nline"]),
        (("725", "--limit", "2"), ["Raj Rao", ""]),
        (("राज",), ["राजेश कुमार"]),
        (("#vip",), ["Raj Rao"]),
        (("--", "-rao-"), ["Raj Rao"]),
        (("",), ["Raj Rao", "", "Raja \x1b[31mred\nline", "राजेश कुमार"]),
        (("rxao",), ["Raj Rao"]),
    ],
)
def test_the_order_is_the_windows(filled: CommandLine, words: tuple[str, ...], names: list[str]) -> None:
    assert [contact["name"] for contact in found(filled, *words)] == names


def test_words_have_headings_for_digits_and_no_control_characters(filled: CommandLine) -> None:
    assert filled.run("contacts", "search", "rao").out == (
        f"Raj Rao · Blue Kite {HAPPY} (mobile), ext 12 (work, cannot be called) #vip ★\n"
    )
    assert filled.run("contacts", "search", "984").out.splitlines()[0] == "Numbers:"
    names = filled.run("contacts", "search", "725").out.splitlines()
    assert (names[0], len(names)) == ("Names:", 4)
    assert not any("\x1b" in line for line in names)


def test_it_loads_neither_qt_nor_what_calls_need(filled: CommandLine) -> None:
    packages, outcome = loaded(filled, "--data-dir", str(filled.data), "contacts", "search", "--json", "raj")
    assert (outcome.status, len(json.loads(outcome.out))) == (0, 2)
    assert not packages & {"PySide6", "shiboken6", "httpx", "keyring", "phonenumbers", "jeepney"}
    assert "sqlite3" in packages


def test_a_sandbox_has_nobody(filled: CommandLine) -> None:
    assert filled.bare("contacts", "search", "raj", "--sandbox").out == "Nobody found.\n"
