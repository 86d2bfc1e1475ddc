"""What holds for every text and for the example numbers of every region."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat

from c2c_desktop.domain.countries import COUNTRY_NAMES
from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.number import PhoneNumber, parse_number

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
TYPES = [t for t in range(11) if t != phonenumbers.PhoneNumberType.UAN]
NUMBER_LIKE = st.text("+0123456789 ()-./,;:=%*#xXwp٠९９½²\n\u202eABCZ", max_size=30)
LINKS = st.builds(
    lambda scheme, body, parameter: f"{scheme}:{body};{parameter}",
    st.sampled_from(["tel", "callto", "sip", "TEL"]),
    NUMBER_LIKE,
    st.sampled_from(["", "ext=5", "ext=", "phone-context=+91", "phone-context=+", "phone-context=%", ";;==;"]),
)


def _read(text: str, region: str) -> PhoneNumber | None:
    try:
        return parse_number(text, region)
    except NumberError as error:
        _check_words(error)
        return None


def _check_words(error: NumberError) -> None:
    assert error.title.strip()
    assert error.message.strip()


@given(st.one_of(st.text(), NUMBER_LIKE, LINKS), st.sampled_from([*REGIONS, "ZZ", ""]))
@example("+" * 400, "IN")
@example("9" * 400, "IN")
@example("\ud800", "IN")
@example("tel:%ff%fe", "IN")
def test_no_text_raises_anything_but_a_number_error(text: str, region: str) -> None:
    number = _read(text, region)
    assert number is None or number.e164.startswith("+")


@given(st.one_of(NUMBER_LIKE, LINKS, st.from_regex(r"\+?[0-9]{7,14}", fullmatch=True)), st.sampled_from(REGIONS))
def test_what_is_shown_is_what_is_sent_digit_for_digit(text: str, region: str) -> None:
    number = _read(text, region)
    if number is not None:
        assert "+" + _digits(number.shown) == number.e164
        assert number.e164.endswith(number.national_digits)
        assert number.digits.isascii()
        assert parse_number(number.shown, "AQ").e164 == number.e164


@given(st.integers(2, 14).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n)), st.sampled_from(REGIONS))
def test_a_number_with_its_plus_reads_the_same_in_every_region(digits: str, region: str) -> None:
    here, there = _read(f"+{digits}", region), _read(f"+{digits}", "IN")
    assert (here and here.e164) == (there and there.e164)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


@pytest.mark.parametrize("region", REGIONS)
def test_the_example_numbers_of_a_region_read_back_from_every_way_of_writing_them(region: str) -> None:
    examples = [phonenumbers.example_number_for_type(region, kind) for kind in TYPES]
    known = [found for found in examples if found is not None]
    assert known
    for found in known:
        e164 = phonenumbers.format_number(found, PhoneNumberFormat.E164)
        for style in (PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.RFC3966):
            number = parse_number(phonenumbers.format_number(found, style), "AQ")
            assert number.e164 == e164
            assert parse_number(number.shown, "AQ").e164 == e164
        nationally = phonenumbers.format_number(found, PhoneNumberFormat.NATIONAL)
        assert parse_number(nationally, region).e164 == e164
        assert number.in_use
        assert number.country in COUNTRY_NAMES.values()


def test_every_region_of_the_library_has_a_name() -> None:
    assert set(REGIONS) <= set(COUNTRY_NAMES)
