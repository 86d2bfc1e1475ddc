"""The connection a call goes over: ready before the click, bounded in time, honest about what left.

httpx does the protocol. Underneath it this network backend does three things httpx does not offer:
it opens the connection, TLS included, before there is a request; it holds every wait, the look-up of the
host's name included, to one total deadline; and it records whether a byte of the request was handed to the
network.
"""

from __future__ import annotations

import queue
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

FRESH_SECONDS = 4.0
"""How long an idle connection is used: under the shortest idle time-out common among servers (5 s)."""

SocketOption = Any


class Attempt:
    """One request under way: its deadline (monotonic seconds) and whether a byte of it left."""

    def __init__(self, deadline: float, claim: Callable[[], bool] = lambda: True) -> None:
        self.deadline = deadline
        self.bytes_left = False
        self.given_up = False
        self._claim = claim

    def mark_bytes_left(self, is_closed: Callable[[], bool]) -> None:
        """The first byte is about to leave.

        Raises `httpcore.ConnectError` where the call was cancelled before, or nobody is there to read that byte.
        """
        if not self.bytes_left:
            if not self._claim():
                self.given_up = True
                raise httpcore.ConnectError("cancelled")  # a WriteError httpcore swallows, and waits for an answer
            if is_closed():
                raise httpcore.ConnectError("the service hung up")
        self.bytes_left = True

    def remaining(self, timeout: float | None) -> float:
        """Seconds a single wait may take. Raises `TimeoutError` when none are left."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left if timeout is None else min(left, timeout)


class _Stream(httpcore.NetworkStream):
    """A stream that obeys the attempt under way."""

    def __init__(self, inner: httpcore.NetworkStream, backend: CallBackend, tls_layers: int = 0) -> None:
        self._inner = inner
        self._backend = backend
        self._tls_layers = tls_layers
        self._secured: tuple[str | None, httpcore.NetworkStream] | None = None
        self.opened_at = time.monotonic()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            return self._inner.read(max_bytes, self._backend.remaining(timeout))
        except TimeoutError as error:
            raise httpcore.ReadTimeout from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        try:
            left = self._backend.remaining(timeout)
        except TimeoutError as error:
            raise httpcore.WriteTimeout from error
        if self._tls_layers == self._backend.tls_layers:
            self._backend.mark_bytes_left(self._is_closed)
        self._inner.write(buffer, left)

    def close(self) -> None:
        self._inner.close()

    def secure_ahead(self, context: ssl.SSLContext, host: str, timeout: float) -> None:
        """Do the TLS handshake now; `start_tls` for the same host then costs nothing."""
        self._secured = (host, self._inner.start_tls(context, host, timeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        if self._secured is not None and self._secured[0] == server_hostname:
            inner = self._secured[1]
        else:
            try:
                inner = self._inner.start_tls(ssl_context, server_hostname, self._backend.remaining(timeout))
            except TimeoutError as error:
                raise httpcore.ConnectTimeout from error
        return _Stream(inner, self._backend, self._tls_layers + 1)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def is_usable(self) -> bool:
        """Whether the connection is fresh and the server has not closed it."""
        if time.monotonic() - self.opened_at > FRESH_SECONDS:
            return False
        return not self._is_closed()

    def _is_closed(self) -> bool:
        inner = self._secured[1] if self._secured is not None else self._inner
        connection: socket.socket | None = inner.get_extra_info("socket")
        return connection is None or connection.fileno() < 0 or _is_closed_by_peer(connection)

    def discard(self) -> None:
        """Close whatever was opened ahead."""
        (self._secured[1] if self._secured is not None else self._inner).close()


def _is_closed_by_peer(connection: socket.socket) -> bool:
    """Whether the other side hung up; unread TLS session tickets alone are no sign of that."""
    if not hasattr(select, "POLLRDHUP"):
        return not isinstance(connection, ssl.SSLSocket) and bool(select.select([connection], [], [], 0)[0])
    poll = select.poll()
    poll.register(connection, select.POLLRDHUP | select.POLLERR | select.POLLHUP)
    return bool(poll.poll(0))


def _addresses(host: str, port: int, timeout: float | None) -> list[str]:
    """Look `host` up; the resolver has no deadline of its own, so it is asked on a thread that may be left behind.

    Raises `httpcore.ConnectError` and `httpcore.ConnectTimeout`.
    """
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:  # the latter for a name no host can have
            answers.put(error)
        else:
            answers.put([str(address[0]) for *_, address in found])

    threading.Thread(target=ask, name="look-up", daemon=True).start()
    try:
        answer = answers.get(timeout=timeout)
    except queue.Empty:
        raise httpcore.ConnectTimeout("the look-up of the host's name did not end") from None
    if isinstance(answer, Exception):
        raise httpcore.ConnectError(str(answer)) from answer
    return answer


class CallBackend(httpcore.NetworkBackend):
    """Connects for one gateway. Network lane; `close` from any thread.

    `tls_layers`: how many times TLS is begun on a connection before the request goes over it.
    """

    def __init__(self, *, tls_layers: int) -> None:
        self.tls_layers = tls_layers
        self._inner = httpcore.SyncBackend()
        self._attempt: Attempt | None = None
        self._spare: tuple[str, int, _Stream] | None = None
        self._lock = threading.Lock()

    def start_attempt(self, attempt: Attempt | None) -> None:
        """Hold everything from now on to `attempt`."""
        self._attempt = attempt

    def remaining(self, timeout: float | None) -> float | None:
        """Seconds the next wait may take. Raises `TimeoutError` past the deadline."""
        return timeout if self._attempt is None else self._attempt.remaining(timeout)

    def mark_bytes_left(self, is_closed: Callable[[], bool]) -> None:
        """Record that a byte of the request is handed over."""
        if self._attempt is not None:
            self._attempt.mark_bytes_left(is_closed)

    def connect_ahead(self, host: str, port: int, timeout: float, context: ssl.SSLContext | None) -> None:
        """Have a spare connection to `host`, unless a fresh one waits. Raises httpcore's connect errors."""
        with self._lock:
            spare = self._spare
            if spare is not None and spare[:2] == (host, port) and spare[2].is_usable():
                return
            self._spare = None
        if spare is not None:
            spare[2].discard()
        stream = _Stream(self._connected(host, port, timeout), self)
        if context is not None:
            stream.secure_ahead(context, host, timeout)
        with self._lock:
            self._spare = (host, port, stream)

    def connect_tcp(  # noqa: D102  # httpcore's
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002  # httpcore's, and never set
        socket_options: Iterable[SocketOption] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is not None:
            if spare[:2] == (host, port) and spare[2].is_usable():
                return spare[2]
            spare[2].discard()
        try:
            left = self.remaining(timeout)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        return _Stream(self._connected(host, port, left), self)

    def _connected(self, host: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        """Try the host's addresses in turn, each with its share of `timeout` seconds."""
        end = None if timeout is None else time.monotonic() + timeout
        addresses = _addresses(host, port, timeout)
        failure: Exception = httpcore.ConnectError("the host has no address")
        for position, address in enumerate(addresses):
            left = None if end is None else max(end - time.monotonic(), 0.001) / (len(addresses) - position)
            try:
                return self._inner.connect_tcp(address, port, left)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def close(self) -> None:
        """Drop the spare connection."""
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is not None:
            spare[2].discard()
