"""How a shared directory stands, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from c2c_desktop.domain.shared_directory import DirectoryState
from c2c_desktop.ui.directory_hints import hint_for
from c2c_desktop.ui.directory_words import ago_words, facts_words, held_words, place_words, trouble_words
from c2c_desktop.ui.when import moment_words
from tests.directory_fakes import PRICES, TEAM

NOW = 1_800_000_000.0
FRESH = DirectoryState(TEAM, 1240, 212, updated_at=NOW, tried_at=NOW)
AWAY = replace(FRESH, problem="dav.example.org does not answer.\n\u202e", failures=2)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://[broken/", "https://[broken/"),
        ("asha@example.org", "asha@example.org"),
        ("https://dav.example.org:8443/a/", "dav.example.org"),
        ("", ""),
    ],
)
def test_an_address_that_is_none_is_shown_as_it_is(address: str, words: str) -> None:
    assert place_words(replace(TEAM, address=address)) == words


def test_a_file_is_shown_by_its_name() -> None:
    assert place_words(PRICES) == "suppliers.csv"
    assert place_words(replace(PRICES, address="/")) == "/"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-500, "just now"),
        (59, "just now"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (3600, "1 h ago"),
        (86399, "23 h ago"),
    ],
)
def test_times_are_told_as_short_as_they_can_be(seconds: float, words: str) -> None:
    assert ago_words(NOW - seconds, NOW) == words


def test_what_was_days_ago_is_told_as_the_moment() -> None:
    assert ago_words(NOW - 200_000, NOW) == moment_words(NOW - 200_000)


def test_contacts_are_counted() -> None:
    assert [held_words(n) for n in (0, 1, 1240)] == ["no contacts", "1 contact", "1,240 contacts"]


def test_trouble_says_since_when_when_again_and_why() -> None:
    since = moment_words(NOW)
    why = "dav.example.org does not answer."
    assert trouble_words(AWAY, 900) == f"Not updated since {since}; trying again in 15 min: {why}"
    assert trouble_words(AWAY, 4 * 3600) == f"Not updated since {since}; trying again in 4 h: {why}"
    assert trouble_words(AWAY, 3) == f"Not updated since {since}; trying again in a moment: {why}"
    assert trouble_words(replace(AWAY, updated_at=None), 60) == f"Not read yet; trying again in 1 min: {why}"
    assert trouble_words(FRESH, 900) == ""


def test_facts_say_where_from_how_many_and_what_came_last() -> None:
    def facts(state: DirectoryState, *, is_updating: bool = False) -> str:
        return facts_words(state, NOW + 200, is_updating=is_updating)

    assert facts(FRESH) == "dav.example.org · 1,240 contacts · 212 changed, 3 min ago"
    assert facts(FRESH, is_updating=True) == facts(FRESH)
    assert facts(replace(FRESH, changed=0)) == "dav.example.org · 1,240 contacts · up to date, 3 min ago"
    assert facts(replace(FRESH, skipped=7)).endswith("212 changed, 7 could not be read, 3 min ago")
    assert facts(AWAY) == "dav.example.org · 1,240 contacts"
    new = DirectoryState(PRICES)
    assert facts(new) == "suppliers.csv · not read yet"
    assert facts(new, is_updating=True) == "suppliers.csv · reading it for the first time…"
    assert facts(replace(new, problem="away", failures=1)) == "suppliers.csv"


def test_hints_follow_the_engine() -> None:
    assert hint_for("invented.sample.person@gmail.com").startswith("Google")
    assert hint_for("https://contacts.icloud.com").startswith("Apple")
    assert hint_for("https://CLOUD.example.org").startswith("Nextcloud")
    assert hint_for("dav.example.org").startswith("If signing in")
