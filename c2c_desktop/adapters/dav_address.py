"""Addresses of CardDAV servers, and what a server's answers may point to."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from c2c_desktop.domain.errors import NextStep, UserFacingError
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.shared_directory import DirectoryError
from c2c_desktop.domain.web_address import trusted_address

_LONGEST = 2_000
_EMAIL = re.compile(r"[^@:/\\?#%\s]+@([^@:/\\?#%\s]+)")
_PLAIN = "/%:@!$&'()*+,;=~"
"""What stays as it stands in a path; everything else that is no letter, digit, `-`, `.` or `_` is written as %XX."""


def checked_dav_address(text: str) -> str:
    """Return the address of a server or an address book; one without a scheme is an https one.

    An e-mail address stands for the server it is at.

    Raises `UserFacingError` unless it is https, or http to this computer.
    """
    address = text.strip()
    if email := _EMAIL.fullmatch(address):
        address = email[1]
    if "://" not in address:
        address = f"https://{address}"
    refused = UserFacingError(
        "That directory address cannot be used",
        "It must start with https:// (http:// only for this computer) and hold no user name, password or query.",
        NextStep.NONE,
    )
    if len(address) > _LONGEST:
        raise refused
    try:
        parts = trusted_address(address)
    except ValueError:
        raise refused from None
    return urlunsplit((parts.scheme, parts.netloc.lower(), quote(parts.path or "/", safe=_PLAIN), "", ""))


def origin_of(address: str) -> tuple[str, str, int]:
    """Return scheme, host and port. Raises `ValueError` for an address without a host, or with a port that is none."""
    parts = urlsplit(address)
    if not parts.hostname:
        raise ValueError(address)
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


def resolved(base: str, reference: str) -> str:
    """Return what `reference`, found in the answer of `base`, points to.

    Raises `DirectoryError` where that is another server: the password is for `base` alone. Nor is it sent over another
    port, or without TLS.
    """
    try:
        address = urljoin(base, quote(reference.strip()[: _LONGEST + 1], safe=f"{_PLAIN}?[]"))
        is_same = len(address) <= _LONGEST and origin_of(address) == origin_of(base)
        parts = urlsplit(address)
        is_same = is_same and "@" not in parts.netloc
    except ValueError:
        is_same, address = False, ""
    if not is_same:
        host = urlsplit(base).hostname
        raise DirectoryError(
            f"{host} points to another server: {clean_text(address or reference, 120)}. Your password was not sent "
            "there. If you trust that address, add it as the directory’s address.",
            NextStep.NONE,
        )
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))


def entry_name(book: str, reference: str) -> str | None:
    """Return the name of the entry of the address book at `book` that `reference` points to, as a plain text.

    None for everything else: the book itself, what lies deeper or beside, on another server, or has no proper name.
    """
    try:
        address = resolved(book, reference)
    except DirectoryError:
        return None
    path, folder = unquote(urlsplit(address).path), unquote(urlsplit(book).path).rstrip("/") + "/"
    name = path.removeprefix(folder)
    is_proper = path.startswith(folder) and 0 < len(name) <= _LONGEST and name.isprintable() and "/" not in name
    return name if is_proper and name not in {".", ".."} else None


def entry_reference(book: str, name: str) -> str:
    """Return how a request names an entry of an address book: the absolute path, as RFC 4918 wants it."""
    return urlsplit(book).path.rstrip("/") + "/" + quote(name, safe="")
