"""Texts that are not exactly one number that can be called, and the reason each is given."""

from __future__ import annotations

import phonenumbers
import pytest
from phonenumbers.shortnumberinfo import SUPPORTED_SHORT_REGIONS

from c2c_desktop.domain.errors import EmergencyNumberError, NumberError, RefusedNumberError
from c2c_desktop.domain.number import LineKind, calling_code, parse_number


@pytest.mark.parametrize("text", ["", " ", "\n", "\u00a0"])
def test_an_empty_text_asks_for_a_number(text: str) -> None:
    with pytest.raises(NumberError, match="Type a number first"):
        parse_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "+",
        "++",
        "()",
        "tel:",
        "tel:;phone-context=+91",
        "tel:;phone-context=+919840222222",
        "callto:asha.rao",
        "sip:asha@example.com",
        "mailto:asha@example.com",
        "https://example.com/98402",
        "no digits here",
        "आशा राव",
        "Rm 40212345",
        "Order 12345",
        "INV-2022-9840",
        "a1b2c3d4e5",
    ],
)
def test_a_text_without_a_number_is_said_to_have_none(text: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_number(text)
    assert caught.value.title == "No number there"
    assert "no phone number in" in caught.value.message
    assert not isinstance(caught.value, RefusedNumberError)


@pytest.mark.parametrize(
    ("text", "region", "title"),
    [
        ("12345678901234567890", "IN", "That number is too long"),
        ("+9198402222222222", "IN", "That number is too long"),
        ("98402" + "2" * 390, "IN", "That number is too long"),
        ("+1-800-FLOWERS-99", "IN", "That number is too long"),
        ("+91 98", "IN", "That number is too short"),
        ("+376 12", "IN", "That number is too short"),
        ("+376 1234567", "IN", "Digits are missing"),
        ("555-0123", "US", "The area code is missing"),
        ("0098402 22222", "IN", "The area code is missing"),
        ("+999 123456", "IN", "Unknown country code"),
        ("+0 98402 22222", "IN", "Unknown country code"),
        ("98402 22222", "ZZ", "Unknown country code"),
        ("+1", "IN", "That is not a phone number"),
        ("98402 2222½", "IN", "That is not a phone number"),
        ("98402 22222²", "IN", "That is not a phone number"),
        ("①98402 22222", "IN", "That is not a phone number"),
        ("tel:984022222%C2%B2", "IN", "That is not a phone number"),
    ],
)
def test_a_number_that_cannot_be_says_what_is_wrong_with_it(text: str, region: str, title: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_number(text, region)
    assert caught.value.title == title


def test_more_text_than_any_number_needs_is_not_cut_down_to_one() -> None:
    with pytest.raises(NumberError, match="Select the number alone"):
        parse_number("98402 22222" + "-" * 400 + "33333")


def test_a_long_text_is_shortened_in_what_is_said() -> None:
    with pytest.raises(NumberError) as caught:
        parse_number("word " * 50)
    assert len(caught.value.message) < 120


@pytest.mark.parametrize("text", ["*100#", "*21*9840222222#", "#31#9840222222", "98402*22222", "tel:*123%23"])
def test_service_codes_are_refused(text: str) -> None:
    with pytest.raises(RefusedNumberError) as caught:
        parse_number(text)
    assert caught.value.title == "That is a service code"


@pytest.mark.parametrize("text", ["112", "911", "1 1 2", "tel:112", "Call 112", "(0)112", "１１２", "११२", "112,5"])
@pytest.mark.parametrize("region", ["IN", "GB", "US", "DE", "AU", "ZZ"])
def test_the_emergency_numbers_known_everywhere_are_refused_in_any_clothes(text: str, region: str) -> None:
    with pytest.raises(EmergencyNumberError, match=r"Dial [19]") as caught:
        parse_number(text, region)
    assert "calls you back first" in caught.value.message


def _emergency_numbers() -> list[tuple[str, str]]:
    candidates = [str(n) for n in (*range(10, 20), *range(100, 200), *range(900, 1000))]
    pairs = [(r, n) for r in sorted(SUPPORTED_SHORT_REGIONS) for n in candidates]
    return [(region, number) for region, number in pairs if phonenumbers.is_emergency_number(number, region)]


def test_no_region_s_emergency_number_is_ever_called() -> None:
    found = _emergency_numbers()
    assert len(found) > 200
    for region, number in found:
        with pytest.raises(EmergencyNumberError):
            parse_number(number, region)
        with pytest.raises(NumberError):
            parse_number(f"+{calling_code(region)}{number}", region)
        with pytest.raises(NumberError):
            parse_number(f"tel:{number};phone-context=+{calling_code(region)}", region)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("123", "IN"),
        ("121", "IN"),
        ("116000", "DE"),
        ("56161", "IN"),
        ("5", "IN"),
        ("118 118", "GB"),
        ("1942084", "AU"),
        ("10662345", "CN"),
        ("56161561", "IN"),
    ],
)
def test_short_codes_are_refused_with_the_reason(text: str, region: str) -> None:
    with pytest.raises(RefusedNumberError, match="short code") as caught:
        parse_number(text, region)
    assert not isinstance(caught.value, EmergencyNumberError)


def test_a_premium_short_code_is_premium_also_behind_its_country_code() -> None:
    assert parse_number("+61 1942084", "AU").kind is LineKind.PREMIUM
    assert parse_number("+61 1942084", "IN").kind is not LineKind.PREMIUM


def test_a_local_number_is_not_taken_for_one_of_another_country() -> None:
    with pytest.raises(NumberError, match="Add the area code"):
        parse_number("310-1234", "US")


@pytest.mark.parametrize(
    "text", ["+49 811 1234567890123", "0811 1234567890123", "tel:8111234567890123;phone-context=+49"]
)
def test_more_digits_than_any_number_has_are_refused_where_a_country_has_no_limit(text: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_number(text, "DE")
    assert caught.value.title == "That number is too long"
