"""Where a byte may have left and no valid answer came, the call is uncertain, and is never sent again."""

from __future__ import annotations

import ssl

import pytest

from c2c_desktop.adapters.telecmi import ANSWER_LIMIT
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.errors import NextStep
from tests.faults.conftest import CANARY, OpenGateway, place
from tests.faults.servers import (
    OK_BODY,
    Handler,
    MisbehavingServer,
    answer,
    drips,
    in_turn,
    is_silent,
    resets_after_reading,
    resets_at_once,
    says,
    says_and_hangs,
    says_and_leaves,
)

HTML = b"<!DOCTYPE html><html><body><h1>Bad Gateway</h1></body></html>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n"

FAULTS: dict[str, Handler] = {
    "reset while the request arrives": resets_at_once,
    "reset after the request": resets_after_reading,
    "closed without an answer": says_and_leaves(b""),
    "silence": is_silent,
    "silence after the request": says_and_hangs(b""),
    "headers, then silence": says_and_hangs(HEAD),
    "half a status line, then silence": says_and_hangs(b"HTTP/1."),
    "half the JSON, then closed": says_and_leaves(answer(OK_BODY[:20], length=len(OK_BODY))),
    "half the JSON, then silence": says_and_hangs(answer(OK_BODY[:20], length=len(OK_BODY))),
    "half the JSON as a whole answer": says(answer(OK_BODY[:20])),
    "a length too long": says_and_leaves(answer(OK_BODY, length=len(OK_BODY) + 10)),
    "a length too short": says(answer(OK_BODY, length=len(OK_BODY) - 10)),
    "a length that is none": says_and_leaves(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n" + OK_BODY),
    "two lengths": says(answer(OK_BODY, 200, "Content-Length: 3")),
    "a broken chunk": says_and_leaves(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}"),
    "no HTTP at all": says_and_leaves(b"220 mail.example ready\r\n"),
    "endless headers": says_and_leaves(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000),
    "a slow drip": drips,
    "a huge body": says(answer(b" " * (ANSWER_LIMIT * 4) + OK_BODY)),
    "a body just too long": says(answer(OK_BODY + b" " * ANSWER_LIMIT)),
    "a redirect": says(answer(b"", 307, "Location: http://localhost:1/")),
    "code 200 in a redirect": says(answer(OK_BODY, 302, "Location: /")),
    "code 200 in an HTTP 500": says(answer(OK_BODY, 500)),
    "code 500 in an HTTP 500": says(answer({"code": 500, "msg": "inside"}, 500)),
    "HTML with 500": says(answer(HTML, 500)),
    "HTML with 502": says(answer(HTML, 502)),
    "HTML with 200": says(answer(HTML, 200)),
    "an empty 200": says(answer(b"")),
    "204": says(answer(b"", 204)),
    "code as a text": says(answer({"code": "200", "request_id": "r-1"})),
    "code as a float": says(answer({"code": 200.0, "request_id": "r-1"})),
    "code as true": says(answer({"code": True})),
    "code as null": says(answer({"code": None})),
    "no code": says(answer({"msg": "Call initiated", "request_id": "r-1"})),
    "a list": says(answer(b'[{"code": 200}]')),
    "a number": says(answer(b"200")),
    "an endless number": says(answer(b'{"code": ' + b"2" * 6000 + b"}")),
    "nesting without end": says(answer(b"[" * 60_000)),
    "half a character": says(answer(b'{"code": 200, "msg": "\xff\xfe"}')),
    "a compressed answer": says(answer(b"\x1f\x8b\x08\x00\x00", 200, "Content-Encoding: gzip")),
}


@pytest.mark.parametrize("fault", list(FAULTS))
@pytest.mark.parametrize("warm", [False, True], ids=["cold", "warm"])
def test_a_call_is_uncertain_after(open_gateway: OpenGateway, fault: str, warm: bool) -> None:
    with MisbehavingServer(FAULTS[fault]) as server:
        gateway = open_gateway(server.api_url)
        if warm:
            gateway.warm()
        placement = place(gateway)
        assert placement.state is CallState.UNCERTAIN
        assert placement.request_id == ""
        assert placement.next_step is NextStep.NONE
        assert placement.message
        assert server.connections == 1
        assert len(server.bodies) <= 1
        assert CANARY not in repr(placement)


@pytest.mark.parametrize(
    "fault", ["reset after the request", "headers, then silence", "a slow drip", "code 200 in an HTTP 500"]
)
def test_a_call_over_tls_is_uncertain_after(open_gateway: OpenGateway, tls: ssl.SSLContext, fault: str) -> None:
    with MisbehavingServer(FAULTS[fault], tls) as server:
        gateway = open_gateway(server.api_url)
        gateway.warm()
        assert place(gateway).state is CallState.UNCERTAIN
        assert server.connections == 1
        assert len(server.bodies) == 1


def test_an_address_in_capitals_is_plain_http_all_the_same(open_gateway: OpenGateway) -> None:
    with MisbehavingServer(resets_after_reading) as server:
        gateway = open_gateway(server.api_url.replace("http:", "HTTP:"))
        assert place(gateway).state is CallState.UNCERTAIN


def test_after_an_uncertain_call_the_next_one_goes_over_a_new_connection(open_gateway: OpenGateway) -> None:
    with MisbehavingServer(in_turn(FAULTS["headers, then silence"], says(answer()))) as server:
        gateway = open_gateway(server.api_url)
        assert place(gateway).state is CallState.UNCERTAIN
        assert place(gateway).state is CallState.INITIATED
        assert server.connections == 2
