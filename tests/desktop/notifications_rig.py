"""What tests of notifications have in common: what was told, and waiting until all of it was."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from c2c_desktop.desktop.bus.bus_notifications import BusNotifications
from tests.desktop.fake_daemon import FakeDaemon

RETRY = (("retry", "Retry"),)


class Heard:
    """What the notifications told the program."""

    def __init__(self, notifications: BusNotifications) -> None:
        self.acted: list[tuple[str, str]] = []
        self.failed: list[tuple[str, str, str]] = []
        notifications.acted.connect(lambda key, action: self.acted.append((key, action)))
        notifications.failed.connect(lambda key, title, body: self.failed.append((key, title, body)))


def wait_for(qtbot: QtBot, daemon: FakeDaemon, number: int) -> None:
    qtbot.waitUntil(lambda: len(daemon.notices) == number)


def settle(qtbot: QtBot, notifications: BusNotifications, daemon: FakeDaemon) -> None:
    """Wait until all that was sent, either way, has been read: one more notification was shown and pressed."""
    key = f"after {len(daemon.notices)}"
    acted: list[str] = []
    notifications.acted.connect(lambda key, _: acted.append(key))
    notifications.notify(key, key, "", ())
    qtbot.waitUntil(lambda: any(notice.title == key for notice in daemon.notices))
    daemon.press(next(notice.id for notice in daemon.notices if notice.title == key), "default")
    qtbot.waitUntil(lambda: key in acted)
