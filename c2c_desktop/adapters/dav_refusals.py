"""What a WebDAV server's refusals mean, in words a person understands."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from email.utils import parsedate_to_datetime

from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.shared_directory import DirectoryError

UNREADABLE = (
    "{} does not answer like an address book server. Check the address; the sign-in page of a network answers like"
    " this too."
)
_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _GONE, _TOO_MANY, _UNAVAILABLE = 401, 403, 404, 410, 429, 503
_REFUSALS, _FAILURES, _END = 400, 500, 600


class DavRefusedError(DirectoryError):
    """The server answered, and the answer is no."""

    def __init__(
        self, message: str, next_step: NextStep, retry_after: float, status: int, conditions: Collection[str]
    ) -> None:
        super().__init__(message, next_step, retry_after)
        self.status = status
        self.conditions = conditions
        """What was not given: "DAV: valid-sync-token" for instance."""

    @property
    def is_about_the_request(self) -> bool:
        """Whether another request may be answered: this one is not known there, or asks for what is not there."""
        is_final = self.status in {_UNAUTHORIZED, _TOO_MANY}
        return (_REFUSALS <= self.status < _FAILURES and not is_final) or self.status == 501  # noqa: PLR2004


def refused(status: int, headers: Mapping[str, str], conditions: Collection[str], host: str) -> DavRefusedError:
    """Return what an answer that is no multi-status means."""
    step = NextStep.RETRY
    if status == _UNAUTHORIZED:
        step = NextStep.FIX_SIGN_IN
        message = f"{host} refused the user name or the password."
        schemes = headers.get("www-authenticate", "").lower()
        if schemes and "basic" not in schemes:
            message = f"{host} asks for a way of signing in that this program does not know. An app password may help."
    elif status == _FORBIDDEN:
        message = f"{host} does not let this user read the directory."
    elif status in {_NOT_FOUND, _GONE}:
        message = f"There is no address book at this address on {host}. It may have been moved or removed."
    elif status == _TOO_MANY:
        message = f"{host} was asked too often and wants to be left alone for a while."
    elif status == _UNAVAILABLE:
        message = f"{host} is busy or being worked on."
    elif _FAILURES <= status < _END:
        message = f"{host} has a problem of its own (error {status})."
    elif _REFUSALS <= status < _FAILURES:
        message = f"{host} refused the request (error {status})."
    else:
        message, step = UNREADABLE.format(host), NextStep.NONE
    return DavRefusedError(message, step, _seconds(headers.get("retry-after", "")), status, conditions)


def lost(error: Exception, host: str) -> DirectoryError:
    """Return what it means that no answer came, or not all of it."""
    import httpx  # noqa: PLC0415

    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return DirectoryError(f"{host} did not answer in time.")
    if "certificate" in str(error).lower():
        return DirectoryError(
            f"The certificate of {host} is not valid, so nothing was sent. Check the CA file in Settings.",
            NextStep.OPEN_SETTINGS,
        )
    if isinstance(error, httpx.ProxyError):
        return DirectoryError("The proxy refused the connection. Check it in Settings.", NextStep.OPEN_SETTINGS)
    if isinstance(error, httpx.ConnectError):
        return DirectoryError(f"{host} cannot be reached. Check your network.")
    if isinstance(error, httpx.InvalidURL | UnicodeError):
        return DirectoryError(f"{host} points to an address that is none.", NextStep.NONE)
    return DirectoryError(f"{host} broke the connection off.")


def _seconds(header: str) -> float:
    """Read Retry-After, seconds or a date; 0 for anything else."""
    text = header.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        return max(parsedate_to_datetime(text).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return 0.0
