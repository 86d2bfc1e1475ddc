"""The rules as data: calling hours, and the names everything that can be locked has."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import Verdict
from c2c_desktop.domain.number import LineKind
from c2c_desktop.domain.policy import CallingHours, GuardPolicy, clock_words
from c2c_desktop.domain.rule_keys import RULE_KEYS, covers, rule_values
from c2c_desktop.domain.settings import Settings

DAY = 24 * 60


@pytest.mark.parametrize(
    ("hours", "inside", "outside"),
    [
        (CallingHours(540, 1200), [540, 541, 1199], [0, 539, 1200, 1439]),
        (CallingHours(1200, 360), [1200, 1439, 0, 359], [360, 720, 1199]),
        (CallingHours(0, DAY), [0, 720, 1439], []),
        (CallingHours(0, 0), [], [0, 720, 1439]),
        (CallingHours(600, 600), [], [0, 600, 1439]),
    ],
)
def test_calling_hours_hold_their_start_and_not_their_end(
    hours: CallingHours, inside: list[int], outside: list[int]
) -> None:
    assert [minute for minute in inside if not hours.holds(minute)] == []
    assert [minute for minute in outside if hours.holds(minute)] == []


def test_minutes_read_as_a_clock() -> None:
    assert [clock_words(minute) for minute in (0, 65, 1439, DAY)] == ["00:00", "01:05", "23:59", "24:00"]
    assert CallingHours(540, 1200).words == "09:00–20:00"


def test_every_rule_and_every_entry_of_a_table_has_a_key() -> None:
    assert {f"guard.{field.name}" for field in fields(GuardPolicy)} <= RULE_KEYS
    assert {f"guard.sources.{source.value}" for source in Source} <= RULE_KEYS
    assert {f"guard.kinds.{kind.value}" for kind in LineKind} <= RULE_KEYS
    assert {f"guard.rates.{source.value}" for source in Source} <= RULE_KEYS
    assert "mask_numbers" in RULE_KEYS
    assert rule_values(Settings()).keys() == RULE_KEYS


@pytest.mark.parametrize(
    ("changed", "keys"),
    [
        (Settings(mask_numbers=True), {"mask_numbers"}),
        (Settings(guard=GuardPolicy(undo_seconds=5)), {"guard.undo_seconds"}),
        (
            Settings(guard=GuardPolicy(sources={**GuardPolicy().sources, Source.LINK: Verdict.REFUSE})),
            {"guard.sources", "guard.sources.link"},
        ),
        (Settings(guard=GuardPolicy(rates={Source.LINK: 10})), {"guard.rates", "guard.rates.hotkey"}),
    ],
)
def test_a_change_shows_at_its_key_and_at_its_table_s(changed: Settings, keys: set[str]) -> None:
    before, after = rule_values(Settings()), rule_values(changed)
    assert {key for key in RULE_KEYS if before[key] != after[key]} == keys


@pytest.mark.parametrize(
    ("key", "other", "expected"),
    [
        ("guard", "guard.sources.link", True),
        ("guard.sources", "guard.sources.link", True),
        ("guard.sources.link", "guard.sources.link", True),
        ("guard.sources.link", "guard.sources", False),
        ("guard.s", "guard.sources", False),
        ("", "guard", False),
    ],
)
def test_a_lock_covers_what_stands_in_it(key: str, other: str, expected: bool) -> None:
    assert covers(key, other) is expected


def test_the_defaults_are_those_of_the_trust_table() -> None:
    policy = GuardPolicy()
    assert {source for source, verdict in policy.sources.items() if verdict is Verdict.ASK} == {
        Source.HOTKEY,
        Source.LINK,
        Source.COMMAND_LINE,
    }
    assert (policy.calling_hours, policy.undo_seconds, policy.duplicate_seconds) == (None, 0, 30)
    assert replace(policy, undo_seconds=1) != policy
