"""The time of day at a number, as the question before a call shows it."""

from __future__ import annotations

import datetime

import pytest

from c2c_desktop.domain.number import parse_number
from c2c_desktop.ui.when import clock_there_words


def at(hour: int) -> datetime.datetime:
    return datetime.datetime(2024, 1, 15, hour, 10, tzinfo=datetime.UTC)


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize(
    "e164", ["+19005551234", "+18005550199", "+80012345678", "+881612345678", "+870773123456", "+78001234567"]
)
def test_no_time_is_shown_where_the_number_is_at_no_place(e164: str, hour: int) -> None:
    assert clock_there_words(parse_number(e164), at(hour)) == ""


@pytest.mark.parametrize(
    ("e164", "hour", "words"),
    [
        ("+442079460018", 12, "12:10 there"),
        ("+919840222222", 12, "17:40 there"),
        ("+558001234567", 12, "07:10–10:10 there"),
        ("+558001234567", 3, "Sun 22:10–Mon 01:10 there"),
        ("+558001234567", 5, "00:10–03:10 there"),
    ],
)
def test_the_time_there_is_shown_with_the_days_where_they_differ(e164: str, hour: int, words: str) -> None:
    assert clock_there_words(parse_number(e164), at(hour)) == words
