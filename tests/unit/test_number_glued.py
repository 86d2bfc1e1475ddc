"""Numbers glued to words, to each other or in the place of an extension: never one of several without a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.number import SeveralNumbersError, parse_number
from tests.fakes import INDIAN

OTHER = "+919840233333"
CHENNAI = "+914428111111"
WASHINGTON = "+12025550123"


@pytest.mark.parametrize(
    ("text", "region", "choices"),
    [
        ("Mob9840222222 Off 044 28111111", "IN", (INDIAN, CHENNAI)),
        ("Mob9840222222,Off04428111111", "IN", (INDIAN, CHENNAI)),
        ("Mob98402 22222 Off 044 28111111", "IN", (INDIAN, CHENNAI)),
        ("Mob9840222222 Off +91 44 28111111", "IN", (INDIAN, CHENNAI)),
        ("Mob९८४०२२२२२२ Off 044 28111111", "IN", (INDIAN, CHENNAI)),
        ("PH9840222222 OFF 044 28111111", "IN", (INDIAN, CHENNAI)),
        ("Mob+919840222222 Off+914428111111", "IN", (INDIAN, CHENNAI)),
        ("9840222222or 9840233333", "IN", (INDIAN, OTHER)),
        ("+919840222222or 9840233333", "IN", (INDIAN, OTHER)),
        ("98402 22222or 98402 33333", "IN", (INDIAN, OTHER)),
        ("9840222222and9840233333", "IN", (INDIAN, OTHER)),
        ("Asha 9840222222 Ravi9840233333", "IN", (INDIAN, OTHER)),
        ("फोन9840222222 या9840233333", "IN", (INDIAN, OTHER)),
        ("手机9840222222电话9840233333", "IN", (INDIAN, OTHER)),
        ("Тел9840222222 Офис9840233333", "IN", (INDIAN, OTHER)),
        ("AB9840222222, 98402 33333", "IN", (INDIAN, OTHER)),
        ("98402 22222, Ravi 98402 333334", "IN", (INDIAN, "+9198402333334")),
        ("98402 22222 $500 or 98402 33333", "IN", (INDIAN, OTHER)),
        ("9840222222x 9840233333", "IN", (INDIAN, OTHER)),
        ("9840222222 x9840233333", "IN", (INDIAN, OTHER)),
        ("9840222222 ext 9840233333", "IN", (INDIAN, OTHER)),
        ("9840222222 ext9840233333", "IN", (INDIAN, OTHER)),
        ("9840222222 #9840233333", "IN", (INDIAN, OTHER)),
        ("9840222222 p 9840233333", "IN", (INDIAN, OTHER)),
        ("tel:+919840222222;ext=9840233333", "IN", (INDIAN, OTHER)),
        ("98402 22222 x 98402 33333 x 98402 44444", "IN", (INDIAN, OTHER, "+919840244444")),
        ("Asha 9840222222x 9840233333", "IN", (INDIAN, OTHER)),
        ("5812345 x 5812346", "IS", ("+3545812345", "+3545812346")),
        ("03012345 x 04012345", "DE", ("+493012345", "+494012345")),
        ("Hans Tel03012345 Fax04012345", "DE", ("+493012345", "+494012345")),
        ("Hr Tlf22334455 Fax22334456", "DK", ("+4522334455", "+4522334456")),
        ("1-800-FLOWERS or 202-555-0123", "US", ("+18003569377", WASHINGTON)),
        ("202-555-0123 or 1 800 FLOWERS", "US", (WASHINGTON, "+18003569377")),
        ("+1-800-FLOWERS or 9840222222", "IN", ("+18003569377", INDIAN)),
        ("Mob 07700 900123 Off 020 7946 0018", "GB", ("+447700900123", "+442079460018")),
        ("Mob07700900123 Off 020 7946 0018", "GB", ("+447700900123", "+442079460018")),
    ],
)
def test_numbers_glued_to_words_are_a_choice_too(text: str, region: str, choices: tuple[str, ...]) -> None:
    with pytest.raises(SeveralNumbersError) as caught:
        parse_number(text, region)
    assert tuple(choice.e164 for choice in caught.value.choices) == choices


@pytest.mark.parametrize(
    "text",
    [
        "984O222222 or 98402 33333",
        "98402 2222O or 98402 33333",
        "O9840222222 98402 33333",
        "9840222222\ufffd 98402 33333",
        "98402222229840233333 or 98402 44444",
        "98402 22222, Ravi 98402 3333344455",
        "98402 22222 or +1 202 555",
        "9840222222-9840233333 or 98402 44444",
    ],
)
def test_digits_that_look_like_a_number_forbid_the_call_to_another_one(text: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_number(text)
    assert caught.value.title == "Several numbers there"
    assert not isinstance(caught.value, SeveralNumbersError)


@pytest.mark.parametrize(
    "text", ["98402222229840233333", "9840222222@9840233333", "9840222222*9840233333", "9840222222#9840233333"]
)
def test_numbers_run_together_are_no_call(text: str) -> None:
    with pytest.raises(NumberError):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "region", "e164"),
    [
        ("Tel.: +44 20 7946 0018 ext. 12", "IN", "+442079460018"),
        ("Order 66: +44 20 7946 0018", "IN", "+442079460018"),
        ("ID12345678 call 9840222222", "IN", INDIAN),
        ("ID9840233333 call 9840222222", "IN", INDIAN),
        ("order9840233333 call 9840222222", "IN", INDIAN),
        ("PNR No. AB9840233333, 9840222222", "IN", INDIAN),
        ("Rm40212345 98402 22222", "IN", INDIAN),
        ("GSTIN 33AABCU9603R1ZM, Tel 98402 22222", "IN", INDIAN),
        ("550e8400-e29b-41d4-a716-446655440000, 98402 22222", "IN", INDIAN),
        ("2024-11-05T10:30:00Z 98402 22222", "IN", INDIAN),
        ("Mobil9840222222, or 98402 22222", "IN", INDIAN),
        ("ring https://example.com/ab9840233333 or 98402 22222", "IN", INDIAN),
        ("Asha Rao | +44 20 7946 0018 | VAT GB 123456789 | Company No. 01234567", "GB", "+442079460018"),
        ("London W1A 1AA, 020 7946 0018", "GB", "+442079460018"),
        ("USt-IdNr. DE123456789, Tel 030 1234567", "DE", "+49301234567"),
        ("DE123456789 Tel 030 1234567", "DE", "+49301234567"),
        ("Zimmer9 030 12345", "DE", "+493012345"),
        ("NO93 8601 1117 947 Tel 22 33 44 55", "NO", "+4722334455"),
        ("FR12345678901 Tél 01 99 00 12 34", "FR", "+33199001234"),
        ("P.IVA IT01234567890 Tel 06 6982 0123", "IT", "+390669820123"),
        ("415 Mission St, 202-555-0123", "US", WASHINGTON),
        ("Washington, DC 20001-1234, (202) 555-0123", "US", WASHINGTON),
        ("Dial +1 202 555 0123,,81234567890#,,,,*123456#", "IN", WASHINGTON),
    ],
)
def test_signatures_and_mails_with_one_number_ask_nothing(text: str, region: str, e164: str) -> None:
    assert parse_number(text, region).e164 == e164


@pytest.mark.parametrize(
    ("text", "post_dial"),
    [
        ("9840222222ext5", "5"),
        ("9840222222 ext5", "5"),
        ("+91 98402 22222extension12", "12"),
        ("+91 98402 22222 x1234567", "1234567"),
        ("9840222222 p9840233333#", "9840233333#"),
    ],
)
def test_an_extension_glued_to_its_number_is_one(text: str, post_dial: str) -> None:
    number = parse_number(text)
    assert (number.e164, number.post_dial) == (INDIAN, post_dial)


WORDS = ["or", "Off", "x", "ext", " x ", ", Fax", "/", ";", "या", "电话", " or ", " #", "\n", "_", "=", "Mob", "!"]


@given(
    st.sampled_from(["", "Mob", "Asha ", "手机", "Tel. "]),
    st.sampled_from(["9840222222", "98402 22222", "+919840222222", "09840222222"]),
    st.sampled_from(WORDS),
    st.sampled_from(["9840233333", "98402 33333", "+919840233333", "09840233333"]),
    st.sampled_from(["", " Ravi", "(R)", "."]),
)
def test_of_two_numbers_none_is_ever_read_alone(label: str, first: str, between: str, second: str, end: str) -> None:
    with pytest.raises(NumberError):
        parse_number(f"{label}{first}{between}{second}{end}")
