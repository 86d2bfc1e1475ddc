"""Whether the screen is locked, as the desktop's screen saver tells it over the session bus.

Nothing here waits: it is asked once, and says by itself when that changes.
"""

from __future__ import annotations

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageFlag,
    MessageType,
    message_bus,
    new_method_call,
)
from PySide6.QtCore import QObject

from c2c_desktop.desktop.bus.session_bus import SessionBus, ignore, signature_of

_SERVICES = {
    name: DBusAddress(f"/{name.replace('.', '/')}", name, name)
    for name in (
        "org.freedesktop.ScreenSaver",
        "org.gnome.ScreenSaver",
        "org.cinnamon.ScreenSaver",
        "org.mate.ScreenSaver",
    )
}
_BUS_NAME = "org.freedesktop.DBus"


class ScreenLock(QObject):
    """Follows every screen saver there may be. Main thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = SessionBus(self)
        self._bus.received.connect(self._take)
        self._bus.lost.connect(self.close)
        self._locked: set[str] = set()

    def open(self) -> None:
        """Begin to listen; without a session bus the screen never counts as locked."""
        if self._bus.is_open or not self._bus.open():
            return
        for name, service in _SERVICES.items():
            told = MatchRule(type="signal", sender=name, interface=name, member="ActiveChanged")
            gone = MatchRule(type="signal", sender=_BUS_NAME, interface=_BUS_NAME, member="NameOwnerChanged")
            gone.add_arg_condition(0, name)
            self._bus.send(message_bus.AddMatch(told), ignore)
            self._bus.send(message_bus.AddMatch(gone), ignore)
            self._ask(name, service)

    def is_locked(self) -> bool:
        """Whether a screen saver says so; False where none tells."""
        return bool(self._locked)

    def close(self) -> None:
        """Leave the bus."""
        self._bus.close()
        self._locked.clear()

    def _ask(self, name: str, service: DBusAddress) -> None:
        question = new_method_call(service, "GetActive")
        question.header.flags |= MessageFlag.no_auto_start
        self._bus.send(question, lambda reply: self._take_answer(name, reply))

    def _take_answer(self, name: str, reply: Message) -> None:
        if reply.header.message_type is MessageType.method_return and signature_of(reply) == "b":
            self._note(name, is_locked=reply.body[0])

    def _take(self, message: Message) -> None:
        fields = message.header.fields
        name = str(fields.get(HeaderFields.interface, ""))
        member = fields.get(HeaderFields.member)
        if (name in _SERVICES, member, signature_of(message)) == (True, "ActiveChanged", "b"):
            self._note(name, is_locked=message.body[0])
        elif (name, member, signature_of(message)) == (_BUS_NAME, "NameOwnerChanged", "sss"):
            name, _, owner = message.body
            self._note(name, is_locked=False)
            if owner and name in _SERVICES:
                self._ask(name, _SERVICES[name])

    def _note(self, name: str, *, is_locked: bool) -> None:
        if is_locked:
            self._locked.add(name)
        else:
            self._locked.discard(name)
