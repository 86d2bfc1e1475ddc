"""One service on the system bus: what it says, and whether it is there.

Nothing waits. Who speaks is checked: any program of this computer can send a signal straight to us.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageFlag, MessageType, message_bus
from PySide6.QtCore import QObject, Signal

from c2c_desktop.desktop.bus.session_bus import SessionBus, ignore, signature_of

_BUS = "org.freedesktop.DBus"


class SystemService(QObject):
    """Follows one service. Main thread."""

    heard = Signal(str, str, object)
    """Name, types and values of one of its signals."""
    came = Signal()
    """It is there, maybe anew."""
    left = Signal()
    """It is there no more, or the bus is gone."""

    def __init__(self, address: DBusAddress, signals: Iterable[str], parent: QObject) -> None:
        """`signals`: those of the address's interface that are listened for."""
        super().__init__(parent)
        self._address = address
        self._signals = frozenset(signals)
        self._owner = ""
        self._bus = SessionBus(self, "SYSTEM")
        self._bus.received.connect(self._take)
        self._bus.lost.connect(self._lose)

    @property
    def is_open(self) -> bool:
        """Whether there is a bus to listen on."""
        return self._bus.is_open

    def open(self) -> bool:
        """Begin to listen; False where there is no system bus."""
        if self._bus.is_open:
            return True
        if not self._bus.open():
            return False
        address = self._address
        for name in sorted(self._signals):
            self._listen(sender=address.bus_name, path=address.object_path, interface=address.interface, member=name)
        self._listen(address.bus_name, sender=_BUS, interface=_BUS, member="NameOwnerChanged")
        self._bus.send(message_bus.GetNameOwner(address.bus_name), self._take_owner)
        return self._bus.is_open

    def ask(self, question: Message, answered: Callable[[str, tuple[object, ...]], None]) -> None:
        """Send `question`; `answered` gets types and values, if an answer ever comes that is no error.

        Nobody is started to answer it.
        """

        def take(reply: Message) -> None:
            if reply.header.message_type is MessageType.method_return:
                answered(signature_of(reply), reply.body)

        question.header.flags |= MessageFlag.no_auto_start
        self._bus.send(question, take)

    def close(self) -> None:
        """Leave the bus; nothing is told."""
        self._bus.close()
        self._owner = ""

    def _listen(self, about: str = "", **to: str) -> None:
        rule = MatchRule(type="signal", **to)
        if about:
            rule.add_arg_condition(0, about)
        self._bus.send(message_bus.AddMatch(rule), ignore)

    def _take_owner(self, reply: Message) -> None:
        if reply.header.message_type is MessageType.method_return and signature_of(reply) == "s":
            self._note_owner(reply.body[0])

    def _take(self, message: Message) -> None:
        fields = message.header.fields
        sender, member = fields.get(HeaderFields.sender), str(fields.get(HeaderFields.member, ""))
        if sender == _BUS:
            if (member, signature_of(message)) == ("NameOwnerChanged", "sss") and (
                message.body[0] == self._address.bus_name
            ):
                self._note_owner(message.body[2])
        elif sender == self._owner and member in self._signals:
            self.heard.emit(member, signature_of(message), message.body)

    def _note_owner(self, owner: str) -> None:
        if owner == self._owner:
            return
        was, self._owner = self._owner, owner
        if was:
            self.left.emit()
        if owner:
            self.came.emit()

    def _lose(self) -> None:
        was, self._owner = self._owner, ""
        if was:
            self.left.emit()
