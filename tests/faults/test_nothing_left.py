"""Where no byte of the request left, the call was not sent, and saying so is safe."""

from __future__ import annotations

import contextlib
import datetime
import logging
import socket
import ssl
import threading
from collections.abc import Iterator

import pytest
import trustme

from c2c_desktop.adapters.telecmi import NetworkOptions, TelecmiGateway
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.dialing import Placement
from c2c_desktop.domain.errors import NextStep
from tests.faults.conftest import OpenGateway, place, server_context
from tests.faults.servers import MisbehavingServer, answer, is_silent, says


def assert_not_sent(placement: Placement, words: str) -> None:
    assert placement.state is CallState.NOT_SENT
    assert words in placement.message
    assert placement.next_step is NextStep.RETRY
    assert placement.code is None
    assert placement.request_id == ""


@pytest.fixture
def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@pytest.fixture
def full_port() -> Iterator[int]:
    """A port whose queue of connections is full, so that it never answers another."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port: int = listener.getsockname()[1]
        for _ in range(8):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(("127.0.0.1", port))
        yield port


schemes = pytest.mark.parametrize("scheme", ["http", "https"])


@schemes
def test_a_refused_connection(open_gateway: OpenGateway, closed_port: int, scheme: str) -> None:
    assert_not_sent(place(open_gateway(f"{scheme}://localhost:{closed_port}/v2")), "could not be reached")


@schemes
def test_a_connection_that_is_never_answered(open_gateway: OpenGateway, full_port: int, scheme: str) -> None:
    assert_not_sent(place(open_gateway(f"{scheme}://127.0.0.1:{full_port}/v2")), "did not answer within 0.4 s")


def test_a_name_that_no_resolver_knows(open_gateway: OpenGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    gateway = open_gateway("https://service.example/v2")
    assert_not_sent(place(gateway), "could not be reached")
    assert "service.example cannot be reached: [Errno -2] Name or service not known" in gateway.check()


def test_a_resolver_that_never_answers(open_gateway: OpenGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def hang(*_: object, **__: object) -> object:
        over.wait(30)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    assert_not_sent(place(open_gateway("https://service.example/v2")), "did not answer within 0.4 s")
    over.set()


def addresses(*hosts: str) -> object:
    def found(_: object, port: int, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port)) for host in hosts]

    return found


def test_a_name_without_an_address(open_gateway: OpenGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", addresses())
    assert_not_sent(place(open_gateway("https://service.example/v2")), "could not be reached")


def test_an_address_that_refuses_leaves_the_next_one_its_turn(
    open_gateway: OpenGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    with MisbehavingServer(says(answer())) as server:
        gateway = open_gateway(server.api_url)
        direct = socket.getaddrinfo
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            lambda host, *rest, **named: (
                addresses("127.0.0.2", "127.0.0.1")(host, server.port)  # type: ignore[operator]
                if host == "localhost"
                else direct(host, *rest, **named)
            ),
        )
        assert place(gateway).state is CallState.INITIATED


@pytest.fixture
def expired(authority: trustme.CA) -> ssl.SSLContext:
    begun = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    certificate = authority.issue_cert("localhost", not_before=begun, not_after=begun + datetime.timedelta(days=1))
    return server_context(certificate)


@pytest.fixture
def of_another_host(authority: trustme.CA) -> ssl.SSLContext:
    return server_context(authority.issue_cert("elsewhere.example"))


@pytest.fixture
def of_another_authority() -> ssl.SSLContext:
    return server_context(trustme.CA().issue_cert("localhost"))


@pytest.mark.parametrize("certificate", ["expired", "of_another_host", "of_another_authority"])
def test_a_certificate_that_is_not_valid(
    open_gateway: OpenGateway, request: pytest.FixtureRequest, certificate: str
) -> None:
    with MisbehavingServer(says(answer()), request.getfixturevalue(certificate)) as server:
        gateway = open_gateway(server.api_url)
        gateway.warm()
        assert_not_sent(place(gateway), "certificate is not valid")
        assert gateway.check().startswith("localhost cannot be reached: ")
        assert server.bodies == []


def test_a_tls_handshake_that_never_ends(open_gateway: OpenGateway) -> None:
    with MisbehavingServer(is_silent) as server:
        gateway = open_gateway(server.api_url.replace("http:", "https:"))
        assert_not_sent(place(gateway), "did not answer within 0.4 s")


def test_a_server_that_speaks_no_tls(open_gateway: OpenGateway) -> None:
    with MisbehavingServer(lambda visit: visit.send(b"220 mail.example ready\r\n")) as server:
        gateway = open_gateway(server.api_url.replace("http:", "https:"))
        assert_not_sent(place(gateway), "could not be reached")


def test_a_deadline_that_passed_before_there_was_a_connection(open_gateway: OpenGateway) -> None:
    with MisbehavingServer(says(answer())) as server:
        gateway = open_gateway(server.api_url, request_timeout=0.0)
        assert place(gateway).state is CallState.NOT_SENT
        gateway.warm()
        assert place(gateway).state is CallState.NOT_SENT
        assert server.bodies == []


def test_a_deadline_that_passed_before_tls_began(open_gateway: OpenGateway, tls: ssl.SSLContext) -> None:
    with MisbehavingServer(says(answer()), tls) as server:
        gateway = open_gateway(server.api_url, request_timeout=0.0)
        gateway.warm()
        assert place(gateway).state is CallState.NOT_SENT
        assert server.bodies == []


@pytest.mark.parametrize("content", ["", "no certificate", None])
def test_a_ca_file_that_cannot_be_read(
    tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture, content: str | None
) -> None:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    if content is not None:
        path.write_text(content)
    gateway = TelecmiGateway("https://localhost:1/v2", NetworkOptions(ca_file=str(path)))
    with caplog.at_level(logging.INFO):
        gateway.warm()
    placement = place(gateway)
    assert placement.state is CallState.NOT_SENT
    assert placement.next_step is NextStep.OPEN_SETTINGS
    assert "CA file cannot be read" in placement.message
    assert "CA file cannot be read" in gateway.check()
    assert "no connection ahead of a call: UserFacingError" in caplog.text
