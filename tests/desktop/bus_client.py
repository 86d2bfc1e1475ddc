"""Other programs on a bus: one that says anything, and the desktop's own command-line tools."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call
from pytestqt.qtbot import QtBot

from tests.desktop.bus_rig import Bus

PATIENCE_MS = 10_000
TOOLS = {"gdbus": "libglib2.0-bin", "dbus-send": "dbus-bin"}


def error_name(reply: Message) -> str:
    """The end of an error's name; "" for an answer."""
    if reply.header.message_type is not MessageType.error:
        return ""
    return str(reply.header.fields[HeaderFields.error_name]).rpartition(".")[2]


class Client:
    """Says what a test makes it say; what serves it runs on this same thread meanwhile."""

    def __init__(self, on: Bus, qtbot: QtBot) -> None:
        self._connection = on.connect()
        self._qtbot = qtbot
        self._heard: list[Message] = []

    def close(self) -> None:
        self._connection.close()

    def send(self, message: Message) -> int:
        """Send without waiting; return the serial that its answer will name."""
        serial = next(self._connection.outgoing_serial)
        self._connection.send(message, serial=serial)
        return int(serial)

    def send_bytes(self, data: bytes) -> None:
        self._connection.sock.sendall(data)

    def answer_to(self, serial: int) -> Message | None:
        return next((m for m in self._all() if m.header.fields.get(HeaderFields.reply_serial) == serial), None)

    def ask(self, message: Message) -> Message:
        """Send and wait for the answer."""
        serial = self.send(message)
        found: list[Message] = []

        def has_come() -> bool:
            found[:] = [m for m in [self.answer_to(serial)] if m is not None]
            return bool(found)

        self._qtbot.waitUntil(has_come, timeout=PATIENCE_MS)
        return found[0]

    def call(self, at: DBusAddress, member: str, signature: str = "", body: tuple[Any, ...] = ()) -> Message:
        return self.ask(new_method_call(at, member, signature or None, body))

    def signals(self, member: str) -> list[Message]:
        """Every signal of that name so far."""
        return [m for m in self._all() if m.header.fields.get(HeaderFields.member) == member]

    def _all(self) -> list[Message]:
        while True:
            try:
                self._heard.append(self._connection.receive(timeout=0))
            except (TimeoutError, ConnectionError):
                return self._heard


def tool(bus: Bus, qtbot: QtBot, *words: str) -> tuple[int, str, str]:
    """Run one of the desktop's own tools while this thread serves; return status, output and errors."""
    if shutil.which(words[0]) is None:
        pytest.fail(f"{words[0]} is missing: install the Debian package {TOOLS[words[0]]}.", pytrace=False)
    with subprocess.Popen(
        words,
        env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus.address, "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            qtbot.waitUntil(lambda: process.poll() is not None, timeout=PATIENCE_MS)
        finally:
            process.kill()
        out, errors = process.communicate()
    return process.returncode, out, errors
