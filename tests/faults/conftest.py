"""The one call every fault happens to, and the certificates faults are made of."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from c2c_desktop.adapters.telecmi import NetworkOptions, TelecmiGateway
from c2c_desktop.domain.dialing import Placement
from c2c_desktop.domain.secret import Secret
from tests.faults.grounds import Grounds
from tests.faults.scene import CANARY, CONNECT_SECONDS, ORDER, REQUEST_SECONDS, SLACK_SECONDS

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
def grounds(tmp_path_factory: pytest.TempPathFactory) -> Grounds:
    return Grounds(tmp_path_factory.mktemp("grounds"))


@pytest.fixture(scope="session")
def ca_file(grounds: Grounds) -> Path:
    return grounds.ca_file


@pytest.fixture(scope="session")
def tls(grounds: Grounds) -> ssl.SSLContext:
    return grounds.tls
