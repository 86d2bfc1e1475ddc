"""What searches found out about the contacts, for as long as nobody changes anything."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from c2c_desktop.adapters import contact_selection
from c2c_desktop.adapters.contact_finder import Favourites, Finder, read_favourites
from c2c_desktop.adapters.nobody_begun import NobodyBegun
from c2c_desktop.adapters.remembered_pages import RememberedPages
from c2c_desktop.domain.contact_search import ContactSearch

if TYPE_CHECKING:
    import sqlite3


@dataclass(slots=True)
class Known:
    """What one thread knows of one state of the contacts."""

    version: tuple[int, int]
    pages: RememberedPages = field(default_factory=RememberedPages)
    counts: dict[ContactSearch, int] = field(default_factory=dict)
    nobody: NobodyBegun = field(default_factory=NobodyBegun)
    _favourites: Favourites | None = None
    _tags: list[str] | None = None

    def favourites(self, connection: sqlite3.Connection) -> Favourites:
        """Return the first favourites, read when they are asked for first."""
        if self._favourites is None:
            self._favourites = read_favourites(connection)
        return self._favourites

    def tags(self, connection: sqlite3.Connection) -> list[str]:
        """Return those in use, read when they are asked for first."""
        if self._tags is None:
            self._tags = contact_selection.tags_in_use(connection)
        return self._tags

    def finder(self, connection: sqlite3.Connection, search: ContactSearch) -> Finder:
        """Return what searches this state."""
        return Finder(connection, search, self.favourites(connection), self.nobody)


class SearchMemory:
    """Keeps what is known for each thread. Any thread."""

    def __init__(self) -> None:
        self._local = threading.local()
        self._changes = 0

    def forget(self) -> None:
        """Something was changed in this process."""
        self._changes += 1

    def known(self, connection: sqlite3.Connection) -> Known:
        """Return what the calling thread knows; `connection`, its own, counts what others changed."""
        version = connection.execute("PRAGMA data_version").fetchone()[0], self._changes
        known: Known | None = getattr(self._local, "known", None)
        if known is None or known.version != version:
            known = self._local.known = Known(version)
        return known
