"""The short numbers of the own telephone system: the pattern, and the numbers read by it."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_desktop.domain.errors import EmergencyNumberError, NumberError, RefusedNumberError, UserFacingError
from c2c_desktop.domain.extensions import (
    LONGEST_EXTENSION,
    MOST_ITEMS,
    checked_extensions,
    matches_extension,
    names_extension,
)
from c2c_desktop.domain.number import LineKind, grouped_while_typing, local_time_there, local_times_there, parse_number


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("0xx", "Extensions cannot begin with 0"),
        ("101, 0123", "Extensions cannot begin with 0"),
        ("1yy", "That is no list of extensions"),
        ("1-99", "That is no list of extensions"),
        ("+91", "That is no list of extensions"),
        ("1x*", "That is no list of extensions"),
        ("१०१", "That is no list of extensions"),
        ("12345678", "That extension is too long"),
        ("x" * 500, "That extension is too long"),
        (", ".join(str(number) for number in range(101, 102 + MOST_ITEMS)), "Those are too many extensions"),
    ],
)
def test_a_pattern_that_is_none_says_what_is_wrong(text: str, title: str) -> None:
    with pytest.raises(UserFacingError) as caught:
        checked_extensions(text)
    assert caught.value.title == title
    assert 0 < len(caught.value.message) < 120


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("", ""),
        (" , ;", ""),
        ("1xx", "1xx"),
        ("1XX,2001", "1xx, 2001"),
        (" 1xx ; 2001\n3xx ", "1xx, 2001, 3xx"),
        ("101 101, 101", "101"),
        ("１ｘｘ", "1xx"),
        ("x", "x"),
        ("xxxxxxx", "xxxxxxx"),
    ],
)
def test_a_pattern_has_one_form(text: str, pattern: str) -> None:
    assert checked_extensions(text) == pattern
    assert checked_extensions(pattern) == pattern


@pytest.mark.parametrize(
    ("digits", "pattern"),
    [
        ("", "1xx"),
        ("101", ""),
        ("10", "1xx"),
        ("1011", "1xx"),
        ("201", "1xx"),
        ("012", "xxx"),
        ("0", "x"),
        ("+12", "xxx"),
        ("1x1", "xxx"),
        ("१०१", "xxx"),
        ("12345678", "xxxxxxxx"),
        ("101", "1.., [0-9]+, 1**"),
    ],
)
def test_what_the_pattern_does_not_say_is_no_extension(digits: str, pattern: str) -> None:
    assert not matches_extension(digits, pattern)


@pytest.mark.parametrize(
    ("digits", "pattern", "is_named"),
    [("101", "1xx, 2001", False), ("2001", "1xx, 2001", True), ("101", "1XX", False), ("7", "x", False)],
)
def test_an_extension_is_matched_by_the_pattern(digits: str, pattern: str, is_named: bool) -> None:
    assert matches_extension(digits, pattern)
    assert names_extension(digits, pattern) is is_named


@given(st.text("0123456789x+,; abc", max_size=30), st.text("0123456789+", max_size=9))
def test_only_short_plain_digits_ever_match(pattern: str, digits: str) -> None:
    if matches_extension(digits, pattern):
        assert digits.isdecimal()
        assert len(digits) <= LONGEST_EXTENSION
        assert str(int(digits)) == digits


@pytest.mark.parametrize("text", ["112", "911", "101", "102", "tel:112", "1 1 2", "(0)112"])
@pytest.mark.parametrize("pattern", ["xxx", "1xx, 9xx", "xx2, 10x, 91x", ""])
def test_an_x_never_stands_for_an_emergency_number(text: str, pattern: str) -> None:
    with pytest.raises(EmergencyNumberError):
        parse_number(text, "IN", pattern)


def test_an_emergency_number_is_an_extension_only_where_it_is_written_out() -> None:
    assert parse_number("101", "IN", "101, 2xx").kind is LineKind.EXTENSION
    with pytest.raises(EmergencyNumberError):
        parse_number("102", "IN", "101, 2xx")


@pytest.mark.parametrize("text", ["121", "2001", "99"])
def test_without_a_pattern_a_short_number_is_refused(text: str) -> None:
    with pytest.raises(RefusedNumberError):
        parse_number(text, "IN")


@pytest.mark.parametrize(
    "text",
    ["+121", "0121", "1-21", "1 21", "121 122", "121, 122", "121/122", "121 Asha", "121#", "tel:121;phone-context=+91"],
)
def test_only_bare_digits_are_an_extension(text: str) -> None:
    with pytest.raises(NumberError):
        parse_number(text, "IN", "1xx, 121122, 12112x")


@pytest.mark.parametrize(
    "text",
    ["121", " 121\n", "tel:121", "Tel. 121", "sip:121@pbx.example.com", "१२१", "tel:121;phone-context=example.com"],
)
def test_an_extension_is_sent_as_it_is(text: str) -> None:
    number = parse_number(text, "IN", "1xx, 2001")
    assert (number.e164, number.digits, number.national_digits) == ("121", "121", "121")
    assert (number.shown, number.shown_nationally) == ("121", "121")
    assert (number.kind, number.kind.value, number.in_use) == (LineKind.EXTENSION, "extension", True)
    assert (number.country, number.region, number.post_dial) == ("Your telephone system", "", "")
    assert number.why == "your telephone system"


def test_an_extension_says_why_it_reads_so_and_reads_back() -> None:
    number = parse_number("201", "DE", "2xx")
    assert number.reading == "201 → 201 (your telephone system)"
    assert parse_number(number.e164, "US", "2xx") == number


def test_an_extension_is_read_as_the_field_groups_it_while_typed() -> None:
    assert grouped_while_typing("2001", "IN") != "2001"
    assert parse_number(grouped_while_typing("2001", "IN"), "IN", "2xxx").e164 == "2001"


def test_longer_numbers_are_read_as_ever() -> None:
    assert parse_number("98402 22222", "IN", "xxxxxxx, 98402") == parse_number("98402 22222", "IN")


def test_there_is_no_time_at_an_extension() -> None:
    number = parse_number("201", "IN", "2xx")
    now = datetime.datetime(2024, 1, 15, 12, 0, tzinfo=datetime.UTC)
    assert (local_times_there(number, now), local_time_there(number, now)) == ((), "")


@pytest.mark.parametrize(("text", "pattern"), [("6834002", "6834xxx"), ("6834002", "6834002"), ("683 4002", "xxxxxxx")])
def test_the_digits_of_a_number_of_some_country_are_never_an_extension(text: str, pattern: str) -> None:
    assert parse_number("+6834002").country == "Niue"
    try:
        number = parse_number(text, "IN", pattern)
    except NumberError:
        return
    assert (number.e164, number.region, number.kind is LineKind.EXTENSION) == ("+6834002", "NU", False)


def test_as_many_digits_that_are_no_number_of_any_country_are_an_extension() -> None:
    assert parse_number("2012345", "IN", "201xxxx").kind is LineKind.EXTENSION
