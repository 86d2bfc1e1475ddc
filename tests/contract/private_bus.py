"""A session bus of a test's own, with a real keyring daemon on it."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Self

import secretstorage

from tests.contract.waiting import until

_BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy>
</busconfig>"""


class PrivateBus:
    """A bus that starts nothing by itself, so that what is missing stays missing."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="bus-")
        self._home = Path(self._folder.name)
        self._socket = self._home / "socket"
        self._bus: subprocess.Popen[bytes] | None = None
        self._keyring: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"unix:path={self._socket}"

    def __enter__(self) -> Self:
        config = self._home / "bus.conf"
        config.write_text(_BUS_CONFIG.format(socket=self._socket))
        command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address"]
        self._bus = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self._bus.stdout is not None
        assert self._bus.stdout.readline().startswith(b"unix:")
        return self

    def __exit__(self, *_: object) -> None:
        self.kill_keyring()
        self.kill_bus()
        self._folder.cleanup()

    def start_keyring(self) -> None:
        """Start the daemon with its collection unlocked, and wait for it on the bus."""
        runtime = self._home / "runtime"
        runtime.mkdir(mode=0o700, exist_ok=True)
        self._keyring = subprocess.Popen(
            ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"],
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self._home),
                "XDG_RUNTIME_DIR": str(runtime),
                "DBUS_SESSION_BUS_ADDRESS": self.address,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert self._keyring.stdin is not None
        self._keyring.stdin.write(b"the keyring's password")
        self._keyring.stdin.close()
        until(self._serves)

    def _serves(self) -> bool:
        with closing(secretstorage.dbus_init()) as connection:
            try:
                return any(c.get_label() for c in secretstorage.get_all_collections(connection))
            except secretstorage.SecretStorageException:
                return False

    def lock(self) -> None:
        """Lock the collection; nothing on this bus can prompt for its password."""
        with closing(secretstorage.dbus_init()) as connection:
            secretstorage.get_default_collection(connection).lock()

    def freeze_keyring(self) -> None:
        """Stop the daemon where it stands."""
        assert self._keyring is not None
        self._keyring.send_signal(signal.SIGSTOP)

    def kill_keyring(self) -> None:
        """End the daemon."""
        if self._keyring is not None:
            self._keyring.kill()
            self._keyring.wait()
            self._keyring = None

    def kill_bus(self) -> None:
        """End the bus."""
        if self._bus is not None:
            self._bus.kill()
            self._bus.communicate()
            self._bus = None
