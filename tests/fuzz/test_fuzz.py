"""A short, seeded run of everything `make fuzz` feeds."""

from __future__ import annotations

from tests.fuzz.campaign import run

ENOUGH = 6000


def test_nothing_crashes_and_nothing_calls() -> None:
    tallies, calls = run(20_26, lambda so_far: so_far.inputs < ENOUGH, slice_seconds=0.05)
    assert {name: tally.crashes for name, tally in tallies.items()} == {name: [] for name in tallies}
    assert all(tally.inputs > 10 for tally in tallies.values())
    assert calls == 0
