"""A private session bus for tests."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.desktop.rig import end, running, until

_BUS_CONFIG = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  {services}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")


@dataclass
class Bus:
    """A private session bus that can be ended before its time."""

    address: str
    process: subprocess.Popen[str]

    def connect(self) -> DBusConnection:
        return open_dbus_connection(self.address)

    def is_up(self) -> bool:
        """Whether it takes connections: its socket is there a little earlier."""
        try:
            self.connect().close()
        except OSError:
            return False
        return True

    def owner(self, name: str) -> str:
        """The unique name of who owns `name`, or nothing."""
        with self.connect() as connection:
            reply = connection.send_and_get_reply(new_method_call(BUS, "GetNameOwner", "s", (name,)), timeout=5)
        return str(reply.body[0]) if str(reply.body[0]).startswith(":") else ""

    def stop(self) -> None:
        end(self.process)


@contextmanager
def private_bus(folder: Path, services: Path | None = None) -> Iterator[Bus]:
    """Run a session bus: nobody is on it, and nobody but those described in `services` can be started."""
    config, socket = folder / "bus.conf", folder / "bus"
    described = f"<servicedir>{services}</servicedir>" if services is not None else ""
    config.write_text(_BUS_CONFIG.format(socket=socket, services=described), encoding="utf-8")
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile"]
    with running(command, os.environ) as process:
        bus = Bus(f"unix:path={socket}", process)
        until(bus.is_up, "the private bus")
        yield bus
