"""A real keyring on a session bus of a test's own."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Self

import secretstorage
from jeepney.io.blocking import DBusConnection, open_dbus_connection

PATIENCE = 10.0
_BUS_CONFIG = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class KeyringBus:
    """A bus that starts nothing by itself, and a keyring on it, unlocked. Nobody there can ask for a password."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "bus"
        self._running = ExitStack()

    @property
    def address(self) -> str:
        return f"unix:path={self._socket}"

    def connect(self) -> DBusConnection:
        return open_dbus_connection(self.address)

    def __enter__(self) -> Self:
        runtime = self._folder / "runtime"
        runtime.mkdir(mode=0o700, parents=True)
        config = self._folder / "bus.conf"
        config.write_text(_BUS_CONFIG.format(socket=self._socket), encoding="utf-8")
        with ExitStack() as starting:
            self._start(starting, ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile"])
            _until(self._is_up)
            keyring = self._start(
                starting,
                ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"],
                HOME=str(self._folder),
                XDG_RUNTIME_DIR=str(runtime),
                DBUS_SESSION_BUS_ADDRESS=self.address,
            )
            self._keyring = keyring
            assert keyring.stdin is not None
            keyring.stdin.write(b"the password of the keyring")
            keyring.stdin.close()
            _until(self._is_unlocked)
            self._running = starting.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """End the keyring and the bus."""
        self._running.close()

    def lock(self) -> None:
        """Lock the keyring."""
        with closing(open_dbus_connection(self.address)) as connection:
            secretstorage.get_default_collection(connection).lock()

    def freeze(self) -> None:
        """Let the keyring hang: it answers nobody any more."""
        self._keyring.send_signal(signal.SIGSTOP)

    def _is_up(self) -> bool:
        """Whether the bus takes connections: its socket is there a little earlier."""
        try:
            self.connect().close()
        except OSError:
            return False
        return True

    def _is_unlocked(self) -> bool:
        with closing(open_dbus_connection(self.address)) as connection:
            if not secretstorage.check_service_availability(connection):
                return False
            return any(c.get_label() == "Login" for c in secretstorage.get_all_collections(connection))

    @staticmethod
    def _start(running: ExitStack, command: list[str], **environment: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command,
            env={"PATH": os.environ["PATH"], **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        running.enter_context(process)
        running.callback(process.kill)
        return process


def _until(condition: Callable[[], bool]) -> None:
    pause, end = threading.Event(), time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "the keyring did not come up"
        pause.wait(0.01)
