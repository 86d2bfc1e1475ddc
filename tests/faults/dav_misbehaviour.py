"""Servers of shared directories that misbehave, and what is said of each."""

from __future__ import annotations

import zlib

from c2c_desktop.adapters.dav_client import DavLimits
from c2c_desktop.adapters.dav_refusals import UNREADABLE
from c2c_desktop.adapters.telecmi import NetworkOptions
from tests.faults.dav_script import BOOK, TOKEN, etag, multistatus, response
from tests.faults.servers import (
    Handler,
    Visit,
    answer,
    is_silent,
    resets_after_reading,
    resets_at_once,
    says,
    says_and_hangs,
    says_and_leaves,
)

CANARY = "canary-of-the-directory"
NETWORK = NetworkOptions(2.0, 1.0)
LIMITS = DavLimits(seconds=4.0, answer_seconds=1.5, answer_bytes=1 << 20)
STRANGE = UNREADABLE.format("localhost")
LATE, BROKEN = "localhost did not answer in time.", "localhost broke the connection off."
HTML = b"<!DOCTYPE html><html><body><h1>Sign in to the network</h1></body></html>"
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 10) for c in b"bcdefghij")
    + b']><multistatus xmlns="DAV:"><sync-token>&j;</sync-token></multistatus>'
)
OUTSIDE = (
    b'<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    b'<multistatus xmlns="DAV:"><sync-token>&a;</sync-token></multistatus>'
)
FINE = multistatus(response(f"{BOOK}a.vcf", etag('"1"')), token=TOKEN)


def pours_xml(visit: Visit) -> None:
    """Answer with a list that has no end, for as long as anybody reads it."""
    visit.read_request()
    visit.send(b'HTTP/1.1 207 Said\r\n\r\n<multistatus xmlns="DAV:">')
    while True:
        visit.send(response("/elsewhere", etag("x" * 1000)).encode() * 20)


def drips_xml(visit: Visit) -> None:
    """Send a byte every now and then."""
    visit.read_request()
    visit.send(b"HTTP/1.1 207 Said\r\n\r\n")
    while not visit.server.ending.wait(0.05):
        visit.send(b" ")


def drips_headers(visit: Visit) -> None:
    visit.read_request()
    visit.send(b"HTTP/1.1 207 Said\r\nX: ")
    while not visit.server.ending.wait(0.05):
        visit.send(b"x")


def said(body: bytes, status: int = 207, *headers: str) -> Handler:
    return says(answer(body, status, *headers))


def circles(visit: Visit) -> None:
    while visit.read_request():
        visit.send(answer(b"", 301, "Location: /again"))


CASES: dict[str, tuple[Handler, str]] = {
    "401": (said(HTML, 401, "WWW-Authenticate: Basic"), "localhost refused the user name or the password."),
    "401, no header": (said(b"", 401), "localhost refused the user name or the password."),
    "401, digest": (
        said(b"", 401, 'WWW-Authenticate: Digest realm="x", nonce="y"'),
        "localhost asks for a way of signing in that this program does not know. An app password may help.",
    ),
    "403": (said(HTML, 403), "localhost does not let this user read the directory."),
    "404": (
        said(HTML, 404),
        "There is no address book at this address on localhost. It may have been moved or removed.",
    ),
    "405": (said(HTML, 405), "localhost refused the request (error 405)."),
    "429": (said(b"", 429), "localhost was asked too often and wants to be left alone for a while."),
    "500": (said(HTML, 500), "localhost has a problem of its own (error 500)."),
    "501": (said(HTML, 501), "localhost has a problem of its own (error 501)."),
    "503": (said(HTML, 503), "localhost is busy or being worked on."),
    "999": (said(HTML, 999), STRANGE),
    "200 and HTML": (said(HTML, 200), STRANGE),
    "204": (said(b"", 204), STRANGE),
    "303": (said(b"", 303, "Location: /other"), STRANGE),
    "301 and nowhere": (said(b"", 301), STRANGE),
    "circles": (circles, "localhost sends requests in circles. Check the address."),
    "207 and HTML": (said(HTML), STRANGE),
    "207 and nothing": (said(b""), STRANGE),
    "207 and garbage": (said(bytes(range(256))), STRANGE),
    "207 and another document": (said(b'<rss xmlns="DAV:"/>'), STRANGE),
    "XML that breaks": (said(FINE.partition(b"\r\n\r\n")[2][:-10]), STRANGE),
    "an encoding that is none": (said(b'<?xml version="1.0" encoding="zip"?><multistatus xmlns="DAV:"/>'), STRANGE),
    "a bomb": (said(BOMB), STRANGE),
    "an entity from outside": (said(OUTSIDE), STRANGE),
    "deep nesting": (said(b'<multistatus xmlns="DAV:">' + b"<a>" * 10_000), STRANGE),
    "a gzip nobody asked for": (said(zlib.compress(FINE), 207, "Content-Encoding: gzip"), STRANGE),
    "an endless list": (pours_xml, STRANGE),
    "a slow drip": (drips_xml, LATE),
    "headers that drip": (drips_headers, LATE),
    "silence": (is_silent, LATE),
    "headers, then silence": (says_and_hangs(b"HTTP/1.1 207 Said\r\n\r\n<multi"), LATE),
    "half a body, then closed": (says_and_leaves(answer(FINE, 207, length=9999)), BROKEN),
    "reset": (resets_at_once, BROKEN),
    "reset after reading": (resets_after_reading, BROKEN),
    "no HTTP": (says_and_leaves(b"220 mail.example ready\r\n"), BROKEN),
}
