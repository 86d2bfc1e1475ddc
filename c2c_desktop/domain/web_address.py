"""Which web addresses a secret may be sent to."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

_IN_BRACKETS = re.compile(r"\[[^\[\]]*\](:[0-9]*)?")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_this_computer(address: str) -> bool:
    """Whether `address` names this computer. Raises `ValueError` for one that is none."""
    return urlsplit(address).hostname in _LOOPBACK


def trusted_address(text: str) -> SplitResult:
    """Return the parts of an address that is https, or http to this computer.

    Raises `ValueError` for every other one, and for one with credentials, a query, a fragment, a backslash, a space or
    what cannot be seen in it.
    """
    if any(c in "?#\\" or c.isspace() or not c.isprintable() for c in text):
        raise ValueError(text)
    parts = urlsplit(text)
    host, port = parts.hostname or "", parts.port
    host.encode("idna")
    is_trusted = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    # With something beside its brackets others take another host for it than urllib does.
    is_clear = "[" not in parts.netloc or _IN_BRACKETS.fullmatch(parts.netloc)
    if not host or port == 0 or "@" in parts.netloc or not is_trusted or not is_clear:
        raise ValueError(text)
    return parts
