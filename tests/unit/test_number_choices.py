"""Texts with several numbers: a choice or an error, never one number made of two."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.number import MOST_CHOICES, SeveralNumbersError, parse_number
from tests.fakes import INDIAN

OTHER = "+919840233333"
THIRD = "+919840244444"
BERLIN, HAMBURG = "+493012345", "+494012345"

CHOICES = [
    ("98402 22222, 98402 33333", "IN", (INDIAN, OTHER)),
    ("9840222222;9840233333", "IN", (INDIAN, OTHER)),
    ("9840222222 / 9840233333", "IN", (INDIAN, OTHER)),
    ("9840222222/9840233333", "IN", (INDIAN, OTHER)),
    ("9840222222 or 9840233333", "IN", (INDIAN, OTHER)),
    ("9840222222 and 9840233333", "IN", (INDIAN, OTHER)),
    ("9840222222 या 9840233333", "IN", (INDIAN, OTHER)),
    ("98402 22222\n98402 33333", "IN", (INDIAN, OTHER)),
    ("98402 22222\t98402 33333", "IN", (INDIAN, OTHER)),
    ("98402 22222 98402 33333", "IN", (INDIAN, OTHER)),
    ("+91 98402 22222 98402 33333", "IN", (INDIAN, OTHER)),
    ("+91 98402 22222 +91 98402 33333", "IN", (INDIAN, OTHER)),
    ("+919840222222+919840233333", "IN", (INDIAN, OTHER)),
    ("+91 98402 22222,98402 33333", "IN", (INDIAN, OTHER)),
    ("919840222222 919840233333", "IN", (INDIAN, OTHER)),
    ("9840222222,919840233333", "IN", (INDIAN, OTHER)),
    ("9840222222 9840233333 9840244444", "IN", (INDIAN, OTHER, THIRD)),
    ("98402 22222, 98402 33333, 98402 44444", "IN", (INDIAN, OTHER, THIRD)),
    ("98402 22222 98402 33333 98402 22222", "IN", (INDIAN, OTHER)),
    ("Asha 98402 22222, Ravi 98402 33333", "IN", (INDIAN, OTHER)),
    ("Tel: 98402 22222; 98402 33333", "IN", (INDIAN, OTHER)),
    ("Tel:98402 22222 Fax:98402 33333", "IN", (INDIAN, OTHER)),
    ("Tel:98402 22222(O), 98402 33333(R)", "IN", (INDIAN, OTHER)),
    ("98402 22222 to 98402 33333", "IN", (INDIAN, OTHER)),
    ("९८४०२ २२२२२, ٩٨٤٠٢٣٣٣٣٣", "IN", (INDIAN, OTHER)),
    ("442079460123 or +91 98402 22222", "IN", ("+442079460123", INDIAN)),
    ("+44 7700 900123 or +44 7700 900124", "IN", ("+447700900123", "+447700900124")),
    ("+44 7700 900123 / +91 98402 22222", "IN", ("+447700900123", INDIAN)),
    ("+44 7700 900123, or 98402 22222", "IN", ("+447700900123", INDIAN)),
    ("tel:+44-20-7946-0123,+44-20-7946-0124", "IN", ("+442079460123", "+442079460124")),
    ("Office: 202-555-0123 Cell: 202-555-0124", "US", ("+12025550123", "+12025550124")),
    ("(202) 555-0123 or (202) 555-0124", "US", ("+12025550123", "+12025550124")),
    ("Tél. : 01 99 00 12 34 – Fax : 01 99 00 12 35", "FR", ("+33199001234", "+33199001235")),
    ("030 12345 / 040 12345", "DE", (BERLIN, HAMBURG)),
    ("03012345/04012345", "DE", (BERLIN, HAMBURG)),
    ("030 12345\r\n040 12345", "DE", (BERLIN, HAMBURG)),
    ("030 12345 | 040 12345", "DE", (BERLIN, HAMBURG)),
    ("030 12345 & 040 12345", "DE", (BERLIN, HAMBURG)),
    ("030 12345 040 12345", "DE", (BERLIN, HAMBURG)),
    ("030 12345 (040) 12345", "DE", (BERLIN, HAMBURG)),
    ("030 12345 oder 040 12345", "DE", (BERLIN, HAMBURG)),
    ("tel:03012345,04012345", "DE", (BERLIN, HAMBURG)),
    (
        "+1 415-555-0162, +39 06 5555 0142, +33 6 39 98 12 34",
        "IN",
        ("+14155550162", "+390655550142", "+33639981234"),
    ),
    (
        "+44 20 7946 0018\n+91 98402 22222\n+46 70 174 06 05\n044 2811 1111",
        "IN",
        ("+442079460018", INDIAN, "+46701740605", "+914428111111"),
    ),
]
"""In Germany, where numbers have many lengths, each pair would make one longer number in use."""


@pytest.mark.parametrize(("text", "region", "choices"), CHOICES)
def test_several_numbers_are_a_choice(text: str, region: str, choices: tuple[str, ...]) -> None:
    with pytest.raises(SeveralNumbersError) as caught:
        parse_number(text, region)
    assert tuple(choice.e164 for choice in caught.value.choices) == choices
    assert caught.value.title == "Several numbers there"
    assert "Choose one" in caught.value.message


@pytest.mark.parametrize(("text", "region", "choices"), CHOICES)
def test_each_choice_can_be_dialled_by_itself(text: str, region: str, choices: tuple[str, ...]) -> None:
    with pytest.raises(SeveralNumbersError) as caught:
        parse_number(text, region)
    for choice, e164 in zip(caught.value.choices, choices, strict=True):
        assert parse_number(choice.e164, "AQ").e164 == e164


def test_a_choice_says_how_its_own_part_reads() -> None:
    with pytest.raises(SeveralNumbersError) as caught:
        parse_number("98402 22222 / +44 20 7946 0123 ext 5", "IN")
    assert [choice.reading for choice in caught.value.choices] == [
        "98402 22222 → +91 98402 22222 (India, your region)",
        "+44 20 7946 0123 ext 5 → +44 20 7946 0123 (United Kingdom)",
    ]
    assert [choice.post_dial for choice in caught.value.choices] == ["", "5"]


def test_a_long_table_is_not_cut_within_a_number() -> None:
    with pytest.raises(SeveralNumbersError) as caught:
        parse_number("98402 33333" + "\t;" * 185 + "030 12345678", "DE")
    assert [choice.e164 for choice in caught.value.choices][-1] == "+493012345678"


def test_no_more_is_offered_than_somebody_can_choose_from() -> None:
    text = ", ".join(f"98402 2222{digit}" for digit in range(10))
    with pytest.raises(SeveralNumbersError) as caught:
        parse_number(text)
    assert len(caught.value.choices) == MOST_CHOICES


@pytest.mark.parametrize(
    "text",
    [
        "9840222222 / +91 98402 22222",
        "98402 22222 98402 22222",
        "+91 98402 22222 +91 98402 22222",
        "98402 22222 (098402 22222)",
        "Mobile 98402 22222, WhatsApp +91-98402-22222",
        "9840222222\n9840222222",
    ],
)
def test_one_number_written_twice_is_one_number(text: str) -> None:
    number = parse_number(text)
    assert number.e164 == INDIAN
    assert number.reading.endswith(f"→ +91 98402 22222 ({number.why})")
    assert number.reading.startswith(text[:5])


def test_of_one_number_written_twice_the_extension_is_kept() -> None:
    assert parse_number("98402 22222, office 98402 22222 ext 7").post_dial == "7"


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("+91 98402 22222 +1", "IN"),
        ("+91+98402 22222", "IN"),
        ("98402 22222, 98402 22222, 98402 333334", "IN"),
        ("98402 22222 33", "IN"),
        ("+91 98402 22222 33", "IN"),
        ("9840222222/33", "IN"),
        ("112 98402 22222", "IN"),
        ("044-23456789/90", "IN"),
        ("98402 22222 (9-17)", "IN"),
        ("020 7946 0123 / 0124", "GB"),
        ("0301234/040", "DE"),
        ("030 12345/46", "DE"),
        ("030 1234\n567", "DE"),
        ("112 030 12345", "DE"),
        ("+44 20 7946 0018 / 19, +91 98402 22222, 98402 33333", "IN"),
        ("+44 20 7946 0018, +91 98402 22222, 98402 33333, 06 1234 0", "IN"),
    ],
)
def test_digits_that_may_belong_to_a_number_or_not_are_no_call(text: str, region: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_number(text, region)
    assert caught.value.title == "Several numbers there"
    assert not isinstance(caught.value, SeveralNumbersError)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("600001 98402 22222", "IN"),
        ("98402-22222-33333", "IN"),
        ("9840222222-9840233333", "IN"),
        ("98402222229840233333", "IN"),
        ("98402 22222 " + "9 8 4 0 2 2 2 2 2 " * 3, "IN"),
        ("+91 98402 22222 and 98402 33333 44", "IN"),
        ("+91 98402 22222 or +99 9", "IN"),
        ("4111 1111 1111 1111", "US"),
    ],
)
def test_a_row_of_digits_that_is_not_clearly_numbers_is_no_call(text: str, region: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_number(text, region)
    assert not isinstance(caught.value, SeveralNumbersError)


@pytest.mark.parametrize(
    ("text", "region"), [("009 1 900-234-5678", "NG"), ("001 36 1 234 5678", "GY"), ("00 1 201-555-0123", "HK")]
)
def test_a_prefix_that_can_be_read_in_two_ways_asks_for_the_plus(text: str, region: str) -> None:
    with pytest.raises(NumberError, match=r"with \+ and its country code"):
        parse_number(text, region)
