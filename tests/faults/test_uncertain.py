"""After a call that may have got through, nothing of its connection is taken for an answer to the next one."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.call import CallState
from tests.faults.cases import HEAD
from tests.faults.conftest import OpenGateway, place
from tests.faults.servers import (
    OK_BODY,
    MisbehavingServer,
    answer,
    in_turn,
    pours,
    resets_after_reading,
    says,
    says_and_hangs,
)

ANOTHER = answer({"code": 200, "msg": "Call initiated", "request_id": "r-2"})
STRAY = answer({"code": 200, "msg": "Call initiated", "request_id": "of nobody"})


def test_an_address_in_capitals_is_plain_http_all_the_same(open_gateway: OpenGateway) -> None:
    with MisbehavingServer(resets_after_reading) as server:
        gateway = open_gateway(server.api_url.replace("http:", "HTTP:"))
        assert place(gateway).state is CallState.UNCERTAIN


def test_after_an_uncertain_call_the_next_one_goes_over_a_new_connection(open_gateway: OpenGateway) -> None:
    with MisbehavingServer(in_turn(says_and_hangs(HEAD), says(answer()))) as server:
        gateway = open_gateway(server.api_url)
        assert place(gateway).state is CallState.UNCERTAIN
        assert place(gateway).state is CallState.INITIATED
        assert server.connections == 2


@pytest.mark.parametrize(
    "first",
    [answer() + STRAY, answer(OK_BODY, 404) + STRAY, answer(OK_BODY + b"x" * 10, length=len(OK_BODY))],
    ids=["a second answer", "a second answer to a refusal", "more than it says"],
)
def test_what_nobody_asked_for_is_not_taken_for_the_answer_to_the_next_call(
    open_gateway: OpenGateway, first: bytes
) -> None:
    with MisbehavingServer(in_turn(says_and_hangs(first), says(ANOTHER))) as server:
        gateway = open_gateway(server.api_url)
        place(gateway)
        placement = place(gateway)
        assert (placement.state, placement.request_id) == (CallState.INITIATED, "r-2")
        assert server.begun == 2


def test_no_more_of_a_huge_answer_is_read_than_its_cap(open_gateway: OpenGateway) -> None:
    with MisbehavingServer(pours) as server:
        assert place(open_gateway(server.api_url)).state is CallState.UNCERTAIN
        server.settle()
        assert server.sent < 32 * 2**20  # what the system's buffers took
