"""What is shown while a number is typed, and the time of day where it rings."""

from __future__ import annotations

import datetime

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_desktop.domain.number import (
    calling_code,
    grouped_while_typing,
    load_facts,
    local_time_there,
    local_times_there,
    parse_number,
    region_while_typing,
)
from tests.fakes import INDIAN
from tests.unit.builders import LONDON

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
NOON = datetime.datetime(2024, 1, 15, 12, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize("text", ["", "asha", "1-800-FLOWERS", "९८", "*100#", "98402,5"])
def test_text_that_is_no_plain_number_is_left_alone(text: str) -> None:
    assert grouped_while_typing(text, "IN") == text


@pytest.mark.parametrize(
    ("text", "region", "grouped"),
    [
        ("+9198402", "GB", "+91 98402"),
        ("9840222222", "IN", "98402 22222"),
        ("98402-22222", "IN", "98402 22222"),
        ("2025550123", "US", "(202) 555-0123"),
        ("+", "IN", "+"),
        ("(", "IN", "("),
        ("112", "IN", "112"),
        ("+91 ", "IN", "+91 "),
    ],
)
def test_digits_are_grouped_as_far_as_typed(text: str, region: str, grouped: str) -> None:
    assert grouped_while_typing(text, region) == grouped


@given(st.from_regex(r"\+?[0-9]{0,18}", fullmatch=True), st.sampled_from(REGIONS))
def test_grouping_never_loses_or_adds_a_digit(text: str, region: str) -> None:
    grouped = grouped_while_typing(text, region)
    assert "".join(c for c in grouped if c in "+0123456789") == text


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("", "IN"),
        ("98402", "IN"),
        ("+", ""),
        ("+9", ""),
        ("+99", ""),
        ("+999", ""),
        ("+91", "IN"),
        ("0091", "IN"),
        ("+1", "US"),
        ("+1 204 234 5678", "CA"),
        ("+44 20", "GB"),
        ("+3", ""),
        ("+35", ""),
        ("+353", "IE"),
        ("+800 1234 5678", "001"),
    ],
)
def test_the_region_follows_the_country_code_as_soon_as_it_is_known(text: str, region: str) -> None:
    assert region_while_typing(text, "IN") == region


@given(st.text("+0123456789 ()-abc", max_size=20), st.sampled_from(REGIONS))
def test_the_region_while_typing_is_always_one_there_is(text: str, region: str) -> None:
    assert region_while_typing(text, region) in {*REGIONS, "001", ""}


@pytest.mark.parametrize(("region", "code"), [("IN", 91), ("GB", 44), ("US", 1), ("001", 0), ("ZZ", 0), ("", 0)])
def test_a_region_has_its_calling_code(region: str, code: int) -> None:
    assert calling_code(region) == code


@pytest.mark.parametrize(
    ("e164", "there"),
    [
        (INDIAN, "17:30"),
        (LONDON, "12:00"),
        ("+881612345678", ""),
        ("+18005550199", ""),
    ],
)
def test_the_time_there_is_told_only_where_it_is_one(e164: str, there: str) -> None:
    assert local_time_there(parse_number(e164), NOON) == there


def test_facts_can_be_loaded_ahead() -> None:
    load_facts()
    assert grouped_while_typing("9840", "IN") == "9840"


def test_each_time_of_day_at_a_number_is_told_once_and_the_earliest_first() -> None:
    toll_free = local_times_there(parse_number("+18005550199"), NOON)
    assert len(toll_free) > 5
    assert list(toll_free) == sorted(toll_free, key=lambda time: time.replace(tzinfo=None))
    assert len({time.replace(tzinfo=None) for time in toll_free}) == len(toll_free)
    assert all(time == NOON for time in toll_free)


@pytest.mark.parametrize(("e164", "times"), [(INDIAN, ["17:30"]), (LONDON, ["12:00"]), ("+881612345678", [])])
def test_the_times_at_a_number_are_those_of_its_zones(e164: str, times: list[str]) -> None:
    assert [time.strftime("%H:%M") for time in local_times_there(parse_number(e164), NOON)] == times
