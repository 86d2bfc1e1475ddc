"""Speaking to the sandbox as any program would: plain HTTP, by hand."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from c2c_desktop.sandbox.server import SandboxServer

PATH = "/v2/webrtc/click2call"


def port_of(server: SandboxServer) -> int:
    return int(server.api_url.split(":")[2].split("/")[0])


@dataclass
class Said:
    """An answer. `fields` is its JSON object, or None where it is none."""

    status: int
    body: bytes
    content_type: str
    fields: dict[str, Any] = field(default_factory=dict)


def request_fields(**changes: Any) -> dict[str, Any]:
    """Return a request the sandbox accepts, with `changes`; a field that is set to `...` is left out."""
    fields: dict[str, Any] = {
        "user_id": SandboxServer.user_id,
        "secret": SandboxServer.secret,
        "to": 919840222222,
        "webrtc": True,
        "followme": False,
    }
    fields.update(changes)
    return {name: value for name, value in fields.items() if value is not ...}


def ask(server: SandboxServer, body: bytes | dict[str, Any], method: str = "POST", path: str = PATH) -> Said:
    """Send one request over a connection of its own. Raises what `http.client` raises."""
    with closing(http.client.HTTPConnection("127.0.0.1", port_of(server), timeout=10)) as connection:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        connection.request(method, path, content, {"Content-Type": "application/json"})
        response = connection.getresponse()
        read = response.read()
        content_type = response.getheader("Content-Type", "") or ""
        fields = json.loads(read) if read and content_type == "application/json" else {}
        return Said(response.status, read, content_type, fields)


def raw(server: SandboxServer, data: bytes) -> bytes:
    """Send bytes and return what comes back until the sandbox closes."""
    with socket.create_connection(("127.0.0.1", port_of(server)), timeout=10) as connection:
        connection.sendall(data)
        received = b""
        while more := connection.recv(4096):
            received += more
        return received


def events(server: SandboxServer, count: int, query: str = "") -> list[dict[str, Any]]:
    """Return the first `count` events of the stream."""

    def lines() -> Generator[bytes, None, None]:
        with closing(http.client.HTTPConnection("127.0.0.1", port_of(server), timeout=10)) as connection:
            connection.request("GET", f"/sandbox/events{query}")
            with connection.getresponse() as response:
                assert response.status == 200
                while line := response.readline():
                    yield line

    found: list[dict[str, Any]] = []
    with closing(lines()) as stream:
        for line in stream:
            if line.strip():
                found.append(json.loads(line))
            if len(found) == count:
                return found
    raise AssertionError(f"the stream ended after {found}")
