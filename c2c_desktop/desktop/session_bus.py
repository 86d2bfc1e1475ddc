"""The session bus without waiting: messages are sent, and what comes is read when the socket has some.

jeepney, because QtDBus from Python cannot send every kind of integer.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from jeepney import DBusErrorResponse, HeaderFields, Message
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from PySide6.QtCore import QObject, QSocketNotifier, Signal

_log = logging.getLogger(__name__)
_CONNECTION_ERRORS = (OSError, KeyError, ValueError, RuntimeError, DBusErrorResponse)
"""What jeepney raises for a bus that is not there, cannot be reached this way, or turns us away."""


class SessionBus(QObject):
    """One connection. Main thread."""

    received = Signal(object)
    """A `Message` that answers none of ours."""
    lost = Signal()
    """The bus went away; what was sent and not answered never will be."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._connection: DBusConnection | None = None
        self._notifier: QSocketNotifier | None = None
        self._replies: dict[int, Callable[[Message], None]] = {}

    @property
    def is_open(self) -> bool:
        """Whether there is a connection."""
        return self._connection is not None

    def open(self) -> bool:
        """Connect; False where there is no bus to connect to."""
        try:
            connection = open_dbus_connection()
        except _CONNECTION_ERRORS as error:
            _log.info("no session bus: %s", type(error).__name__)
            return False
        self._connection = connection
        self._notifier = QSocketNotifier(connection.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        return True

    def send(self, message: Message, on_reply: Callable[[Message], None]) -> None:
        """Send; `on_reply` gets the answer or the error, if one ever comes."""
        connection = self._connection
        if connection is None:
            return  # lost a moment ago
        serial = next(connection.outgoing_serial)
        self._replies[serial] = on_reply
        try:
            connection.send(message, serial=serial)
        except OSError:
            self._lose()

    def close(self) -> None:
        """Leave the bus."""
        notifier, self._notifier = self._notifier, None
        if notifier is not None:
            notifier.setEnabled(False)
            notifier.deleteLater()
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        self._replies.clear()

    def _read(self) -> None:
        while self._connection is not None:
            try:
                message = self._connection.receive(timeout=0)
            except TimeoutError:
                return
            except OSError:
                self._lose()
                return
            serial = message.header.fields.get(HeaderFields.reply_serial)
            if serial is not None:
                self._replies.pop(serial, ignore)(message)
            else:
                self.received.emit(message)

    def _lose(self) -> None:
        self.close()
        self.lost.emit()


def ignore(_: Message) -> None:
    """An answer that tells nothing."""


def signature_of(message: Message) -> str:
    """Return the types of a message's body."""
    return str(message.header.fields.get(HeaderFields.signature, ""))
