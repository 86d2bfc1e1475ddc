"""A bus that greets and then misbehaves."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jeepney import Message, Parser, new_error, new_method_return

from tests.desktop.rig import PATIENCE

Greeting = Callable[[Message], Message]


def welcome(hello: Message) -> Message:
    return new_method_return(hello, "s", (":1.1",))


def turn_away(hello: Message) -> Message:
    return new_error(hello, "org.freedesktop.DBus.Error.LimitsExceeded", "s", ("too many connections",))


@contextmanager
def deaf_bus(folder: Path, greeting: Greeting) -> Iterator[str]:
    """Answer the first connection's greeting, and hear nothing after it."""
    path = folder / "deaf"
    done = threading.Event()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        listener.settimeout(PATIENCE)
        thread = threading.Thread(target=_greet, args=(listener, greeting, done))
        thread.start()
        try:
            yield f"unix:path={path}"
        finally:
            done.set()
            thread.join()


def _greet(listener: socket.socket, greeting: Greeting, done: threading.Event) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.settimeout(PATIENCE)
        received = b""
        while b"\r\n" not in received:
            received += connection.recv(4096)
        connection.sendall(b"OK 0123456789abcdef0123456789abcdef\r\n")
        received = b""
        while b"BEGIN\r\n" not in received:
            received += connection.recv(4096)
        parser = Parser()
        parser.add_data(received.partition(b"BEGIN\r\n")[2])
        while (hello := parser.get_next_message()) is None:
            parser.add_data(connection.recv(4096))
        connection.shutdown(socket.SHUT_RD)
        connection.sendall(greeting(hello).serialise(serial=1))
        done.wait(PATIENCE)
