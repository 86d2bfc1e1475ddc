"""The rig's pieces as fixtures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from c2c_desktop.desktop.bus.bus_notifications import BusNotifications
from c2c_desktop.desktop.instance.instance_door import DoorState
from tests.desktop.bus_rig import Bus, private_bus
from tests.desktop.bus_service import BusWitness
from tests.desktop.door_rig import Opened
from tests.desktop.notifications_rig import Heard
from tests.desktop.program_rig import Program, program_running
from tests.desktop.rig import Environment
from tests.desktop.screen_rig import desktop_environment, screen_with_window_manager

StartProgram = Callable[..., Program]


@pytest.fixture(scope="session")
def screen() -> Iterator[Environment]:
    """A virtual screen with a window manager, shared: every test takes its programs off it again."""
    with screen_with_window_manager() as environment:
        yield environment


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    """A private session bus with nobody on it."""
    with private_bus(tmp_path) as private:
        yield private


@pytest.fixture
def own_bus(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> Bus:
    """The same, as the session bus of this process."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    return bus


@pytest.fixture
def desktop(screen: Environment, bus: Bus, tmp_path: Path) -> Environment:
    """The environment of programs on the screen and the bus, in a home of their own."""
    return desktop_environment(screen, bus, tmp_path / "home")


@pytest.fixture
def start(desktop: Environment) -> Iterator[StartProgram]:
    """Starts the program with arguments of a test's own and waits for its window."""
    with ExitStack() as stack:

        def begin(*arguments: str, window: bool = True) -> Program:
            program = stack.enter_context(program_running(desktop, *arguments))
            if window:
                program.wait_for_window()
            return program

        yield begin


@pytest.fixture
def witness(bus: Bus) -> Iterator[BusWitness]:
    """Sees everything on the bus."""
    with BusWitness(bus) as seeing:
        yield seeing


@pytest.fixture
def opened(qapp: QCoreApplication, tmp_path: Path) -> Iterator[Opened]:  # noqa: ARG001  # a door needs Qt
    opened = Opened(tmp_path)
    assert opened.state is DoorState.OPEN
    yield opened
    opened.close()


@pytest.fixture
def clients() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def notifications(own_bus: Bus, qapp: object) -> Iterator[BusNotifications]:  # noqa: ARG001  # what they stand on
    ours = BusNotifications()
    yield ours
    ours.close()
    ours.deleteLater()


@pytest.fixture
def heard(notifications: BusNotifications) -> Heard:
    return Heard(notifications)
