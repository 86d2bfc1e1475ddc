"""Whether there is a network, by real messages on a bus that stands for the system's."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from jeepney import DBusAddress, HeaderFields, Message, new_signal
from pytestqt.qtbot import QtBot

from c2c_desktop.desktop.system.network_watch import NetworkWatch
from tests.desktop.bus_rig import Bus
from tests.desktop.bus_service import BusWitness
from tests.desktop.fake_system import NM, FakeNetworkManager
from tests.desktop.odd_bus import deaf_bus, turn_away, welcome
from tests.desktop.rig import stop_at_once, until

SERVICE = "https://rest.example.test/v2"
GLOBAL, SITE, LOCAL, CONNECTING, DISCONNECTING, DISCONNECTED, ASLEEP, UNKNOWN = 70, 60, 50, 40, 30, 20, 10, 0


@pytest.fixture
def system_bus(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> Bus:
    """The private bus, as the system's bus of this process."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
    return bus


@contextmanager
def watching(api_url: str = SERVICE) -> Iterator[NetworkWatch]:
    watch = NetworkWatch(api_url)
    try:
        yield watch
    finally:
        watch.close()
        watch.deleteLater()


@pytest.fixture
def watch(system_bus: Bus, qapp: object) -> Iterator[NetworkWatch]:  # noqa: ARG001  # what it stands on
    with watching() as ours:
        yield ours


def settle(qtbot: QtBot, watch: NetworkWatch, manager: FakeNetworkManager) -> None:
    """Wait until everything said so far was heard: the network went and came after it."""
    for state, online in ((DISCONNECTED, False), (GLOBAL, True)):
        manager.become(state)
        qtbot.waitUntil(lambda online=online: watch.is_online is online)  # type: ignore[misc]


@pytest.mark.parametrize("address", ["unix:path=/nowhere/at/all", "tcp:host=127.0.0.1,port=9", "no address"])
def test_without_a_system_bus_there_counts_as_being_a_network(
    qapp: object,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
    address: str,
) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
    with watching() as watch:
        watch.open()
        watch.look_again()
        assert watch.is_online


def talk_past(_: Message) -> Message:
    """Never answer the greeting, and say something else."""
    return new_signal(DBusAddress("/elsewhere", interface="example.Elsewhere"), "Said")


@pytest.mark.parametrize("greeting", [welcome, turn_away, talk_past])
def test_a_bus_that_misbehaves_blocks_nothing(
    qapp: object,  # noqa: ARG001
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    greeting: object,
) -> None:
    with deaf_bus(tmp_path, greeting) as address:  # type: ignore[arg-type]  # one of the two
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        with watching() as watch:
            watch.open()
            assert watch.is_online


def test_a_bus_that_hangs_blocks_nothing(system_bus: Bus, watch: NetworkWatch) -> None:
    stop_at_once(system_bus.process)
    try:
        watch.open()
        assert watch.is_online
    finally:
        system_bus.process.send_signal(signal.SIGCONT)


def test_without_networkmanager_there_counts_as_being_a_network(
    system_bus: Bus, watch: NetworkWatch, qtbot: QtBot
) -> None:
    watch.open()
    assert watch.is_online
    with FakeNetworkManager(system_bus, DISCONNECTED):  # comes later
        qtbot.waitUntil(lambda: not watch.is_online)


@pytest.mark.parametrize("state", [ASLEEP, DISCONNECTED, DISCONNECTING, CONNECTING])
def test_a_state_without_a_network_is_told(system_bus: Bus, watch: NetworkWatch, qtbot: QtBot, state: int) -> None:
    with FakeNetworkManager(system_bus, state):
        watch.open()
        assert watch.is_online  # nothing waits for the answer
        qtbot.waitUntil(lambda: not watch.is_online)


@pytest.mark.parametrize("state", [UNKNOWN, LOCAL, SITE, GLOBAL, 4_000_000_000])
def test_a_state_that_may_be_a_network_counts_as_one(
    system_bus: Bus, watch: NetworkWatch, qtbot: QtBot, state: int
) -> None:
    with FakeNetworkManager(system_bus, DISCONNECTED) as manager:
        watch.open()
        qtbot.waitUntil(lambda: not watch.is_online)
        manager.become(state)
        qtbot.waitUntil(lambda: watch.is_online)


def test_only_what_changes_is_told(system_bus: Bus, watch: NetworkWatch, qtbot: QtBot) -> None:
    told: list[bool] = []
    watch.online_changed.connect(told.append)
    with FakeNetworkManager(system_bus, GLOBAL) as manager:
        watch.open()
        qtbot.waitUntil(lambda: manager.asked == 1)
        for state in (SITE, GLOBAL, DISCONNECTED, CONNECTING, GLOBAL, LOCAL):
            manager.become(state)
        settle(qtbot, watch, manager)
        assert told == [False, True, False, True]


@pytest.mark.parametrize("odd", [("s", ("20",)), ("v", (("s", "20"),)), ("u", (20,)), ("", ())], ids=repr)
def test_an_answer_of_another_type_tells_nothing(
    system_bus: Bus, watch: NetworkWatch, qtbot: QtBot, odd: tuple[str, tuple[object, ...]]
) -> None:
    told: list[bool] = []
    watch.online_changed.connect(told.append)
    with FakeNetworkManager(system_bus) as manager:
        manager.odd = odd
        watch.open()
        qtbot.waitUntil(lambda: manager.asked == 1)
        if odd[0] != "u":  # that one is right in a signal
            manager.emit(manager.path, NM, "StateChanged", *odd)
        settle(qtbot, watch, manager)
        assert told == [False, True]


def test_a_networkmanager_that_never_answers_blocks_nothing_and_is_heard_all_the_same(
    system_bus: Bus, watch: NetworkWatch, qtbot: QtBot
) -> None:
    with FakeNetworkManager(system_bus, DISCONNECTED, answers=False) as manager:
        watch.open()
        qtbot.waitUntil(lambda: manager.asked == 1)
        assert watch.is_online
        manager.become(DISCONNECTED)
        qtbot.waitUntil(lambda: not watch.is_online)


def test_a_networkmanager_that_dies_leaves_the_network_unknown(
    system_bus: Bus, watch: NetworkWatch, qtbot: QtBot
) -> None:
    with FakeNetworkManager(system_bus, DISCONNECTED) as manager:
        watch.open()
        qtbot.waitUntil(lambda: not watch.is_online)
        manager.die()
        qtbot.waitUntil(lambda: watch.is_online)


def test_a_bus_that_ends_leaves_the_network_unknown(system_bus: Bus, watch: NetworkWatch, qtbot: QtBot) -> None:
    with FakeNetworkManager(system_bus, DISCONNECTED):
        watch.open()
        qtbot.waitUntil(lambda: not watch.is_online)
        system_bus.stop()
        qtbot.waitUntil(lambda: watch.is_online)
        watch.look_again()  # tries the bus once more
        assert watch.is_online


def test_a_stranger_on_the_bus_cannot_take_the_network_away(
    system_bus: Bus, watch: NetworkWatch, qtbot: QtBot, witness: BusWitness
) -> None:
    told: list[bool] = []
    watch.online_changed.connect(told.append)
    with FakeNetworkManager(system_bus) as manager, system_bus.connect() as stranger:
        watch.open()
        qtbot.waitUntil(lambda: manager.asked == 1)
        ours = until(lambda: witness.seen("Get"), "our question")[0].header.fields[HeaderFields.sender]
        lie = new_signal(DBusAddress(manager.path, interface=NM), "StateChanged", "u", (DISCONNECTED,))
        lie.header.fields[HeaderFields.destination] = ours  # past what we asked the bus for
        stranger.send(lie)
        settle(qtbot, watch, manager)
        assert told == [False, True]


def test_looking_again_asks_anew(system_bus: Bus, watch: NetworkWatch, qtbot: QtBot) -> None:
    watch.look_again()  # before it was opened: nothing
    with FakeNetworkManager(system_bus) as manager:
        watch.open()
        qtbot.waitUntil(lambda: manager.asked == 1)
        watch.open()
        manager.state = DISCONNECTED  # said while nobody heard it: the computer slept
        watch.look_again()
        qtbot.waitUntil(lambda: not watch.is_online)
        assert manager.asked == 2


def test_asking_starts_no_networkmanager(
    system_bus: Bus, watch: NetworkWatch, witness: BusWitness, qtbot: QtBot
) -> None:
    with FakeNetworkManager(system_bus) as manager:
        watch.open()
        qtbot.waitUntil(lambda: manager.asked == 1)
        asked = witness.seen("Get")
        assert [call.body for call in asked] == [(NM, "State")]
        assert asked[0].header.flags.value & 2


@pytest.mark.parametrize("api_url", ["http://127.0.0.1:9/v2", "http://localhost:9/v2", "http://[::1]:9/v2"])
def test_a_service_on_this_computer_needs_no_network(
    system_bus: Bus, qtbot: QtBot, witness: BusWitness, api_url: str
) -> None:
    with FakeNetworkManager(system_bus, DISCONNECTED), watching(api_url) as local, watching() as watch:
        local.open()
        local.look_again()
        watch.open()
        qtbot.waitUntil(lambda: not watch.is_online)
        assert local.is_online
        assert len(witness.seen("Get")) == 1


def test_nobody_is_told_after_the_end(system_bus: Bus, watch: NetworkWatch, qtbot: QtBot) -> None:
    with FakeNetworkManager(system_bus) as manager, watching() as other:
        watch.open()
        other.open()
        qtbot.waitUntil(lambda: manager.asked == 2)
        watch.close()
        manager.become(DISCONNECTED)
        qtbot.waitUntil(lambda: not other.is_online)
        assert watch.is_online
