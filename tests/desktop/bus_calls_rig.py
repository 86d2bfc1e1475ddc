"""The door on a private session bus, what stands behind it, and short ways to both."""

from __future__ import annotations

from dataclasses import dataclass, field

from jeepney import DBusAddress
from pytestqt.qtbot import QtBot

from c2c_desktop.desktop.bus.bus_calls import NAME, PATH, BusCalls
from c2c_desktop.services.shown_numbers import ShownNumbers
from tests.desktop.bus_client import PATIENCE_MS
from tests.unit.builders import Rig

CALLS = DBusAddress(PATH, NAME, NAME)
PROPERTIES = DBusAddress(PATH, NAME, "org.freedesktop.DBus.Properties")
PEER = DBusAddress(PATH, NAME, "org.freedesktop.DBus.Peer")
INTROSPECTABLE = DBusAddress(PATH, NAME, "org.freedesktop.DBus.Introspectable")
AGAIN_MS = 20


@dataclass
class Door:
    """A door, its journal on fakes, and what was asked at it."""

    qtbot: QtBot
    rig: Rig = field(default_factory=Rig)
    numbers: ShownNumbers = field(default_factory=ShownNumbers)
    asked: list[str] = field(default_factory=list)
    why: str = ""
    """What those who ask are told."""

    def __post_init__(self) -> None:
        self.calls = BusCalls(self.rig.journal, self.numbers, self._ask, again_ms=AGAIN_MS)

    def open(self) -> None:
        """Open it and wait until it is."""
        self.calls.open()
        self.qtbot.waitUntil(lambda: self.calls.is_open, timeout=PATIENCE_MS)

    def close(self) -> None:
        self.calls.close()
        self.calls.deleteLater()

    def _ask(self, text: str) -> str:
        self.asked.append(text)
        return self.why
