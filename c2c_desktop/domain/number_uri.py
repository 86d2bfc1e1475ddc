"""What a link says of a number: `tel:`, `callto:` and `sip:`, RFC 3966 and how programs really write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

_SCHEME = re.compile(r"\s*(tel|callto|sips?)\s*:\s*/{0,3}", re.IGNORECASE)
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_QUERY = re.compile(r"\?(?:\S*|[A-Za-z_]+=.*)$")
_GLOBAL_CONTEXT = re.compile(r"\+[0-9().\- ]*[0-9][().\- ]*")
_MOST_ENCODINGS = 3
"""How often one program after another may have percent-encoded a link."""


@dataclass(frozen=True, slots=True)
class Link:
    """The number part of a link, and what stands around it."""

    number: str
    context: str
    """The prefix of a phone-context, with its plus; "" for none, or where it is a domain."""
    is_sip: bool


def decoded(text: str) -> str:
    """Return `text` without percent-encoding, also where it was encoded twice."""
    for _ in range(_MOST_ENCODINGS):
        if not _ENCODED.search(text):
            break
        text = unquote(text)
    return text


def link_in(line: str) -> Link | None:
    """Read `line`, which is decoded, as a link; None where it is none."""
    scheme = _SCHEME.match(line)
    if scheme is None:
        return None
    is_sip = scheme[1].lower().startswith("sip")
    body = _QUERY.sub("", line[scheme.end() :])
    if is_sip:
        body = re.sub(r":.*", "", body.partition("@")[0])
    number, *parameters = body.split(";")
    context = ""
    for parameter in parameters:
        name, equals, value = (part.strip() for part in parameter.partition("="))
        digits = "".join(c for c in value if c in "0123456789")
        if not equals:
            number += f";{parameter}"  # no parameter: "Tel: 030 12345; 030 12346"
        elif name.lower() == "phone-context" and _GLOBAL_CONTEXT.fullmatch(value):
            context = f"+{digits}"
        elif name.lower() == "ext" and digits:
            number += f" ext {digits}"
        elif name.lower() == "postd" and digits:
            number += f",{value}"
    return Link(number, context, is_sip)
