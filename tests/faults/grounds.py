"""Where faults happen: certificates of every kind, and ports that answer nobody."""

from __future__ import annotations

import contextlib
import datetime
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import trustme


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """Return what a server that shows `certificate` needs."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@dataclass
class Grounds:
    """An authority that the program trusts, and certificates it does and does not accept."""

    folder: Path

    @cached_property
    def authority(self) -> trustme.CA:
        return trustme.CA()

    @cached_property
    def ca_file(self) -> Path:
        path = self.folder / "ca.pem"
        self.authority.cert_pem.write_to_path(str(path))
        return path

    @cached_property
    def tls(self) -> ssl.SSLContext:
        return server_context(self.authority.issue_cert("localhost"))

    @cached_property
    def expired(self) -> ssl.SSLContext:
        begun = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
        end = begun + datetime.timedelta(days=1)
        return server_context(self.authority.issue_cert("localhost", not_before=begun, not_after=end))

    @cached_property
    def of_another_host(self) -> ssl.SSLContext:
        return server_context(self.authority.issue_cert("elsewhere.example"))

    @cached_property
    def self_signed(self) -> ssl.SSLContext:
        return server_context(trustme.CA().issue_cert("localhost"))


def closed_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@contextmanager
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


@contextmanager
def resolver(answer: Any) -> Iterator[None]:
    """The system's resolver does what `answer` does, for every name."""
    real = socket.getaddrinfo
    socket.getaddrinfo = answer
    try:
        yield
    finally:
        socket.getaddrinfo = real


def knows_no_name(*_: object, **__: object) -> object:
    """What a resolver says of a name that does not exist."""
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
