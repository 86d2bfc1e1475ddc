"""Who types on where nobody answered is not searched for again; whatever is known of it, nobody is lost."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.adapters.nobody_begun import NobodyBegun
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_rank import Rank
from c2c_desktop.domain.contact_search import read_search
from tests.bench.people import people

LIMIT = 16


@pytest.fixture
def nobody() -> NobodyBegun:
    return NobodyBegun()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteContactStore]:
    with closing(SqliteContactStore(tmp_path / "contacts.sqlite3")) as opened:
        yield opened


@pytest.mark.parametrize("text", ["kite", "kites", "kite a", "a kite", "motors kite", "#vip kite"])
def test_who_types_on_finds_nobody_either(nobody: NobodyBegun, text: str) -> None:
    nobody.learn(Rank.NAME, read_search("kite"))
    assert nobody.is_known(Rank.NAME, read_search(text))
    assert not nobody.is_known(Rank.COMPANY, read_search(text))


@pytest.mark.parametrize("text", ["kit", "k", "#vip", "akite", "2kite"])
def test_others_can_be_found(nobody: NobodyBegun, text: str) -> None:
    nobody.learn(Rank.COMPANY, read_search("kite"))
    assert not nobody.is_known(Rank.NAME, read_search(text))
    assert not nobody.is_known(Rank.COMPANY, read_search(text))


def test_nobody_of_name_and_company_is_nobody_of_the_name(nobody: NobodyBegun) -> None:
    nobody.learn(Rank.COMPANY, read_search("kite"))
    assert nobody.is_known(Rank.NAME, read_search("kite m"))
    assert nobody.is_known(Rank.COMPANY, read_search("kite m"))


def test_with_a_tag_nobody_is_nobody_with_that_tag(nobody: NobodyBegun) -> None:
    nobody.learn(Rank.NAME, read_search("#vi kite"))
    assert nobody.is_known(Rank.NAME, read_search("#vip kite"))
    assert not nobody.is_known(Rank.NAME, read_search("kite"))
    assert not nobody.is_known(Rank.NAME, read_search("#lead kite"))


def test_digits_can_begin_a_number_and_are_not_taken_for_a_word(nobody: NobodyBegun) -> None:
    nobody.learn(Rank.COMPANY, read_search("kite 9"))
    assert not nobody.is_known(Rank.COMPANY, read_search("kite 98"))
    nobody.learn(Rank.NAME, read_search("kite 9"))
    assert nobody.is_known(Rank.NAME, read_search("kite 98"))


def test_what_was_known_long_ago_is_forgotten(nobody: NobodyBegun) -> None:
    for number in range(100):
        nobody.learn(Rank.NAME, read_search(f"kite{number:03}x"))
    assert not nobody.is_known(Rank.NAME, read_search("kite000x"))
    assert nobody.is_known(Rank.NAME, read_search("kite099x"))


def test_whoever_is_added_meanwhile_is_found(store: SqliteContactStore, tmp_path: Path) -> None:
    store.save(Contact(0, "Asha Rao", "Kite Motors"))
    for text in ("kite", "kite m", "zo", "zoe"):
        store.search(text, LIMIT)
    store.save(Contact(0, "Kite Moore"))
    with closing(SqliteContactStore(tmp_path / "contacts.sqlite3")) as other:
        other.save(Contact(0, "Zoe Lane"))
    found = store.search("kite mo", LIMIT)
    assert [contact.name for section in found.sections for contact in section.contacts] == ["Kite Moore", "Asha Rao"]
    assert store.search("zoe", LIMIT).sections[0].contacts[0].name == "Zoe Lane"


def test_typed_letter_by_letter_the_same_is_found_as_at_once(store: SqliteContactStore, tmp_path: Path) -> None:
    contacts = [
        *people(600),
        Contact(0, "Kite Moore", "Harbour Labs", (ContactNumber("+91 98402 22222", "+919840222222"),), favourite=True),
    ]
    store.save_all(contacts)
    chance = random.Random(5)
    wrong = []
    with closing(SqliteContactStore(tmp_path / "fresh.sqlite3")) as fresh:
        last = fresh.save_all(contacts)[-1]
        for contact in chance.sample(contacts, 40):
            text = f"{contact.company} {contact.name[:6]} 98".strip().lower()
            for end in range(1, len(text) + 1):
                typed = store.search(text[:end], LIMIT)
                fresh.save(last)  # what was known is forgotten
                if typed != fresh.search(text[:end], LIMIT):
                    wrong.append(text[:end])
    assert wrong == []
