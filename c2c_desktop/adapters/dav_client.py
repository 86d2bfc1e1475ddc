"""Asking a WebDAV server: one origin, one password, every wait and every answer with an end.

Over httpx, with the network backend of calls beneath (`call_connection`), which holds name look-up, handshake and every
read to one deadline. Redirects are followed here, not by httpx: only on the same server, so that the password, which
is in the `Authorization` header and nowhere else, goes nowhere else.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from c2c_desktop.adapters.dav_address import resolved
from c2c_desktop.adapters.dav_refusals import UNREADABLE, DavRefusedError, lost, refused
from c2c_desktop.adapters.dav_xml import DavReader, DavResponse, DavXmlError
from c2c_desktop.adapters.telecmi import NetworkOptions, tls_context
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import DirectoryError

if TYPE_CHECKING:
    import httpx

    from c2c_desktop.adapters.call_connection import CallBackend

MULTI_STATUS = 207
_MOVED = frozenset({301, 302, 307, 308})
_MOST_REDIRECTS = 5
_REFUSAL_BYTES = 64 * 1024
_READ_BYTES = 64 * 1024

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DavLimits:
    """What one run of requests may take. Seconds and bytes."""

    seconds: float = 1800.0
    """All requests together."""
    answer_seconds: float = 120.0
    answer_bytes: int = 256 << 20


class DavAnswer:
    """An answer that is being read."""

    def __init__(self, url: str, response: httpx.Response, most: int) -> None:
        self.url = url
        """Where it comes from, after redirects."""
        self._response = response
        self._most = most
        self._reader = DavReader()

    @property
    def sync_token(self) -> str:
        """The token for the next time, once all responses are read."""
        return self._reader.sync_token

    def responses(self) -> Iterator[DavResponse]:
        """Yield what it says of each address, as it comes. To be read to the end, or the answer may be half a one."""
        size = 0
        for chunk in self._response.iter_raw(_READ_BYTES):
            size += len(chunk)
            if size > self._most:
                raise DavXmlError("too long")
            yield from self._reader.feed(chunk)
        yield from self._reader.feed(b"", is_last=True)


class DavClient:
    """Asks one server. Blocks; one thread. Every failure is a `DirectoryError`, or a `UserFacingError` of settings."""

    def __init__(
        self, address: str, user: str, password: Secret, network: NetworkOptions, limits: DavLimits | None = None
    ) -> None:
        self._address = address
        self._host = urlsplit(address).hostname or ""
        self._network = network
        self._limits = limits or DavLimits()
        self._end = time.monotonic() + self._limits.seconds
        self._client, self._backend = self._open(user, password)

    def close(self) -> None:
        """Drop the connection."""
        self._backend.close()
        self._client.close()

    @contextmanager
    def asking(self, method: str, url: str, body: bytes, depth: int = 0) -> Iterator[DavAnswer]:
        """Ask, and hand the answer over; whatever happens while it is read counts as its failure."""
        import httpx  # noqa: PLC0415

        try:
            with self._answering(method, url, body, depth) as answer:
                yield answer
        except DavXmlError as error:
            _log.info("an answer of a directory cannot be read: %s", error)
            raise DirectoryError(UNREADABLE.format(self._host), NextStep.NONE) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError, OSError) as error:
            _log.info("a request to a directory failed: %s", type(error).__name__)
            raise lost(error, self._host) from error
        finally:
            self._backend.start_attempt(None)

    @contextmanager
    def _answering(self, method: str, url: str, body: bytes, depth: int) -> Iterator[DavAnswer]:
        from c2c_desktop.adapters.call_connection import Attempt  # noqa: PLC0415

        self._backend.start_attempt(Attempt(min(self._end, time.monotonic() + self._limits.answer_seconds)))
        headers = {"Depth": str(depth), "Content-Type": "application/xml; charset=utf-8"}
        where = resolved(self._address, url)
        for _ in range(_MOST_REDIRECTS + 1):
            with self._client.stream(method, where, content=body, headers=headers) as response:
                if response.status_code in _MOVED and "location" in response.headers:
                    where = resolved(where, response.headers["location"])
                    continue
                if response.status_code != MULTI_STATUS:
                    raise self._refused(response)
                yield DavAnswer(where, response, self._limits.answer_bytes)
                return
        raise DirectoryError(f"{self._host} sends requests in circles. Check the address.", NextStep.NONE)

    def _refused(self, response: httpx.Response) -> DavRefusedError:
        body, reader = bytearray(), DavReader()
        try:
            for chunk in response.iter_raw(_READ_BYTES):
                body += chunk
                if len(body) > _REFUSAL_BYTES:
                    break
            reader.feed(bytes(body), is_last=True)
        except DavXmlError:
            reader.conditions.clear()
        return refused(response.status_code, response.headers, reader.conditions, self._host)

    def _open(self, user: str, password: Secret) -> tuple[httpx.Client, CallBackend]:
        from http.cookiejar import CookieJar, DefaultCookiePolicy  # noqa: PLC0415

        import httpx  # noqa: PLC0415

        from c2c_desktop.adapters.call_connection import CallBackend  # noqa: PLC0415

        is_plain = self._address.startswith("http://")
        network, proxy_url = self._network, "" if is_plain else self._network.proxy
        context = None if is_plain else tls_context(network.ca_file)
        proxy: httpx.Proxy | None = None
        is_proxy_tls = proxy_url.startswith("https:")
        try:
            if proxy_url:
                proxy = httpx.Proxy(proxy_url, ssl_context=context if is_proxy_tls else None)
            transport = httpx.HTTPTransport(
                verify=context if context is not None else False, trust_env=False, proxy=proxy
            )
        except (ValueError, ImportError, httpx.InvalidURL) as error:
            raise DirectoryError("The proxy setting cannot be used. Check it under Settings.") from error
        backend = CallBackend(tls_layers=0 if is_plain else 1 + is_proxy_tls)
        # httpx has no parameter for httpcore's documented network backend.
        transport._pool._network_backend = backend  # noqa: SLF001
        client = httpx.Client(
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            auth=httpx.BasicAuth(user, password.reveal()),
            # A server may think for long before it lists what changed: not the time-out of calls.
            timeout=httpx.Timeout(self._limits.answer_seconds, connect=network.connect_timeout),
            headers={"Accept": "application/xml, text/xml", "Accept-Encoding": "identity", "User-Agent": "c2c-desktop"},
        )
        return client, backend
