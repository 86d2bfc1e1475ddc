"""A shared directory on a CardDAV server: Nextcloud, Radicale, SOGo, and whatever else keeps to the standards.

What changed is told by a sync token (RFC 6578); where the server has none, or does not know ours any more, every
entry's ETag is compared with what is known here. Either way only changed cards are fetched, some at a time
(RFC 6352's multiget), and read by `vcard_reader`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from urllib.parse import urlsplit

from c2c_desktop.adapters.dav_address import entry_name, entry_reference, resolved
from c2c_desktop.adapters.dav_client import DavClient, DavLimits
from c2c_desktop.adapters.dav_refusals import DavRefusedError
from c2c_desktop.adapters.dav_xml import DavResponse, multiget_body, propfind_body, sync_body
from c2c_desktop.adapters.telecmi import NetworkOptions
from c2c_desktop.adapters.vcard_reader import read_vcards
from c2c_desktop.domain.contact_record import ContactRecord, SkippedRecord
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import (
    DirectoryChange,
    DirectoryCursor,
    DirectoryEntry,
    DirectoryError,
    DirectoryRemoval,
    SharedDirectory,
)

FETCHED_AT_ONCE = 100
"""Cards of one request."""

MOST_ENTRIES = 1_000_000
CARD_TOO_LARGE = "This card is larger than 8 MB."
CARD_NOT_SENT = "The server lists this card and does not hand it over; it is asked again next time."
SEVERAL_CARDS = "There is more than one contact in this card; the first one is taken."

_MOST_PARTS = 1_000
"""Answers that a server may tell one change in."""
_NOT_FOUND, _TOO_LARGE = 404, 507
_ETAG = "DAV: getetag"
_CARD = "urn:ietf:params:xml:ns:carddav address-data"
_LISTED = propfind_body(["D:getetag", "D:resourcetype"])


class _Listing:
    """What there is, or what changed: entries with their ETags and how requests name them, and those that are gone."""

    def __init__(self) -> None:
        self.there: dict[str, tuple[str, str]] = {}
        self.gone: dict[str, None] = {}
        self.token = ""

    def take(self, book: str, response: DavResponse) -> None:
        """Take what an answer says of one address, if that is an entry of the book."""
        name = entry_name(book, response.href)
        if name is None:
            return
        if response.status == _NOT_FOUND:
            self.there.pop(name, None)
            self.gone[name] = None
        elif (tag := response.properties.get(_ETAG)) is not None:
            self.gone.pop(name, None)
            self.there[name] = clean_text(tag.text, 200), urlsplit(resolved(book, response.href)).path
        if len(self.there) + len(self.gone) > MOST_ENTRIES:
            raise DirectoryError(f"There are more than {MOST_ENTRIES:,} cards in this directory.", NextStep.NONE)


class CardDavSource:
    """Implements the `DirectorySource` port for one address book. Blocks; used once."""

    def __init__(
        self,
        directory: SharedDirectory,
        password: Secret,
        network: NetworkOptions | None = None,
        limits: DavLimits | None = None,
    ) -> None:
        self._directory = directory
        self._book = directory.address
        self._password = password
        self._network = network or NetworkOptions()
        self._limits = limits
        self._tags: dict[str, str] = {}
        self._token = ""

    def changes(self, cursor: DirectoryCursor) -> Iterator[DirectoryChange]:
        """Yield first what is gone, then what is new or changed."""
        book, user = self._book, self._directory.user
        with closing(DavClient(book, user, self._password, self._network, self._limits)) as self._client:
            yield from self._changes(cursor)

    def cursor(self) -> DirectoryCursor:
        """Return the server's token, if it has any, and every entry's ETag."""
        return DirectoryCursor(self._token, tuple(self._tags.items()))

    def _changes(self, cursor: DirectoryCursor) -> Iterator[DirectoryChange]:
        self._tags = dict(cursor.tags)
        listing = self._since(cursor.token) if cursor.token else None
        if listing is None:
            listing = self._whole()
            listing.gone |= dict.fromkeys(name for name in self._tags if name not in listing.there)
        for name in listing.gone:
            if self._tags.pop(name, None) is not None:
                yield DirectoryRemoval(name)
        for name, tag in self._tags.items():
            if not tag and name not in listing.there:
                listing.there[name] = "", entry_reference(self._book, name)
        changed = (name for name, (tag, _) in listing.there.items() if not tag or self._tags.get(name) != tag)
        names = list(changed)
        for start in range(0, len(names), FETCHED_AT_ONCE):
            yield from self._cards({name: listing.there[name] for name in names[start : start + FETCHED_AT_ONCE]})
        self._token = listing.token

    def _since(self, token: str) -> _Listing | None:
        """Return what changed; None where the server does not know the token."""
        try:
            return self._synced(token)
        except DavRefusedError as error:
            if not error.is_about_the_request:
                raise
            return None

    def _whole(self) -> _Listing:
        """List every entry; with a token where the server has one."""
        try:
            return self._synced("")
        except DavRefusedError as error:
            if not error.is_about_the_request:
                raise
        listing = _Listing()
        with self._client.asking("PROPFIND", self._book, _LISTED, depth=1) as answer:
            for response in answer.responses():
                listing.take(answer.url, response)
        return listing

    def _synced(self, token: str) -> _Listing:
        """Ask for what changed since `token`, in as many parts as the server wants."""
        listing = _Listing()
        for _ in range(_MOST_PARTS):
            is_part = False
            with self._client.asking("REPORT", self._book, sync_body(token)) as answer:
                for response in answer.responses():
                    is_part |= response.status == _TOO_LARGE
                    listing.take(answer.url, response)
            listing.token = answer.sync_token
            if not is_part:
                return listing
            if listing.token in {"", token}:
                break
            token = listing.token
        raise DirectoryError("The server does not come to an end of what changed. Try again later.")

    def _cards(self, wanted: dict[str, tuple[str, str]]) -> Iterator[DirectoryChange]:
        """Fetch cards; `wanted` are their ETags and how requests name them."""
        body = multiget_body([reference for _, reference in wanted.values()])
        left = dict(wanted)
        with self._client.asking("REPORT", self._book, body) as answer:
            for response in answer.responses():
                name = entry_name(answer.url, response.href)
                if name is None or name not in left:
                    continue
                card = response.properties.get(_CARD)
                if response.status == _NOT_FOUND:
                    del left[name]
                    if self._tags.pop(name, None) is not None:
                        yield DirectoryRemoval(name)
                elif card is not None:
                    tag = response.properties.get(_ETAG)
                    listed, _ = left.pop(name)
                    yield from self._read(name, "" if card.is_cut else card.text, is_cut=card.is_cut)
                    self._tags[name] = clean_text(tag.text, 200) if tag is not None else listed
        for name in left:
            self._tags[name] = ""
            yield SkippedRecord(0, CARD_NOT_SENT, clean_text(name, 200))

    def _read(self, name: str, text: str, *, is_cut: bool) -> Iterator[DirectoryChange]:
        """Yield the contact of a card; that it is gone where there is none any more."""
        if is_cut:
            yield SkippedRecord(1, CARD_TOO_LARGE, clean_text(name, 200))
        count = 0
        for record in islice(read_vcards(io.BytesIO(text.encode("utf-8", "replace"))), _MOST_PARTS):
            if isinstance(record, ContactRecord):
                count += 1
                yield (
                    DirectoryEntry(name, record)
                    if count == 1
                    else SkippedRecord(record.line, SEVERAL_CARDS, clean_text(record.name, 200))
                )
            else:
                yield record
        if not count and name in self._tags:
            yield DirectoryRemoval(name)
