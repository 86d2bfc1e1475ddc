"""What the service's answers to a call mean.

Facts: a call is accepted only if the HTTP status is 2xx and the body's `code` is 200; refusals come as HTTP
statuses and as `code` inside a 200; `msg` is not always a string; unknown routes answer HTML.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.dialing import Placement
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.plain_text import clean_text


def read_answer(status: int, body: bytes, secret: str = "") -> Placement:
    """Judge an answer: accepted only when HTTP status and `code` both say so.

    Where the service repeats the secret, its words are told without it: they are shown, stored and sent away.
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    code = answer.get("code") if isinstance(answer, Mapping) else None
    if isinstance(code, bool) or not isinstance(code, int):
        code = None
    accepted = 200 <= status < 300  # noqa: PLR2004
    words = _service_words(answer, secret)
    if accepted and code == 200:  # noqa: PLR2004
        return Placement(CallState.INITIATED, code=200, message=words, request_id=_request_id(answer, secret))
    refusal = None if code == 200 else code  # noqa: PLR2004
    if 400 <= status < 500 or (refusal is not None and _says_no(status, refusal, answer)):  # noqa: PLR2004
        return _refused(refusal, words, status)
    said = "a server error" if status >= 500 else "an answer that makes no sense"  # noqa: PLR2004
    return Placement(CallState.UNCERTAIN, code=code or status, message=f"The service gave {said} ({code or status})")


def _says_no(status: int, code: int, answer: Mapping[str, Any]) -> bool:
    """Whether a code in the body is the service's refusal; one beside a request ID may be a yes nobody documented."""
    return 400 <= code < 500 or (status < 500 and not answer.get("request_id"))  # noqa: PLR2004


def _request_id(answer: Mapping[str, Any], secret: str) -> str:
    request_id = answer.get("request_id")
    if not isinstance(request_id, str) or (secret and secret in request_id):
        return ""
    return clean_text(request_id, 120)


def _service_words(answer: object, secret: str) -> str:
    """Find the message in an answer, whatever its shape, made safe to show."""
    if not isinstance(answer, Mapping):
        return ""
    found = answer.get("msg", answer.get("message", ""))
    for _ in range(6):
        if isinstance(found, Mapping):
            found = found.get("message") or found.get("msg") or next(iter(found.values()), "")
        elif isinstance(found, list):
            found = found[0] if found else ""
        else:
            break
    if found is None:
        return ""
    words = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
    return clean_text(words.replace(secret, "•••") if secret else words, 200)


_Refusal = Callable[[str], tuple[str, NextStep]]


def _missing(words: str) -> tuple[str, NextStep]:
    if "to" in words.lower().split():
        return "The service got no number to call. Check the number.", NextStep.CALL_AGAIN
    if any(field in words.lower() for field in ("user", "secret")):
        return "The service got no user ID or secret. Sign in again.", NextStep.FIX_SIGN_IN
    return f"The service says something is missing: {words}" if words else "The service says something is missing.", (
        NextStep.CALL_AGAIN
    )


def _not_allowed(words: str) -> tuple[str, NextStep]:
    if "follow" in words.lower():
        return "Calls to your mobile are not allowed for this account. Use the softphone instead.", (
            NextStep.USE_SOFTPHONE
        )
    return f"This account may not place the call: {words}" if words else "This account may not place the call.", (
        NextStep.CALL_AGAIN
    )


_REFUSALS: dict[int, _Refusal] = {
    400: _missing,
    404: lambda _: ("The user ID or app secret is wrong.", NextStep.FIX_SIGN_IN),
    407: lambda _: ("The app secret is wrong.", NextStep.FIX_SIGN_IN),
    420: _not_allowed,
    429: lambda _: ("Too many calls in a short time. Wait a minute, then call again.", NextStep.CALL_AGAIN),
}


def _refused(own_code: int | None, words: str, status: int) -> Placement:
    """Explain a refusal; `own_code` is None where the answer held none."""
    code = status if own_code is None else own_code
    if own_code is None and status == 404:  # noqa: PLR2004  # not the endpoint at all
        message, step = "The service does not know this address. Check the service address.", NextStep.OPEN_SETTINGS
    elif code in _REFUSALS:
        message, step = _REFUSALS[code](words)
    else:
        message = f"The service said: {words} ({code})" if words else f"The service said no, without a reason ({code})."
        step = NextStep.CALL_AGAIN
    return Placement(CallState.REFUSED, code=code, message=message, next_step=step)
