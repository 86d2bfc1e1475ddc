"""One connection ready before the click, used again while it is fresh, and the secret only where it belongs."""

from __future__ import annotations

import json
import logging
import select
import socket
import ssl
import time

import pytest

from c2c_desktop.adapters import call_connection
from c2c_desktop.adapters.telecmi import NetworkOptions, TelecmiGateway
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.settings import Settings
from tests.contract.waiting import until
from tests.faults.conftest import OpenGateway, place
from tests.faults.scene import CANARY, ORDER
from tests.faults.servers import (
    MisbehavingServer,
    Visit,
    answer,
    in_turn,
    is_silent,
    resets_after_reading,
    says,
)


@pytest.fixture(params=["http", "https"])
def context(request: pytest.FixtureRequest, tls: ssl.SSLContext) -> ssl.SSLContext | None:
    return tls if request.param == "https" else None


def hang_up(visit: Visit) -> None:
    """Close at once."""


def placed(gateway: TelecmiGateway, count: int = 1) -> None:
    for _ in range(count):
        placement = place(gateway)
        assert placement.state is CallState.INITIATED
        assert placement.request_id == "r-1"


def test_the_first_call_uses_the_connection_opened_ahead(
    open_gateway: OpenGateway, context: ssl.SSLContext | None
) -> None:
    with MisbehavingServer(says(answer()), context) as server:
        gateway = open_gateway(server.api_url)
        gateway.warm()
        assert server.bodies == []
        placed(gateway)
        until(lambda: server.connections == 1)


def test_each_call_goes_over_a_connection_of_its_own(open_gateway: OpenGateway, context: ssl.SSLContext | None) -> None:
    with MisbehavingServer(says(answer()), context) as server:
        placed(open_gateway(server.api_url), 3)
        until(lambda: server.connections == 3)
        assert len(server.bodies) == 3
        assert all(b"\r\nConnection: close" in head for head in server.heads)
        until(lambda: not server.is_serving)


def test_warming_again_keeps_the_connection_that_waits(
    open_gateway: OpenGateway, context: ssl.SSLContext | None
) -> None:
    with MisbehavingServer(says(answer()), context) as server:
        gateway = open_gateway(server.api_url)
        for _ in range(3):
            gateway.warm()
        placed(gateway)
        until(lambda: server.connections == 1)


def test_a_connection_opened_ahead_that_the_server_closed_is_not_used(
    open_gateway: OpenGateway, context: ssl.SSLContext | None
) -> None:
    with MisbehavingServer(in_turn(hang_up, says(answer()), says(answer())), context) as server:
        gateway = open_gateway(server.api_url)
        gateway.warm()
        until(lambda: spare_is_closed(gateway))
        placed(gateway)
        until(lambda: server.connections == 2)


def spare_is_closed(gateway: TelecmiGateway) -> bool:
    backend = gateway._backend
    assert backend is not None
    assert backend._spare is not None
    return not backend._spare[2].is_usable()


def test_a_connection_that_waited_too_long_is_replaced(
    open_gateway: OpenGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    with MisbehavingServer(says(answer())) as server:
        gateway = open_gateway(server.api_url)
        gateway.warm()
        monkeypatch.setattr(call_connection, "FRESH_SECONDS", 0.0)
        gateway.warm()
        until(lambda: server.connections == 2)
        placed(gateway)
        until(lambda: server.connections == 3)


def test_where_the_system_cannot_tell_a_hang_up_a_closed_connection_is_noticed_too(
    open_gateway: OpenGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(select, "POLLRDHUP")
    with MisbehavingServer(in_turn(hang_up, says(answer()))) as server:
        gateway = open_gateway(server.api_url)
        gateway.warm()
        until(lambda: spare_is_closed(gateway))
        placed(gateway)


def test_closing_drops_the_connections_and_the_next_call_opens_another(
    open_gateway: OpenGateway, context: ssl.SSLContext | None
) -> None:
    with MisbehavingServer(says(answer()), context) as server:
        gateway = open_gateway(server.api_url)
        gateway.close()
        placed(gateway)
        gateway.warm()
        gateway.close()
        until(lambda: not server.is_serving)
        placed(gateway)
        until(lambda: server.connections == 3)


def test_changed_options_hold_from_the_next_call_on(open_gateway: OpenGateway) -> None:
    with MisbehavingServer(is_silent) as server:
        gateway = open_gateway(server.api_url, request_timeout=60.0)
        gateway.configure(NetworkOptions.of(Settings(connect_timeout=1.0, request_timeout=0.2)))
        began = time.monotonic()
        assert place(gateway).state is CallState.UNCERTAIN
        assert time.monotonic() - began < 10


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_and_the_secret_goes_nowhere_else(open_gateway: OpenGateway, status: int) -> None:
    with MisbehavingServer(says(answer())) as elsewhere:
        location = f"Location: http://127.0.0.1:{elsewhere.port}/v2/webrtc/click2call"
        with MisbehavingServer(says(answer(b"", status, location))) as server:
            assert place(open_gateway(server.api_url)).state is CallState.UNCERTAIN
            assert len(server.bodies) == 1
        assert elsewhere.connections == 0


def test_the_secret_stands_in_the_body_and_nowhere_else(
    open_gateway: OpenGateway, tls: ssl.SSLContext, caplog: pytest.LogCaptureFixture
) -> None:
    for handler in (says(answer()), resets_after_reading, says(answer({"code": 404, "msg": "wrong"}, 404))):
        with MisbehavingServer(handler, tls) as server, caplog.at_level(logging.DEBUG):
            gateway = open_gateway(server.api_url)
            gateway.warm()
            placement = place(gateway)
            assert [json.loads(body)["secret"] for body in server.bodies] == [CANARY]
            assert server.bodies[0].count(CANARY.encode()) == 1
            assert server.heads[0].startswith(b"POST /v2/webrtc/click2call HTTP/1.1\r\n")
            assert CANARY.encode() not in server.heads[0]
            assert CANARY not in repr(placement)
            assert CANARY not in repr(vars(gateway))
    assert CANARY not in caplog.text


def test_cookies_of_the_service_are_not_sent_back(open_gateway: OpenGateway) -> None:
    with MisbehavingServer(says(answer(answer_body(), 200, "Set-Cookie: track=1; Path=/"))) as server:
        placed(open_gateway(server.api_url), 2)
        assert not any(b"cookie" in head.lower() for head in server.heads)


def answer_body() -> bytes:
    return answer().partition(b"\r\n\r\n")[2]


def test_looking_whether_the_service_is_there_sends_nothing(
    open_gateway: OpenGateway, context: ssl.SSLContext | None
) -> None:
    with MisbehavingServer(says(answer()), context) as server:
        assert open_gateway(server.api_url).check() == ""
        until(lambda: server.connections == 1)
        assert server.heads == []


def test_looking_for_a_service_that_is_not_there_says_why(open_gateway: OpenGateway) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert (
        "localhost cannot be reached: [Errno 111] Connection refused"
        in open_gateway(f"http://localhost:{port}/v2").check()
    )


@pytest.mark.parametrize("warm", [True, False])
def test_a_call_cancelled_while_it_connects_sends_not_a_byte(
    open_gateway: OpenGateway, context: ssl.SSLContext | None, warm: bool
) -> None:
    with MisbehavingServer(says(answer()), context) as server:
        gateway = open_gateway(server.api_url)
        if warm:
            gateway.warm()
        placement = gateway.place(ORDER, Secret(CANARY), lambda: False)
        assert placement.state is CallState.CANCELLED
        assert server.bodies == []
        placed(gateway)
        assert len(server.bodies) == 1
