"""A loopback server that misbehaves exactly as a test says."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from typing import Any, Self

from tests.contract.waiting import until

OK_BODY = json.dumps({"code": 200, "msg": "Call initiated", "request_id": "r-1"}).encode()


def answer(
    body: bytes | dict[str, Any] = OK_BODY, status: int = 200, *headers: str, length: int | None = None
) -> bytes:
    """Return an HTTP answer; `length` is what it claims of its body."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(content) if length is None else length}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + content


class Visit:
    """One connection as its handler sees it."""

    def __init__(self, server: MisbehavingServer, connection: socket.socket) -> None:
        self.server = server
        self.connection = connection

    def read_request(self) -> bool:
        """Read one whole request and note it; False where the client left."""
        data = b""
        while b"\r\n\r\n" not in data:
            more = self.connection.recv(4096)
            if not more:
                return False
            self.server.begun += not data and more.startswith(b"P")
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        found = re.search(rb"(?i)content-length: *(\d+)", head)
        length = int(found.group(1)) if found else 0
        while len(body) < length:
            more = self.connection.recv(4096)
            if not more:
                return False
            body += more
        self.server.heads.append(head)
        self.server.bodies.append(body)
        return True

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)
        self.server.sent += len(data)

    def reset(self) -> None:
        """Close so that the other side sees a reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def be_silent(self) -> None:
        """Say nothing until the server ends."""
        self.server.ending.wait(30)


Handler = Callable[[Visit], None]


class MisbehavingServer:
    """Runs `handler` for each connection, on a thread of its own; notes what arrives."""

    def __init__(self, handler: Handler, tls: ssl.SSLContext | None = None) -> None:
        self._handler = handler
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._open: list[socket.socket] = []
        self.port: int = self._listener.getsockname()[1]
        self.ending = threading.Event()
        self.connections = 0
        self._came: list[int] = []
        """The ports connections came from, in their order."""
        self._gone: set[int] = set()
        self.begun = 0
        """Requests for a call of which a byte arrived."""
        self.is_patient = False
        self.sent = 0
        """Bytes of answers that went out."""
        self.heads: list[bytes] = []
        self.bodies: list[bytes] = []

    @property
    def is_serving(self) -> bool:
        """Whether a connection is still being handled."""
        return any(thread.is_alive() for thread in self._threads[1:])

    def settle(self) -> None:
        """Return once every connection opened so far is done with: they are taken in the order they came."""
        with socket.create_connection(("127.0.0.1", self.port)) as last:
            port = last.getsockname()[1]
            until(lambda: port in self._came)
        earlier = self._came[: self._came.index(port)]
        until(lambda: self._gone.issuperset(earlier))
        until(lambda: not self.is_serving)

    @property
    def api_url(self) -> str:
        return f"{'https' if self._tls else 'http'}://localhost:{self.port}/v2"

    def __enter__(self) -> Self:
        self._spawn(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.set()
        for connection in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        for thread in self._threads:
            thread.join(5)
        assert not any(thread.is_alive() for thread in self._threads)

    def _spawn(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while not self.ending.is_set():
                connection, (_, port) = self._listener.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.connections += 1
                self._open.append(connection)
                self._came.append(port)
                self._spawn(lambda connection=connection, port=port: self._serve(connection, port))  # type: ignore[misc]

    def _serve(self, connection: socket.socket, port: int) -> None:
        with contextlib.suppress(OSError):
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
                self._open.append(connection)
                connection.do_handshake()
            self._handler(Visit(self, connection))
        with contextlib.suppress(OSError):
            connection.close()
        self._gone.add(port)


def says(data: bytes) -> Handler:
    """Answer every request with `data`, keeping the connection."""

    def handle(visit: Visit) -> None:
        while visit.read_request():
            visit.send(data)

    return handle


def says_and_leaves(data: bytes) -> Handler:
    """Answer one request with `data`, then close."""

    def handle(visit: Visit) -> None:
        visit.read_request()
        visit.send(data)

    return handle


def says_and_hangs(data: bytes) -> Handler:
    """Answer one request with `data`, then neither speak nor close."""

    def handle(visit: Visit) -> None:
        visit.read_request()
        visit.send(data)
        visit.be_silent()

    return handle


def in_turn(*handlers: Handler) -> Handler:
    """Treat each connection as the next of `handlers` does."""
    left = iter(handlers)

    def handle(visit: Visit) -> None:
        next(left)(visit)

    return handle


def is_silent(visit: Visit) -> None:
    """Read nothing, say nothing."""
    visit.be_silent()


def resets(visit: Visit) -> None:
    """Reset before a byte of a request is read."""
    visit.reset()


def resets_at_once(visit: Visit) -> None:
    """Reset once the first byte of a request arrives."""
    visit.server.begun += bool(visit.connection.recv(1))
    visit.reset()


def resets_within(visit: Visit) -> None:
    """Reset in the middle of a long body."""
    left = 256 * 1024
    while left > 0 and (more := visit.connection.recv(4096)):
        visit.server.begun = 1
        left -= len(more)
    visit.reset()


def resets_after_reading(visit: Visit) -> None:
    """Reset once a whole request was read."""
    visit.read_request()
    visit.reset()


def pours(visit: Visit) -> None:
    """Answer with a body of 1 GiB, for as long as anybody reads it."""
    visit.read_request()
    visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % 2**30)
    for _ in range(2**30 // 2**16):
        visit.send(b" " * 2**16)


def prepares_for_ever(visit: Visit) -> None:
    """Send nothing but interim answers."""
    visit.read_request()
    while not visit.server.ending.is_set():
        visit.send(b"HTTP/1.1 102 Processing\r\n\r\n")


def drips(visit: Visit) -> None:
    """Send a byte of a fine answer every now and then."""
    visit.read_request()
    for byte in answer():
        if visit.server.ending.wait(0.05):
            return
        visit.send(bytes([byte]))
