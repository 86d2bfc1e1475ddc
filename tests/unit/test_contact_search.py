"""What a search of the contacts asks for."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_desktop.domain.contact_search import LONGEST_SEARCH, ContactSearch, Term, read_search, tag_search
from c2c_desktop.domain.search_words import (
    INSIDE,
    calling_code_of,
    digits_of,
    keypad_digits,
    needle_at,
    number_starts,
    words_of,
)


@pytest.mark.parametrize(
    "text", ["", "  ", "0", "00 0", "+", "(0)", "#", "# #", '"*-', "NUL\0"[3:], "\ud800", "★", "\u200d", "\u0301"]
)
def test_a_text_that_asks_for_nothing_means_everybody(text: str) -> None:
    assert read_search(text) == ContactSearch()
    assert read_search(text).is_empty


@given(st.text(max_size=300))
def test_no_text_fails_and_what_is_asked_for_means_nothing_to_an_index(text: str) -> None:
    search = read_search(text)
    asked = [*search.tags, *search.keys, *search.needles, *search.begins]
    for term in search.terms:
        assert term.word or term.digits
        assert not term.digits or (len(term.digits) >= INSIDE) == term.is_long
        asked += [term.word, term.digits]
    for word in asked:
        assert not word or words_of(word) == [word]
        word.encode()
    assert all(len(needle) >= INSIDE for needle in search.needles)
    assert all(len(needle) < INSIDE for needle in search.begins)
    assert not (search.terms and search.is_number)


def test_only_the_beginning_of_a_pasted_page_is_looked_for() -> None:
    search = read_search("asha " * 100_000)
    assert len(search.terms) == LONGEST_SEARCH // 5


@pytest.mark.parametrize(
    ("text", "needles"),
    [
        ("98402", ("98402",)),
        ("098402", ("98402",)),
        ("98402-222 22", ("9840222222",)),
        ("+91 98402", ("9198402",)),
        ("+91 98402 22222", ("919840222222", "9840222222")),
        ("00919840222222", ("919840222222", "9840222222")),
        ("(+91) 98402", ("9198402",)),
        ("+44 (0)20 7946", ("44207946",)),
        ("+44 020 7946", ("440207946", "44207946")),
        ("+353 0", ("353",)),
        ("0018", ("0018",)),
        ("098", ("098",)),
        ("00984", ("984",)),
        ("+39 06 5555", ("39065555", "3965555")),
        ("+353 1", ("3531",)),
        ("९८४", ("984",)),
        ("９８４", ("984",)),
    ],
)
def test_digits_are_a_part_of_a_number_whatever_stands_before_and_between(text: str, needles: tuple[str, ...]) -> None:
    assert read_search(text).needles == needles
    assert read_search(text).is_number


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("9", ("9",)),
        ("098", ("98",)),
        ("0018", ("18",)),
        ("+44 0", ("44",)),
        ("+390", ("39",)),
        ("+91", ("91",)),
        ("984", ()),
        ("0984", ()),
    ],
)
def test_one_or_two_digits_begin_a_number(text: str, begins: tuple[str, ...]) -> None:
    assert read_search(text).begins == begins
    assert read_search(text).is_number


@pytest.mark.parametrize(
    ("text", "keys"), [("725", ("725",)), ("725 72", ("725", "72")), ("007", ("007",)), ("+725", ()), ("72-5", ())]
)
def test_digits_alone_are_keys_too(text: str, keys: tuple[str, ...]) -> None:
    assert read_search(text).keys == keys


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Asha RAO", [Term("asha"), Term("rao")]),
        ("o'hara", [Term("o"), Term("hara")]),
        ("b2b", [Term("b2b")]),
        ("ben 0143", [Term("ben"), Term("0143", "143")]),
        ("100% k", [Term("100", "100"), Term("k")]),
        ("studio 54", [Term("studio"), Term("54", "54")]),
        ("asha 091", [Term("asha"), Term("091", "091")]),
        ("asha 98402-22222", [Term("asha"), Term("", "9840222222")]),
        ("asha 9-8", [Term("asha"), Term("", "98")]),
        ("asha 0-0", [Term("asha")]),
        ("asha 0", [Term("asha"), Term("0")]),
        ("ben 0018", [Term("ben"), Term("0018", "0018")]),
        ("asha ★ &", [Term("asha")]),
        ("क्\u200dष राव", [Term("क्ष"), Term("राव")]),
    ],
)
def test_with_a_letter_each_part_is_a_word_and_digits_either(text: str, terms: list[Term]) -> None:
    search = read_search(text)
    assert list(search.terms) == terms
    assert not search.is_number


def test_tags_stand_beside_words_and_numbers() -> None:
    assert read_search("#VIP ra") == ContactSearch((Term("ra"),), ("vip",))
    assert read_search("725 #école") == ContactSearch((), ("ecole",), ("725",), ("725",))
    assert read_search("#key-acc") == ContactSearch(tags=("key", "acc"))


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ('#"hot lead"', ContactSearch(tags=("hot", "lead"))),
        ('#"hot le', ContactSearch(tags=("hot", "le"))),
        ("#“Hot Lead” raj", ContactSearch((Term("raj"),), ("hot", "lead"))),
        ("raj #„hot lead“", ContactSearch((Term("raj"),), ("hot", "lead"))),
        ('#vip #"hot lead" #new', ContactSearch(tags=("hot", "lead", "vip", "new"))),
        ('725 #"hot lead"', ContactSearch((), ("hot", "lead"), ("725",), ("725",))),
        ('#"vip"raj', ContactSearch((Term("raj"),), ("vip",))),
        ("#vip raj", ContactSearch((Term("raj"),), ("vip",))),
        ("#hot lead", ContactSearch((Term("lead"),), ("hot",))),
        ('a#"hot lead"', ContactSearch((Term("a"), Term("hot"), Term("lead")))),
        ('"hot lead"', ContactSearch((Term("hot"), Term("lead")))),
        ('#"', ContactSearch()),
        ('#"" #', ContactSearch()),
    ],
)
def test_a_tag_of_several_words_stands_in_quotation_marks(text: str, search: ContactSearch) -> None:
    assert read_search(text) == search


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("vip", "#vip"),
        ("hot lead", '#"hot lead"'),
        ("key-account", "#key-account"),
        ('5" “pipe”', '#"5 pipe"'),
        ("", "#"),
    ],
)
def test_what_finds_a_tag_asks_for_all_its_words(tag: str, text: str) -> None:
    assert tag_search(tag) == text
    assert read_search(text).tags == tuple(words_of(tag))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("★ – !", []),
        ("\0\x1b\ud800\uffff", []),
        ("O'Hara-Smith_Jones", ["o", "hara", "smith", "jones"]),
        ("Zoë ŁUKASZ Straße", ["zoe", "lukasz", "strasse"]),
        ("राजेश कुमार", ["राजेश", "कुमार"]),
        ("தமிழ் செல்வி", ["தமிழ்", "செல்வி"]),
        ("Nó\u00adra", ["nora"]),
        ("山田 太郎", ["山田", "太郎"]),
        ("Gate ९", ["gate", "9"]),
        ("\ue000", ["\ue000"]),
    ],
)
def test_words_are_whole_in_every_script(text: str, words: list[str]) -> None:
    assert words_of(text) == words_of(text) == words


def test_words_are_on_the_keys_of_a_telephone() -> None:
    assert [keypad_digits(word) for word in ("raj", "zoe", "studio54", "राव", "jørn", "")] == [
        "725",
        "963",
        "78834654",
        "",
        "",
        "",
    ]
    assert keypad_digits("abcdefghijklmnopqrstuvwxyz") == "22233344455566677778889999"


def test_every_calling_code_is_known() -> None:
    codes = [str(code) for code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE]
    assert [calling_code_of(f"{code}123456") for code in codes] == codes
    assert [calling_code_of(part) for part in ("", "9", "35")] == ["", "9", "35"]


@pytest.mark.parametrize(
    ("number", "starts"),
    [
        ("+919840222222", ("91", "98")),
        ("+12025550143", ("12", "20")),
        ("+3535", ("35", "5")),
        ("098402 22222", ("98",)),
        ("ext 12", ("12",)),
        ("121", ("12",)),
        ("none", ()),
        ("+", ()),
    ],
)
def test_a_number_begins_at_its_country_or_after_it(number: str, starts: tuple[str, ...]) -> None:
    assert number_starts(number) == starts
    for start in starts:
        assert number_starts(number)[0] == starts[0]
        assert digits_of(number)[needle_at(start, number) :].startswith(start)
    assert needle_at("77", number) == needle_at("777", number) == -1
