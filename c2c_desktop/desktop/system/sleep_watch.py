"""When this computer goes to sleep and wakes up, as logind tells it on the system bus.

Elsewhere than on Linux nothing is told: the calls' own clocks notice that they slept.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from c2c_desktop.desktop.bus.system_service import SystemService

PREPARES = "PrepareForSleep"


class SleepWatch(QObject):
    """Tells of sleep. Main thread. Nothing delays the sleep, and without a bus nothing is told."""

    going_to_sleep = Signal()
    """A moment before; whoever listens may not get to it."""
    woke_up = Signal()
    """What was open before is stale: connections, what is known of the network and of other programs' calls."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service: SystemService | None = None

    def open(self) -> None:
        """Begin to listen. Not on the way to the first paint: it loads what it needs now."""
        if self._service is not None or not sys.platform.startswith("linux"):
            return
        from jeepney import DBusAddress  # noqa: PLC0415

        from c2c_desktop.desktop.bus.system_service import SystemService  # noqa: PLC0415

        manager = DBusAddress("/org/freedesktop/login1", "org.freedesktop.login1", "org.freedesktop.login1.Manager")
        self._service = SystemService(manager, (PREPARES,), self)
        self._service.heard.connect(self._hear)
        self._service.open()

    def close(self) -> None:
        """Leave the bus."""
        service, self._service = self._service, None
        if service is not None:
            service.close()
            service.deleteLater()

    def _hear(self, _: str, signature: str, values: tuple[object, ...]) -> None:
        if signature == "b":
            (self.going_to_sleep if values[0] else self.woke_up).emit()
