"""The sandbox's HTTP server: loopback only, HTTP/1.1 with keep-alive, a thread a connection.

`POST /v2/webrtc/click2call` is the service. `GET /sandbox/events` streams every event of this run as one JSON
object a line, each with a `seq` that grows, from run to run too; what happened before is replayed (the last
1000), and a blank line comes every second so that a dead listener is noticed. Written on `socket`, because the
standard library's HTTP server costs 30 ms of start-up and cannot half-answer.
"""

from __future__ import annotations

import contextlib
import json
import re
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Self

from c2c_desktop.sandbox.answers import SECRET, USER_ID, Answer, answer_to, html
from c2c_desktop.sandbox.life import Event, Pace, Storyteller
from c2c_desktop.sandbox.magic import Outcome

__all__ = ["Pace", "SandboxServer"]

HEAD_LIMIT = 16 * 1024
BODY_LIMIT = 64 * 1024
KEPT_EVENTS = 1000
_LENGTH = re.compile("[0-9]{1,9}")
_REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 413: "Payload Too Large"}


class SandboxServer:
    """A loopback TeleCMI. `start` and `stop` on any one thread; `received` may be read on any."""

    user_id = USER_ID
    secret = SECRET

    def __init__(
        self,
        *,
        pace: Pace = Pace.LIFELIKE,
        port: int = 0,
        slow_seconds: float = 3.0,
        idle_seconds: float = 60.0,
        log: Callable[[str], None] | None = None,
    ) -> None:
        self._port = port
        self._slow_seconds = slow_seconds
        self._idle_seconds = idle_seconds
        self._log = log
        self._listener: socket.socket | None = None
        self._threads: set[threading.Thread] = set()
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._events: deque[Event] = deque(maxlen=KEPT_EVENTS)
        self._event_added = threading.Condition()
        self._seq = time.time_ns() // 1_000_000
        self._storyteller = Storyteller(pace, self._add_event)
        self.received: list[dict[str, Any]] = []
        """The bodies of click-to-call requests, their secrets masked."""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def api_url(self) -> str:
        """The base address calls go to."""
        return f"http://127.0.0.1:{self._port}/v2"

    def start(self) -> None:
        """Listen. Raises `OSError` where the port is taken."""
        listener = socket.create_server(("127.0.0.1", self._port))
        self._port = listener.getsockname()[1]
        self._listener = listener
        self._storyteller.start()
        self._spawn(self._accept, listener)

    def stop(self) -> None:
        """Close everything, within about a second."""
        self._stopping.set()
        if self._listener is not None:
            _hang_up(self._listener)
        with self._lock:
            connections, threads = list(self._connections), list(self._threads)
        for connection in connections:
            _hang_up(connection)
        with self._event_added:
            self._event_added.notify_all()
        self._storyteller.stop()
        for thread in threads:
            thread.join(1.0)

    def _spawn(self, work: Callable[[socket.socket], None], connection: socket.socket) -> None:
        def run() -> None:
            try:
                work(connection)
            except OSError:
                pass  # the other side went away
            finally:
                connection.close()
                with self._lock:
                    self._connections.discard(connection)
                    self._threads.discard(threading.current_thread())

        thread = threading.Thread(target=run, name="sandbox", daemon=True)
        with self._lock:
            self._threads.add(thread)
            self._connections.add(connection)
            thread.start()  # under the lock: `stop` joins what it finds here

    def _accept(self, listener: socket.socket) -> None:
        while not self._stopping.is_set():
            connection, _ = listener.accept()
            if self._stopping.is_set():
                connection.close()
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.settimeout(self._idle_seconds)
            self._spawn(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        waiting = b""
        while not self._stopping.is_set():
            while b"\r\n\r\n" not in waiting:
                if len(waiting) > HEAD_LIMIT:
                    self._send(connection, html(413, "Payload Too Large"), keep=False)
                    return
                more = connection.recv(8192)
                if not more:
                    return
                waiting += more
            head, _, waiting = waiting.partition(b"\r\n\r\n")
            method, path, headers = _read_head(head)
            length = headers.get("content-length", "0")
            if not method or not _LENGTH.fullmatch(length) or "transfer-encoding" in headers:
                self._send(connection, html(400, "Bad Request"), keep=False)
                return
            if int(length) > BODY_LIMIT:
                self._send(connection, html(413, "Payload Too Large"), keep=False)
                return
            while len(waiting) < int(length):
                more = connection.recv(8192)
                if not more:
                    return
                waiting += more
            body, waiting = waiting[: int(length)], waiting[int(length) :]
            keep = headers.get("connection", "").lower() != "close"
            if not self._answer(connection, method, path, body, keep=keep):
                return

    def _answer(self, connection: socket.socket, method: str, path: str, body: bytes, *, keep: bool) -> bool:
        """Answer one request; False where the connection ends with it."""
        route, _, query = path.partition("?")
        if route == "/sandbox/events" and method == "GET":
            self._stream_events(connection, query)
            return False
        if route != "/v2/webrtc/click2call":
            page = html(200, "Sandbox") if route in {"/", "/v2"} else html(404, "Not Found")
            self._send(connection, page, keep=keep, head=method == "HEAD")
            return keep
        if method != "POST":
            self._send(connection, html(405, "Method Not Allowed"), keep=keep, head=method == "HEAD")
            return keep
        answer, fields = answer_to(body)
        self._note(fields, answer)
        if answer.request_id:
            self._storyteller.begin(answer.outcome, fields, answer.request_id)
        if answer.outcome is Outcome.SLOW:
            self._stopping.wait(self._slow_seconds)
        if answer.outcome is Outcome.DROPPED:
            return False
        if answer.outcome is Outcome.HALF_ANSWER:
            connection.sendall(_head(answer, keep=False) + answer.body[: len(answer.body) // 2])
            return False
        self._send(connection, answer, keep=keep)
        return keep

    def _note(self, fields: Mapping[str, Any], answer: Answer) -> None:
        masked = {**fields, "secret": "•••"} if "secret" in fields else dict(fields)
        with self._lock:
            self.received.append(masked)
        if self._log is not None:
            self._log(
                f"{time.strftime('%H:%M:%S')} received {json.dumps(masked, ensure_ascii=False)} → {answer.status}"
            )

    def _send(self, connection: socket.socket, answer: Answer, *, keep: bool, head: bool = False) -> None:
        connection.sendall(_head(answer, keep=keep) + (b"" if head else answer.body))

    def _add_event(self, event: Event) -> None:
        with self._event_added:
            self._seq += 1
            self._events.append({"seq": self._seq, **event, "time": int(time.time() * 1000)})
            self._event_added.notify_all()
        if self._log is not None:
            self._log(f"{time.strftime('%H:%M:%S')} leg {event['leg']} {event['type']} {event['status']}")

    def _stream_events(self, connection: socket.socket, query: str) -> None:
        wanted = query.removeprefix("request_id=") if query.startswith("request_id=") else ""
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n")
        told = 0
        while not self._stopping.is_set():
            with self._event_added:
                news = [e for e in self._events if e["seq"] > told]
                if not news and not self._stopping.is_set():
                    self._event_added.wait(1.0)
                    news = [e for e in self._events if e["seq"] > told]
            if news:
                told = news[-1]["seq"]
            lines = [json.dumps(e) for e in news if not wanted or e["request_id"] == wanted]
            connection.sendall("".join(f"{line}\n" for line in lines or [""]).encode())


def _read_head(head: bytes) -> tuple[str, str, dict[str, str]]:
    """Return method, path and headers; an empty method where the head makes no sense."""
    lines = head.decode("latin-1").split("\r\n")
    first = lines[0].split(" ")
    if len(first) != 3 or not first[2].startswith("HTTP/1."):  # noqa: PLR2004
        return "", "", {}
    headers: dict[str, str] = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return first[0], first[1], headers


def _head(answer: Answer, *, keep: bool) -> bytes:
    reason = _REASONS.get(answer.status, "Sandbox")
    return (
        f"HTTP/1.1 {answer.status} {reason}\r\nContent-Type: {answer.content_type}\r\n"
        f"Content-Length: {len(answer.body)}\r\nConnection: {'keep-alive' if keep else 'close'}\r\n\r\n"
    ).encode()


def _hang_up(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # never connected, or gone
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
