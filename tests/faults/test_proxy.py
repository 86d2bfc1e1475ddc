"""Calls through a company's proxy: tunnelled, and honest about what left."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import threading

import pytest

from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.errors import NextStep
from tests.contract.waiting import until
from tests.faults.conftest import OpenGateway, place
from tests.faults.scene import CANARY
from tests.faults.servers import (
    Handler,
    MisbehavingServer,
    Visit,
    answer,
    is_silent,
    resets_after_reading,
    says,
    says_and_leaves,
)


def pour(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(4096):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def tunnels(visit: Visit) -> None:
    """Do what a proxy does with CONNECT."""
    if not visit.read_request():
        return
    found = re.match(rb"CONNECT [^ ]+:(\d+) ", visit.server.heads[-1])
    if found is None:
        return
    with socket.create_connection(("127.0.0.1", int(found.group(1)))) as service:
        visit.send(b"HTTP/1.1 200 Established\r\n\r\n")
        there = threading.Thread(target=pour, args=(visit.connection, service))
        there.start()
        pour(service, visit.connection)
        there.join(10)


@pytest.fixture(params=["http", "https"])
def proxy_tls(request: pytest.FixtureRequest, tls: ssl.SSLContext) -> ssl.SSLContext | None:
    return tls if request.param == "https" else None


def address(proxy: MisbehavingServer) -> str:
    return proxy.api_url.removesuffix("/v2")


def test_a_call_goes_through_the_proxy_which_sees_no_secret(
    open_gateway: OpenGateway, tls: ssl.SSLContext, proxy_tls: ssl.SSLContext | None
) -> None:
    with MisbehavingServer(says(answer()), tls) as server, MisbehavingServer(tunnels, proxy_tls) as proxy:
        gateway = open_gateway(server.api_url, address(proxy))
        gateway.warm()
        assert [place(gateway).state for _ in range(2)] == [CallState.INITIATED] * 2
        assert len(server.bodies) == 2
        assert server.connections == proxy.connections == 2
        assert not any(CANARY.encode() in head for head in proxy.heads)
        gateway.close()


def test_a_reset_behind_the_proxy_leaves_the_call_uncertain(
    open_gateway: OpenGateway, tls: ssl.SSLContext, proxy_tls: ssl.SSLContext | None
) -> None:
    with MisbehavingServer(resets_after_reading, tls) as server, MisbehavingServer(tunnels, proxy_tls) as proxy:
        gateway = open_gateway(server.api_url, address(proxy))
        assert place(gateway).state is CallState.UNCERTAIN
        assert len(server.bodies) == 1
        gateway.close()


REFUSALS: dict[str, Handler] = {
    "authentication": says_and_leaves(answer(b"", 407, "Proxy-Authenticate: Basic")),
    "no such host": says_and_leaves(answer(b"<html>no</html>", 503)),
    "a reset": resets_after_reading,
    "silence": is_silent,
    "nonsense": says_and_leaves(b"220 mail.example ready\r\n"),
}


@pytest.mark.parametrize("refusal", list(REFUSALS))
def test_what_the_proxy_does_not_let_through_was_not_sent(
    open_gateway: OpenGateway, proxy_tls: ssl.SSLContext | None, refusal: str
) -> None:
    with MisbehavingServer(REFUSALS[refusal], proxy_tls) as proxy:
        placement = place(open_gateway("https://service.example/v2", address(proxy)))
        assert placement.state is CallState.NOT_SENT
        assert placement.next_step is NextStep.RETRY
        if refusal in {"authentication", "no such host"}:
            assert placement.message == "The proxy refused the connection. Check it in Settings."
        assert proxy.bodies in ([], [b""])


def test_looking_whether_the_service_is_there_asks_the_proxy(
    open_gateway: OpenGateway, proxy_tls: ssl.SSLContext | None
) -> None:
    with MisbehavingServer(tunnels, proxy_tls) as proxy:
        gateway = open_gateway("https://service.example/v2", address(proxy))
        assert gateway.check() == ""
        until(lambda: proxy.connections == 1)
        assert proxy.heads == []


def test_a_proxy_that_is_gone_is_named(open_gateway: OpenGateway) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    gateway = open_gateway("https://service.example/v2", f"http://localhost:{port}")
    assert gateway.check().startswith("localhost cannot be reached")
    assert place(gateway).state is CallState.NOT_SENT


@pytest.mark.parametrize(
    "proxy",
    [
        "ftp://127.0.0.1:1",
        "socks5://127.0.0.1:1",
        "127.0.0.1:3128",
        "http://[",
        "http://127.0.0.1:port",
        "//",
        "http://",
        "http://:8080",
    ],
)
def test_a_proxy_setting_that_cannot_be_used_is_said_and_nothing_is_sent(open_gateway: OpenGateway, proxy: str) -> None:
    gateway = open_gateway("https://service.example/v2", proxy)
    gateway.warm()
    placement = place(gateway)
    assert placement.state is CallState.NOT_SENT
    assert "proxy setting cannot be used" in placement.message
    assert placement.next_step is NextStep.OPEN_SETTINGS
    assert "proxy setting cannot be used" in gateway.check()


def test_the_way_to_this_computer_needs_no_proxy(open_gateway: OpenGateway) -> None:
    with MisbehavingServer(says(answer())) as server, MisbehavingServer(is_silent) as proxy:
        gateway = open_gateway(server.api_url, address(proxy))
        gateway.warm()
        assert place(gateway).state is CallState.INITIATED
        assert proxy.connections == 0
