"""A message bus without waiting: messages are sent, and what comes is read when the socket has some.

jeepney, because QtDBus from Python cannot send every kind of integer, and waits for a bus that hangs.
"""

from __future__ import annotations

import logging
import socket
import struct
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Literal

from jeepney import DBusErrorResponse, HeaderFields, Message, MessageType
from jeepney.bus import get_bus
from jeepney.io.blocking import DBusConnection, prep_socket
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from c2c_desktop.desktop.bus.bus_reader import BusReader

_log = logging.getLogger(__name__)
_CONNECTION_ERRORS = (OSError, KeyError, ValueError, RuntimeError, DBusErrorResponse)
"""What jeepney raises for a bus that is not there, cannot be reached this way, or turns us away."""

_GREETING_SECONDS = 0.5
"""How long a bus may take to know us, and again to greet us: within a millisecond, unless it hangs."""

_SENDING_MICROSECONDS = 500_000
"""How long a bus may take nothing at all, once what the system holds for it is full. Then it counts as gone."""

_PIECE = 16 * 1024
"""Bytes read in one turn of the event loop."""

_TURN_SECONDS = 0.01
"""How long messages are handed out in one turn: a flood of them must not keep the window from painting."""

_REPLIES = frozenset({MessageType.method_return, MessageType.error})


class _Connection(DBusConnection):  # type: ignore[misc]  # jeepney is untyped
    """jeepney's own waits for the answer to its greeting without end."""

    def send_and_get_reply(self, message: Message, *, timeout: float | None = None) -> Any:
        return super().send_and_get_reply(message, timeout=_GREETING_SECONDS if timeout is None else timeout)


class SessionBus(QObject):
    """One connection to the session bus, or with `bus="SYSTEM"` to the system's. Main thread."""

    received = Signal(object)
    """A `Message` that answers none of ours."""
    lost = Signal()
    """The bus went away; what was sent and not answered never will be."""

    def __init__(self, parent: QObject, bus: Literal["SESSION", "SYSTEM"] = "SESSION") -> None:
        super().__init__(parent)
        self._bus = bus
        self._connection: DBusConnection | None = None
        self._notifier: QSocketNotifier | None = None
        self._reader = BusReader()
        self._inbox: deque[Message] = deque()
        self._replies: dict[int, Callable[[Message], None]] = {}

    @property
    def is_open(self) -> bool:
        """Whether there is a connection."""
        return self._connection is not None

    def open(self) -> bool:
        """Connect; False where there is no bus to connect to."""
        try:
            connection = _connect(self._bus)
        except _CONNECTION_ERRORS as error:
            _log.info("no %s bus: %s", self._bus.lower(), type(error).__name__)
            return False
        self._connection = connection
        begun = connection.parser.buf
        self._reader = BusReader(begun.read(begun.bytes_buffered) if begun.bytes_buffered else b"")
        self._notifier = QSocketNotifier(connection.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        return True

    def send(self, message: Message, on_reply: Callable[[Message], None]) -> None:
        """Send; `on_reply` gets the answer or the error, if one ever comes."""
        self._send(message, on_reply)

    def tell(self, message: Message) -> None:
        """Send what gets no answer: an answer of ours, or a signal."""
        self._send(message, None)

    def close(self) -> None:
        """Leave the bus."""
        notifier, self._notifier = self._notifier, None
        if notifier is not None:
            notifier.setEnabled(False)
            notifier.deleteLater()
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        self._inbox.clear()
        self._replies.clear()

    def _send(self, message: Message, on_reply: Callable[[Message], None] | None) -> None:
        connection = self._connection
        if connection is None:
            return  # lost a moment ago
        serial = next(connection.outgoing_serial)
        if on_reply is not None:
            self._replies[serial] = on_reply
        try:
            connection.send(message, serial=serial)
        except OSError:
            self._lose()

    def _read(self) -> None:
        if self._connection is None:
            return
        try:
            piece = self._connection.sock.recv(_PIECE, socket.MSG_DONTWAIT)
            if not piece:
                self._lose()
                return
            self._inbox += self._reader.feed(piece)
        except BlockingIOError:
            return
        except OSError:
            self._lose()
            return
        self._hand_out()

    def _hand_out(self) -> None:
        """Hand out what came, and read on once nothing is left of it."""
        end = time.monotonic() + _TURN_SECONDS
        while self._inbox:
            message = self._inbox.popleft()
            serial = message.header.fields.get(HeaderFields.reply_serial)
            if message.header.message_type in _REPLIES:
                self._replies.pop(serial, ignore)(message)
            else:
                self.received.emit(message)
            if self._inbox and time.monotonic() > end:
                QTimer.singleShot(0, self, self._hand_out)
                break
        if self._notifier is not None:
            self._notifier.setEnabled(not self._inbox)

    def _lose(self) -> None:
        self.close()
        self.lost.emit()


def _connect(bus: str) -> DBusConnection:
    """Raises one of `_CONNECTION_ERRORS`."""
    ours = prep_socket(get_bus(bus), timeout=_GREETING_SECONDS)
    try:
        connection = _Connection(ours)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("@ll", 0, _SENDING_MICROSECONDS))
    except _CONNECTION_ERRORS:
        ours.close()
        raise
    return connection


def ignore(_: Message) -> None:
    """An answer that tells nothing."""


def signature_of(message: Message) -> str:
    """Return the types of a message's body."""
    return str(message.header.fields.get(HeaderFields.signature, ""))
