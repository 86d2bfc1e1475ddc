"""A CardDAV server that says what a real one said, and then says it a little otherwise."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import httpx

from c2c_desktop.adapters.carddav_discovery import MOST_BOOKS, find_address_books
from c2c_desktop.adapters.carddav_source import CardDavSource
from c2c_desktop.adapters.dav_address import checked_dav_address, origin_of
from c2c_desktop.adapters.dav_client import DavClient
from c2c_desktop.adapters.telecmi import NetworkOptions
from c2c_desktop.domain.contact_record import NAME_LENGTH
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import DirectoryCursor, DirectoryError, DirectoryKind, SharedDirectory
from tests.fuzz.changes import check_changes, check_cursor, check_refusal
from tests.fuzz.inputs import mutated, some_bytes, some_text
from tests.fuzz.targets import check_plain
from tests.fuzz.vcards import some_card
from tests.samples.radicale_answers import ANSWERS, NEXT_TOKEN, TAGS, TOKEN

if TYPE_CHECKING:
    from c2c_desktop.adapters.call_connection import CallBackend

_SERVER = "http://localhost:8"
_BOOK = f"{_SERVER}/asha/team/"
_MOST_ASKED = 400
"""Requests of one input; a run that needs more has no end."""

Answer = tuple[int, tuple[tuple[str, str], ...], bytes]
Script = dict[str, tuple[Answer, ...]]
"""What each kind of request is answered, in turn; the last one again and again."""

Made = tuple[bool, str, tuple[tuple[str, str], ...], Script]
"""Whether address books are looked for, else up to where one is known, token and ETags; and what the server says."""

_KINDS = {
    "find": ("server", "user", "home", "home", "well-known", "listed"),
    "list": ("home", "listed"),
    "sync": ("all", "all", "since", "unknown token"),
    "cards": ("cards",),
}
_WORDS = (
    "http://localhost:8/asha/", "http://localhost/asha/team/", "https://localhost:8/", "//elsewhere.example/a.vcf",
    "http://localhost:8@elsewhere.example/", "http://asha:secret@localhost:8/", "/asha/team/", "/asha/team/p%201.vcf",
    "/asha/team/b.vcf", "/asha/team/c.vcf", "/asha/team/../../etc", "/asha/team/%2e%2e", "/asha/team/a%2Fb",
    "/asha/team/a%00b", "/asha/team/%ff", "/asha/team/%E2%80%AE.vcf", "/asha/team/x.vcf?y=1", "/asha/team/x.vcf#y",
    "/asha/team//x.vcf", "/asha/team/x/", "x.vcf", "?x=1", "#x", "", " ", ".", "..", "http://[::1", "http://[::1]:8/",
    "http://localhost:99999/", "http://localhost:-8/", "http://localhost:٨/", "/é", "/\u202e", "\\\\x\\y", "/a b",
    "data:,x", "javascript:x", "file:///etc/passwd", "/asha/team/" + "x" * 3000, "x" * 5000, TOKEN, NEXT_TOKEN,
    "urn:t:1?<&>", "1", '"1"', 'W/"1"', TAGS[0][1], TAGS[1][1], "HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found",
    "HTTP/1.1 507 Insufficient Storage", "HTTP/1.1 ٢٠٠ OK", "200", "HTTP/1.1 9999999 x", "BEGIN:VCARD\nEND:VCARD",
)  # fmt: skip
_PIECES = (
    "<", ">", "&", "&amp;", "&lt;", "&#0;", "&#x202e;", "&#xD800;", "&a;", "<!DOCTYPE m>", "<![CDATA[", "]]>", "<!--",
    "-->", "<?x?>", "<response>", "</response>", "<href>", "</href>", "<prop>", "</prop>", "<D:href/>", "<propstat>",
    "</propstat>", "</multistatus>", 'xmlns=""', 'xmlns="DAV:"', "<status>HTTP/1.1 404 x</status>",
    "<status>HTTP/1.1 507 x</status>", "<sync-token/>", "\x00", "\x0b", "\ufeff", "\ud800", "\ufffe", "é", "\u202e",
)  # fmt: skip
_HEADERS = (
    ("retry-after", "120"), ("retry-after", "Mon, 99 Foo 2026"), ("retry-after", "9" * 400), ("retry-after", "-1"),
    ("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT"), ("retry-after", "Sat, 01 Jan 0001 00:00:00 -2359"),
    ("www-authenticate", "Digest realm=x"), ("www-authenticate", "Basic"), ("set-cookie", "a=b"), ("dav", "1"),
    ("retry-after", "٣"),
)  # fmt: skip
_FILLED = re.compile(
    r"(<(?:href|getetag|status|sync-token|displayname|CR:address-data)>)(.*?)(</(?:href|getetag|status|sync-token"
    r"|displayname|CR:address-data)>)",
    re.DOTALL,
)
_STATUSES = (200, 204, 207, 207, 207, 301, 302, 303, 307, 308, 401, 403, 404, 405, 410, 412, 429, 500, 501, 503, 507)


class DavAnswers:
    """Nothing but `DirectoryError`; nothing asked of another server; and nobody forgotten without being told of."""

    name = "CardDAV answers"

    def make(self, rnd: random.Random) -> Made:
        is_known = rnd.random() < 0.5
        token = rnd.choice((TOKEN, TOKEN, "", rnd.choice(_WORDS))) if is_known else ""
        tags = tuple((key, rnd.choice((tag, tag, ""))) for key, tag in TAGS) if is_known else ()
        script = {
            kind: tuple(_answer(rnd, names) for _ in range(rnd.choice((1, 1, 2, 3)))) for kind, names in _KINDS.items()
        }
        return rnd.random() < 0.25, token, tags, script

    def feed(self, made: Made) -> None:
        is_search, token, tags, script = made
        server = _Server(script)
        try:
            if is_search:
                _find(server)
                return
            cursor = _read(server, DirectoryCursor(token, tags))
            _read(server, cursor)  # what was told is told back
        except DirectoryError as error:
            check_refusal(error)


def _find(server: _Server) -> None:
    with closing(_Wired(server, _SERVER)) as client:
        books = find_address_books(client, _SERVER, "asha", "GB")
    assert 0 < len(books) <= MOST_BOOKS
    assert len({book.address for book in books}) == len(books)
    for book in books:
        assert origin_of(book.address) == origin_of(_SERVER)
        assert unquote(checked_dav_address(book.address)) == unquote(book.address)
        assert 0 < len(book.name) <= NAME_LENGTH
        check_plain(book.name)


def _read(server: _Server, before: DirectoryCursor) -> DirectoryCursor:
    directory = SharedDirectory(1, "The team", DirectoryKind.CARDDAV, _BOOK, "asha", "GB")
    source = CardDavSource(directory, Secret("canary"))
    with closing(_Wired(server, _BOOK)) as source._client:
        entries, gone = check_changes(before, source._changes(before))
    after = source.cursor()
    check_cursor(before, entries, gone, after)
    return after


class _Server:
    """Answers, and sees that only it is asked, in whole requests, with the password where it belongs."""

    def __init__(self, script: Script) -> None:
        self._left = {kind: list(answers) for kind, answers in script.items()}
        self._asked = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self._asked += 1
        assert self._asked < _MOST_ASKED, "there is no end"
        url = request.url
        assert origin_of(str(url)) == origin_of(_SERVER)
        assert not url.userinfo
        assert request.headers["authorization"].startswith("Basic ")
        assert b"canary" not in bytes(url.raw_path) + request.content
        asked = ElementTree.fromstring(request.content).tag.partition("}")[2]
        kinds = {"propfind": "find", "sync-collection": "sync", "addressbook-multiget": "cards"}
        kind = "list" if b"getetag" in request.content and asked == "propfind" else kinds[asked]
        left = self._left[kind]
        status, headers, body = left.pop(0) if len(left) > 1 else left[0]
        raw = [(name.encode(), value.encode("utf-8", "replace")) for name, value in headers]
        return httpx.Response(status, headers=raw, stream=_Parts(body))


class _Parts(httpx.SyncByteStream):
    """A body as a network cuts it."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        size = 1 + len(self._body) * 7 % 1500
        for start in range(0, len(self._body), size):
            yield self._body[start : start + size]


class _Wired(DavClient):
    """The client with a server in place of the network."""

    def __init__(self, server: _Server, address: str) -> None:
        self._server = server
        super().__init__(address, "asha", Secret("canary"), NetworkOptions())

    def _open(self, user: str, password: Secret) -> tuple[httpx.Client, CallBackend]:
        client, backend = super()._open(user, password)
        client._transport.close()
        client._transport = httpx.MockTransport(self._server)
        return client, backend


def _answer(rnd: random.Random, names: tuple[str, ...]) -> Answer:
    """Return what the server said to one of these, or nearly."""
    name = rnd.choice(names) if rnd.random() < 0.97 else rnd.choice(list(ANSWERS))
    status, headers, text = ANSWERS[name]
    if rnd.random() < 0.7:
        text = _FILLED.sub(lambda found: _refilled(rnd, found), text)
    if rnd.random() < 0.2:
        text = mutated(rnd, text, _PIECES)
    if rnd.random() < 0.05:
        text = _repeated(rnd, text)
    if rnd.random() < 0.1:
        status = rnd.choice(_STATUSES)
        headers = (*headers, rnd.choice(_HEADERS), ("location", _word(rnd)))
    elif status == 301 and rnd.random() < 0.5:
        headers = (("location", _word(rnd)),)
    encoding = rnd.choice(("utf-8",) * 9 + ("utf-16", "latin-1"))
    body = text.replace("encoding='utf-8'", f"encoding='{encoding}'").encode(encoding, "replace")
    return status, headers, some_bytes(rnd, (body,)) if rnd.random() < 0.1 else body


def _refilled(rnd: random.Random, found: re.Match[str]) -> str:
    """Return an element with, now and then, something else in it."""
    begin, text, end = found.groups()
    if rnd.random() < 0.75:
        return found[0]
    if "address-data" in begin and rnd.random() < 0.8:
        text = escape("".join(some_card(rnd) for _ in range(rnd.choice((0, 1, 1, 1, 2)))))
        return f"{begin}{_readable(text)}{end}"
    return f"{begin}{_readable(escape(_word(rnd)))}{end}"


def _word(rnd: random.Random) -> str:
    kind = rnd.random()
    if kind < 0.7:
        return rnd.choice(_WORDS)
    return mutated(rnd, rnd.choice(_WORDS)) if kind < 0.9 else some_text(rnd)


def _readable(text: str) -> str:
    """Return `text` without what no XML holds."""
    return "".join(c for c in text if c in "\t\n\r" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe" or c > "\uffff")


def _repeated(rnd: random.Random, text: str) -> str:
    """Return an answer that says one thing many times."""
    parts = re.findall(
        r"<response>.*?</response>|<prop>.*?</prop>|<href>.*?</href>|<status>.*?</status>", text, re.DOTALL
    )
    if not parts:
        return text
    part = rnd.choice(parts)
    return text.replace(part, part * rnd.choice((2, 3, 150, 300)), 1)
