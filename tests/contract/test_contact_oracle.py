"""Everything the contact list finds, and its order, is what looking at every single contact finds.

The oracle shares the reading of names and of what was typed, which have tests of their own, and nothing else: it
knows no index, and looks at contacts as strings.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from c2c_desktop.adapters import contact_finder, contact_words
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_rank import MOST_FAVOURITES
from c2c_desktop.domain.contact_search import ContactSearch, read_search
from c2c_desktop.domain.search_words import calling_code_of, digits_of, words_of
from c2c_desktop.domain.similar_words import similar_terms
from tests.bench.people import people

CONTACTS = 2000
QUERIES = 1000
LIMIT = 40
LETTERS = ("abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz")
KEYS = {letter: str(key) for key, letters in enumerate(LETTERS, start=2) for letter in letters}


class Seen:
    """One contact as the oracle looks at it: words with a blank before each."""

    def __init__(self, contact: Contact) -> None:
        self.contact = contact
        self.name = "".join(f" {word}" for word in words_of(contact.name))
        self.both = self.name + "".join(f" {word}" for word in words_of(contact.company))
        self.tags = "".join(f" {word}" for word in words_of(" ".join(contact.tags)))
        called = self.name or self.both
        self.keys = "".join(f" {_on_keys(word)}" for word in called.split() if word.isascii())
        self.numbers, self.starts = "", ""
        for number in contact.numbers:
            digits = "".join(str(unicodedata.decimal(c)) for c in number.e164 or number.shown if c.isdecimal())
            self.numbers += f" {digits}"
            if number.e164.startswith("+"):
                self.starts += f" {digits} {digits[len(calling_code_of(digits)) :]}"
            else:
                self.starts += f" {digits.lstrip('0')}"
        first = self.numbers.split()[:1]
        self.key = (self.both.strip() if not self.name else self.name.strip()) or "".join(first), contact.id


def _on_keys(word: str) -> str:
    return "".join(KEYS.get(letter, letter) for letter in word)


def rank(search: ContactSearch, seen: Seen) -> tuple[str, int] | None:
    """The heading and the rank of a contact."""
    if any(f" {tag}" not in seen.tags for tag in search.tags):
        return None
    if search.is_number:
        if search.keys and all(f" {key}" in seen.both + seen.keys for key in search.keys):
            return "Names", 0
        if any(f" {begin}" in seen.starts for begin in search.begins):
            return "Numbers", 1
        return ("Numbers", 2) if any(needle in seen.numbers for needle in search.needles) else None
    name = both = inside = True
    for term in search.terms:
        in_name = bool(term.word) and f" {term.word}" in seen.name
        in_both = bool(term.word) and f" {term.word}" in seen.both
        if len(term.word or term.digits) < 3:
            in_both = in_both or (bool(term.digits) and f" {term.digits}" in seen.starts)
            in_any = in_both
        else:
            in_any = (bool(term.word) and term.word in seen.both) or (bool(term.digits) and term.digits in seen.numbers)
        name, both, inside = name and in_name, both and in_both, inside and in_any
    return ("", 0 if name else 1 if both else 2) if inside else None


def looked_at(contacts: list[Contact]) -> list[Seen]:
    return sorted(map(Seen, contacts), key=lambda seen: seen.key)


def oracle(in_order: list[Seen], text: str) -> list[tuple[str, list[int]]]:
    """Every section with the ids of everybody in it."""
    search = read_search(text)
    first = [seen.contact.id for seen in in_order if seen.contact.favourite][:MOST_FAVOURITES]
    found: dict[str, list[tuple[bool, int, int, int]]] = {}
    for place, seen in enumerate(in_order):
        ranked = rank(search, seen)
        if ranked is not None:
            heading, best = ranked
            found.setdefault(heading, []).append((seen.contact.id not in first, best, place, seen.contact.id))
    sections = [(heading, [entry[-1] for entry in sorted(found[heading])]) for heading in sorted(found)]
    variants = similar_terms(search)
    if not sections and variants:
        like = [
            seen.contact.id
            for seen in in_order
            if all(any(f" {word}" in seen.both for word in each) for each in variants)
            and all(f" {tag}" in seen.tags for tag in search.tags)
        ]
        sections = [("Similar names", like)] if like else []
    return sections


def differences(store: SqliteContactStore, contacts: list[Contact], texts: list[str]) -> list[str]:
    """The texts for which the store finds something else, somebody in another order, or counts wrongly."""
    seen = looked_at(contacts)
    wrong: list[str] = []
    for text in texts:
        wanted = oracle(seen, text)
        number = sum(len(ids) for heading, ids in wanted if heading != "Similar names")
        exact, rough = store.count_found(text), store.count_found(text, LIMIT)
        assert exact is not None
        assert rough is not None
        found = [(s.heading.value, [c.id for c in s.contacts]) for s in store.search(text, LIMIT).sections]
        if (
            found != [(heading, ids[:LIMIT]) for heading, ids in wanted]
            or exact.number != number
            or not exact.is_exact
            or not rough.is_exact <= (rough.number == number)
        ):
            wrong.append(text)
    return wrong


def queries(chance: random.Random, contacts: list[Contact], count: int) -> Iterator[str]:
    """Realistic texts, as far as somebody got with typing them, and some that nobody types."""
    kinds: list[Callable[[random.Random, Contact], str]] = [_words, _words, _inside, _number, _number, _keypad, _mixed,
                                                           _tagged, _mistyped, _junk]  # fmt: skip
    usual = [contact for contact in contacts if contact.numbers and words_of(contact.name or contact.company)]
    for _ in range(count):
        text = chance.choice(kinds)(chance, chance.choice(usual))
        yield text[: chance.randint(1, len(text))] if text and chance.random() < 0.6 else text


def _words(chance: random.Random, contact: Contact) -> str:
    words = f"{contact.name} {contact.company}".split()
    chosen = chance.sample(words, min(len(words), chance.randint(1, 3)))
    parts = [word[: chance.randint(1, len(word))] for word in chosen]
    text = " ".join(parts)
    return chance.choice([text, text.upper(), text.lower()])


def _inside(chance: random.Random, contact: Contact) -> str:
    word = chance.choice((contact.name or contact.company).split())
    start = chance.randrange(len(word))
    return word[start : start + chance.randint(2, 5)] + chance.choice(["", " a", " " + contact.company[:3]])


def _number(chance: random.Random, contact: Contact) -> str:
    number = chance.choice(contact.numbers)
    digits = re.sub("[^0-9]", "", number.e164 or number.shown) or "7"
    national = digits[len(calling_code_of(digits)) :]
    start = chance.randrange(len(digits))
    part = digits[start : start + chance.randint(1, 7)]
    return chance.choice(
        [part, part, number.shown, number.e164, f"0{national}", f"00{digits}", national, f"{part[:3]}-{part[3:]}",
         f"+{calling_code_of(digits)} (0) {national}", f"+{calling_code_of(digits)} 0{national}"]
    )  # fmt: skip


def _keypad(chance: random.Random, contact: Contact) -> str:
    words = words_of(contact.name or contact.company)
    return " ".join(_on_keys(word)[: chance.randint(1, 6)] for word in chance.sample(words, min(len(words), 2)))


def _mixed(chance: random.Random, contact: Contact) -> str:
    parts = [_words(chance, contact), _number(chance, contact)]
    chance.shuffle(parts)
    return " ".join(parts)


def _tagged(chance: random.Random, contact: Contact) -> str:
    tag = chance.choice(
        ["#vip", "#VI", "#key", "#account", "#ecole", "#sup", "#nothing", "#", '#"key acc', '#"vip key"']
    )
    return chance.choice([tag, f"{tag} {_words(chance, contact)}", f"{_number(chance, contact)} {tag}"])


def _mistyped(chance: random.Random, contact: Contact) -> str:
    letters = list((contact.name or contact.company).split()[0])
    at = chance.randrange(len(letters))
    letters[at] = chance.choice(["", "x", letters[at] * 2, chance.choice("aeiou")])
    return "".join(letters)


def _junk(chance: random.Random, contact: Contact) -> str:
    signs = [
        '"',
        "*",
        "-",
        "^",
        ":",
        "(",
        ")",
        "{",
        "}",
        "NEAR",
        "AND",
        "NOT",
        "OR",
        "'",
        "%",
        "_",
        "\0",
        "\ud800",
        "★",
    ]
    parts = [*chance.sample(signs, 3), _words(chance, contact)]
    chance.shuffle(parts)
    return chance.choice(["", " "]).join(parts)


def odd_people() -> list[Contact]:
    """Those whom no list of names has."""
    number = ContactNumber("+91 98402 22222", "+919840222222")
    return [
        Contact(0, "", "", (number,)),
        Contact(0, "★ ★", "", (ContactNumber("0044 20", ""),)),
        Contact(0, "", "", ()),
        Contact(0, "'Asha' \"Rao\" *", "NEAR(AND OR NOT) -x", (number, number), tags=("vip", "v i p")),
        Contact(0, "क्\u200dष राव", "राव एंड संस", (ContactNumber("९८४० १२३", ""),)),
        Contact(0, "山田太郎", "株式会社 山田", (ContactNumber("+81 3 0000 0000", "+81300000000"),), favourite=True),
        Contact(0, "a" * 120, "b " * 60, (ContactNumber("000", ""), ContactNumber("ask Eve", ""))),
        Contact(0, "Studio 54", "3M 2nd", (ContactNumber("121", "121"),), note="#vip"),
    ]


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SqliteContactStore, list[Contact]]]:
    """Some thousands, with some favourites."""
    contacts = [replace(c, favourite=c.id % 31 == 0) for c in people(CONTACTS)] + odd_people()
    with closing(SqliteContactStore(tmp_path_factory.mktemp("oracle") / "contacts.sqlite3")) as store:
        yield store, store.save_all(contacts)


@pytest.mark.parametrize("seed", range(4))
def test_thousands_of_searches_find_what_looking_at_everybody_finds(
    listed: tuple[SqliteContactStore, list[Contact]], seed: int
) -> None:
    store, contacts = listed
    texts = list(dict.fromkeys(queries(random.Random(seed), contacts, QUERIES)))
    assert len(texts) > QUERIES / 2
    assert differences(store, contacts, texts) == []


@pytest.mark.parametrize("digits", [2, 3, 4, 7])
def test_words_beside_digits_find_what_looking_at_everybody_finds(
    listed: tuple[SqliteContactStore, list[Contact]], digits: int
) -> None:
    store, contacts = listed
    chance = random.Random(digits)
    texts: list[str] = []
    for contact in chance.sample([c for c in contacts if c.numbers and len(words_of(c.company)) > 1], 60):
        number = digits_of(contact.numbers[-1].e164 or contact.numbers[-1].shown)
        at = chance.randint(0, max(0, len(number) - digits))
        words = words_of(contact.company)[:2]
        typed = [[word[:length] for word in words] for length in (2, 3, 4, 20)]
        typed += [[word[1:] for word in words], [words[0][:3] + "x", words[1]]]
        texts += [" ".join([*each, number[at : at + digits]]) for each in typed]
    assert differences(store, contacts, texts) == []


@pytest.mark.parametrize(
    ("module", "name"), [(contact_finder, "PASSED"), (contact_finder, "FEW"), (contact_words, "MOST_WORDS")]
)
def test_in_a_long_list_the_other_way_round_finds_the_same(
    listed: tuple[SqliteContactStore, list[Contact]], module: ModuleType, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, 0)
    store, contacts = listed
    chance = random.Random(17)
    words = [words_of(contact.name or contact.company) for contact in contacts]
    long = [[word for word in each if len(word) > 3] for each in words]
    pairs = [(each[-1][1:4], chance.choice(contacts)) for each in long if each]
    texts = [f"{part} {chance.choice([(c.name or 'x')[0], '9', '98', '#vip 222', '0-9'])}" for part, c in pairs]
    assert differences(store, contacts, chance.sample(texts, 400)) == []


def test_with_a_tag_and_digits_nobody_is_counted_twice(tmp_path: Path) -> None:
    people_with_both = [("Raj", "+919876572500"), ("Amit", "+919876572511"), ("725 Club", "+919840072522")]
    contacts = [
        Contact(at, name, "", (ContactNumber(number, number),), tags=("vip",))
        for at, (name, number) in enumerate(people_with_both, 1)
    ]
    with closing(SqliteContactStore(tmp_path / "contacts.sqlite3")) as store:
        store.save_all(contacts)
        assert differences(store, contacts, ["725", "#vip 725", "#vip 72", "#vip 98", "#vip 9", "#vip raj 725"]) == []


def test_page_by_page_everybody_is_told_once_in_the_same_order(
    listed: tuple[SqliteContactStore, list[Contact]],
) -> None:
    store, contacts = listed
    seen = looked_at(contacts)
    for text in (
        "",
        "a",
        "ra",
        "raj",
        "kum",
        "7",
        "72",
        "022",
        "98",
        "222",
        "a 9",
        "kite 98",
        "#vip",
        "#vip a",
        '#"key account" ra',
        "raxj",
    ):
        for (heading, wanted), first in zip(oracle(seen, text), store.search(text, 7).sections, strict=True):
            told, section = list(first.contacts), first
            while section.after is not None:
                section = store.more(text, section.after, 90)
                assert section.heading.value == heading
                told += section.contacts
            assert [contact.id for contact in told] == wanted, text


@pytest.mark.parametrize("limit", [1, 5, 12, 60])
def test_a_glance_is_the_beginning_of_what_a_search_finds(
    listed: tuple[SqliteContactStore, list[Contact]], limit: int
) -> None:
    store, contacts = listed
    for text in dict.fromkeys(queries(random.Random(limit), contacts, 300)):
        seen = store.glance(text, limit).sections
        whole = store.search(text, len(contacts)).sections
        for section, of_all in zip(seen, whole, strict=False):
            number = len(section.contacts)
            assert (section.heading, section.contacts) == (of_all.heading, of_all.contacts[:number]), text
            assert (section.after is None) == (number == len(of_all.contacts)), text
            if section.after is not None:
                rest = store.more(text, section.after, len(contacts))
                assert section.contacts + rest.contacts == of_all.contacts, text
        shown = sum(len(section.contacts) for section in seen)
        assert min(limit, sum(len(section.contacts) for section in whole)) <= shown <= limit + 1, text
        assert all(section.after is None for section in seen[:-1]), text
        assert len(seen) == len(whole) or seen[-1].after is not None, text


def test_more_favourites_than_anybody_has_stand_first_as_far_as_they_are_looked_through(tmp_path: Path) -> None:
    contacts = [Contact(0, f"Name {n:04}", favourite=n % 5 < 4) for n in range(MOST_FAVOURITES * 5 // 4 + 100)]
    with closing(SqliteContactStore(tmp_path / "contacts.sqlite3")) as store:
        stored = store.save_all(contacts)
        assert differences(store, stored, ["", "name", "ame", "6263", "name 00", "nxme"]) == []


def test_after_any_changes_the_same_is_found_as_by_looking_at_everybody(tmp_path: Path) -> None:
    chance = random.Random(8)
    with closing(SqliteContactStore(tmp_path / "contacts.sqlite3")) as store:
        kept = {contact.id: contact for contact in store.save_all([*people(150), *odd_people()])}
        others = [replace(contact, id=0) for contact in people(400, seed=9)]
        for turn, other in enumerate(others):
            old = chance.choice(list(kept.values()))
            change = chance.choice(["add", "add", "rename", "number", "delete", "favourite", "tag"])
            if change == "add":
                stored = store.save(other)
            elif change == "rename":
                stored = store.save(replace(old, name=other.name))
            elif change == "number":
                stored = store.save(replace(old, numbers=other.numbers))
            elif change == "favourite":
                stored = store.save(replace(old, favourite=not old.favourite))
            elif change == "tag":
                stored = store.save(replace(old, tags=("vip", f"t{turn}")))
            else:
                store.delete(old.id)
                del kept[old.id]
                continue
            kept[stored.id] = stored
            if turn % 80 == 0:
                contacts = list(kept.values())
                assert differences(store, contacts, ["", *queries(chance, contacts, 150)]) == []
        contacts = list(kept.values())
        assert differences(store, contacts, ["", *queries(chance, contacts, 800)]) == []


@pytest.mark.parametrize("names", ["rising", "falling", "alike"])
def test_where_all_come_between_the_same_two_they_move_apart(tmp_path: Path, names: str) -> None:
    with closing(SqliteContactStore(tmp_path / "contacts.sqlite3")) as store:
        kept = store.save_all([Contact(0, f"{letter}a") for letter in "abcdefghijklmnopqrstuvwxyz"])
        for number in range(400):
            name = {"rising": f"m{number:04}", "falling": f"m{999 - number:04}", "alike": "mm"}[names]
            kept.append(store.save(Contact(0, name, f"Firm {number}")))
        assert differences(store, kept, ["", "m", "mm", "m00", "firm 39", "irm", "ma", "6"]) == []
