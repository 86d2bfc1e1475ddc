"""Every fault that has a name, in one table: pytest tries it, and so does `make faults`."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from c2c_desktop.adapters.telecmi import ANSWER_LIMIT, TelecmiGateway
from c2c_desktop.domain.call import CallState
from tests.faults.grounds import Grounds, closed_port, full_port, knows_no_name, resolver
from tests.faults.scene import ORDER, Case, Scene, once_gone, serves
from tests.faults.servers import (
    OK_BODY,
    Handler,
    MisbehavingServer,
    Visit,
    answer,
    drips,
    is_silent,
    pours,
    prepares_for_ever,
    resets,
    resets_after_reading,
    resets_at_once,
    resets_within,
    says,
    says_and_hangs,
    says_and_leaves,
)

NOT_SENT, REFUSED, UNCERTAIN, INITIATED = (
    CallState.NOT_SENT,
    CallState.REFUSED,
    CallState.UNCERTAIN,
    CallState.INITIATED,
)
HTML = b"<!DOCTYPE html><html><body><h1>Bad Gateway</h1></body></html>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n"
LONG_ORDER = replace(ORDER, extra_params={"note": "x" * (4 * 2**20)})
OK = {"code": 200, "msg": "Call initiated", "request_id": "r-1"}


@contextmanager
def _refused(_: Grounds, scheme: str = "http") -> Iterator[Scene]:
    yield Scene(f"{scheme}://localhost:{closed_port()}/v2")


@contextmanager
def _never_answered(_: Grounds, scheme: str = "http") -> Iterator[Scene]:
    with full_port() as port:
        yield Scene(f"{scheme}://127.0.0.1:{port}/v2")


@contextmanager
def _unknown_name(_: Grounds) -> Iterator[Scene]:
    with resolver(knows_no_name):
        yield Scene("https://service.example/v2")


@contextmanager
def _no_handshake(_: Grounds, handler: Handler = is_silent) -> Iterator[Scene]:
    with MisbehavingServer(handler) as server:
        yield Scene(server.api_url.replace("http:", "https:"), server)


@contextmanager
def _redirects(_: Grounds, status: int = 307) -> Iterator[Scene]:
    with MisbehavingServer(says(answer())) as elsewhere:
        location = f"Location: http://127.0.0.1:{elsewhere.port}/v2/webrtc/click2call"
        with MisbehavingServer(says(answer(b"", status, location))) as server:
            yield Scene(server.api_url, server, elsewhere)


def _hangs_up_on_the_idle(visit: Visit) -> None:
    if visit.server.is_patient:
        says(answer())(visit)


def _idle_too_long(gateway: TelecmiGateway, scene: Scene) -> None:
    """A connection is opened ahead, and the server is tired of it."""
    assert scene.server is not None
    gateway.warm()
    scene.server.settle()
    scene.server.is_patient = True


def _greets(visit: Visit) -> None:
    visit.send(b"220 mail.example ready\r\n")


def _resets_in_the_handshake(visit: Visit) -> None:
    visit.connection.recv(1)
    visit.reset()


def _resets_after_the_head(visit: Visit) -> None:
    while b"\r\n\r\n" not in visit.connection.recv(4096):
        visit.server.begun = 1
    visit.server.begun = 1
    visit.reset()


def _gzip(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=31)
    return packer.compress(content) + packer.flush()


def _bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    blocks = [packer.compress(b" " * 2**20) for _ in range(32)]
    return b"".join(blocks) + packer.compress(OK_BODY) + packer.flush()


def _json(name: str, body: Any, state: CallState = UNCERTAIN, request_id: str = "") -> Case:
    return Case(name, state, serves(says(answer(json.dumps(body).encode()))), 1, request_id=request_id)


def _chunked(*chunks: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"".join(chunks)


CONNECTING = [
    Case("refused", NOT_SENT, _refused),
    Case("refused, TLS", NOT_SENT, lambda grounds: _refused(grounds, "https")),
    Case("DNS failure", NOT_SENT, _unknown_name),
    Case("connect timeout", NOT_SENT, _never_answered),
    Case("connect timeout, TLS", NOT_SENT, lambda grounds: _never_answered(grounds, "https")),
    Case("TLS: expired", NOT_SENT, serves(says(answer()), tls=lambda g: g.expired)),
    Case("TLS: wrong host", NOT_SENT, serves(says(answer()), tls=lambda g: g.of_another_host)),
    Case("TLS: self-signed", NOT_SENT, serves(says(answer()), tls=lambda g: g.self_signed)),
    Case("TLS: the handshake never ends", NOT_SENT, _no_handshake),
    Case("TLS: the server speaks none", NOT_SENT, lambda grounds: _no_handshake(grounds, _greets)),
    Case("TLS: reset in the handshake", NOT_SENT, lambda grounds: _no_handshake(grounds, _resets_in_the_handshake)),
]
"""No byte of the request left."""

RESETS = [
    Case("reset before a byte is sent", NOT_SENT, serves(resets), 0, claim=once_gone),
    Case("reset before a byte is sent, TLS", NOT_SENT, serves(resets, tls=lambda g: g.tls), 0, claim=once_gone),
    Case("reset at the first byte", UNCERTAIN, serves(resets_at_once), 1),
    Case("reset before the body", UNCERTAIN, serves(_resets_after_the_head), 1, LONG_ORDER),
    Case("reset during the body", UNCERTAIN, serves(resets_within), 1, LONG_ORDER),
    Case("reset after the body", UNCERTAIN, serves(resets_after_reading), 1),
    Case("reset after the body, TLS", UNCERTAIN, serves(resets_after_reading, tls=lambda g: g.tls), 1),
    Case("closed without an answer", UNCERTAIN, serves(says_and_leaves(b"")), 1),
    Case(
        "idle connection closed under us",
        INITIATED,
        serves(_hangs_up_on_the_idle),
        1,
        first=_idle_too_long,
        request_id="r-1",
    ),
    Case(
        "idle connection closed under us, TLS",
        INITIATED,
        serves(_hangs_up_on_the_idle, tls=lambda g: g.tls),
        1,
        first=_idle_too_long,
        request_id="r-1",
    ),
    Case("closed as the request comes", UNCERTAIN, serves(resets_after_reading, says(answer())), 1),
]

SILENCES = [
    Case("nothing is read", UNCERTAIN, serves(is_silent), 0),
    Case("silence after the request", UNCERTAIN, serves(says_and_hangs(b"")), 1),
    Case("headers, then silence", UNCERTAIN, serves(says_and_hangs(HEAD)), 1),
    Case("headers, then silence, TLS", UNCERTAIN, serves(says_and_hangs(HEAD), tls=lambda g: g.tls), 1),
    Case("half a status line, then silence", UNCERTAIN, serves(says_and_hangs(b"HTTP/1.")), 1),
    Case("half JSON, then silence", UNCERTAIN, serves(says_and_hangs(answer(OK_BODY[:20], length=90))), 1),
    Case("a slow drip", UNCERTAIN, serves(drips), 1),
    Case("a slow drip, TLS", UNCERTAIN, serves(drips, tls=lambda g: g.tls), 1),
    Case("1xx, then silence", UNCERTAIN, serves(says_and_hangs(b"HTTP/1.1 100 Continue\r\n\r\n")), 1),
    Case("1xx for ever", UNCERTAIN, serves(prepares_for_ever), 1),
]

SHAPES = [
    Case("half JSON, then closed", UNCERTAIN, serves(says_and_leaves(answer(OK_BODY[:20], length=90))), 1),
    Case("half JSON as a whole answer", UNCERTAIN, serves(says(answer(OK_BODY[:20]))), 1),
    Case("a length too long", UNCERTAIN, serves(says_and_leaves(answer(length=len(OK_BODY) + 10))), 1),
    Case("a length too short", UNCERTAIN, serves(says(answer(length=len(OK_BODY) - 10))), 1),
    Case("a length that is none", UNCERTAIN, serves(says_and_leaves(HEAD.replace(b"90", b"many") + OK_BODY)), 1),
    Case("two lengths", UNCERTAIN, serves(says(answer(OK_BODY, 200, "Content-Length: 3"))), 1),
    Case("a broken chunk", UNCERTAIN, serves(says_and_leaves(_chunked(b"zz\r\n{}"))), 1),
    Case("chunks that end early", UNCERTAIN, serves(says_and_leaves(_chunked(b"5\r\n{\"cod\r\n"))), 1),
    Case("no HTTP at all", UNCERTAIN, serves(says_and_leaves(b"220 mail.example ready\r\n")), 1),
    Case("endless headers", UNCERTAIN, serves(says_and_leaves(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000)), 1),
    Case("1 GiB body", UNCERTAIN, serves(pours), 1),
    Case("a body just too long", UNCERTAIN, serves(says(answer(OK_BODY + b" " * ANSWER_LIMIT))), 1),
    Case("gzip bomb", UNCERTAIN, serves(says(answer(_bomb(), 200, "Content-Encoding: gzip"))), 1),
    Case("gzip", UNCERTAIN, serves(says(answer(_gzip(OK_BODY), 200, "Content-Encoding: gzip"))), 1),
    Case("redirect to another host, 302", UNCERTAIN, lambda grounds: _redirects(grounds, 302), 1),
    Case("redirect to another host, 307", UNCERTAIN, _redirects, 1),
    Case("redirect to another host, 308", UNCERTAIN, lambda grounds: _redirects(grounds, 308), 1),
    Case("code 200 in a redirect", UNCERTAIN, serves(says(answer(OK_BODY, 302, "Location: /"))), 1),
    Case("100, then the answer", INITIATED, serves(says(b"HTTP/1.1 100 Continue\r\n\r\n" + answer())), 1,
         request_id="r-1"),
    Case("103, then the answer", INITIATED, serves(says(b"HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n" + answer())),
         1, request_id="r-1"),
    Case("101", UNCERTAIN, serves(says(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")), 1),
]  # fmt: skip

STATUSES = [
    *(
        Case(f"{status} with HTML", REFUSED, serves(says(answer(HTML, status))), 1)
        for status in (400, 401, 403, 404, 407, 408, 413, 420, 429, 499)
    ),
    *(Case(f"{status} with HTML", UNCERTAIN, serves(says(answer(HTML, status))), 1) for status in (500, 502, 503, 504)),
    Case("400, half its words, then closed", REFUSED, serves(says_and_leaves(answer(HTML, 400, length=999))), 1),
    Case("404, half its words, then silence", REFUSED, serves(says_and_hangs(answer(HTML, 404, length=999))), 1),
    Case("4xx with code 200", REFUSED, serves(says(answer(OK, 400))), 1),
    Case("code 200 in a 500", UNCERTAIN, serves(says(answer(OK, 500))), 1),
    Case("code 500 in a 500", UNCERTAIN, serves(says(answer({"code": 500, "msg": "inside"}, 500))), 1),
    Case("code 404 in a 500", REFUSED, serves(says(answer({"code": 404, "msg": "wrong"}, 500))), 1),
    *(
        _json(f"code {code} in a 200", {"code": code, "msg": "no"}, REFUSED)
        for code in (0, 201, 400, 404, 407, 420, 500)
    ),
    Case("HTML with 200", UNCERTAIN, serves(says(answer(HTML))), 1),
    Case("an empty 200", UNCERTAIN, serves(says(answer(b""))), 1),
    Case("204", UNCERTAIN, serves(says(answer(b"", 204))), 1),
]

ODD: dict[str, Any] = {
    "null": None, "true": True, "a text": "200", "a float": 200.5, "a list": [200], "an object": {"code": 200}
}  # fmt: skip
TYPES = [
    *(_json(f"code is {kind}", OK | {"code": value}) for kind, value in ODD.items()),
    *(_json(f"msg is {kind}", OK | {"msg": value}, INITIATED, "r-1") for kind, value in ODD.items()),
    *(
        _json(f"request_id is {kind}", OK | {"request_id": value}, INITIATED)
        for kind, value in ODD.items()
        if kind != "a text"
    ),
    *(_json(f"the answer is {kind}", value) for kind, value in ODD.items() if kind != "an object"),
    _json("no code", {"msg": "Call initiated", "request_id": "r-1"}),
    _json("code 200 and nothing else", {"code": 200}, INITIATED),
    Case("code 200.0", UNCERTAIN, serves(says(answer(b'{"code": 200.0, "request_id": "r-1"}'))), 1),
    Case("an endless number", UNCERTAIN, serves(says(answer(b'{"code": ' + b"2" * 6000 + b"}"))), 1),
    Case("nesting without end", UNCERTAIN, serves(says(answer(b"[" * 60_000))), 1),
    Case("half a character", UNCERTAIN, serves(says(answer(b'{"code": 200, "msg": "\xff\xfe"}'))), 1),
]

CASES = [*CONNECTING, *RESETS, *SILENCES, *SHAPES, *STATUSES, *TYPES]
