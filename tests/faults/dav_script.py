"""A CardDAV server that answers each kind of request exactly as a test says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape

from tests.faults.servers import Visit, answer

BOOK = "/books/team/"
TOKEN = "urn:token:1"
_NAMES = 'xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"'

Answer = bytes | Callable[[], bytes]


def multistatus(*parts: str, token: str = "") -> bytes:
    """Return a whole HTTP answer."""
    told = f"<sync-token>{escape(token)}</sync-token>" if token else ""
    return answer(f"<multistatus {_NAMES}>{''.join(parts)}{told}</multistatus>".encode(), 207)


def response(href: str, *properties: str) -> str:
    inside = f"<propstat><prop>{''.join(properties)}</prop><status>HTTP/1.1 200 OK</status></propstat>"
    return f"<response><href>{escape(href)}</href>{inside}</response>"


def etag(tag: str) -> str:
    return f"<getetag>{escape(tag)}</getetag>"


def card_data(name: str) -> str:
    text = f"BEGIN:VCARD\nVERSION:3.0\nUID:{name}\nFN:{name}\nTEL:+44 20 7946 0001\nEND:VCARD\n"
    return f"<C:address-data>{escape(text)}</C:address-data>"


def gone(href: str, status: int = 404) -> str:
    return f"<response><href>{escape(href)}</href><status>HTTP/1.1 {status} Said</status></response>"


class DavScript:
    """Handles connections; each list of answers is used up but for its last one."""

    def __init__(self, sync: Iterable[bytes] = (), cards: Iterable[bytes] = (), find: Iterable[bytes] = ()) -> None:
        self._answers = {"sync-collection": list(sync), "addressbook-multiget": list(cards), "propfind": list(find)}

    def __call__(self, visit: Visit) -> None:
        while visit.read_request():
            body = visit.server.bodies[-1].decode()
            (kind,) = [kind for kind in self._answers if f":{kind} " in body]
            left = self._answers[kind]
            visit.send(left.pop(0) if len(left) > 1 else left[0])
