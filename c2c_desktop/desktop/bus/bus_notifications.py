"""Notifications over the session bus, with buttons that act.

Nothing here waits for the daemon. "Do not disturb" is the daemon's to keep: nothing is sent as critical, so it
holds back what its user silenced.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, message_bus, new_method_call
from PySide6.QtCore import QObject, QTimer, Signal

from c2c_desktop.desktop.bus.session_bus import SessionBus, ignore, signature_of

_SERVICE = DBusAddress(
    "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications"
)
LONGEST_TOKEN = 1024
"""Characters: what is longer is no token a desktop gave."""

ANSWER_MS = 2000
"""How long the daemon may take before the words go another way: one that hangs shows nothing."""


_SIGNALS = frozenset({("ActionInvoked", "us"), ("ActivationToken", "us"), ("NotificationClosed", "uu")})


@dataclass(frozen=True, slots=True)
class _Words:
    """What one notification says. `loud`: whether it goes another way where the daemon does not take it."""

    title: str
    body: str
    actions: Sequence[tuple[str, str]]
    loud: bool


@dataclass(slots=True, eq=False)
class _Shown:
    """One call's notification. `id` is 0 while the daemon shows none."""

    key: str
    deadline: QTimer
    id: int = 0
    asked: bool = False
    late: bool = False
    withdrawn: bool = False
    next: _Words | None = None
    last: _Words | None = None
    offered: set[str] = field(default_factory=set)


class BusNotifications(QObject):
    """Shows one notification per key, updated in place. Main thread."""

    acted = Signal(str, str)
    """Key and the action that was pressed; "default" for a click on the body."""
    failed = Signal(str, str, str)
    """Key, title and body of a notification no daemon took."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = SessionBus(self)
        self._bus.received.connect(self._take)
        self._bus.lost.connect(self._lose)
        self._shown: dict[str, _Shown] = {}
        self._daemon = ""
        self._markup: bool | None = None
        self._token = (0, "")

    def notify(self, key: str, title: str, body: str, actions: Sequence[tuple[str, str]], *, loud: bool = True) -> bool:
        """Show or update; False where nobody takes it. `actions`: pairs of name and label."""
        if not self._connect():
            return False
        shown = self._shown.get(key) or self._begin(key)
        shown.withdrawn = False
        words = shown.next = _Words(title, body, actions, loud or (shown.next is not None and shown.next.loud))
        if shown.asked:
            return not shown.late
        shown.asked = True
        shown.deadline.start(ANSWER_MS)
        if self._markup is not None:
            self._show(shown, words)
        return True

    def update(self, key: str, title: str, body: str, actions: Sequence[tuple[str, str]]) -> None:
        """Change a notification that is on the screen; do nothing where there is none."""
        shown = self._shown.get(key)
        if shown is not None and (shown.id or shown.asked) and not shown.withdrawn:
            self.notify(key, title, body, actions, loud=False)

    def withdraw(self, key: str) -> None:
        """Take a notification off the screen, or see that it never comes there; its buttons do nothing from now on."""
        shown = self._shown.get(key)
        if shown is None:
            return
        if shown.last is None:
            self._drop(shown)  # nothing was sent yet
            return
        shown.next, shown.last = None, replace(shown.last, loud=False)
        shown.offered.clear()
        if shown.asked:
            shown.withdrawn = True
        else:
            self._close_notice(shown)

    def take_activation_token(self) -> str:
        """Return what the desktop gave with the last press, to raise a window with; "" the next time it is asked."""
        (_, token), self._token = self._token, (0, "")
        return token

    def close(self) -> None:
        """Leave the bus."""
        self._bus.close()
        for shown in list(self._shown.values()):
            self._drop(shown)
        self._markup = None
        self._token = (0, "")

    def _connect(self) -> bool:
        if self._bus.is_open:
            return True
        if not self._bus.open():
            return False
        rule = MatchRule(type="signal", interface=_SERVICE.interface, path=_SERVICE.object_path)
        self._bus.send(message_bus.AddMatch(rule), ignore)
        self._bus.send(new_method_call(_SERVICE, "GetCapabilities"), self._take_capabilities)
        return self._bus.is_open

    def _begin(self, key: str) -> _Shown:
        shown = self._shown[key] = _Shown(key, QTimer(self))
        shown.deadline.setSingleShot(True)
        shown.deadline.timeout.connect(lambda: self._overdue(shown))
        return shown

    def _drop(self, shown: _Shown) -> None:
        self._shown.pop(shown.key, None)
        shown.deadline.stop()
        shown.deadline.deleteLater()

    def _overdue(self, shown: _Shown) -> None:
        shown.late = True
        self._fail(shown)

    def _take_capabilities(self, reply: Message) -> None:
        self._markup = signature_of(reply) != "as" or "body-markup" in reply.body[0]
        waiting = [(shown, shown.next) for shown in self._shown.values() if shown.next is not None]
        for shown, words in waiting:
            self._show(shown, words)

    def _show(self, shown: _Shown, words: _Words) -> None:
        shown.last, shown.next = words, None
        shown.offered = {"default", *(name for name, _ in words.actions)}
        flat = ["default", "Open", *(part for action in words.actions for part in action)]
        text = html.escape(words.body, quote=False) if self._markup else words.body
        hints = {"desktop-entry": ("s", "c2c-desktop"), "urgency": ("y", 1), "category": ("s", "call")}
        values: tuple[Any, ...] = ("C2C Desktop", shown.id, "c2c-desktop", words.title, text, flat, hints, -1)
        message = new_method_call(_SERVICE, "Notify", "susssasa{sv}i", values)
        self._bus.send(message, lambda reply: self._take_id(shown, reply))

    def _take_id(self, shown: _Shown, reply: Message) -> None:
        shown.deadline.stop()
        told, shown.late = shown.late, False
        if reply.header.message_type is not MessageType.method_return or signature_of(reply) != "u":
            self._drop(shown)
            if not told:
                self._fail(shown)
            return
        daemon = str(reply.header.fields.get(HeaderFields.sender, ""))
        for other in self._shown.values():
            if daemon != self._daemon or other.id == reply.body[0]:
                other.id = 0  # an id of a daemon that is gone means nothing to the new one
        self._daemon = daemon
        shown.id = reply.body[0]
        if shown.withdrawn:
            shown.asked = False
            self._close_notice(shown)
            return
        words = shown.next
        shown.asked = words is not None
        if words is not None:
            shown.deadline.start(ANSWER_MS)
            self._show(shown, words)

    def _close_notice(self, shown: _Shown) -> None:
        self._bus.send(new_method_call(_SERVICE, "CloseNotification", "u", (shown.id,)), ignore)
        self._drop(shown)

    def _fail(self, shown: _Shown) -> None:
        """Tell what the daemon did not show, the newest words only."""
        loud = next((words for words in (shown.next, shown.last) if words is not None and words.loud), None)
        if loud is not None:
            self.failed.emit(shown.key, loud.title, loud.body)

    def _take(self, message: Message) -> None:
        fields = message.header.fields
        if fields.get(HeaderFields.sender) != self._daemon:
            return
        member = str(fields.get(HeaderFields.member, ""))
        if (member, signature_of(message)) not in _SIGNALS:
            return
        number, value = message.body
        shown = next((s for s in self._shown.values() if s.id and s.id == number), None)
        if shown is None:
            return
        if member == "NotificationClosed":
            shown.id = 0
            if not shown.asked:
                self._drop(shown)
        elif member == "ActivationToken":
            self._token = (number, value if len(value) <= LONGEST_TOKEN and value.isprintable() else "")
        elif value in shown.offered:
            if self._token[0] != number:
                self._token = (0, "")  # that one came with another press
            self.acted.emit(shown.key, value)

    def _lose(self) -> None:
        """The bus went away: what it had not taken goes the next way."""
        untaken = [s for s in self._shown.values() if s.asked and not s.late]
        self.close()
        for shown in untaken:
            self._fail(shown)
