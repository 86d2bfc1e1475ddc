"""Finding the address books of a user on a CardDAV server (RFC 6764, but for its DNS records).

Those would need a resolver of our own; a person gives the server's name or any address of it.
"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit, urlunsplit

from c2c_desktop.adapters.dav_address import checked_dav_address, resolved
from c2c_desktop.adapters.dav_client import DavClient
from c2c_desktop.adapters.dav_refusals import UNREADABLE, DavRefusedError
from c2c_desktop.adapters.dav_xml import DavResponse, propfind_body
from c2c_desktop.domain.contact_record import NAME_LENGTH
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.shared_directory import DirectoryError, DirectoryKind, SharedDirectory

WELL_KNOWN = "/.well-known/carddav"
MOST_BOOKS = 200
"""Address books of one server that are told."""

_MOST_HOMES = 10
_BOOK = "urn:ietf:params:xml:ns:carddav addressbook"
_HOMES = "urn:ietf:params:xml:ns:carddav addressbook-home-set"
_PRINCIPAL = "DAV: current-user-principal"
_TYPE, _NAME = "DAV: resourcetype", "DAV: displayname"
_ASKED = propfind_body(["D:resourcetype", "D:displayname", "D:current-user-principal", "C:addressbook-home-set"])


def find_address_books(client: DavClient, address: str, user: str, region: str = "") -> list[SharedDirectory]:
    """Return what stands at `address` or, for a server's or a user's address, what they offer; at least one.

    Raises `DirectoryError`, also where nothing is found.
    """
    return _Discovery(client, user, region).at(checked_dav_address(address))


class _Discovery:
    def __init__(self, client: DavClient, user: str, region: str) -> None:
        self._client = client
        self._user = user
        self._region = region

    def at(self, address: str) -> list[SharedDirectory]:
        well_known = resolved(address, WELL_KNOWN)
        is_server = urlsplit(address).path == "/"
        problem: DirectoryError | None = None
        for start in (well_known, address) if is_server else (address, well_known):
            try:
                found = self._from(start)
            except DavRefusedError as error:
                if not error.is_about_the_request and error.status >= 300:  # noqa: PLR2004  # else a page for people
                    raise
                problem = problem or error
                continue
            except DirectoryError as error:
                if error.message != UNREADABLE.format(urlsplit(address).hostname):
                    raise
                problem = problem or error
                continue
            if found:
                return found
        raise problem or DirectoryError(
            f"{urlsplit(address).hostname} has no address book for this user.", NextStep.NONE, title="Nothing found"
        )

    def _from(self, start: str) -> list[SharedDirectory]:
        url, about = self._look(start)
        if about is not None and _is_book(about):
            return [self._book(url, about)]
        homes = _hrefs(about, _HOMES)
        for principal in _hrefs(about, _PRINCIPAL)[:1] if not homes else ():
            base, about = self._look(resolved(url, principal))
            url, homes = base, _hrefs(about, _HOMES)
        books: dict[str, SharedDirectory] = {}
        for home in homes[:_MOST_HOMES] or [url]:
            for book in self._inside(resolved(url, home)):
                books.setdefault(book.address, book)
        return list(books.values())[:MOST_BOOKS]

    def _look(self, url: str) -> tuple[str, DavResponse | None]:
        """Return what is said of one address, and that address, which may have moved."""
        with self._client.asking("PROPFIND", url, _ASKED) as answer:
            found = list(answer.responses())
            return answer.url, found[0] if found else None

    def _inside(self, url: str) -> list[SharedDirectory]:
        with self._client.asking("PROPFIND", url, _ASKED, depth=1) as answer:
            return [
                self._book(resolved(answer.url, response.href), response)
                for response in answer.responses()
                if _is_book(response)
            ]

    def _book(self, url: str, about: DavResponse) -> SharedDirectory:
        told = about.properties.get(_NAME)
        name = clean_text(told.text, NAME_LENGTH) if told is not None else ""
        parts = urlsplit(url)
        path = parts.path.rstrip("/")
        last = clean_text(unquote(path.rpartition("/")[2]), NAME_LENGTH)
        name = name or last or parts.hostname or ""
        address = urlunsplit((parts.scheme, parts.netloc, f"{path}/", "", ""))  # no address of a directory has a query
        return SharedDirectory(0, name, DirectoryKind.CARDDAV, address, self._user, self._region)


def _is_book(response: DavResponse) -> bool:
    kind = response.properties.get(_TYPE)
    return kind is not None and _BOOK in kind.elements


def _hrefs(response: DavResponse | None, name: str) -> list[str]:
    found = response.properties.get(name) if response is not None else None
    return found.hrefs if found is not None else []
