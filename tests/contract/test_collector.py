"""Cyclic garbage goes on the main thread, from the event loop, and only there."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from c2c_desktop.runtime.collector import Collector


class Knot:
    """Garbage that only a collection frees; tells on which thread it went."""

    def __init__(self, went_on: list[threading.Thread]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: went_on.append(threading.current_thread()))


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    assert qtbot is not None
    was_frozen = gc.get_freeze_count() > 0  # other tests have the modules set apart
    gc.unfreeze()
    collector = Collector()
    yield collector
    collector.stop()
    collector.deleteLater()
    if was_frozen:
        gc.freeze()


def be_past_start_up(qtbot: QtBot, collector: Collector) -> None:
    collector.findChildren(QTimer)[0].setInterval(1)
    qtbot.waitUntil(lambda: gc.get_freeze_count() > 0)


def test_garbage_made_on_a_busy_thread_goes_on_the_main_one(qtbot: QtBot, collector: Collector) -> None:
    went_on: list[threading.Thread] = []
    be_past_start_up(qtbot, collector)

    def make_garbage() -> None:
        for _ in range(50 * gc.get_threshold()[0]):
            Knot(went_on)

    busy = threading.Thread(target=make_garbage)
    busy.start()
    busy.join()
    qtbot.waitUntil(lambda: len(went_on) > 0)
    assert set(went_on) == {threading.main_thread()}


def test_garbage_of_every_age_goes(qtbot: QtBot, collector: Collector) -> None:
    went_on: list[threading.Thread] = []
    be_past_start_up(qtbot, collector)
    old = Knot(went_on)
    gc.collect(0)
    gc.collect(1)  # now it is of the oldest generation
    del old
    kept: list[list[int]] = []
    for _ in range(1000):
        kept += [[] for _ in range(2 * gc.get_threshold()[0])]
        collector.look()
        if went_on:
            break
        kept.clear()
    assert went_on == [threading.main_thread()]


def test_what_start_up_built_is_not_looked_through_again(qtbot: QtBot, collector: Collector) -> None:
    be_past_start_up(qtbot, collector)
    assert len(gc.get_objects()) < gc.get_freeze_count() / 10


def test_the_interpreter_collects_again_afterwards(collector: Collector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
