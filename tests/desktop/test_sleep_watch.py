"""Sleep and wake, by real messages on a bus that stands for the system's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from jeepney import DBusAddress, HeaderFields, new_signal
from pytestqt.qtbot import QtBot

from c2c_desktop.desktop.system.sleep_watch import SleepWatch
from tests.desktop.bus_rig import Bus
from tests.desktop.bus_service import BusWitness
from tests.desktop.fake_system import MANAGER, FakeLogind
from tests.desktop.rig import until


class Listener:
    """What a watch told, oldest first."""

    def __init__(self, watch: SleepWatch) -> None:
        self.told: list[str] = []
        watch.going_to_sleep.connect(lambda: self.told.append("sleep"))
        watch.woke_up.connect(lambda: self.told.append("wake"))


@pytest.fixture
def system_bus(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> Bus:
    """The private bus, as the system's bus of this process."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
    return bus


@pytest.fixture
def watch(system_bus: Bus, qapp: object) -> Iterator[SleepWatch]:  # noqa: ARG001  # what it stands on
    ours = SleepWatch()
    yield ours
    ours.close()
    ours.deleteLater()


@pytest.fixture
def listener(watch: SleepWatch) -> Listener:
    return Listener(watch)


def wake_until_heard(qtbot: QtBot, logind: FakeLogind, listener: Listener) -> None:
    """Wake up until it is heard: whose voice it is takes a moment to be known."""
    before = len(listener.told)

    def heard() -> bool:
        logind.prepare(start=False)
        return len(listener.told) > before

    qtbot.waitUntil(heard)
    listener.told.clear()


def test_without_a_system_bus_nothing_is_told(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    watch = SleepWatch()
    watch.open()
    watch.open()
    watch.close()
    watch.close()
    watch.deleteLater()


def test_without_logind_nothing_is_told_and_one_that_comes_later_is_heard(
    system_bus: Bus, watch: SleepWatch, listener: Listener, qtbot: QtBot
) -> None:
    watch.open()
    assert listener.told == []
    with FakeLogind(system_bus) as logind:
        wake_until_heard(qtbot, logind, listener)


def test_sleep_and_wake_are_told_in_turn(system_bus: Bus, watch: SleepWatch, listener: Listener, qtbot: QtBot) -> None:
    with FakeLogind(system_bus) as logind:
        watch.open()
        wake_until_heard(qtbot, logind, listener)
        for start in (True, False, True, False):
            logind.prepare(start=start)
        qtbot.waitUntil(lambda: listener.told[-4:] == ["sleep", "wake", "sleep", "wake"])


@pytest.mark.parametrize("odd", [("s", ("true",)), ("", ()), ("u", (1,)), ("bb", (True, True))], ids=repr)
def test_a_signal_of_another_type_tells_nothing(
    system_bus: Bus,
    watch: SleepWatch,
    listener: Listener,
    qtbot: QtBot,
    odd: tuple[str, tuple[object, ...]],
) -> None:
    with FakeLogind(system_bus) as logind:
        watch.open()
        wake_until_heard(qtbot, logind, listener)
        logind.emit(logind.path, MANAGER, "PrepareForSleep", *odd)
        logind.prepare(start=True)
        qtbot.waitUntil(lambda: "sleep" in listener.told)
        assert listener.told.count("sleep") == 1
        assert listener.told[-1] == "sleep"


def test_a_stranger_cannot_wake_us(
    system_bus: Bus, watch: SleepWatch, listener: Listener, qtbot: QtBot, witness: BusWitness
) -> None:
    with FakeLogind(system_bus) as logind, system_bus.connect() as stranger:
        watch.open()
        wake_until_heard(qtbot, logind, listener)
        asked = until(lambda: witness.seen("GetNameOwner"), "the question who logind is")
        lie = new_signal(DBusAddress(logind.path, interface=MANAGER), "PrepareForSleep", "b", (True,))
        lie.header.fields[HeaderFields.destination] = asked[0].header.fields[HeaderFields.sender]
        stranger.send(lie)
        wake_until_heard(qtbot, logind, listener)
        logind.prepare(start=True)
        qtbot.waitUntil(lambda: "sleep" in listener.told)
        assert listener.told.count("sleep") == 1


def test_a_bus_that_ends_and_a_logind_that_dies_tell_nothing(
    system_bus: Bus, watch: SleepWatch, listener: Listener, qtbot: QtBot
) -> None:
    with FakeLogind(system_bus) as logind:
        watch.open()
        wake_until_heard(qtbot, logind, listener)
        logind.die()
    with FakeLogind(system_bus) as again:
        wake_until_heard(qtbot, again, listener)
    system_bus.stop()
    watch.close()
    watch.open()
    assert "sleep" not in listener.told


def test_nobody_is_told_after_the_end(system_bus: Bus, watch: SleepWatch, listener: Listener, qtbot: QtBot) -> None:
    other = SleepWatch()
    others = Listener(other)
    with FakeLogind(system_bus) as logind:
        watch.open()
        other.open()
        wake_until_heard(qtbot, logind, listener)
        wake_until_heard(qtbot, logind, others)
        watch.close()
        listener.told.clear()
        logind.prepare(start=True)
        qtbot.waitUntil(lambda: "sleep" in others.told)
        assert listener.told == []
    other.close()
    other.deleteLater()
