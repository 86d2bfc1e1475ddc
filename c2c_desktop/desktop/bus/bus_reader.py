"""From the bytes a bus sends to messages. What cannot be read, or is too long, harms nothing that comes after it."""

from __future__ import annotations

import struct

from jeepney import HeaderFields, Message
from jeepney.low_level import Header, calc_msg_size

MESSAGE_LIMIT = 64 * 1024
"""Bytes of a message that is read whole: what is said to this program has a few hundred."""

LONGEST_MESSAGE = 128 * 1024 * 1024
"""Bytes no message of a bus exceeds."""

_START = 16
"""Bytes that tell how long a message is."""

_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, AssertionError, struct.error, RecursionError)
"""What jeepney raises for types and fields it does not know."""


class BrokenStreamError(OSError):
    """What comes is no message: where the next one starts is not known."""


class BusReader:
    """Puts messages together from the pieces they come in, and never keeps more than a message's worth."""

    def __init__(self, begun: bytes = b"") -> None:
        """`begun`: what came before the first piece."""
        self._buffer = bytearray(begun)
        self._unwanted = 0
        """Bytes to come of a message that is too long."""

    def feed(self, piece: bytes) -> list[Message]:
        """Return the messages that are complete now. Raises `BrokenStreamError`.

        One that is too long comes without values and types, as if it had none; one that cannot be read does not come.
        """
        self._buffer += piece
        messages = []
        while (raw := self._cut()) is not None:
            message = _readable(raw, is_whole=not self._unwanted)
            self._pass_over()
            if message is not None:
                messages.append(message)
        return messages

    def _cut(self) -> bytes | None:
        """Return the next message, or the start of one that is too long; None while that is not there."""
        self._pass_over()
        if self._unwanted or len(self._buffer) < _START:
            return None
        size = _size(bytes(self._buffer[:_START]))
        wanted = min(size, MESSAGE_LIMIT)
        if len(self._buffer) < wanted:
            return None
        raw = bytes(self._buffer[:wanted])
        del self._buffer[:wanted]
        self._unwanted = size - wanted
        return raw

    def _pass_over(self) -> None:
        here = min(self._unwanted, len(self._buffer))
        del self._buffer[:here]
        self._unwanted -= here


def _size(start: bytes) -> int:
    try:
        size = int(calc_msg_size(start))
    except LookupError:
        raise BrokenStreamError("no byte order") from None
    if size > LONGEST_MESSAGE:
        raise BrokenStreamError("no message is that long")
    return size


def _readable(raw: bytes, *, is_whole: bool) -> Message | None:
    try:
        if is_whole:
            return Message.from_buffer(raw)
        header, _ = Header.from_buffer(raw)
    except _UNREADABLE:
        return None
    header.fields.pop(HeaderFields.signature, None)
    return Message(header, ())
