"""Notifications over the session bus, with buttons that act.

jeepney, because QtDBus from Python cannot send the integers `Notify` wants. Nothing here waits for the
daemon: messages are sent, and answers are read when the socket has some. "Do not disturb" is the daemon's
to keep: nothing is sent as critical, so it holds back what its user silenced.
"""

from __future__ import annotations

import html
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from PySide6.QtCore import QObject, QSocketNotifier, Signal

_SERVICE = DBusAddress(
    "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications"
)
_log = logging.getLogger(__name__)
_CONNECTION_ERRORS = (OSError, ConnectionError, KeyError, ValueError, EOFError)


@dataclass(slots=True)
class _Shown:
    """One call's notification. `id` is 0 until the daemon told it."""

    key: str
    id: int = 0
    asked: bool = False
    next: tuple[str, str, Sequence[tuple[str, str]]] | None = None
    last: tuple[str, str, Sequence[tuple[str, str]]] = ("", "", ())
    offered: set[str] = field(default_factory=set)


class BusNotifications(QObject):
    """Shows one notification per key, updated in place. Main thread."""

    acted = Signal(str, str)
    """Key and the action that was pressed; "default" for a click on the body."""
    failed = Signal(str, str, str)
    """Key, title and body of a notification no daemon took."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection: DBusConnection | None = None
        self._notifier: QSocketNotifier | None = None
        self._shown: dict[str, _Shown] = {}
        self._replies: dict[int, Callable[[Message], None]] = {}
        self._markup = True

    def notify(self, key: str, title: str, body: str, actions: Sequence[tuple[str, str]]) -> bool:
        """Show or update; False where there is no session bus. `actions`: pairs of name and label."""
        if not self._connect():
            return False
        shown = self._shown.setdefault(key, _Shown(key))
        shown.next = (title, body, actions)
        if not shown.asked:
            self._send_next(shown)
        return True

    def update(self, key: str, title: str, body: str, actions: Sequence[tuple[str, str]]) -> None:
        """Change a notification that is on the screen; do nothing where there is none."""
        shown = self._shown.get(key)
        if shown is not None and (shown.id or shown.asked):
            self.notify(key, title, body, actions)

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

    def _connect(self) -> bool:
        if self._connection is not None:
            return True
        try:
            connection = open_dbus_connection()
        except _CONNECTION_ERRORS as error:
            _log.info("no session bus for notifications: %s", type(error).__name__)
            return False
        self._connection = connection
        self._notifier = QSocketNotifier(connection.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        rule = MatchRule(type="signal", interface=_SERVICE.interface, path=_SERVICE.object_path)
        self._send(message_bus.AddMatch(rule), lambda _: None)
        self._send(new_method_call(_SERVICE, "GetCapabilities"), self._take_capabilities)
        return True

    def _send(self, message: Message, on_reply: Callable[[Message], None]) -> None:
        assert self._connection is not None  # noqa: S101  # callers connected
        serial = next(self._connection.outgoing_serial)
        self._replies[serial] = on_reply
        try:
            self._connection.send(message, serial=serial)
        except _CONNECTION_ERRORS:
            self._lose()

    def _take_capabilities(self, reply: Message) -> None:
        if reply.header.message_type is MessageType.method_return and reply.body:
            self._markup = "body-markup" in reply.body[0]

    def _send_next(self, shown: _Shown) -> None:
        if shown.next is None:
            return
        title, body, actions = shown.last = shown.next
        shown.next, shown.asked = None, True
        shown.offered = {"default", *(name for name, _ in actions)}
        flat = ["default", "Open", *(part for action in actions for part in action)]
        text = html.escape(body, quote=False) if self._markup else body
        hints = {"desktop-entry": ("s", "c2c-desktop"), "urgency": ("y", 1), "category": ("s", "call")}
        values: tuple[Any, ...] = ("C2C Desktop", shown.id, "c2c-desktop", title, text, flat, hints, -1)
        message = new_method_call(_SERVICE, "Notify", "susssasa{sv}i", values)
        self._send(message, lambda reply: self._take_id(shown, reply))

    def _take_id(self, shown: _Shown, reply: Message) -> None:
        shown.asked = False
        if reply.header.message_type is MessageType.method_return and reply.body:
            shown.id = int(reply.body[0])
            self._send_next(shown)
            return
        self._shown.pop(shown.key, None)
        title, body, _ = shown.next or shown.last
        self.failed.emit(shown.key, title, body)

    def _read(self) -> None:
        while self._connection is not None:
            try:
                message = self._connection.receive(timeout=0)
            except TimeoutError:
                return
            except _CONNECTION_ERRORS:
                self._lose()
                return
            self._take(message)

    def _take(self, message: Message) -> None:
        fields = message.header.fields
        serial = fields.get(HeaderFields.reply_serial)
        if serial is not None:
            on_reply = self._replies.pop(serial, None)
            if on_reply is not None:
                on_reply(message)
            return
        member = fields.get(HeaderFields.member)
        if member not in {"ActionInvoked", "NotificationClosed"} or not message.body:
            return
        shown = next((s for s in self._shown.values() if s.id and s.id == message.body[0]), None)
        if shown is None:
            return
        if member == "NotificationClosed":
            shown.id = 0
        elif message.body[1] in shown.offered:
            self.acted.emit(shown.key, str(message.body[1]))

    def _lose(self) -> None:
        """The bus went away: what it had not taken goes the next way."""
        untaken = [s for s in self._shown.values() if s.asked]
        self.close()
        self._shown.clear()
        for shown in untaken:
            title, body, _ = shown.next or shown.last
            self.failed.emit(shown.key, title, body)
