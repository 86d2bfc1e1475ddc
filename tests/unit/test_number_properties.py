"""What holds for every text and for the example numbers of every region."""

from __future__ import annotations

from collections.abc import Iterator

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat

from c2c_desktop.domain.countries import COUNTRY_NAMES
from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.number import MOST_CHOICES, LineKind, PhoneNumber, SeveralNumbersError, parse_number

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
NUMBER_LIKE = st.text("+0123456789 ()-./,;:=%*#xXwp~|٠९９½²\n\t\u202eABCZ", max_size=30)
LINKS = st.builds(
    lambda scheme, body, parameter: f"{scheme}:{body};{parameter}",
    st.sampled_from(["tel", "callto", "sip", "TEL"]),
    NUMBER_LIKE,
    st.sampled_from(
        ["", "ext=5", "ext=", "phone-context=+91", "phone-context=+", "phone-context=%", ";;==;", "postd=p1"]
    ),
)
WORDS = ["call", "Tel.", "or", "ext", "x12", "order", "2024-11-05", "10:30", "₹500", "a@b.c", "98402 22222", "112", ","]
SENTENCES = st.lists(st.one_of(st.sampled_from(WORDS), NUMBER_LIKE), max_size=6).map(" ".join)
EXTENSIONS = st.sampled_from(["", "1xx", "xxx, 2001", "xxxxxxx", "112, x", "0x, +1, 1-1"])
HOMES = ("US", "GB", "AU", "IN", "RU", "JP", "BR", "SG", "UA")
"""Where calls abroad begin with prefixes of every kind: fixed, with a company's code, after a tone."""

LOCAL_AT_HOME = {("+13101234", "US")}
"""Canada's 310-1234 looks like a local number in the United States, also after the 1 of a call to Canada."""


def _read(text: str, region: str, extensions: str = "") -> PhoneNumber | None:
    try:
        return parse_number(text, region, extensions)
    except NumberError as error:
        _check_error(error)
        return None


def _check_error(error: NumberError) -> None:
    assert error.title.strip()
    assert error.message.strip()
    if isinstance(error, SeveralNumbersError):
        assert 2 <= len(error.choices) <= MOST_CHOICES
        assert len({choice.e164 for choice in error.choices}) == len(error.choices)
        for choice in error.choices:
            _check_number(choice)


def _check_number(number: PhoneNumber) -> None:
    assert number.digits.isascii()
    assert number.digits.isdecimal()
    assert len(number.digits) <= 15
    assert _digits(number.shown) == number.digits
    assert number.e164.endswith(number.national_digits)
    assert f"→ {number.shown} ({number.why})" in number.reading
    if number.kind is not LineKind.EXTENSION:
        assert number.e164 == f"+{number.digits}"
        assert parse_number(number.e164, "AQ").e164 == number.e164
        assert parse_number(number.shown, "AQ").e164 == number.e164


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


@given(st.one_of(st.text(), NUMBER_LIKE, LINKS, SENTENCES), st.sampled_from([*REGIONS, "ZZ", "", "in"]), EXTENSIONS)
@example("+" * 400, "IN", "")
@example("9" * 400, "IN", "")
@example("9 " * 199, "DE", "")
@example("030 " * 99, "DE", "")
@example("1-" * 199 + "a", "US", "")
@example("\ud800", "IN", "")
@example("tel:%ff%fe", "IN", "")
@example("0" * 30, "HK", "")
@example("1" + "a" * 300 + ":1", "US", "")
@example("1 " + "a-" * 150 + ":1", "US", "")
def test_no_text_raises_anything_but_a_number_error(text: str, region: str, extensions: str) -> None:
    number = _read(text, region, extensions)
    assert number is None or number.digits.isdecimal()


@given(
    st.one_of(NUMBER_LIKE, LINKS, SENTENCES, st.from_regex(r"(\+|00)?[0-9]{3,17}", fullmatch=True)),
    st.sampled_from(REGIONS),
    EXTENSIONS,
)
@example("+4981112345678901234", "DE", "")
@example("00000000", "CX", "")
@example("(0)6 6982 0123", "IT", "")
@example("121", "IN", "1xx")
def test_what_is_shown_is_what_is_sent_digit_for_digit(text: str, region: str, extensions: str) -> None:
    number = _read(text, region, extensions)
    if number is not None:
        _check_number(number)


@given(st.integers(2, 14).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n)), st.sampled_from(REGIONS))
def test_a_number_with_its_plus_reads_the_same_in_every_region(digits: str, region: str) -> None:
    here, there = _read(f"+{digits}", region), _read(f"+{digits}", "IN")
    assert (here and here.e164) == (there and there.e164)


@given(st.from_regex(r"0?[1-9][0-9]{6,11}", fullmatch=True), st.from_regex(r"0?[1-9][0-9]{6,11}", fullmatch=True))
def test_two_numbers_with_a_bar_between_them_are_never_dialled_as_one(first: str, second: str) -> None:
    number = _read(f"{first} | {second}", "DE")
    assert number is None or number.digits not in {f"49{first}{second}".replace("490", "49"), f"{first}{second}"}


def _examples(region: str) -> Iterator[phonenumbers.PhoneNumber]:
    for kind in phonenumbers.PhoneNumberType.values():
        found = phonenumbers.example_number_for_type(region, kind)
        if found is not None:
            yield found


def _assert_reads_back(found: phonenumbers.PhoneNumber, text: str, region: str) -> PhoneNumber:
    number = parse_number(text, region)
    assert number.e164 == phonenumbers.format_number(found, PhoneNumberFormat.E164), (text, region)
    return number


def _assert_reads_back_from_everywhere(found: phonenumbers.PhoneNumber) -> None:
    for style in (PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.RFC3966):
        number = _assert_reads_back(found, phonenumbers.format_number(found, style), "AQ")
        assert number.in_use
        assert number.country in COUNTRY_NAMES.values()
        _assert_reads_back(found, number.shown, "AQ")
    for home in HOMES:
        text = phonenumbers.format_out_of_country_calling_number(found, home)
        if (number.e164, home) not in LOCAL_AT_HOME:
            _assert_reads_back(found, text, home)
        else:
            with pytest.raises(NumberError, match="Add the area code"):
                parse_number(text, home)


@pytest.mark.parametrize("region", REGIONS)
def test_the_example_numbers_of_a_region_read_back_from_every_way_of_writing_them(region: str) -> None:
    known = list(_examples(region))
    assert known
    for found in known:
        _assert_reads_back_from_everywhere(found)
        nationally = phonenumbers.format_number(found, PhoneNumberFormat.NATIONAL)
        _assert_reads_back(found, nationally, region)
        kept = phonenumbers.parse(nationally, region, keep_raw_input=True)
        _assert_reads_back(found, phonenumbers.format_in_original_format(kept, region), region)


@pytest.mark.parametrize("code", sorted(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS))
def test_the_example_numbers_of_no_country_read_back(code: int) -> None:
    found = phonenumbers.example_number_for_non_geo_entity(code)
    assert found is not None
    _assert_reads_back_from_everywhere(found)


def test_every_region_of_the_library_has_a_name() -> None:
    assert set(REGIONS) <= set(COUNTRY_NAMES)
