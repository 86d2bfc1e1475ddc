"""A door for links in this process, and clients of it that behave as badly as a test wants."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.desktop.instance.door_address import door_address
from c2c_desktop.desktop.instance.instance_door import InstanceDoor
from c2c_desktop.services.door_line import HandOver, door_line, read_answer
from c2c_desktop.services.link_gate import LinkGate

LINK = "tel:+442079460018"
LINE = door_line(HandOver(link=LINK))
PATIENCE_MS = 10_000


class Opened:
    """A door, and what it lets through."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.came: list[HandOver] = []
        self.left: list[int] = []
        self.door = InstanceDoor(folder, LinkGate())
        self.door.came.connect(self.came.append)
        self.door.links_left.connect(self.left.append)
        self.state = self.door.open()

    def close(self) -> None:
        self.door.close()
        self.door.deleteLater()


class Client:
    """Another process at the door, as far as the door can tell."""

    def __init__(self, folder: Path, *pieces: bytes) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.setblocking(False)
        for _ in range(1000):  # the system keeps only so many waiting
            try:
                self._socket.connect(door_address(folder))
                break
            except BlockingIOError:
                QCoreApplication.processEvents()
        self.heard = b""
        self.is_over = False
        for piece in pieces:
            self.say(piece)

    def say(self, piece: bytes) -> None:
        """Send what the door's end of the line takes at once."""
        self._socket.send(piece)

    def listen(self) -> bool:
        """Whether the door has closed."""
        try:
            more = self._socket.recv(1 << 16)
        except BlockingIOError:
            return False
        except ConnectionResetError:
            more = b""
        self.heard += more
        self.is_over = not more
        return self.is_over

    def close(self) -> None:
        self._socket.close()


def ask(qtbot: QtBot, opened: Opened, *pieces: bytes) -> str:
    """What the door answers to `pieces`: "" where it took the link."""
    with ExitStack() as stack:
        client = Client(opened.folder, *pieces)
        stack.callback(client.close)
        qtbot.waitUntil(client.listen, timeout=PATIENCE_MS)
        assert client.heard.count(b"\n") == 1
        return read_answer(client.heard)
