"""The service's click-to-call endpoint.

Facts: a JSON POST to `/webrtc/click2call`; `to` is a number; a call is accepted only if the HTTP status is
2xx and the body's `code` is 200; `msg` is not always a string; unknown routes answer HTML; there is no
idempotency key, so a request that may have left is never sent again.
"""

from __future__ import annotations

import json
import logging
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.dialing import CallOrder, Placement
from c2c_desktop.domain.errors import NextStep, UserFacingError
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.settings import Settings

if TYPE_CHECKING:
    import httpx

    from c2c_desktop.adapters.call_connection import CallBackend

DEFAULT_API_URL = "https://rest.telecmi.com/v2"
ANSWER_LIMIT = 64 * 1024
"""Bytes of an answer that are read; the documented one has under 200."""

_log = logging.getLogger(__name__)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def checked_api_url(text: str) -> str:
    """Return the service's base URL without a trailing slash.

    Raises `UserFacingError` unless it is https, or http to this computer.
    """
    parts = urlsplit(text.strip())
    fine = parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK))
    if not fine or parts.username or parts.query or parts.fragment:
        raise UserFacingError(
            "That service address cannot be used",
            "It must start with https:// (http:// only for this computer) and hold no password or query.",
        )
    return text.strip().rstrip("/")


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """How the service is reached. Timeouts are seconds; "" is no proxy, and no certificates beyond the system's."""

    connect_timeout: float = 5.0
    request_timeout: float = 20.0
    proxy: str = ""
    ca_file: str = ""

    @classmethod
    def of(cls, settings: Settings) -> NetworkOptions:
        """Take them from the settings."""
        return cls(settings.connect_timeout, settings.request_timeout, settings.proxy, settings.ca_file)


class TelecmiGateway:
    """Places calls over one kept-alive connection. Everything blocks: network lane only."""

    def __init__(
        self,
        api_url: str = DEFAULT_API_URL,
        network: NetworkOptions | None = None,
    ) -> None:
        self._api_url = checked_api_url(api_url)
        self._network = network or NetworkOptions()
        self._client: httpx.Client | None = None
        self._backend: CallBackend | None = None
        self._context: ssl.SSLContext | None = None

    def warm(self) -> None:
        """Load the HTTP client and open the connection; failures show up at the call, not here."""
        import httpcore  # noqa: PLC0415

        try:
            self._open()
            if self._backend is not None and not self._network.proxy:
                parts = urlsplit(self._api_url)
                port = parts.port or (443 if parts.scheme == "https" else 80)
                self._backend.connect_ahead(parts.hostname or "", port, self._network.connect_timeout, self._context)
        except (httpcore.ConnectError, httpcore.ConnectTimeout, OSError, UserFacingError) as error:
            _log.info("no connection ahead of a call: %s", type(error).__name__)

    def place(self, order: CallOrder, secret: Secret) -> Placement:
        """Send the one request. Whatever happens comes back as a `Placement`."""
        import httpx  # noqa: PLC0415

        from c2c_desktop.adapters.call_connection import Attempt  # noqa: PLC0415

        try:
            client, backend = self._open()
        except UserFacingError as error:
            return Placement(
                CallState.NOT_SENT, message=f"{error.title}. {error.message}", next_step=NextStep.OPEN_SETTINGS
            )
        attempt = Attempt(time.monotonic() + self._network.request_timeout)
        backend.start_attempt(attempt)
        try:
            with client.stream(
                "POST", f"{self._api_url}/webrtc/click2call", json=request_body(order, secret)
            ) as response:
                status = response.status_code
                body = _read_capped(response)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            _log.info("a call request failed: %s", type(error).__name__)
            return self._failed(error, bytes_left=attempt.bytes_left)
        finally:
            backend.start_attempt(None)
        return read_answer(status, body)

    def configure(self, network: NetworkOptions) -> None:
        """Take changed options; the next call opens another connection."""
        self.close()
        self._network = network

    def check(self) -> str:
        """Return "" where the service can be reached, else why not. Sends no request."""
        import httpcore  # noqa: PLC0415

        parts = urlsplit(self._api_url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            _, backend = self._open()
            backend.connect_ahead(parts.hostname or "", port, self._network.connect_timeout, self._context)
        except UserFacingError as error:
            return str(error)
        except (httpcore.ConnectError, httpcore.ConnectTimeout, OSError) as error:
            return f"{parts.hostname} cannot be reached: {clean_text(str(error) or 'no answer', 120)}"
        return ""

    def close(self) -> None:
        """Drop the connection; the next call opens another."""
        client, self._client = self._client, None
        backend, self._backend = self._backend, None
        if backend is not None:
            backend.close()
        if client is not None:
            client.close()

    def _open(self) -> tuple[httpx.Client, CallBackend]:
        if self._client is None or self._backend is None:
            import httpx  # noqa: PLC0415

            from c2c_desktop.adapters.call_connection import FRESH_SECONDS, CallBackend  # noqa: PLC0415

            plain = self._api_url.startswith("http://")
            self._context = None if plain else _tls_context(self._network.ca_file)
            self._backend = CallBackend(plain_http=plain)
            try:
                transport = httpx.HTTPTransport(
                    verify=self._context if self._context is not None else False,
                    trust_env=False,
                    limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=FRESH_SECONDS),
                    proxy=self._network.proxy or None if not plain else None,
                )
            except ValueError as error:
                raise UserFacingError("The proxy setting cannot be used", "Check it under Settings.") from error
            # httpx has no parameter for httpcore's documented network backend.
            transport._pool._network_backend = self._backend  # noqa: SLF001
            self._client = httpx.Client(
                transport=transport,
                trust_env=False,
                follow_redirects=False,
                timeout=httpx.Timeout(self._network.request_timeout, connect=self._network.connect_timeout),
                headers={"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "c2c-desktop"},
            )
        return self._client, self._backend

    def _failed(self, error: Exception, *, bytes_left: bool) -> Placement:
        import httpx  # noqa: PLC0415

        if bytes_left:
            return Placement(CallState.UNCERTAIN, message="No answer from the service")
        if isinstance(error, httpx.ConnectTimeout):
            message = f"The service did not answer within {self._network.connect_timeout:g} s. Check your network."
        elif "CERTIFICATE_VERIFY" in str(error) or "certificate" in str(error).lower():
            message = "The service’s certificate is not valid, so nothing was sent. Check the CA file in Settings."
        elif isinstance(error, httpx.ProxyError):
            message = "The proxy refused the connection. Check it in Settings."
        else:
            message = "The service could not be reached. Check your network."
        return Placement(CallState.NOT_SENT, message=message, next_step=NextStep.RETRY)


def _tls_context(ca_file: str) -> ssl.SSLContext:
    import truststore  # noqa: PLC0415

    context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca_file:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ssl.SSLError) as error:
            raise UserFacingError(
                "The CA file cannot be read", "Choose a PEM certificate file under Settings.", NextStep.OPEN_SETTINGS
            ) from error
    return context


def request_body(order: CallOrder, secret: Secret) -> dict[str, Any]:
    """Return the request's JSON object; optional fields only where they are set."""
    body: dict[str, Any] = {
        "user_id": order.user_id,
        "secret": secret.reveal(),
        "to": order.to,
        "webrtc": order.route.webrtc,
        "followme": order.route.followme,
    }
    if order.caller_id is not None:
        body["callerid"] = order.caller_id
    if order.extra_params:
        body["extra_params"] = dict(order.extra_params)
    return body


def _read_capped(response: httpx.Response) -> bytes:
    """Read at most `ANSWER_LIMIT` bytes as they came: a longer answer is no documented one."""
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > ANSWER_LIMIT:
            return b""
    return bytes(body)


def read_answer(status: int, body: bytes) -> Placement:
    """Judge an answer: accepted only when HTTP status and `code` both say so."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    code = answer.get("code") if isinstance(answer, Mapping) else None
    if isinstance(code, bool) or not isinstance(code, int):
        code = None
    accepted = 200 <= status < 300  # noqa: PLR2004
    if accepted and code == 200:  # noqa: PLR2004
        return _accepted(answer)
    if 400 <= status < 500 or (code is not None and not (accepted and code == 200) and status < 500):  # noqa: PLR2004
        refusal = code if code is not None and code != 200 else status  # noqa: PLR2004
        return _refused(refusal, _service_words(answer), status)
    said = "a server error" if status >= 500 else "an answer that makes no sense"  # noqa: PLR2004
    return Placement(CallState.UNCERTAIN, code=code or status, message=f"The service gave {said} ({code or status})")


def _accepted(answer: Mapping[str, Any]) -> Placement:
    request_id = answer.get("request_id")
    request_id = clean_text(request_id, 120) if isinstance(request_id, str) else ""
    return Placement(CallState.INITIATED, code=200, message=_service_words(answer), request_id=request_id)


def _service_words(answer: object) -> str:
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
    return clean_text(found, 200) if isinstance(found, str) else clean_text(json.dumps(found), 200)


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


def _refused(code: int, words: str, status: int) -> Placement:
    if code == 404 and status == 404 and not words:  # noqa: PLR2004  # HTML: not the endpoint at all
        message, step = "The service does not know this address. Check the service address.", NextStep.OPEN_SETTINGS
    elif code in _REFUSALS:
        message, step = _REFUSALS[code](words)
    else:
        message = f"The service said: {words} ({code})" if words else f"The service said no, without a reason ({code})."
        step = NextStep.CALL_AGAIN
    return Placement(CallState.REFUSED, code=code, message=message, next_step=step)
