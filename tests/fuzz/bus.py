"""What any program of this user can say on the session bus: bytes to messages, messages to answers."""

from __future__ import annotations

import random
from typing import Any

from jeepney import DBusAddress, Message, MessageFlag, MessageType, Parser, new_method_call

from c2c_desktop.desktop.bus.bus_object import BusObject, Method
from c2c_desktop.desktop.bus.bus_reader import MESSAGE_LIMIT, BrokenStreamError, BusReader
from tests.fuzz.inputs import some_text

_NAME, _PATH = "org.example.Thing1", "/org/example/Thing1"
_PATHS = ("/", "/org", "/org/example", _PATH, f"{_PATH}/1", "/other")
_INTERFACES = (
    _NAME, "org.freedesktop.DBus.Introspectable", "org.freedesktop.DBus.Peer", "org.freedesktop.DBus.Properties",
    "org.example.Other", None,
)  # fmt: skip
_MEMBERS = ("Ask", "Calls", "Get", "GetAll", "Set", "Introspect", "Ping", "GetMachineId", "Nothing")
_BODIES: tuple[tuple[str | None, tuple[Any, ...]], ...] = (
    (None, ()), ("s", ("+442079460018",)), ("s", ("",)), ("ss", (_NAME, "Version")), ("ss", ("", "Secret")),
    ("s", (_NAME,)), ("ssv", (_NAME, "Version", ("s", "9"))), ("v", (("v", ("v", ("s", "x"))),)), ("as", (["a"],)),
    ("a{sv}", ({"a": ("u", 1)},)), ("(so)", (("a", "/"),)), ("ay", (b"abc",)), ("x", (-1,)),
)  # fmt: skip


class BusMessages:
    """No error of ours; every call that wants an answer gets one that a bus carries, and nothing else gets any."""

    name = "bus messages"

    def __init__(self) -> None:
        self._asked = 0
        methods = {"Ask": Method("s", "bs", self._ask), "Calls": Method("", "aa{sv}", lambda: ([{"a": ("d", 1.0)}],))}
        self._object = BusObject(_PATH, _NAME, "", methods, {"Version": ("s", "1")})

    def make(self, rnd: random.Random) -> tuple[bytes, ...]:
        data = b"".join(self._one(rnd, serial) for serial in range(1, rnd.randint(2, 4)))
        cuts = sorted(rnd.randint(0, len(data)) for _ in range(rnd.choice((0, 0, 1, 3))))
        return tuple(data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True))

    def feed(self, made: tuple[bytes, ...]) -> None:
        reader, messages = BusReader(), []
        try:
            for piece in made:
                messages += reader.feed(piece)
                assert len(reader._buffer) <= MESSAGE_LIMIT
        except BrokenStreamError:
            pass
        for message in messages:
            self._check(message)

    def _check(self, message: Message) -> None:
        before = self._asked
        answer = self._object.answer(message)
        is_call = message.header.message_type is MessageType.method_call
        wants_one = not message.header.flags & MessageFlag.no_reply_expected
        assert (answer is not None) is (is_call and bool(wants_one))
        assert self._asked - before <= int(is_call)
        if answer is not None:
            (read,) = Parser().feed(answer.serialise(serial=1))
            assert read.header.message_type in {MessageType.method_return, MessageType.error}

    def _ask(self, text: str) -> tuple[bool, str]:
        assert isinstance(text, str)
        self._asked += 1
        return True, ""

    def _one(self, rnd: random.Random, serial: int) -> bytes:
        at = DBusAddress(_PATH if rnd.random() < 0.8 else rnd.choice(_PATHS), _NAME, rnd.choice(_INTERFACES))
        signature, body = rnd.choice(_BODIES)
        member = rnd.choice(_MEMBERS)
        if rnd.random() < 0.3:
            at, member, signature = DBusAddress(_PATH, _NAME, _NAME), "Ask", "s"
            body = (some_text(rnd).encode(errors="replace").decode(),)
        call = new_method_call(at, member, signature, body)
        if rnd.random() < 0.2:
            call.header.flags = MessageFlag.no_reply_expected
        data = bytearray(call.serialise(serial=serial))
        for _ in range(rnd.choice((0, 0, 0, 1, 2, 5))):
            data[rnd.randrange(len(data))] = rnd.choice((0, 1, 8, 97, 115, 118, 255, rnd.randrange(256)))
        if rnd.random() < 0.05:
            data += bytes(rnd.randint(1, MESSAGE_LIMIT * 2))
        return bytes(data)
