"""A short, seeded run of everything `make fuzz` feeds; and that a fault would not stay unseen."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from c2c_desktop.adapters.policy_json import policy_from
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import Verdict
from c2c_desktop.domain.number import LineKind
from c2c_desktop.domain.policy import TRUST
from tests.fuzz import campaign
from tests.fuzz.campaign import Result, Tally, report, run
from tests.fuzz.files import check_policy
from tests.fuzz.targets import LinkEntry

ENOUGH = 20_000


def test_nothing_crashes_and_nothing_calls() -> None:
    result = run(20_26, lambda so_far: so_far.inputs < ENOUGH, slice_seconds=0.05)
    assert {name: tally.kept for name, tally in result.tallies.items()} == {name: [] for name in result.tallies}
    assert all(tally.inputs > 10 for tally in result.tallies.values())
    assert result.calls == 0


class Faulty:
    """A reader that fails at sevens, and never comes back from thirteens."""

    name = "faulty"

    def make(self, rnd: random.Random) -> int:
        return rnd.randrange(14)

    def feed(self, made: int) -> None:
        assert made != 7, "seven\nis bad"
        while made == 13:
            pass


def test_a_crash_and_an_endless_loop_are_kept_as_lines_that_can_be_pasted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(campaign, "LONGEST_SECONDS", 0.05)
    monkeypatch.setattr(campaign, "CRASHES", tmp_path / "fuzz" / "crashes.txt")
    tally = Tally()
    with campaign._limited():
        while len({line.partition("(13)")[1] for line in tally.kept}) < 2:
            campaign._feed(Faulty(), random.Random(tally.inputs), tally, 0.01)
    assert report([Result({"faulty": tally})]) == 1
    lines = (tmp_path / "fuzz" / "crashes.txt").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("Faulty().feed(7)  # AssertionError: seven is bad ") for line in lines)
    assert any(line.startswith("Faulty().feed(13)  # TimeoutError: more than 0.05 s ") for line in lines)
    assert f"{tally.inputs:,}" in capsys.readouterr().out


def test_a_call_by_a_link_fails_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert report([Result({LinkEntry.name: Tally(inputs=3, seconds=1)}, calls=1)]) == 1
    assert report([Result({LinkEntry.name: Tally(inputs=3, seconds=1)})]) == 0
    assert LinkEntry.name in capsys.readouterr().out


@pytest.mark.parametrize(
    ("data", "milder"),
    [
        ({"sources": {"link": "maybe"}}, {"sources": {**TRUST, Source.LINK: Verdict.ALLOW}}),
        ({"kinds": []}, {"kinds": {LineKind.PREMIUM: Verdict.ALLOW}}),
        ({"unknown_country": 1}, {"unknown_country": Verdict.ALLOW}),
        ({"refuse_while_locked": "no"}, {"refuse_while_locked": False}),
        ({"rates": {"link": "many"}}, {"rates": {}}),
        ({"allowed_countries": ["XX"]}, {"allowed_countries": frozenset()}),
        ({"calling_hours": "25:00"}, {"calling_hours": None}),
        ({"duplicate_seconds": False}, {"duplicate_seconds": 0}),
        ({"trusted_for_contacts": ["l"]}, {"trusted_for_contacts": frozenset({Source.LINK})}),
    ],
)
def test_rules_that_became_milder_for_no_reason_would_be_seen(data: dict[str, Any], milder: dict[str, Any]) -> None:
    read, odd = policy_from(data)
    check_policy(read, data, odd)
    with pytest.raises((AssertionError, LookupError, TypeError)):
        check_policy(replace(read, **milder), data, odd)
