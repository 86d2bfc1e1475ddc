"""What a test puts on a private bus: services of its own, and a witness of everything that is said."""

from __future__ import annotations

import threading
from typing import Any, Self

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_error, new_method_return, new_signal
from jeepney import message_bus as bus
from jeepney.bus_messages import Monitoring
from jeepney.io.blocking import DBusConnection

from tests.desktop.bus_rig import Bus
from tests.desktop.rig import PATIENCE

UNKNOWN_METHOD = "org.freedesktop.DBus.Error.UnknownMethod"
Answer = tuple[str, tuple[Any, ...]]


class BusService:
    """Owns a name and answers calls on a thread of its own, as long as the block lasts."""

    name = ""

    def __init__(self, on: Bus) -> None:
        self.connection: DBusConnection = on.connect()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"service {self.name}", daemon=True)

    def __enter__(self) -> Self:
        reply = self.connection.send_and_get_reply(bus.RequestName(self.name, 4), timeout=PATIENCE)
        assert reply.body == (1,), f"{self.name} is taken"
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.die()

    def die(self) -> None:
        """Leave the bus at once; what was asked and not answered stays so."""
        self._stopping.set()
        self._thread.join()
        self.connection.close()  # again is no error

    def answer(self, call: Message, member: str) -> Answer | None:
        """Return signature and values for a call, or None for no answer yet. Raises `LookupError` for an error."""
        raise LookupError(f"{member} in call {call.header.serial}")

    def emit(self, path: str, interface: str, member: str, signature: str, values: tuple[Any, ...]) -> None:
        self.connection.send(new_signal(DBusAddress(path, interface=interface), member, signature, values))

    def reply(self, call: Message, signature: str, values: tuple[Any, ...]) -> None:
        self.connection.send(new_method_return(call, signature or None, values))

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                message = self.connection.receive(timeout=0.02)
            except TimeoutError:
                continue
            except OSError:  # the bus ended first
                return
            if message.header.message_type is MessageType.method_call:
                self._take(message)

    def _take(self, call: Message) -> None:
        try:
            answer = self.answer(call, str(call.header.fields[HeaderFields.member]))
        except LookupError as error:
            self.connection.send(new_error(call, UNKNOWN_METHOD, "s", (str(error),)))
        else:
            if answer is not None:
                self.reply(call, *answer)


class BusWitness:
    """Sees every message on a bus without taking part. Not for threads."""

    def __init__(self, on: Bus) -> None:
        self._connection = on.connect()
        self._connection.send_and_get_reply(Monitoring().BecomeMonitor([]), timeout=PATIENCE)
        self._seen: list[Message] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def seen(self, member: str) -> list[Message]:
        """Every call or signal of that name so far."""
        return [m for m in self._all() if m.header.fields.get(HeaderFields.member) == member]

    def answer_to(self, call: Message) -> Message | None:
        """What was answered to a call."""
        caller, serial = call.header.fields[HeaderFields.sender], call.header.serial
        for message in self._all():
            fields = message.header.fields
            if fields.get(HeaderFields.reply_serial) == serial and fields.get(HeaderFields.destination) == caller:
                return message
        return None

    def _all(self) -> list[Message]:
        while True:
            try:
                self._seen.append(self._connection.receive(timeout=0))
            except (TimeoutError, ConnectionError):
                return self._seen
