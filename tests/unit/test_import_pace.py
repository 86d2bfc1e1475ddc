"""How far an import is, in words."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.contact_count import changed_words, contacts_words, unread_words
from c2c_desktop.domain.contact_import import ImportProgress, Stage
from c2c_desktop.domain.import_pace import ImportPace, duration_words


def pace_after(*told: ImportProgress) -> ImportPace:
    pace = ImportPace()
    for progress in told:
        pace.hear(progress)
    return pace


def reading(part: float, contacts: int, seconds: float) -> ImportProgress:
    return ImportProgress(Stage.READING, part, contacts, seconds)


def saving(part: float, seconds: float) -> ImportProgress:
    return ImportProgress(Stage.SAVING, part, 1000, seconds)


def test_nothing_is_said_of_the_rest_before_anything_is_known() -> None:
    for pace in (ImportPace(), pace_after(reading(0.3, 10, 0.5)), pace_after(reading(0.0, 0, 60.0))):
        assert not pace.remaining_words
    assert not pace_after(reading(0.0, 0, 60.0)).rate_words
    assert not pace_after(reading(0.5, 500, 0.5)).rate_words
    assert ImportPace().stage_words == "Reading the file"
    assert ImportPace().whole == 0


def test_parts_beyond_their_bounds_do_no_harm() -> None:
    assert pace_after(reading(7.0, 1, 10.0)).whole == 0.5
    assert pace_after(reading(-3.0, 1, 10.0)).whole == 0
    assert not pace_after(reading(-3.0, 1, 10.0)).remaining_words
    assert pace_after(saving(7.0, 10.0)).whole == 1.0


def test_reading_counts_for_half_of_the_whole() -> None:
    pace = pace_after(reading(0.5, 12_400, 10.0))
    assert pace.whole == 0.25
    assert pace.stage_words == "12,400 contacts read"
    assert pace.rate_words == "1,240 a second"
    assert pace.remaining_words == "About 30 seconds left"


def test_saving_is_first_judged_by_the_reading_then_by_itself() -> None:
    begun = (reading(1.0, 1000, 40.0), saving(0.0, 40.0))
    assert pace_after(*begun).remaining_words == "About 40 seconds left"
    assert pace_after(*begun, saving(0.0, 50.0)).remaining_words == "About 40 seconds left"
    assert pace_after(*begun, saving(0.5, 41.0)).remaining_words == "About 20 seconds left"
    pace = pace_after(*begun, saving(0.5, 140.0))
    assert pace.remaining_words == "About 2 minutes left"
    assert pace.stage_words == "Saving 1,000 contacts"
    assert not pace.rate_words
    assert pace.whole == 0.75


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "A few seconds left"),
        (4.9, "A few seconds left"),
        (5.0, "About 10 seconds left"),
        (10.1, "About 20 seconds left"),
        (50.0, "About 50 seconds left"),
        (50.1, "About 1 minute left"),
        (61.0, "About 2 minutes left"),
        (3600.0, "About 60 minutes left"),
        (3601.0, "About 2 hours left"),
        (86_400.0, "About 24 hours left"),
        (86_401.0, "More than a day left"),
        (float("inf"), "More than a day left"),
    ],
)
def test_durations_are_rounded_up(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


def test_one_is_one() -> None:
    assert [changed_words(*pair) for pair in ((1, 0), (2, 1200), (0, 1))] == [
        "1 contact added", "2 contacts added, 1,200 updated", "1 contact updated",
    ]  # fmt: skip
    assert [unread_words(n) for n in (1, 1200)] == ["1 number cannot be read", "1,200 numbers cannot be read"]
    assert [contacts_words(n) for n in (0, 1, 2, 1200)] == ["0 contacts", "1 contact", "2 contacts", "1,200 contacts"]
