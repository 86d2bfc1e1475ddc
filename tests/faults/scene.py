"""One fault: how the other side misbehaves, what the call must become, and what is seen when it is tried."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from c2c_desktop.adapters.telecmi import NetworkOptions, TelecmiGateway
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.dialing import CallOrder, Placement
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.secret import Secret
from tests.faults.grounds import Grounds
from tests.faults.servers import Handler, MisbehavingServer, in_turn

CANARY = "canary-5ecret"
ORDER = CallOrder("101_1111112", 919840222222, Route.SOFTPHONE)
CONNECT_SECONDS = 0.4
REQUEST_SECONDS = 0.6
SLACK_SECONDS = 5.0
"""What a busy machine may add to a deadline."""


def free(_: MisbehavingServer | None) -> bool:
    """The call is not cancelled."""
    return True


@dataclass
class Scene:
    """A service that is about to misbehave. `elsewhere`: a server nothing may reach."""

    api_url: str
    server: MisbehavingServer | None = None
    elsewhere: MisbehavingServer | None = None


Setting = Callable[[Grounds], AbstractContextManager[Scene]]


@dataclass(frozen=True)
class Case:
    """`first` runs before the call; `requests`: how many must have begun to arrive, where that is certain."""

    name: str
    state: CallState
    setting: Setting
    requests: int | None = None
    order: CallOrder = field(default=ORDER)
    first: Callable[[TelecmiGateway, Scene], None] = lambda _, __: None
    claim: Callable[[MisbehavingServer | None], bool] = free
    request_id: str = ""


@dataclass(frozen=True)
class Seen:
    """What became of a case."""

    placement: Placement
    requests: int
    seconds: float
    wrong: tuple[str, ...]
    """What is not as it must be, in words."""


def serves(*handlers: Handler, tls: Callable[[Grounds], ssl.SSLContext] | None = None) -> Setting:
    """A server that treats its connections as the one handler does, or each as the next of several."""

    @contextmanager
    def setting(grounds: Grounds) -> Iterator[Scene]:
        handler = handlers[0] if len(handlers) == 1 else in_turn(*handlers)
        with MisbehavingServer(handler, tls(grounds) if tls is not None else None) as server:
            yield Scene(server.api_url, server)

    return setting


def try_case(case: Case, grounds: Grounds, *, warm: bool) -> Seen:
    """Place the case's one call, over a connection opened ahead where `warm`."""
    with case.setting(grounds) as scene:
        gateway = TelecmiGateway(
            scene.api_url, NetworkOptions(CONNECT_SECONDS, REQUEST_SECONDS, "", str(grounds.ca_file))
        )
        try:
            if warm:
                gateway.warm()
            case.first(gateway, scene)
            earlier = scene.server.begun if scene.server is not None else 0
            began = time.monotonic()
            placement = gateway.place(case.order, Secret(CANARY), lambda: case.claim(scene.server))
            seconds = time.monotonic() - began
        finally:
            gateway.close()
    requests = scene.server.begun - earlier if scene.server is not None else 0
    return Seen(placement, requests, seconds, tuple(_wrong(case, scene, placement, requests, seconds)))


def _wrong(case: Case, scene: Scene, placement: Placement, requests: int, seconds: float) -> Iterator[str]:
    if placement.state is not case.state:
        yield f"it must be {case.state.value}"
    if seconds > REQUEST_SECONDS + SLACK_SECONDS:
        yield "it took too long"
    if requests > 1 or (case.requests is not None and requests != case.requests):
        yield f"{requests} requests were begun"
    if case.state is CallState.NOT_SENT and requests:
        yield "a byte left"
    if scene.server is not None and any(CANARY.encode() in head for head in scene.server.heads):
        yield "the secret stands in a head"
    if scene.elsewhere is not None and scene.elsewhere.connections:
        yield "another host was reached"
    if CANARY in repr(placement):
        yield "the secret is told"
    if not placement.message and placement.state is not CallState.INITIATED:
        yield "no words"
    if placement.request_id != case.request_id:
        yield f"the request ID is {placement.request_id!r}"


def once_gone(server: MisbehavingServer | None) -> bool:
    """Not cancelled, but sent only once the server let its connections go."""
    assert server is not None
    server.settle()
    return True
