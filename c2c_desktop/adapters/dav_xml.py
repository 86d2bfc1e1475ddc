"""The XML of WebDAV: the bodies of requests, and answers read as they come.

The standard library's expat does the reading. What it is told to refuse is what makes XML dangerous: a document type,
and with it every entity that could grow or point elsewhere, ends the reading at its first word; nesting, lengths and
numbers of things have limits. Nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

DAV = "DAV:"
CARDDAV = "urn:ietf:params:xml:ns:carddav"

LONGEST_TEXT = 8 << 20
"""Characters of one property; a longer one is cut and marked so."""

_DEEPEST = 24
_MOST_PARTS = 200
"""Properties of one response, and elements inside one property, that are read."""
_LONGEST_WORD = 4_000
"""Characters of an address, a status or a token."""

_LONGEST_TOKEN = 1 << 20
"""Bytes of a tag, a comment and the like: expat looks at one anew with each part that comes."""

_STATUS_AT = 1
_ROOT, _MULTISTATUS, _INSIDE, _PROPSTAT, _PROPERTY, _VALUE = range(1, 7)
"""How deep things stand."""


class DavXmlError(Exception):
    """An answer is no XML, or none that is read."""


@dataclass(slots=True)
class DavProperty:
    """The value of one property."""

    text: str = ""
    is_cut: bool = False
    """Whether it was longer than is read."""
    elements: list[str] = field(default_factory=list)
    """The names of the elements right inside: "DAV: collection"."""
    hrefs: list[str] = field(default_factory=list)


@dataclass(slots=True)
class DavResponse:
    """What an answer says of one address."""

    href: str
    status: int = 0
    """Of the whole address; 0 where there are properties instead."""
    properties: dict[str, DavProperty] = field(default_factory=dict)
    """Those that are there, by namespace and name: "DAV: getetag"."""


class DavReader:
    """Reads one answer, in the parts it comes in."""

    def __init__(self) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take_text
        self._parser = parser
        self._fed = 0
        self._path: list[str] = []
        self._text: list[str] = []
        self._left = 0
        self._is_cut = False
        self._hrefs: list[str] = []
        self._status = self._propstat_status = 0
        self._kept: dict[str, DavProperty] = {}
        self._found: dict[str, DavProperty] = {}
        self._property = DavProperty()
        self._read: list[DavResponse] = []
        self.sync_token = ""
        """Once the answer is read to its end."""
        self.conditions: set[str] = set()
        """Of an error: what was not given, "DAV: valid-sync-token" for instance."""

    def feed(self, data: bytes, *, is_last: bool = False) -> list[DavResponse]:
        """Read on, and return the responses that are whole now. Raises `DavXmlError`."""
        try:
            self._parser.Parse(data, is_last)
        except (expat.ExpatError, ValueError, LookupError) as error:  # the latter two for an unknown encoding
            raise DavXmlError(str(error)) from error
        self._fed += len(data)
        if not is_last and self._fed - self._parser.CurrentByteIndex > _LONGEST_TOKEN + len(data):
            raise DavXmlError("too long")
        whole, self._read = self._read, []
        return whole

    def _start(self, name: str, _: dict[str, str]) -> None:
        path = self._path
        path.append(name)
        depth = len(path)
        if depth > _DEEPEST:
            raise DavXmlError("too deep")
        if depth == _ROOT and name not in {"DAV: multistatus", "DAV: error"}:
            raise DavXmlError(f"no answer of WebDAV: {name[:80]}")
        if depth == _MULTISTATUS:
            self._begin(name)
        elif depth == _INSIDE and name == "DAV: propstat":
            self._propstat_status, self._found = 0, {}
        elif depth == _PROPERTY and self._is_in_property():
            self._property = DavProperty()
            self._listen(LONGEST_TEXT)
            return
        elif depth == _VALUE and self._is_in_property():
            if len(self._property.elements) < _MOST_PARTS:
                self._property.elements.append(name)
            if name != "DAV: href":
                return
        if name in {"DAV: href", "DAV: status", "DAV: sync-token"}:
            self._listen(_LONGEST_WORD)

    def _begin(self, name: str) -> None:
        self._hrefs, self._status, self._kept = [], 0, {}
        if self._path[0] == "DAV: error" and len(self.conditions) < _MOST_PARTS:
            self.conditions.add(name)

    def _end(self, name: str) -> None:
        path = self._path
        depth, text = len(path), "".join(self._text)
        if depth == _VALUE and name == "DAV: href" and self._is_in_property():
            if len(self._property.hrefs) < _MOST_PARTS:
                self._property.hrefs.append(text.strip())
        elif depth == _PROPERTY and self._is_in_property():
            self._property.text, self._property.is_cut = text, self._is_cut
            if len(self._found) < _MOST_PARTS:
                self._found[name] = self._property
        elif depth == _PROPSTAT and name == "DAV: status":
            self._propstat_status = _status(text)
        elif depth == _INSIDE and path[1] == "DAV: response":
            self._end_inside(name, text)
        elif depth == _MULTISTATUS:
            self._end_of_part(name, text)
        path.pop()

    def _end_inside(self, name: str, text: str) -> None:
        if name == "DAV: href" and len(self._hrefs) < _MOST_PARTS:
            self._hrefs.append(text.strip())
        elif name == "DAV: status":
            self._status = _status(text)
        elif name == "DAV: propstat" and self._propstat_status in {0, 200}:
            self._kept |= self._found

    def _end_of_part(self, name: str, text: str) -> None:
        if name == "DAV: response":
            self._read += [DavResponse(href, self._status, self._kept) for href in self._hrefs]
        elif name == "DAV: sync-token":
            self.sync_token = text.strip()

    def _is_in_property(self) -> bool:
        return self._path[1:4] == ["DAV: response", "DAV: propstat", "DAV: prop"]

    def _listen(self, longest: int) -> None:
        self._text, self._left, self._is_cut = [], longest, False

    def _take_text(self, text: str) -> None:
        if len(text) > self._left:
            text, self._is_cut = text[: self._left], True
        if text:
            self._text.append(text)
            self._left -= len(text)


def _refuse(*_: object) -> None:
    raise DavXmlError("a document type")


def _status(line: str) -> int:
    """Read "HTTP/1.1 200 OK"; 0 for anything else."""
    words = line.split()
    is_one = len(words) > _STATUS_AT and len(words[_STATUS_AT]) == 3 and words[_STATUS_AT].isascii()  # noqa: PLR2004
    return int(words[_STATUS_AT]) if is_one and words[_STATUS_AT].isdecimal() else 0


def propfind_body(properties: Iterable[str]) -> bytes:
    """Ask for properties, written as "D:getetag" or "C:addressbook-home-set"."""
    return _document("D:propfind", _wanted(properties))


def sync_body(token: str) -> bytes:
    """Ask what changed since `token`; everything for ""."""
    inside = f"<D:sync-token>{escape(token)}</D:sync-token><D:sync-level>1</D:sync-level>"
    return _document("D:sync-collection", inside + _wanted(["D:getetag"]))


def multiget_body(references: Sequence[str]) -> bytes:
    """Ask for the cards at `references`."""
    hrefs = "".join(f"<D:href>{escape(reference)}</D:href>" for reference in references)
    return _document("C:addressbook-multiget", _wanted(["D:getetag", "C:address-data"]) + hrefs)


def _wanted(properties: Iterable[str]) -> str:
    return f"<D:prop>{''.join(f'<{name}/>' for name in properties)}</D:prop>"


def _document(root: str, inside: str) -> bytes:
    names = f'xmlns:D="{DAV}" xmlns:C="{CARDDAV}"'
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root} {names}>{inside}</{root}>'.encode()
