"""How many links come through in a minute, and that every other one is counted and told of once."""

from __future__ import annotations

from c2c_desktop.services.link_gate import MOST_LINKS, QUIET_SECONDS, WINDOW_SECONDS, LinkGate

START = 1000.0


def flooded(extra: int) -> LinkGate:
    gate = LinkGate()
    assert [gate.take(START) for _ in range(MOST_LINKS + extra)] == [True] * MOST_LINKS + [False] * extra
    return gate


def test_ten_thousand_links_let_a_few_through_and_count_the_rest() -> None:
    gate = flooded(10_000 - MOST_LINKS)
    assert gate.left_alone == 10_000 - MOST_LINKS


def test_after_the_window_as_many_come_through_again() -> None:
    gate = flooded(1)
    assert not gate.take(START + WINDOW_SECONDS - 0.1)
    assert [gate.take(START + WINDOW_SECONDS) for _ in range(MOST_LINKS + 1)].count(True) == MOST_LINKS
    assert gate.left_alone == 3


def test_links_at_a_persons_pace_all_come_through() -> None:
    gate = LinkGate()
    assert all(gate.take(START + number * 3.1) for number in range(200))
    assert (gate.left_alone, gate.due(START + 700)) == (0, 0)


def test_a_flood_is_told_of_once_when_it_is_over() -> None:
    gate = flooded(5)
    assert gate.due(START + QUIET_SECONDS - 0.1) == 0
    assert gate.due(START + QUIET_SECONDS) == 5
    assert (gate.left_alone, gate.due(START + 100)) == (0, 0)


def test_a_flood_that_goes_on_is_told_of_once_a_minute_and_every_link_is_counted() -> None:
    gate, taken, told = LinkGate(), 0, []
    for second in range(150):
        taken += sum(gate.take(START + second) for _ in range(10))
        if count := gate.due(START + second):
            told.append((second, count))
    assert [second for second, _ in told] == [61, 121]  # those of the seconds 60 and 61 come through again
    assert taken + sum(count for _, count in told) + gate.left_alone == 1500
