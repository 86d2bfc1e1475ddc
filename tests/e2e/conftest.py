"""A sandbox of a test's own, and the command line that calls it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from c2c_desktop.sandbox.server import Pace, SandboxServer
from tests.e2e.keyring_bus import KeyringBus
from tests.e2e.rig import CommandLine


@pytest.fixture
def service() -> Iterator[SandboxServer]:
    with SandboxServer(pace=Pace.INSTANT, slow_seconds=0.3) as server:
        yield server


@pytest.fixture
def line(service: SandboxServer, tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "home", service.api_url)


@pytest.fixture
def keyring(line: CommandLine, tmp_path: Path) -> Iterator[KeyringBus]:
    """A keyring that the command line finds."""
    with KeyringBus(tmp_path / "bus") as bus:
        line.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.address
        yield bus
