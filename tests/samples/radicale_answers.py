"""What Radicale answers to what this program asks, as it came; `test_radicale_answers` asks a real one again."""

from __future__ import annotations

from collections.abc import Callable

from c2c_desktop.adapters.dav_xml import multiget_body, propfind_body, sync_body

CARDS = {
    "p 1.vcf": ("u1", "Ann Field", "EMAIL:ann@acme.example", "ORG:Acme", "TEL;TYPE=CELL:+44 20 7946 0001"),
    "b.vcf": ("u2", "Bob Gray"),
    "c.vcf": ("u3", "Cy Hill"),
}
"""What was there at first, as `radicale.card` writes it."""

CHANGED_CARD = ("u2", "Bob Grey")
"""What became of `b.vcf`; `c.vcf` was deleted."""

TOKEN = "http://radicale.org/ns/sync/1b96d73175290b8be1bfd047dfec3160f05977100521e9c6647a0c48079cab5e"
NEXT_TOKEN = "http://radicale.org/ns/sync/086b6002eeb1964f8d5acc299994818fa71f78ddb6758a66f258cb9bad4223be"
"""After the change."""

_ANN = '"1e05c6b35c7c9f9948ef5923298f0391400d5d6b129ca891e894278fb098f328"'
_BOB = '"1b0f0790d4cf762d1c96bb2faf18060e2bad725e90d79027e2eeff3ebce67e04"'
_CY = '"b47a9c5c4eb4d23d228f5264823fe49fe01f201c8a5685b767e620a28dd6a2c4"'
TAGS = (("p 1.vcf", _ANN), ("b.vcf", _BOB), ("c.vcf", _CY))
"""The ETags of what was there at first."""

_FOUND = propfind_body(["D:resourcetype", "D:displayname", "D:current-user-principal", "C:addressbook-home-set"])
_LISTED = propfind_body(["D:getetag", "D:resourcetype"])
_BOOK = "/asha/team/"
_PARTS = [f"{_BOOK}p%201.vcf", f"{_BOOK}b.vcf", f"{_BOOK}none.vcf"]

ASKED: dict[str, tuple[str, str, int, Callable[[str], bytes]]] = {
    "well-known": ("PROPFIND", "/.well-known/carddav", 0, lambda _: _FOUND),
    "server": ("PROPFIND", "/", 0, lambda _: _FOUND),
    "user": ("PROPFIND", "/asha/", 0, lambda _: _FOUND),
    "home": ("PROPFIND", "/asha/", 1, lambda _: _FOUND),
    "all": ("REPORT", _BOOK, 0, lambda _: sync_body("")),
    "cards": ("REPORT", _BOOK, 0, lambda _: multiget_body(_PARTS)),
    "listed": ("PROPFIND", _BOOK, 1, lambda _: _LISTED),
    "since": ("REPORT", _BOOK, 0, sync_body),
    "unknown token": ("REPORT", _BOOK, 0, lambda _: sync_body("http://radicale.org/ns/sync/of-another-day")),
    "no book": ("REPORT", "/asha/nothing/", 0, lambda _: sync_body("")),
}
"""Method, path, depth and body, given the token of what was there at first. From "since" on after the change."""

_XML = "<?xml version='1.0' encoding='utf-8'?>\n"
_BOTH = f'{_XML}<multistatus xmlns="DAV:" xmlns:CR="urn:ietf:params:xml:ns:carddav">'
_DAV = f'{_XML}<multistatus xmlns="DAV:">'
_OK = "<status>HTTP/1.1 200 OK</status>"
_NOT_THERE = "<status>HTTP/1.1 404 Not Found</status>"
_ME = "<current-user-principal><href>/asha/</href></current-user-principal>"
_USER = (
    "<response><href>/asha/</href><propstat><prop><resourcetype><principal /><collection /></resourcetype>"
    f"{_ME}<CR:addressbook-home-set><href>/asha/</href></CR:addressbook-home-set></prop>{_OK}</propstat>"
    f"<propstat><prop><displayname /></prop>{_NOT_THERE}</propstat></response>"
)


def _entry(name: str, tag: str, more: str = "") -> str:
    prop = f"<prop><getetag>{tag}</getetag>{more}</prop>"
    return f"<response><href>{_BOOK}{name}</href><propstat>{prop}{_OK}</propstat></response>"


def _card(*lines: str) -> str:
    text = "".join(f"{line}\n" for line in ("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD"))
    return f"<CR:address-data>{text}</CR:address-data>"


_MOVED = (("location", "/"), ("content-type", "text/plain; charset=utf-8"))
_AS_XML = (("content-type", "text/xml; charset=utf-8"),)
_AS_TEXT = (("content-type", "text/plain; charset=utf-8"),)
_A_BOOK = "<resourcetype><CR:addressbook /><collection /></resourcetype>"
_NO_TYPE = "<resourcetype />"

ANSWERS: dict[str, tuple[int, tuple[tuple[str, str], ...], str]] = {
    "well-known": (301, _MOVED, "Redirected to /"),
    "server": (
        207,
        _AS_XML,
        _BOTH
        + f"<response><href>/</href><propstat><prop><resourcetype><collection /></resourcetype>{_ME}</prop>{_OK}"
        + f"</propstat><propstat><prop><displayname /><CR:addressbook-home-set /></prop>{_NOT_THERE}</propstat>"
        + "</response></multistatus>",
    ),
    "user": (207, _AS_XML, f"{_BOTH}{_USER}</multistatus>"),
    "home": (
        207,
        _AS_XML,
        (
            f"{_BOTH}{_USER}<response><href>{_BOOK}</href><propstat><prop>{_A_BOOK}<displayname>"
            f"The team</displayname>{_ME}</prop>{_OK}</propstat><propstat><prop>"
            f"<CR:addressbook-home-set /></prop>{_NOT_THERE}</propstat></response></multistatus>"
        ),
    ),
    "all": (
        207,
        _AS_XML,
        (
            f"{_DAV}<sync-token>{TOKEN}</sync-token>{_entry('b.vcf', _BOB)}{_entry('c.vcf', _CY)}"
            f"{_entry('p%201.vcf', _ANN)}</multistatus>"
        ),
    ),
    "cards": (
        207,
        _AS_XML,
        f"{_BOTH}<response><href>{_BOOK}none.vcf</href>{_NOT_THERE}</response>"
        + _entry(
            "p%201.vcf",
            _ANN,
            _card("UID:u1", "EMAIL:ann@acme.example", "FN:Ann Field", "ORG:Acme", "TEL;TYPE=CELL:+44 20 7946 0001"),
        )
        + f"{_entry('b.vcf', _BOB, _card('UID:u2', 'FN:Bob Gray'))}</multistatus>",
    ),
    "listed": (
        207,
        _AS_XML,
        (
            f"{_BOTH}<response><href>{_BOOK}</href><propstat><prop><getetag>"
            '"b5b6bcee917a285decb0e7798b4594c80aa3c1888457694011cf5c0536225fbc"</getetag>'
            f"{_A_BOOK}</prop>{_OK}</propstat></response>{_entry('b.vcf', _BOB, _NO_TYPE)}"
            f"{_entry('c.vcf', _CY, _NO_TYPE)}{_entry('p%201.vcf', _ANN, _NO_TYPE)}</multistatus>"
        ),
    ),
    "since": (
        207,
        _AS_XML,
        f"{_DAV}<sync-token>{NEXT_TOKEN}</sync-token><response><href>{_BOOK}c.vcf</href>{_NOT_THERE}</response>"
        + _entry("b.vcf", '"28781afba2c7f080a3ed6bb6d7563d73baca701c6ed15ae1cb679ccaab2bdddb"')
        + "</multistatus>",
    ),
    "unknown token": (403, _AS_XML, f'{_XML}<error xmlns="DAV:"><valid-sync-token /></error>'),
    "no book": (404, _AS_TEXT, "The requested resource could not be found."),
}
