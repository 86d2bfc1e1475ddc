"""Which contacts answer a search, in which order, and what is marked of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_rank import Rank, entry_of, is_similar, rank_of, sort_key
from c2c_desktop.domain.contact_search import read_search
from c2c_desktop.domain.found_contacts import Found, FoundCount, Heading, Place, Section
from c2c_desktop.domain.search_marks import holds_number, number_marks, word_marks
from c2c_desktop.domain.search_words import words_of
from c2c_desktop.domain.similar_words import LONGEST, similar_terms
from tests.fakes import INDIAN

RAJ = Contact(
    1,
    "Raj Müller",
    "Maharaja Studio 54",
    (
        ContactNumber("+91 98402 22222", INDIAN),
        ContactNumber("+44 20 7946 0220", "+442079460220"),
        ContactNumber("ext 731", ""),
    ),
    tags=("vip", "key account"),
)
FIRM = Contact(2, "", "Kite Works", (ContactNumber("+44 20 7946 0018", "+442079460018"),))
TEXTS = st.text("rajmühe 0123459+#'-", max_size=12)


@pytest.mark.parametrize(
    "text",
    [
        "uller x", "ra x", "aj", "#x", "#vip x", "#ip", "raj 55", "raj 5-5", "raj 555", "22", "999", "7255", "725 8",
        "+92", "023", "02223", "#x 725", "raj 77-77",
    ],
)  # fmt: skip
def test_who_lacks_one_part_does_not_answer(text: str) -> None:
    assert rank_of(read_search(text), entry_of(RAJ)) is None


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("", Rank.NAME),
        ("#vip", Rank.NAME),
        ("#acc #v", Rank.NAME),
        ("mull ra", Rank.NAME),
        ("MÜLLER", Rank.NAME),
        ("raj stu", Rank.COMPANY),
        ("raj 54", Rank.COMPANY),
        ("raj 9-8", Rank.COMPANY),
        ("raj 98", Rank.COMPANY),
        ("raj 91", Rank.COMPANY),
        ("haraj", Rank.INSIDE),
        ("ull r", Rank.INSIDE),
        ("raj 402", Rank.INSIDE),
        ("raj 731", Rank.INSIDE),
        ("raj 98402-22222", Rank.INSIDE),
        ("ull 98", Rank.INSIDE),
        ("#vip 725", Rank.NAME),
        ("725 68", Rank.NAME),
        ("54", Rank.NAME),
        ("98402", Rank.INSIDE),
        ("+91 98402 22222", Rank.INSIDE),
        ("98", Rank.COMPANY),
        ("098", Rank.COMPANY),
        ("022", Rank.INSIDE),
        ("731", Rank.INSIDE),
    ],
)
def test_names_stand_before_companies_before_what_is_inside(text: str, rank: Rank) -> None:
    assert rank_of(read_search(text), entry_of(RAJ)) is rank


def test_without_a_name_the_keypad_finds_the_company() -> None:
    assert rank_of(read_search("548"), entry_of(FIRM)) is Rank.NAME
    assert rank_of(read_search("788"), entry_of(RAJ)) is None


@given(TEXTS, TEXTS, st.integers(0, 5))
def test_with_more_letters_never_more_are_found(name: str, text: str, cut: int) -> None:
    """Letters aside: a digit more can turn a beginning into a part of a number."""
    text = "".join(c for c in text if not c.isdigit() and c not in "+#")
    entry = entry_of(Contact(1, name, "Ham Rajah"))
    if rank_of(read_search(text), entry) is not None and len(words_of(text)) == 1:
        shorter = words_of(text)[0][: max(cut, 1)]
        is_inside = rank_of(read_search(text), entry) is Rank.INSIDE
        assert is_inside or rank_of(read_search(shorter), entry) is not None


@pytest.mark.parametrize(
    ("contact", "key"),
    [
        (RAJ, "raj muller"),
        (FIRM, "kite works"),
        (Contact(0, "★", "", RAJ.numbers), "919840222222"),
        (Contact(0, "", "", (ContactNumber("ext 12", ""),)), "12"),
        (Contact(0, "★"), ""),
        (Contact(0, "'Asha"), "asha"),
    ],
)
def test_everybody_has_a_place_in_the_alphabet(contact: Contact, key: str) -> None:
    assert sort_key(contact) == key


def similar(text: str, contact: Contact = RAJ) -> bool:
    search = read_search(text)
    variants = similar_terms(search)
    return bool(variants) and is_similar(variants, search.tags, entry_of(contact))


@pytest.mark.parametrize("text", ["", "raj", "rxj", "98402", "mxxler", "mulxer xxx", "mulxer #x", "muler 73-1",
                                  "mulx mulx mulx mulx", "x" * (LONGEST + 1), "mul1er"])  # fmt: skip
def test_what_is_further_than_a_slip_away_is_not_similar(text: str) -> None:
    assert not similar(text)


@pytest.mark.parametrize(
    "text", ["mulller", "muler", "mulker", "mulelr", "umller", "uller", "xuller", "ahara maharaja", "raj mulker #vip"]
)
def test_one_slip_of_a_finger_is_forgiven(text: str) -> None:
    assert similar(text)


def test_a_slip_in_another_script_is_forgiven_where_no_letter_is_missing() -> None:
    asha = Contact(1, "राजकुमार")
    assert similar("राजकमुार", asha)
    assert not similar("राजमुमार", asha)


def marked(text: str, search: str) -> list[str]:
    return [text[start:end] for start, end in word_marks(text, read_search(search))]


@pytest.mark.parametrize(
    ("text", "search", "found"),
    [
        ("", "le", []),
        ("Lena", "  ", []),
        ("Elena", "le", []),
        ("Lena", "#le", []),
        ("Lena", "a9-8", []),
        ("François Lefèvre", "lefe fr", ["Lefè", "Fr"]),
        ("Lena Lehmann", "le", ["Le", "Le"]),
        ("Maharaja Raj", "raj", ["Raj"]),
        ("Maharaja", "raj", ["raj"]),
        ("Jürgen Voß", "vos", ["Voß"]),
        ("Cafe\u0301 Noir", "café", ["Cafe\u0301"]),
        ("अर्जुन राव", "अर", ["अर्"]),
        ("क्\u200dष", "क्ष", ["क्\u200dष"]),
        ("O'Hara", "o'h", ["O", "H"]),
        ("a½ b", "a1 2", ["a½", "½"]),
        ("Raj Rao", "725", ["Raj"]),
        ("Studio 54", "54", ["54"]),
        ("🏢 Räder & Söhne", "soh", ["Söh"]),
    ],
)
def test_what_answers_is_marked_in_whole_letters(text: str, search: str, found: list[str]) -> None:
    assert marked(text, search) == found


@pytest.mark.parametrize(
    ("number", "search", "found"),
    [
        ("", "5", []),
        ("+44 20 7946 0018", "ben", []),
        ("+44 20 7946 0018", "000", []),
        ("+44 20 7946 0018", "0018 7", []),
        ("+44 20 7946 0018", "79", []),
        ("+91 98402 22222", "840 222", ["8402 22"]),
        ("+91 98402 22222", "98", ["98"]),
        ("+91 98402 22222", "91", ["91"]),
        ("098402 22222", "98", ["98"]),
        ("098402 22222", "+91 98402 22222", ["98402 22222"]),
        ("+91 98402 22222", "+91 98402 22222", ["91 98402 22222"]),
        ("+44 20 7946 0018", "ben 7946 0018", ["7946", "0018"]),
        ("+44 20 7946 0018", "ben 7946 018", ["7946", "018"]),
        ("+44 20 7946 0018", "+44 (0)20", ["44 20"]),
    ],
)
def test_digits_are_marked_however_they_are_grouped(number: str, search: str, found: list[str]) -> None:
    assert [number[start:end] for start, end in number_marks(number, read_search(search))] == found
    assert holds_number(number, read_search(search)) is bool(found)


@given(st.text(max_size=30), st.text(max_size=8))
def test_marks_lie_in_the_text_whatever_it_holds(text: str, search: str) -> None:
    for start, end in [*word_marks(text, read_search(search)), *number_marks(text, read_search(search))]:
        assert 0 <= start < end <= len(text)


def test_what_was_found_is_told_with_and_without_headings() -> None:
    found = Found((Section(Heading.NAMES, (RAJ,)), Section(Heading.NUMBERS, (FIRM,))))
    assert found.contacts == [RAJ, FIRM]
    assert FoundCount(5000, is_exact=False).words == "5,000+"
    assert FoundCount(12_345, is_exact=True).words == "12,345"


def test_how_many_answer_is_known_where_no_section_goes_on() -> None:
    place = Place(is_plain=True, rank=Rank.INSIDE, position=7)
    assert Found().number == 0
    assert Found((Section(Heading.NAMES, (RAJ,)), Section(Heading.NUMBERS, (FIRM, RAJ)))).number == 3
    assert Found((Section(Heading.NAMES, (RAJ,), place), Section(Heading.NUMBERS, (FIRM,)))).number is None
    assert Found((Section(Heading.SIMILAR, (RAJ, FIRM)),)).number == 0
    assert Found((Section(Heading.SIMILAR, (RAJ,), place),)).number == 0
