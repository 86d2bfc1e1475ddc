"""Where no byte of the request left, the call was not sent, and saying so is safe."""

from __future__ import annotations

import logging
import socket
import ssl
import threading

import pytest

from c2c_desktop.adapters.telecmi import NetworkOptions, TelecmiGateway
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.dialing import Placement
from c2c_desktop.domain.errors import NextStep
from tests.faults.conftest import OpenGateway, place
from tests.faults.grounds import Grounds, closed_port, full_port, knows_no_name, resolver
from tests.faults.servers import MisbehavingServer, answer, says


def assert_not_sent(placement: Placement, words: str) -> None:
    assert placement.state is CallState.NOT_SENT
    assert words in placement.message
    assert placement.next_step is NextStep.RETRY
    assert placement.code is None
    assert placement.request_id == ""


def over(api_url: str, open_gateway: OpenGateway) -> Placement:
    return place(open_gateway(api_url))


def test_a_refused_connection_is_told(open_gateway: OpenGateway) -> None:
    assert_not_sent(over(f"http://localhost:{closed_port()}/v2", open_gateway), "could not be reached")


def test_a_connection_that_is_never_answered_is_told_with_its_deadline(open_gateway: OpenGateway) -> None:
    with full_port() as port:
        assert_not_sent(over(f"http://127.0.0.1:{port}/v2", open_gateway), "did not answer within 0.4 s")


def test_a_name_that_no_resolver_knows_is_told(open_gateway: OpenGateway) -> None:
    with resolver(knows_no_name):
        gateway = open_gateway("https://service.example/v2")
        assert_not_sent(place(gateway), "could not be reached")
        assert "service.example cannot be reached: [Errno -2] Name or service not known" in gateway.check()


def test_a_resolver_that_never_answers(open_gateway: OpenGateway) -> None:
    over = threading.Event()

    def hang(*_: object, **__: object) -> object:
        over.wait(30)
        return knows_no_name()

    with resolver(hang):
        assert_not_sent(place(open_gateway("https://service.example/v2")), "did not answer within 0.4 s")
    over.set()


def addresses(*hosts: str) -> object:
    def found(_: object, port: int, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port)) for host in hosts]

    return found


def test_a_name_without_an_address(open_gateway: OpenGateway) -> None:
    with resolver(addresses()):
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


@pytest.mark.parametrize("certificate", ["expired", "of_another_host", "self_signed"])
def test_a_certificate_that_is_not_valid_is_told(open_gateway: OpenGateway, grounds: Grounds, certificate: str) -> None:
    with MisbehavingServer(says(answer()), getattr(grounds, certificate)) as server:
        gateway = open_gateway(server.api_url)
        gateway.warm()
        assert_not_sent(place(gateway), "certificate is not valid")
        assert gateway.check().startswith("localhost cannot be reached: ")


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


def test_a_host_whose_letters_no_computer_has_is_not_called() -> None:
    gateway = TelecmiGateway("https://xn--a", NetworkOptions(request_timeout=5.0))
    placement = place(gateway)
    assert (placement.state, placement.next_step) == (CallState.NOT_SENT, NextStep.RETRY)
    assert placement.message == "The service could not be reached. Check your network."
