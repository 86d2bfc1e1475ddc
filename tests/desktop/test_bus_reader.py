"""Messages from the bytes of a bus, in any pieces; what is too long or odd harms nothing after it."""

from __future__ import annotations

import struct

import pytest
from jeepney import DBusAddress, HeaderFields, Message, new_signal

from c2c_desktop.desktop.bus.bus_reader import LONGEST_MESSAGE, MESSAGE_LIMIT, BrokenStreamError, BusReader

AT = DBusAddress("/org/example", interface="org.example.Thing")


def signal(text: str = "hello", serial: int = 1) -> bytes:
    data: bytes = new_signal(AT, "Said", "s", (text,)).serialise(serial=serial)
    return data


def texts(messages: list[Message]) -> list[tuple[object, ...]]:
    return [message.body for message in messages]


@pytest.mark.parametrize("piece", [1, 3, 15, 16, 17, 1000])
def test_messages_come_whole_in_whatever_pieces(piece: int) -> None:
    data = signal("one") + signal("two") + signal("three")
    reader, found = BusReader(data[:7]), []
    for start in range(7, len(data), piece):
        found += reader.feed(data[start : start + piece])
    assert texts(found) == [("one",), ("two",), ("three",)]


def test_what_came_before_is_read_first() -> None:
    assert texts(BusReader(signal("one")).feed(signal("two"))) == [("one",), ("two",)]


@pytest.mark.parametrize("piece", [1000, MESSAGE_LIMIT, 1 << 22])
def test_one_that_is_too_long_comes_without_its_values_and_is_not_kept(piece: int) -> None:
    data = signal("x" * MESSAGE_LIMIT * 3, serial=7) + signal("after")
    reader, found, kept = BusReader(), [], 0
    for start in range(0, len(data), piece):
        found += reader.feed(data[start : start + piece])
        kept = max(kept, len(reader._buffer))
    assert texts(found) == [(), ("after",)]
    assert found[0].header.serial == 7
    assert HeaderFields.signature not in found[0].header.fields
    assert kept <= MESSAGE_LIMIT


def test_the_longest_that_is_read_whole() -> None:
    room = MESSAGE_LIMIT - len(signal(""))
    assert texts(BusReader().feed(signal("x" * room))) == [("x" * room,)]
    assert texts(BusReader().feed(signal("x" * (room + 1)))) == [()]


@pytest.mark.parametrize(
    ("at", "byte"), [(1, 0), (1, 99), (16, 77), (20, 0xFF)], ids=["type 0", "type 99", "a field 77", "no path"]
)
def test_one_that_cannot_be_read_is_left_out(at: int, byte: int) -> None:
    odd = bytearray(signal("odd"))
    odd[at] = byte
    assert texts(BusReader().feed(bytes(odd) + signal("after"))) == [("after",)]


def test_one_whose_start_alone_is_too_long_is_left_out() -> None:
    data = bytearray(signal())
    data[12:16] = struct.pack("<I", MESSAGE_LIMIT * 2)
    length = 16 + MESSAGE_LIMIT * 2 + struct.unpack("<I", data[4:8])[0]
    long = bytes(data[:16]) + b"\xff" * (length - 16)
    assert texts(BusReader().feed(long + signal("after"))) == [("after",)]


@pytest.mark.parametrize(
    "start",
    [b"HTTP/1.1 400 Bad", b"\0" * 16, b"l\1\0\1" + struct.pack("<III", LONGEST_MESSAGE, 1, 0)],
    ids=["words", "zeros", "too long for any bus"],
)
def test_what_is_no_stream_of_messages_is_said(start: bytes) -> None:
    with pytest.raises(BrokenStreamError):
        BusReader().feed(start)
