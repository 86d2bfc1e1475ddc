"""Whether the screen is locked, by real messages on a bus; and what the guard makes of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from jeepney import DBusAddress, new_signal
from pytestqt.qtbot import QtBot

from c2c_desktop.adapters.do_not_call_file import DoNotCallFile
from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.adapters.workstation import Workstation
from c2c_desktop.desktop.system.screen_lock import ScreenLock
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import DialRequest, Verdict
from c2c_desktop.services.dialer import Dialer
from tests.desktop.bus_rig import Bus
from tests.desktop.bus_service import BusWitness
from tests.desktop.fake_screen_saver import FakeScreenSaver
from tests.fakes import INDIAN
from tests.unit.builders import Rig

SAVERS = [
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
]
GNOME = "org.gnome.ScreenSaver"


@pytest.fixture
def lock(own_bus: Bus, qapp: object) -> Iterator[ScreenLock]:  # noqa: ARG001  # what it stands on
    ours = ScreenLock()
    yield ours
    ours.close()
    ours.deleteLater()


def settle(qtbot: QtBot, own_bus: Bus, lock: ScreenLock) -> None:
    """Wait until everything said so far was heard: another screen saver locked and unlocked after it."""
    with FakeScreenSaver(own_bus, "org.mate.ScreenSaver") as saver:
        qtbot.waitUntil(lambda: saver.asked > 0)
        before = lock.is_locked()
        saver.lock()
        if not before:
            qtbot.waitUntil(lock.is_locked)
            saver.lock(on=False)
            qtbot.waitUntil(lambda: not lock.is_locked())


def test_without_a_session_bus_the_screen_does_not_count_as_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    lock = ScreenLock()
    lock.open()
    assert not lock.is_locked()


def test_without_a_screen_saver_the_screen_does_not_count_as_locked(
    own_bus: Bus, lock: ScreenLock, qtbot: QtBot
) -> None:
    lock.open()
    settle(qtbot, own_bus, lock)
    assert not lock.is_locked()


@pytest.mark.parametrize("name", SAVERS)
def test_a_screen_that_is_locked_before_we_come_is_locked(
    own_bus: Bus, lock: ScreenLock, qtbot: QtBot, name: str
) -> None:
    with FakeScreenSaver(own_bus, name, locked=True) as saver:
        lock.open()
        assert not lock.is_locked()  # nothing waits for the answer
        qtbot.waitUntil(lock.is_locked)
        saver.lock(on=False)
        qtbot.waitUntil(lambda: not lock.is_locked())


@pytest.mark.parametrize("name", SAVERS)
def test_a_screen_that_is_locked_later_is_locked(own_bus: Bus, lock: ScreenLock, qtbot: QtBot, name: str) -> None:
    with FakeScreenSaver(own_bus, name) as saver:
        lock.open()
        qtbot.waitUntil(lambda: saver.asked == 1)
        saver.lock()
        qtbot.waitUntil(lock.is_locked)


def test_a_screen_saver_that_never_answers_blocks_nothing_and_is_heard_all_the_same(
    own_bus: Bus, lock: ScreenLock, qtbot: QtBot
) -> None:
    with FakeScreenSaver(own_bus, GNOME, locked=True, answers=False) as saver:
        lock.open()
        qtbot.waitUntil(lambda: saver.asked == 1)
        assert not lock.is_locked()
        saver.lock()
        qtbot.waitUntil(lock.is_locked)


def test_a_screen_saver_that_dies_locks_nothing_any_more(own_bus: Bus, lock: ScreenLock, qtbot: QtBot) -> None:
    with FakeScreenSaver(own_bus, GNOME, locked=True) as saver:
        lock.open()
        qtbot.waitUntil(lock.is_locked)
        saver.die()
        qtbot.waitUntil(lambda: not lock.is_locked())


def test_a_screen_saver_that_comes_later_is_asked(own_bus: Bus, lock: ScreenLock, qtbot: QtBot) -> None:
    lock.open()
    with FakeScreenSaver(own_bus, GNOME, locked=True):
        qtbot.waitUntil(lock.is_locked)


@pytest.mark.parametrize("odd", [("s", ("yes",)), ("", ()), ("i", (1,))], ids=repr)
def test_an_answer_that_is_no_yes_or_no_tells_nothing(
    own_bus: Bus, lock: ScreenLock, qtbot: QtBot, odd: tuple[str, tuple[object, ...]]
) -> None:
    with FakeScreenSaver(own_bus, GNOME) as saver:
        saver.odd = odd
        lock.open()
        qtbot.waitUntil(lambda: saver.asked == 1)
        saver.emit(saver.path, saver.name, "ActiveChanged", odd[0], odd[1])
        settle(qtbot, own_bus, lock)
        assert not lock.is_locked()


def test_a_stranger_on_the_bus_cannot_unlock_the_screen(own_bus: Bus, lock: ScreenLock, qtbot: QtBot) -> None:
    with FakeScreenSaver(own_bus, GNOME, locked=True) as saver, own_bus.connect() as stranger:
        lock.open()
        qtbot.waitUntil(lock.is_locked)
        stranger.send(new_signal(DBusAddress(saver.path, interface=GNOME), "ActiveChanged", "b", (False,)))
        settle(qtbot, own_bus, lock)
        assert lock.is_locked()


def test_asking_starts_no_screen_saver(own_bus: Bus, lock: ScreenLock, witness: BusWitness, qtbot: QtBot) -> None:
    lock.open()
    settle(qtbot, own_bus, lock)
    asked = witness.seen("GetActive")
    assert len(asked) >= len(SAVERS)
    assert all(call.header.flags.value & 2 for call in asked)


def test_a_bus_that_ends_leaves_the_screen_unlocked(own_bus: Bus, lock: ScreenLock, qtbot: QtBot) -> None:
    with FakeScreenSaver(own_bus, GNOME, locked=True):
        lock.open()
        qtbot.waitUntil(lock.is_locked)
        own_bus.stop()
        qtbot.waitUntil(lambda: not lock.is_locked())


def test_a_locked_screen_refuses_a_link_but_not_the_pad(own_bus: Bus, lock: ScreenLock, qtbot: QtBot) -> None:
    rig = Rig()
    workstation = Workstation(DoNotCallFile(lambda: ("", "IN"), InlineRunner()))
    workstation.watch_screen(lock.is_locked)
    dialer = Dialer(rig.gateway, rig.journal, rig.accounts, rig.runner, rig.clock, None, workstation)
    with FakeScreenSaver(own_bus, GNOME, locked=True) as saver:
        lock.open()
        qtbot.waitUntil(lock.is_locked)
        decision = dialer.consider(DialRequest(INDIAN, Source.LINK)).decision
        assert decision.verdict is Verdict.REFUSE
        assert decision.reason.startswith("Your screen is locked.")
        assert dialer.consider(DialRequest(INDIAN, Source.PAD)).decision.verdict is Verdict.ALLOW
        saver.lock(on=False)
        qtbot.waitUntil(lambda: not lock.is_locked())
        assert dialer.consider(DialRequest(INDIAN, Source.LINK)).decision.verdict is Verdict.ASK
