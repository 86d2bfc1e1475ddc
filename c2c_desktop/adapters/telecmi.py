"""The service's click-to-call endpoint.

Facts: a JSON POST to `/webrtc/click2call`; `to` is a number; there is no idempotency key, so a request that may
have left is never sent again. What the answers mean stands in `telecmi_answers`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from c2c_desktop.adapters.telecmi_answers import read_answer
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.dialing import CallOrder, Placement
from c2c_desktop.domain.errors import NextStep, UserFacingError
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.settings import Settings
from c2c_desktop.domain.web_address import trusted_address

if TYPE_CHECKING:
    import ssl

    import httpx

    from c2c_desktop.adapters.call_connection import CallBackend

DEFAULT_API_URL = "https://rest.telecmi.com/v2"
ANSWER_LIMIT = 64 * 1024
"""Bytes of an answer that are read; the documented one has under 200."""

WARM_SECONDS = 2.0
"""How long a connection is tried for ahead of a call: a call made meanwhile waits behind it."""

_log = logging.getLogger(__name__)


def checked_api_url(text: str) -> str:
    """Return the service's base URL without a trailing slash.

    Raises `UserFacingError` unless it is https, or http to this computer.
    """
    address = text.strip().rstrip("/")
    try:
        return trusted_address(address).geturl()
    except ValueError:
        raise UserFacingError(
            "That service address cannot be used",
            "It must start with https:// (http:// only for this computer) and hold no password or query.",
        ) from None


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


@dataclass(frozen=True, slots=True)
class _Hop:
    """Where a connection is opened to, and whether TLS begins there."""

    host: str
    port: int
    tls: bool

    @classmethod
    def to(cls, address: str) -> _Hop:
        """Raises `ValueError` for an address without a host or with a port that is none."""
        parts = urlsplit(address)
        if not parts.hostname:
            raise ValueError(address)
        tls = parts.scheme == "https"
        return cls(parts.hostname, parts.port or (443 if tls else 80), tls)


class TelecmiGateway:
    """Places calls, each over a connection of its own, opened ahead. Everything blocks: network lane only."""

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
        self._first_hop = _Hop.to(self._api_url)

    def warm(self) -> None:
        """Load the HTTP client and open the connection; failures show up at the call, not here."""
        import httpcore  # noqa: PLC0415

        try:
            self._connect_ahead(min(self._network.connect_timeout, WARM_SECONDS))
        except (httpcore.ConnectError, httpcore.ConnectTimeout, UserFacingError) as error:
            _log.info("no connection ahead of a call: %s", type(error).__name__)

    def place(self, order: CallOrder, secret: Secret, claim: Callable[[], bool] = lambda: True) -> Placement:
        """Send the one request. Whatever happens comes back as a `Placement`.

        `claim` is asked before the first byte leaves; where it says no the call was cancelled and nothing is sent.
        """
        import httpx  # noqa: PLC0415

        from c2c_desktop.adapters.call_connection import Attempt  # noqa: PLC0415

        try:
            client, backend = self._open()
        except UserFacingError as error:
            return Placement(
                CallState.NOT_SENT, message=f"{error.title}. {error.message}", next_step=NextStep.OPEN_SETTINGS
            )
        attempt = Attempt(time.monotonic() + self._network.request_timeout, claim)
        backend.start_attempt(attempt)
        status = 0
        try:
            with client.stream(
                "POST", f"{self._api_url}/webrtc/click2call", json=request_body(order, secret)
            ) as response:
                status = response.status_code
                body = _read_capped(response)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError, OSError) as error:
            if attempt.given_up:
                return Placement(CallState.CANCELLED)
            _log.info("a call request failed: %s", type(error).__name__)
            if 400 <= status < 500:  # noqa: PLR2004  # the service said no; only its words are lost
                return read_answer(status, b"")
            return self._failed(error, bytes_left=attempt.bytes_left)
        finally:
            backend.start_attempt(None)
        return read_answer(status, body, secret.reveal())

    def configure(self, network: NetworkOptions) -> None:
        """Take changed options; the next call opens another connection."""
        self.close()
        self._network = network

    def check(self) -> str:
        """Return "" where the service (or the proxy before it) can be reached, else why not. Sends no request."""
        import httpcore  # noqa: PLC0415

        try:
            self._connect_ahead(self._network.connect_timeout)
        except UserFacingError as error:
            return str(error)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            return f"{self._first_hop.host} cannot be reached: {clean_text(str(error) or 'no answer', 120)}"
        return ""

    def close(self) -> None:
        """Drop the connection; the next call opens another."""
        client, self._client = self._client, None
        backend, self._backend = self._backend, None
        if backend is not None:
            backend.close()
        if client is not None:
            client.close()

    @property
    def _proxy(self) -> str:
        """Where requests go through; the way to this computer needs no proxy."""
        return "" if self._api_url.startswith("http://") else self._network.proxy

    def _connect_ahead(self, timeout: float) -> None:
        """Have a connection ready. Raises httpcore's connect errors and `UserFacingError`."""
        _, backend = self._open()
        hop = self._first_hop
        backend.connect_ahead(hop.host, hop.port, timeout, self._context if hop.tls else None)

    def _open(self) -> tuple[httpx.Client, CallBackend]:
        if self._client is None or self._backend is None:
            from http.cookiejar import CookieJar, DefaultCookiePolicy  # noqa: PLC0415

            import httpx  # noqa: PLC0415

            from c2c_desktop.adapters.call_connection import CallBackend  # noqa: PLC0415

            plain = self._api_url.startswith("http://")
            self._context = None if plain else tls_context(self._network.ca_file)
            proxy: httpx.Proxy | None = None
            try:
                hop = self._first_hop = _Hop.to(self._proxy or self._api_url)
                if self._proxy:
                    proxy = httpx.Proxy(self._proxy, ssl_context=self._context if hop.tls else None)
                transport = httpx.HTTPTransport(
                    verify=self._context if self._context is not None else False,
                    trust_env=False,
                    proxy=proxy,
                )
            except (ValueError, ImportError, httpx.InvalidURL) as error:
                raise UserFacingError("The proxy setting cannot be used", "Check it under Settings.") from error
            self._backend = CallBackend(tls_layers=0 if plain else 2 if proxy is not None and hop.tls else 1)
            # httpx has no parameter for httpcore's documented network backend.
            transport._pool._network_backend = self._backend  # noqa: SLF001
            self._client = httpx.Client(
                transport=transport,
                trust_env=False,
                follow_redirects=False,
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
                timeout=httpx.Timeout(self._network.request_timeout, connect=self._network.connect_timeout),
                headers={
                    "Accept": "application/json",
                    "Accept-Encoding": "identity",
                    # What a server sends beyond its answer must not be there to be taken for the next one.
                    "Connection": "close",
                    "User-Agent": "c2c-desktop",
                },
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


def tls_context(ca_file: str) -> ssl.SSLContext:
    """Return a context on the system's trust store and, unless it is "", a company's CA file.

    Raises `UserFacingError` for a file that cannot be read.
    """
    import ssl  # noqa: PLC0415

    import truststore  # noqa: PLC0415

    context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca_file:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ValueError) as error:  # ssl's errors are OSErrors; a NUL in the path is a ValueError
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
