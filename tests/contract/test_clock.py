"""The clock is the computer's."""

from __future__ import annotations

import time

from c2c_desktop.adapters.clock import SystemClock
from c2c_desktop.services.ports import Clock
from tests.fakes import FakeClock


def test_the_system_clock_tells_utc_seconds_and_never_goes_back() -> None:
    clock: Clock = SystemClock()
    assert abs(clock.now() - time.time()) < 60
    first = clock.monotonic()
    assert clock.monotonic() >= first


def test_the_fake_clock_moves_only_when_it_is_moved() -> None:
    clock = FakeClock(100.0)
    assert (clock.now(), clock.monotonic()) == (100.0, 100.0)
    clock.pass_by(2.5)
    assert (clock.now(), clock.monotonic()) == (102.5, 102.5)
