"""Every gateway sends one request for an order and says what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from c2c_desktop.adapters.telecmi import NetworkOptions, TelecmiGateway, request_body
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.dialing import CallOrder, Placement
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.number import parse_number
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.secret import Secret
from c2c_desktop.sandbox.magic import MAGIC_NUMBERS, Outcome
from c2c_desktop.sandbox.server import Pace, SandboxServer
from c2c_desktop.services.ports import Gateway
from tests.fakes import FakeGateway

NUMBERS = {magic.outcome: magic.number for magic in MAGIC_NUMBERS}
SECRET = Secret(SandboxServer.secret)


def order(to: int = 919840222222, **fields: Any) -> CallOrder:
    return CallOrder(SandboxServer.user_id, to, fields.pop("route", Route.SOFTPHONE), **fields)


@dataclass
class Reached:
    """A gateway, and how many requests arrived behind it."""

    gateway: Gateway
    behind: FakeGateway | SandboxServer

    @property
    def count(self) -> int:
        return len(self.behind.orders if isinstance(self.behind, FakeGateway) else self.behind.received)


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with SandboxServer(pace=Pace.INSTANT, slow_seconds=0.3) as server:
        yield server


@pytest.fixture
def gateway(server: SandboxServer) -> Iterator[TelecmiGateway]:
    gateway = TelecmiGateway(server.api_url, NetworkOptions(5.0, 10.0))
    yield gateway
    gateway.close()


@pytest.fixture(params=["fake", "telecmi"])
def reached(request: pytest.FixtureRequest) -> Reached:
    if request.param == "fake":
        fake = FakeGateway()
        return Reached(fake, fake)
    return Reached(request.getfixturevalue("gateway"), request.getfixturevalue("server"))


def test_warming_and_closing_send_nothing_and_never_fail(reached: Reached) -> None:
    reached.gateway.close()
    reached.gateway.warm()
    reached.gateway.warm()
    reached.gateway.close()
    reached.gateway.close()
    assert reached.count == 0


def test_an_accepted_call_is_initiated_with_its_request_id(reached: Reached) -> None:
    placement = reached.gateway.place(order(), SECRET)
    assert placement.state is CallState.INITIATED
    assert placement.code == 200
    assert placement.message == "Call initiated"
    assert placement.request_id
    assert placement.next_step is NextStep.NONE


def test_each_order_is_one_request(reached: Reached) -> None:
    for expected in (1, 2, 3):
        reached.gateway.place(order(), SECRET)
        assert reached.count == expected


def test_a_closed_gateway_places_the_next_call_all_the_same(reached: Reached) -> None:
    reached.gateway.place(order(), SECRET)
    reached.gateway.close()
    assert reached.gateway.place(order(), SECRET).state is CallState.INITIATED
    assert reached.count == 2


REFUSED, UNCERTAIN, INITIATED = CallState.REFUSED, CallState.UNCERTAIN, CallState.INITIATED


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (
            Outcome.BAD_SECRET_STATUS,
            Placement(REFUSED, 404, "The user ID or app secret is wrong.", "", NextStep.FIX_SIGN_IN),
        ),
        (Outcome.BAD_SECRET_BODY, Placement(REFUSED, 407, "The app secret is wrong.", "", NextStep.FIX_SIGN_IN)),
        (
            Outcome.FOLLOW_ME_REFUSED,
            Placement(
                REFUSED,
                420,
                "Calls to your mobile are not allowed for this account. Use the softphone instead.",
                "",
                NextStep.USE_SOFTPHONE,
            ),
        ),
        (Outcome.HTML_ERROR, Placement(UNCERTAIN, 500, "The service gave a server error (500)")),
        (
            Outcome.ODD_MESSAGE,
            Placement(
                REFUSED, 422, "The service said: the agent is not allowed to call now (422)", "", NextStep.CALL_AGAIN
            ),
        ),
        (Outcome.NO_REQUEST_ID, Placement(INITIATED, 200, "Call initiated")),
        (Outcome.DROPPED, Placement(UNCERTAIN, None, "No answer from the service")),
        (Outcome.HALF_ANSWER, Placement(UNCERTAIN, None, "No answer from the service")),
        (
            Outcome.TOO_MANY,
            Placement(
                REFUSED, 429, "Too many calls in a short time. Wait a minute, then call again.", "", NextStep.CALL_AGAIN
            ),
        ),
    ],
)
def test_each_magic_number_leads_to_its_placement(
    gateway: TelecmiGateway, server: SandboxServer, outcome: Outcome, expected: Placement
) -> None:
    assert gateway.place(order(NUMBERS[outcome], route=Route.MOBILE), SECRET) == expected
    assert len(server.received) == 1


def test_an_answer_slower_than_the_deadline_leaves_the_call_uncertain(server: SandboxServer) -> None:
    gateway = TelecmiGateway(server.api_url, NetworkOptions(5.0, 0.1))
    assert gateway.place(order(NUMBERS[Outcome.SLOW]), SECRET).state is UNCERTAIN
    gateway.configure(NetworkOptions(5.0, 10.0))
    assert gateway.place(order(NUMBERS[Outcome.SLOW]), SECRET).state is INITIATED
    gateway.close()


@pytest.mark.parametrize(("secret", "code"), [("wrong", 404), ("inside-200-wrong", 407)])
def test_a_wrong_secret_is_refused_in_either_place(gateway: TelecmiGateway, secret: str, code: int) -> None:
    placement = gateway.place(order(), Secret(secret))
    assert (placement.state, placement.code) == (REFUSED, code)
    assert placement.next_step is NextStep.FIX_SIGN_IN


@pytest.mark.parametrize(
    ("route", "webrtc", "followme"),
    [(Route.SOFTPHONE, True, False), (Route.MOBILE, False, True), (Route.NEITHER, False, False)],
)
def test_the_request_says_which_device_rings_in_booleans(
    gateway: TelecmiGateway, server: SandboxServer, route: Route, webrtc: bool, followme: bool
) -> None:
    gateway.place(order(route=route), SECRET)
    assert server.received == [
        {
            "user_id": SandboxServer.user_id,
            "secret": "•••",
            "to": 919840222222,
            "webrtc": webrtc,
            "followme": followme,
        }
    ]
    assert type(server.received[0]["to"]) is int


def test_optional_fields_are_sent_where_they_are_set(gateway: TelecmiGateway, server: SandboxServer) -> None:
    gateway.place(order(caller_id=442079460001, extra_params={"crm": "é 7"}), SECRET)
    assert server.received[0]["callerid"] == 442079460001
    assert server.received[0]["extra_params"] == {"crm": "é 7"}


def test_national_digits_are_sent_as_a_number_too(gateway: TelecmiGateway, server: SandboxServer) -> None:
    digits = parse_number("+91 98402 22222").national_digits
    assert gateway.place(order(int(digits)), SECRET).state is INITIATED
    assert server.received[0]["to"] == 9840222222


def test_the_body_holds_the_secret_once_and_nothing_unasked() -> None:
    body = request_body(order(), Secret("canary"))
    assert list(body) == ["user_id", "secret", "to", "webrtc", "followme"]
    assert body["secret"] == "canary"


def test_the_order_keeps_its_parameters_whatever_is_done_to_the_body() -> None:
    params = {"crm": "7"}
    request_body(order(extra_params=params), SECRET)["extra_params"]["crm"] = "8"
    assert params == {"crm": "7"}
