"""Who is on the session bus, as the self-check asks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from c2c_desktop.adapters.bus_names import has_bus_name
from tests.desktop.bus_rig import Bus, private_bus
from tests.desktop.fake_daemon import NAME, FakeDaemon
from tests.desktop.program_rig import ROOT
from tests.desktop.rig import stop_at_once

ASK = f"from c2c_desktop.adapters.bus_names import has_bus_name; print(has_bus_name({NAME!r}))"
WITHOUT_JEEPNEY = f"import sys; sys.modules['jeepney'] = None; {ASK}"
SERVICE = f"[D-BUS Service]\nName={NAME}\nExec=/bin/false\n"


@pytest.mark.parametrize("address", ["", "nonsense", "unix:path=/nowhere/at/all", "tcp:host=127.0.0.1,port=1"])
def test_without_a_session_bus_nobody_is_there(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert not has_bus_name(NAME)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    assert not has_bus_name(NAME)


def test_something_that_is_no_bus_is_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "silent"))
        silent.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'silent'}")
        assert not has_bus_name(NAME)


def test_a_bus_that_hangs_is_nobody(own_bus: Bus) -> None:
    stop_at_once(own_bus.process)
    try:
        assert not has_bus_name(NAME)
    finally:
        own_bus.process.kill()


def test_where_jeepney_is_not_installed_nobody_is_there() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_JEEPNEY], cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


@pytest.mark.usefixtures("own_bus")
def test_an_empty_bus_has_nobody() -> None:
    assert not has_bus_name(NAME)


def test_a_running_service_is_there(own_bus: Bus) -> None:
    with FakeDaemon(own_bus):
        assert has_bus_name(NAME)


def test_a_service_that_can_be_started_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / f"{NAME}.service").write_text(SERVICE, encoding="utf-8")
    with private_bus(tmp_path, services=tmp_path) as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        assert has_bus_name(NAME)
