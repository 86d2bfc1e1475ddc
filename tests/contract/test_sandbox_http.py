"""The sandbox as an HTTP server: routes, limits, connections kept, and an end within a second."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import time
from collections.abc import Iterator

import pytest

from c2c_desktop.sandbox.server import BODY_LIMIT, HEAD_LIMIT, Pace, SandboxServer
from tests.contract.sandbox_client import PATH, ask, port_of, raw, request_fields


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with SandboxServer(pace=Pace.INSTANT) as server:
        yield server


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ")[1])


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", PATH, 405),
        ("PUT", PATH, 405),
        ("HEAD", PATH, 405),
        ("GET", f"{PATH}?user_id=101_1111112&secret=x&to=919840222222", 405),
        ("POST", "/v2/webrtc/other", 404),
        ("POST", "/sandbox/events", 404),
        ("GET", "/favicon.ico", 404),
        ("HEAD", "/nowhere", 404),
        ("GET", "/", 200),
        ("GET", "/v2", 200),
    ],
)
def test_routes_that_are_not_the_service_answer_html(
    server: SandboxServer, method: str, path: str, status: int
) -> None:
    said = ask(server, b"", method, path)
    assert said.status == status
    assert said.content_type == "text/html"
    assert (said.body == b"") == (method == "HEAD")
    assert server.received == []


@pytest.mark.parametrize(
    "data",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/2\r\n\r\n",
        b"POST /v2/webrtc/click2call HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        b"POST /v2/webrtc/click2call HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /v2/webrtc/click2call HTTP/1.1\r\nContent-Length: \xb2\r\n\r\n",
        b"POST /v2/webrtc/click2call HTTP/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"POST /v2/webrtc/click2call HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_a_head_that_makes_no_sense_is_a_bad_request(server: SandboxServer, data: bytes) -> None:
    assert status_of(raw(server, data)) == 400
    assert server.received == []


def test_a_head_without_end_is_too_large(server: SandboxServer) -> None:
    assert status_of(raw(server, b"GET / HTTP/1.1\r\nX: " + b"x" * HEAD_LIMIT)) == 413


def test_a_body_that_is_too_large_is_not_read(server: SandboxServer) -> None:
    head = f"POST {PATH} HTTP/1.1\r\nContent-Length: {BODY_LIMIT + 1}\r\n\r\n"
    assert status_of(raw(server, head.encode())) == 413


@pytest.mark.parametrize("part", [b"", b"POST /v2", f"POST {PATH} HTTP/1.1\r\nContent-Length: 9\r\n\r\n{{".encode()])
def test_a_client_that_leaves_in_the_middle_disturbs_nobody(server: SandboxServer, part: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port_of(server)), timeout=10) as connection:
        connection.sendall(part)
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1) == b""
    assert ask(server, request_fields()).fields["code"] == 200


def test_a_connection_is_kept_and_ends_when_the_client_says_so(server: SandboxServer) -> None:
    body = json.dumps(request_fields()).encode()
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port_of(server), timeout=10)) as connection:
        connection.request("POST", PATH, body)
        assert connection.getresponse().read()
        kept = connection.sock
        connection.request("POST", PATH, body, {"Connection": "close"})
        assert connection.sock is kept
        response = connection.getresponse()
        assert response.getheader("Connection") == "close"
        assert response.read()
    assert len(server.received) == 2


def test_requests_sent_at_once_are_answered_in_turn(server: SandboxServer) -> None:
    body = json.dumps(request_fields()).encode()
    one = f"POST {PATH} HTTP/1.1\r\nContent-Length: {len(body)}\r\n".encode()
    answers = raw(server, one + b"\r\n" + body + one + b"Connection: close\r\n\r\n" + body)
    assert answers.count(b"HTTP/1.1 200 OK") == 2


def test_an_idle_connection_is_closed() -> None:
    with SandboxServer(idle_seconds=0.05) as server:
        assert raw(server, b"") == b""


def test_the_sandbox_listens_on_this_computer_only(server: SandboxServer) -> None:
    assert server.api_url.startswith("http://127.0.0.1:")


def test_stopping_takes_no_longer_than_a_second_whatever_is_open() -> None:
    server = SandboxServer(pace=Pace.LIFELIKE, slow_seconds=60.0)
    server.start()
    with contextlib.ExitStack() as stack:
        idle, streaming, slow = (
            stack.enter_context(socket.create_connection(("127.0.0.1", port_of(server)), timeout=10)) for _ in range(3)
        )
        streaming.sendall(b"GET /sandbox/events HTTP/1.1\r\n\r\n")
        assert streaming.recv(1)
        body = json.dumps(request_fields(to=917000000007)).encode()
        slow.sendall(f"POST {PATH} HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        while not server.received:
            assert streaming.recv(4096)
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 3
        with contextlib.suppress(ConnectionResetError):
            assert idle.recv(1) == b""
    with pytest.raises(OSError, match="refused"):
        ask(server, request_fields())
