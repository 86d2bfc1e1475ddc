"""What the click-to-call endpoint answers to one request body."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from c2c_desktop.sandbox.magic import Outcome, outcome_of

USER_ID = "101_1111112"
SECRET = "sandbox-secret"  # noqa: S105  # opens nothing but this loopback service


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. `request_id` is set where a call begins to live."""

    status: int
    body: bytes
    outcome: Outcome = Outcome.HAPPY
    request_id: str = ""
    content_type: str = "application/json"


def _json(status: int, **fields: Any) -> Answer:
    return Answer(status, json.dumps(fields).encode())


def html(status: int, title: str) -> Answer:
    """Return an HTML page, as the service gives for what it does not know."""
    page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    return Answer(status, page.encode(), content_type="text/html")


def answer_to(body: bytes) -> tuple[Answer, Mapping[str, Any]]:
    """Judge a request body; return the answer and the fields that were read."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        return html(400, "Bad Request"), {}
    if not isinstance(fields, dict):
        return _json(400, code=400, msg="user id or secret param missing"), {}
    refusal = _refusal(fields)
    if refusal is not None:
        return refusal, fields
    return _by_outcome(outcome_of(fields["to"]), fields), fields


def _refusal(fields: Mapping[str, Any]) -> Answer | None:
    user_id, secret, to = fields.get("user_id"), fields.get("secret"), fields.get("to")
    if not isinstance(user_id, str) or not user_id or not isinstance(secret, str) or not secret:
        return _json(400, code=400, msg="user id or secret param missing")
    if to is None:
        return _json(400, code=400, msg="to parameter missing")
    wrong = _wrong_types(fields)
    if wrong:
        return _json(400, code=400, msg={"body": [{"message": wrong}]})
    if secret.startswith("inside-200"):
        return _json(200, code=407, msg="Authentication Failed")
    if secret != SECRET or user_id != USER_ID:
        return _json(404, code=404, msg="failed to authenticate secret")
    return None


def _wrong_types(fields: Mapping[str, Any]) -> str:
    to = fields["to"]
    if isinstance(to, bool) or not isinstance(to, int) or to <= 0:
        return '"to" must be a number'
    for name in ("webrtc", "followme"):
        if not isinstance(fields.get(name, False), bool):
            return f'"{name}" must be a boolean'
    if fields.get("webrtc", True) and fields.get("followme", False):
        return '"followme" requires "webrtc" to be false'
    caller_id = fields.get("callerid", 0)
    if isinstance(caller_id, bool) or not isinstance(caller_id, int):
        return '"callerid" must be a number'
    return "" if isinstance(fields.get("extra_params", {}), dict) else '"extra_params" must be of type object'


def _by_outcome(outcome: Outcome, fields: Mapping[str, Any]) -> Answer:
    if outcome is Outcome.BAD_SECRET_STATUS:
        return _json(404, code=404, msg="failed to authenticate secret")
    if outcome is Outcome.BAD_SECRET_BODY:
        return _json(200, code=407, msg="Authentication Failed")
    if outcome is Outcome.FOLLOW_ME_REFUSED and fields.get("followme"):
        return _json(200, code=420, msg="Follow-me calls are not allowed for this app")
    if outcome is Outcome.HTML_ERROR:
        return html(500, "Internal Server Error")
    if outcome is Outcome.ODD_MESSAGE:
        return _json(422, code=422, msg={"body": [{"message": "the agent is not allowed to call\u202e now"}]})
    if outcome is Outcome.TOO_MANY:
        return _json(429, code=429, msg="Too many requests")
    request_id = secrets.token_urlsafe(32)
    told = {} if outcome is Outcome.NO_REQUEST_ID else {"request_id": request_id}
    body = json.dumps({"code": 200, "msg": "Call initiated", **told}).encode()
    return Answer(200, body, outcome, request_id)
