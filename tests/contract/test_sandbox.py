"""The sandbox answers as the service is known to: refusals, magic numbers, and the code in two places."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from typing import Any

import phonenumbers
import pytest

from c2c_desktop.sandbox.magic import MAGIC_NUMBERS, Outcome
from c2c_desktop.sandbox.server import Pace, SandboxServer
from tests.contract.sandbox_client import Said, ask, events, port_of, request_fields

NUMBERS = {magic.outcome: magic.number for magic in MAGIC_NUMBERS}


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with SandboxServer(pace=Pace.INSTANT, slow_seconds=0.2) as server:
        yield server


def assert_initiated(said: Said) -> None:
    assert said.status == 200
    assert said.fields["code"] == 200
    assert said.fields["msg"] == "Call initiated"
    assert len(said.fields["request_id"]) == 43


MISSING = "user id or secret param missing"
WRONG_SECRET = "failed to authenticate secret"


@pytest.mark.parametrize(
    ("changes", "status", "code", "msg"),
    [
        ({"user_id": ...}, 400, 400, MISSING),
        ({"secret": ...}, 400, 400, MISSING),
        ({"user_id": ""}, 400, 400, MISSING),
        ({"secret": ""}, 400, 400, MISSING),
        ({"user_id": 101}, 400, 400, MISSING),
        ({"to": ...}, 400, 400, "to parameter missing"),
        ({"to": None}, 400, 400, "to parameter missing"),
        ({"secret": "wrong"}, 404, 404, WRONG_SECRET),
        ({"user_id": "999_1111112"}, 404, 404, WRONG_SECRET),
        ({"secret": "inside-200-wrong"}, 200, 407, "Authentication Failed"),
    ],
)
def test_who_may_not_call_is_refused_as_documented(
    server: SandboxServer, changes: dict[str, Any], status: int, code: int, msg: str
) -> None:
    said = ask(server, request_fields(**changes))
    assert (said.status, said.fields) == (status, {"code": code, "msg": msg})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to": "919840222222"}, '"to" must be a number'),
        ({"to": True}, '"to" must be a number'),
        ({"to": 9.5}, '"to" must be a number'),
        ({"to": 0}, '"to" must be a number'),
        ({"to": -919840222222}, '"to" must be a number'),
        ({"webrtc": "true"}, '"webrtc" must be a boolean'),
        ({"webrtc": None}, '"webrtc" must be a boolean'),
        ({"followme": 1}, '"followme" must be a boolean'),
        ({"webrtc": True, "followme": True}, '"followme" requires "webrtc" to be false'),
        ({"webrtc": ..., "followme": True}, '"followme" requires "webrtc" to be false'),
        ({"callerid": "442079460001"}, '"callerid" must be a number'),
        ({"callerid": True}, '"callerid" must be a number'),
        ({"extra_params": "crm=7"}, '"extra_params" must be of type object'),
        ({"extra_params": [1]}, '"extra_params" must be of type object'),
    ],
)
def test_a_field_of_the_wrong_type_is_refused_with_a_message_that_is_no_string(
    server: SandboxServer, changes: dict[str, Any], words: str
) -> None:
    said = ask(server, request_fields(**changes))
    assert (said.status, said.fields) == (400, {"code": 400, "msg": {"body": [{"message": words}]}})


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"to=919840222222", b"[" * 50_000])
def test_a_body_that_is_no_json_gets_html(server: SandboxServer, body: bytes) -> None:
    said = ask(server, body)
    assert said.status == 400
    assert said.content_type == "text/html"


@pytest.mark.parametrize("body", [b"[]", b"7", b"null", b'"text"'])
def test_json_that_is_no_object_lacks_everything(server: SandboxServer, body: bytes) -> None:
    said = ask(server, body)
    assert (said.status, said.fields) == (400, {"code": 400, "msg": MISSING})


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"webrtc": ..., "followme": ...},
        {"webrtc": False, "followme": True},
        {"webrtc": False, "followme": False},
        {"callerid": 442079460001, "extra_params": {"crm": "7"}},
        {"to": 9840222222},
    ],
)
def test_a_sound_request_is_accepted(server: SandboxServer, changes: dict[str, Any]) -> None:
    assert_initiated(ask(server, request_fields(**changes)))


def test_every_request_id_is_another(server: SandboxServer) -> None:
    ids = {ask(server, request_fields()).fields["request_id"] for _ in range(5)}
    assert len(ids) == 5


def magic(server: SandboxServer, outcome: Outcome, **changes: Any) -> Said:
    return ask(server, request_fields(to=NUMBERS[outcome], **changes))


@pytest.mark.parametrize("national", [False, True])
@pytest.mark.parametrize(
    ("outcome", "status", "fields"),
    [
        (Outcome.BAD_SECRET_STATUS, 404, {"code": 404, "msg": WRONG_SECRET}),
        (Outcome.BAD_SECRET_BODY, 200, {"code": 407, "msg": "Authentication Failed"}),
        (Outcome.TOO_MANY, 429, {"code": 429, "msg": "Too many requests"}),
        (
            Outcome.ODD_MESSAGE,
            422,
            {"code": 422, "msg": {"body": [{"message": "the agent is not allowed to call\u202e now"}]}},
        ),
        (Outcome.NO_REQUEST_ID, 200, {"code": 200, "msg": "Call initiated"}),
    ],
)
def test_a_magic_number_gives_its_answer(
    server: SandboxServer, outcome: Outcome, status: int, fields: dict[str, Any], national: bool
) -> None:
    to = NUMBERS[outcome] - 910000000000 if national else NUMBERS[outcome]
    said = ask(server, request_fields(to=to))
    assert (said.status, said.fields) == (status, fields)


def test_follow_me_is_refused_only_where_it_is_asked_for(server: SandboxServer) -> None:
    refused = magic(server, Outcome.FOLLOW_ME_REFUSED, webrtc=False, followme=True)
    assert (refused.status, refused.fields) == (
        200,
        {"code": 420, "msg": "Follow-me calls are not allowed for this app"},
    )
    assert_initiated(magic(server, Outcome.FOLLOW_ME_REFUSED))


def test_the_html_error_is_no_json(server: SandboxServer) -> None:
    said = magic(server, Outcome.HTML_ERROR)
    assert said.status == 500
    assert said.content_type == "text/html"
    assert said.body.startswith(b"<!DOCTYPE html>")


def test_the_dropped_call_gets_no_answer(server: SandboxServer) -> None:
    with pytest.raises(http.client.RemoteDisconnected):
        magic(server, Outcome.DROPPED)
    assert len(server.received) == 1


def test_the_half_answer_ends_in_its_middle(server: SandboxServer) -> None:
    with pytest.raises(http.client.IncompleteRead) as caught:
        magic(server, Outcome.HALF_ANSWER)
    assert caught.value.partial.startswith(b'{"code": 200')


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome.SLOW,
        Outcome.AGENT_MISSES,
        Outcome.AGENT_REJECTS,
        Outcome.CUSTOMER_BUSY,
        Outcome.CUSTOMER_MISSES,
        Outcome.NO_BALANCE,
    ],
)
def test_what_goes_wrong_later_is_initiated_all_the_same(server: SandboxServer, outcome: Outcome) -> None:
    assert_initiated(magic(server, outcome))


def test_every_outcome_but_the_happy_one_has_a_number_that_reads_as_valid() -> None:
    assert {m.outcome for m in MAGIC_NUMBERS} == set(Outcome) - {Outcome.HAPPY}
    assert len({m.number for m in MAGIC_NUMBERS}) == len({m.description for m in MAGIC_NUMBERS}) == len(MAGIC_NUMBERS)
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(f"+{m.number}", None)) for m in MAGIC_NUMBERS)


def test_what_was_received_is_kept_without_secrets_and_told() -> None:
    told: list[str] = []
    with SandboxServer(pace=Pace.INSTANT, log=told.append) as server:
        ask(server, request_fields(extra_params={"crm": "7"}))
        ask(server, request_fields(secret="canary"))
        ask(server, b"[]")
        events(server, 7)
    sound, wrong, empty = server.received
    assert sound == request_fields(secret="•••", extra_params={"crm": "7"})
    assert wrong["secret"] == "•••"
    assert empty == {}
    assert any("received" in line and line.endswith("→ 200") for line in told)
    assert any("leg a event started" in line for line in told)
    assert not any(secret in line for line in told for secret in ("canary", SandboxServer.secret))


def test_a_port_that_is_taken_is_an_error(server: SandboxServer) -> None:
    with pytest.raises(OSError, match="in use"):
        SandboxServer(port=port_of(server)).start()
