"""First pages of searches that were made already: somebody types a letter, and takes it back."""

from __future__ import annotations

from typing import NamedTuple

from c2c_desktop.domain.contact_search import ContactSearch
from c2c_desktop.domain.found_contacts import Found

_KEPT = 24


class Page(NamedTuple):
    """What was asked for."""

    search: ContactSearch
    limit: int
    is_glance: bool


class RememberedPages:
    """What searches found in one state of the contacts, each up to a limit."""

    def __init__(self) -> None:
        self._pages: dict[Page, Found] = {}
        self._begins: dict[Page, Found] = {}
        """Those of single digits: there are ten, each looks at a part of everybody and begins many numbers."""

    def page(self, asked: Page) -> Found | None:
        """Return what is remembered of a search; None where nothing is."""
        if asked in self._begins:
            return self._begins[asked]
        found = self._pages.pop(asked, None)
        if found is not None:
            self._pages[asked] = found
        return found

    def keep(self, asked: Page, found: Found) -> None:
        """Remember a page, in the place of the one that was not asked for the longest."""
        search = asked.search
        if not search.tags and search.begins and all(len(digits) == 1 for digits in search.begins):
            self._begins[asked] = found
            return
        self._pages[asked] = found
        if len(self._pages) > _KEPT:
            del self._pages[next(iter(self._pages))]
