"""The one call every fault happens to, and the certificates faults are made of."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme

from c2c_desktop.adapters.telecmi import NetworkOptions, TelecmiGateway
from c2c_desktop.domain.dialing import CallOrder, Placement
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.secret import Secret

CANARY = "canary-5ecret"
ORDER = CallOrder("101_1111112", 919840222222, Route.SOFTPHONE)
CONNECT_SECONDS = 0.4
REQUEST_SECONDS = 0.8
SLACK_SECONDS = 5.0
"""What a busy machine may add to a deadline."""

OpenGateway = Callable[..., TelecmiGateway]


def place(gateway: TelecmiGateway) -> Placement:
    """Place the call, within its deadline."""
    began = time.monotonic()
    placement = gateway.place(ORDER, Secret(CANARY))
    assert time.monotonic() - began < REQUEST_SECONDS + SLACK_SECONDS
    return placement


@pytest.fixture
def open_gateway(ca_file: Path) -> Iterator[OpenGateway]:
    opened: list[TelecmiGateway] = []

    def build(api_url: str, proxy: str = "", request_timeout: float = REQUEST_SECONDS) -> TelecmiGateway:
        options = NetworkOptions(CONNECT_SECONDS, request_timeout, proxy, str(ca_file))
        opened.append(TelecmiGateway(api_url, options))
        return opened[-1]

    yield build
    for gateway in opened:
        gateway.close()


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """Return what a server that shows `certificate` needs."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@pytest.fixture(scope="session")
def tls(authority: trustme.CA) -> ssl.SSLContext:
    return server_context(authority.issue_cert("localhost"))
