"""What the service says no with, in a sentence of its own and with the step that mends it."""

from __future__ import annotations

from typing import Any

import pytest

from c2c_desktop.adapters.telecmi_answers import read_answer
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.errors import NextStep
from tests.faults.conftest import OpenGateway, place
from tests.faults.scene import CANARY
from tests.faults.servers import MisbehavingServer, answer, says

DOCUMENTED: list[tuple[int, str, str, NextStep]] = [
    (400, "user id or secret param missing", "got no user ID or secret", NextStep.FIX_SIGN_IN),
    (400, "to parameter missing", "got no number to call", NextStep.CALL_AGAIN),
    (400, "something else", "says something is missing: something else", NextStep.CALL_AGAIN),
    (400, "", "says something is missing.", NextStep.CALL_AGAIN),
    (404, "failed to authenticate secret", "The user ID or app secret is wrong.", NextStep.FIX_SIGN_IN),
    (404, "", "The user ID or app secret is wrong.", NextStep.FIX_SIGN_IN),
    (407, "Authentication Failed", "The app secret is wrong.", NextStep.FIX_SIGN_IN),
    (420, "Follow-me calls are not allowed for this app", "Use the softphone instead", NextStep.USE_SOFTPHONE),
    (420, "You are not allowed to make call", "You are not allowed to make call", NextStep.CALL_AGAIN),
    (420, "", "This account may not place the call.", NextStep.CALL_AGAIN),
    (429, "Too many requests", "Wait a minute", NextStep.CALL_AGAIN),
    (422, "odd", "The service said: odd (422)", NextStep.CALL_AGAIN),
    (418, "", "said no, without a reason (418)", NextStep.CALL_AGAIN),
]


@pytest.mark.parametrize(("code", "msg", "words", "step"), DOCUMENTED)
@pytest.mark.parametrize("inside", [None, 200, 500], ids=["as status", "inside 200", "inside 500"])
def test_each_refusal_has_its_own_words_and_next_step(
    open_gateway: OpenGateway, code: int, msg: str, words: str, step: NextStep, inside: int | None
) -> None:
    with MisbehavingServer(says(answer({"code": code, "msg": msg}, inside or code))) as server:
        placement = place(open_gateway(server.api_url))
        assert placement.state is CallState.REFUSED
        assert placement.code == code
        assert words in placement.message
        assert placement.next_step is step
        assert placement.request_id == ""
        assert len(server.bodies) == 1
        assert CANARY not in repr(placement)


def test_documented_refusals_are_told_apart() -> None:
    sentences = [
        read_answer(code, answer_body({"code": code, "msg": msg})).message for code, msg, _, _ in DOCUMENTED if msg
    ]
    assert len(set(sentences)) == len(sentences)


def answer_body(fields: dict[str, Any]) -> bytes:
    return answer(fields).partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize("code", [0, -1, 199, 201, 500, 503, 99999])
def test_another_code_inside_a_200_is_the_services_refusal(code: int) -> None:
    placement = read_answer(200, answer_body({"code": code, "msg": "no"}))
    assert placement.state is CallState.REFUSED
    assert placement.code == code
    assert placement.message == f"The service said: no ({code})"


@pytest.mark.parametrize("code", [0, 201, 202, 500])
def test_another_code_beside_a_request_id_may_be_a_yes(code: int) -> None:
    placement = read_answer(200, answer_body({"code": code, "msg": "accepted", "request_id": "r1"}))
    assert placement.state is CallState.UNCERTAIN
    assert read_answer(200, answer_body({"code": 404, "msg": "no", "request_id": "r1"})).state is CallState.REFUSED


@pytest.mark.parametrize("status", [400, 401, 403, 405, 407, 413, 420, 429, 499])
@pytest.mark.parametrize("body", [b"<html><h1>No</h1></html>", b"", b"{", b"[]", b'{"code": 200}', b'{"code": "404"}'])
def test_any_4xx_is_a_refusal_whatever_its_body(status: int, body: bytes) -> None:
    placement = read_answer(status, body)
    assert placement.state is CallState.REFUSED
    assert placement.code == status
    assert placement.message
    assert "<" not in placement.message
    assert placement.next_step is not NextStep.NONE


def test_a_404_without_the_services_own_words_is_a_wrong_address(open_gateway: OpenGateway) -> None:
    with MisbehavingServer(says(answer(b"<html>Cannot POST</html>", 404, "Content-Type: text/html"))) as server:
        placement = place(open_gateway(server.api_url))
    assert placement.state is CallState.REFUSED
    assert placement.message == "The service does not know this address. Check the service address."
    assert placement.next_step is NextStep.OPEN_SETTINGS
