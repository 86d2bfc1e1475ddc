"""The sentences about an export."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.contact_export import ExportFormat, ExportProgress, ExportReport
from c2c_desktop.services.export_words import (
    FORMAT_HELP,
    FORMAT_WORDS,
    done_words,
    neutralised_words,
    progress_words,
)


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (ExportProgress(0, 0, 0.0), "0 of 0 contacts"),
        (ExportProgress(0, 5000, 30.0), "0 of 5,000 contacts"),
        (ExportProgress(900, 5000, 0.9), "900 of 5,000 contacts"),
        (ExportProgress(1000, 5000, 1.0), "1,000 of 5,000 contacts · 1,000 a second · 4 s left"),
        (ExportProgress(5000, 5000, 5.0), "5,000 of 5,000 contacts · 1,000 a second · 1 s left"),
        (ExportProgress(1000, 151_000, 1.0), "1,000 of 151,000 contacts · 1,000 a second · 2 min left"),
    ],
)
def test_progress_tells_no_rate_before_there_is_one(progress: ExportProgress, words: str) -> None:
    assert progress_words(progress) == words


@pytest.mark.parametrize(("number", "begin"), [(0, ""), (1, "1 cell got a '"), (1234, "1,234 cells got a '")])
def test_apostrophes_are_told(number: int, begin: str) -> None:
    words = neutralised_words(number)
    assert words.startswith(begin)
    assert ("got a ' in front" in words) == bool(number)


def test_what_is_done_is_told_in_the_right_number() -> None:
    assert done_words(ExportReport(1), "a.csv") == "1 contact is in a.csv now."
    assert done_words(ExportReport(0), "a.csv") == "0 contacts are in a.csv now."


def test_every_format_has_its_words() -> None:
    assert set(FORMAT_WORDS) == set(FORMAT_HELP) == set(ExportFormat)
    assert len(set(FORMAT_WORDS.values())) == len(ExportFormat)
