"""The contact list in SQLite: a million contacts found as one types."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from c2c_desktop.adapters import contact_merging, contact_rows, contact_selection, contact_writing, merged_contacts
from c2c_desktop.adapters.contact_duplicates import DuplicateSearch, read_ids
from c2c_desktop.adapters.contact_finder import count_answers
from c2c_desktop.adapters.contact_schema import MIGRATIONS
from c2c_desktop.adapters.database import BUSY_SECONDS, Database, InterruptedReadError
from c2c_desktop.adapters.import_undo import last_import
from c2c_desktop.adapters.remembered_pages import Page
from c2c_desktop.adapters.search_memory import SearchMemory
from c2c_desktop.domain.contact import Contact, changed_meanwhile
from c2c_desktop.domain.contact_export import ContactSelection, ExportChoices
from c2c_desktop.domain.contact_import import LastImport
from c2c_desktop.domain.contact_merge import MergeUndo
from c2c_desktop.domain.contact_search import ContactSearch, read_search
from c2c_desktop.domain.errors import NoLongerWantedError
from c2c_desktop.domain.found_contacts import Found, FoundCount, Place, Section

if TYPE_CHECKING:
    import sqlite3

SAVE_SECONDS = 1.0
"""After this long somebody is told that their change waits for an import."""

_SEARCH_CACHE_KIB = 8000
"""Pages of the index that a search need not ask the system for."""

_REMEMBERED_COUNTS = 1000

_CONTACTS = f"SELECT {contact_rows.COLUMNS} FROM contact AS c"  # noqa: S608  # fixed parts

_READ_AT_ONCE = 2000
_LARGEST_SHORT = 1 << 31
"""Places up to it take four bytes each."""


class SqliteContactStore:
    """Implements the `ContactStore` port on one file. Any thread."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, MIGRATIONS)
        self.duplicates = DuplicateSearch(self._database)
        self._lock = threading.Lock()
        self._counting: sqlite3.Connection | None = None
        self._memory = SearchMemory()

    @property
    def set_aside(self) -> Path | None:
        """Where a damaged file was moved, if one was found."""
        return self._database.set_aside

    def search(self, text: str, limit: int) -> Found:
        """Words of name and company by their beginnings, then inside; numbers; tags. See `domain.contact_rank`."""
        return self._found(text, limit, is_glance=False)

    def glance(self, text: str, limit: int) -> Found:
        """Number searches ask for no numbers where names fill the page."""
        return self._found(text, limit, is_glance=True)

    def _found(self, text: str, limit: int, *, is_glance: bool) -> Found:
        asked = Page(read_search(text), limit, is_glance)
        with self._database.reading(_SEARCH_CACHE_KIB) as connection:
            known = self._memory.known(connection)
            found = known.pages.page(asked) or known.finder(connection, asked.search).found(limit, is_glance=is_glance)
        known.pages.keep(asked, found)
        return found

    def more(self, text: str, after: Place, limit: int) -> Section:
        """Return the next page. Who was saved or deleted since the first one can be told twice, or be missing."""
        with self._database.reading() as connection:
            return self._memory.known(connection).finder(connection, read_search(text)).section_after(after, limit)

    def read_ahead(self) -> None:
        """Ask the system to have the file in its memory, where it takes such wishes."""
        self._database.read_ahead()

    def order(self) -> array[int]:
        """Read the alphabet, a little at a time: other threads go on meanwhile."""
        with self._database.reading() as connection:
            first = {favourite.position for favourite in self._memory.known(connection).favourites(connection)}
            ends = connection.execute(
                "SELECT (SELECT min(ord) FROM contact), (SELECT max(ord) FROM contact)"
            ).fetchone()
            order = array("i" if all(abs(end or 0) < _LARGEST_SHORT for end in ends) else "q")
            cursor = contact_rows.tuples(connection, "SELECT ord FROM contact ORDER BY ord")
            while rows := cursor.fetchmany(_READ_AT_ONCE):
                order.extend(position for (position,) in rows if position not in first)
        return order

    def standing_at(self, positions: Sequence[int]) -> dict[int, Contact]:
        """Read them by their places."""
        if not positions:
            return {}
        statement = f"{_CONTACTS} WHERE c.ord BETWEEN ? AND ? ORDER BY c.ord"
        with self._database.reading(_SEARCH_CACHE_KIB) as connection:
            rows = contact_rows.tuples(connection, statement, (positions[0], positions[-1])).fetchall()
            contacts = contact_rows.read(connection, rows)
        wanted = set(positions)
        return {row[0]: contact for row, contact in zip(rows, contacts, strict=True) if row[0] in wanted}

    def count(self) -> int:
        """Return how many contacts there are."""
        with self._database.reading() as connection:
            remembered = self._memory.known(connection).counts
            everybody = ContactSearch()
            if everybody not in remembered:
                remembered[everybody] = count_answers(connection, everybody, None)
            return remembered[everybody]

    def count_found(self, text: str, most: int | None = None) -> FoundCount | None:
        """Count; what was counted exactly is remembered until something changes."""
        search = read_search(text)
        try:
            with self._database.reading() as connection:
                remembered = self._memory.known(connection).counts
                if (known := remembered.get(search)) is not None:
                    return FoundCount(known, is_exact=True)
                with self._interruptible(connection):
                    number = count_answers(connection, search, most)
        except InterruptedReadError:
            return None
        if most is not None and number > most:
            return FoundCount(most, is_exact=False)
        if len(remembered) < _REMEMBERED_COUNTS:
            remembered[search] = number
        return FoundCount(number, is_exact=True)

    def interrupt_count(self) -> None:
        """Stop a `count_found` that is under way."""
        with self._lock:
            if self._counting is not None:
                self._counting.interrupt()

    def each(self, selection: ContactSelection) -> Iterator[Contact]:
        """Read them on a connection of their own: searches and edits go on meanwhile, and are not seen."""
        with self._database.reading_apart() as connection:
            yield from contact_selection.each(connection, selection)

    def count_selected(self, selection: ContactSelection) -> int:
        """Count those that `each` yields."""
        with self._database.reading_apart() as connection:
            return contact_selection.count(connection, selection)

    def export_choices(self) -> ExportChoices:
        """Look at everybody's tags."""
        with self._database.reading_apart() as connection:
            return contact_selection.choices(connection)

    def save(
        self, contact: Contact, before: Contact | None = None, is_wanted: Callable[[], bool] = lambda: True
    ) -> Contact:
        """Add or replace; what files said of the contact is kept, so that an import knows what a person changed.

        Somebody else who writes is waited for a second.
        """
        return self._save([contact], before, is_wanted, SAVE_SECONDS)[0]

    def save_all(self, contacts: list[Contact]) -> list[Contact]:
        """Add or replace several in one transaction."""
        return self._save(contacts, None, lambda: True, BUSY_SECONDS)

    def _save(
        self, contacts: list[Contact], before: Contact | None, is_wanted: Callable[[], bool], patience: float
    ) -> list[Contact]:
        with self._writing(patience) as connection:
            if not is_wanted():
                raise NoLongerWantedError
            if before is not None and contact_writing.stored(connection, before.id) != before:
                raise changed_meanwhile()
            stored = list(contact_writing.with_ids(connection, contacts))
            for contact in stored:
                contact_writing.keep_before_edit(connection, contact)
            is_renewed = contact_writing.apply(connection, stored)
        if is_renewed:
            self._database.renew()
        return stored

    def fill(self, contacts: Iterable[Contact]) -> None:
        """Add or replace any number in one transaction, from a stream, in little memory; index everybody anew.

        About a minute for a million. Others read what was there before, until it is done. What `contacts` raises comes
        through, and nothing is stored.
        """
        with self._writing() as connection:
            contact_writing.replace_all(connection, contact_writing.with_ids(connection, contacts))
        self._database.renew()

    def set_favourite(self, contact_id: int, *, favourite: bool) -> None:
        """Change that alone, whatever else of the contact changed meanwhile."""
        with self._writing(SAVE_SECONDS) as connection:
            now = contact_writing.stored(connection, contact_id)
            if now is not None and now.favourite != favourite:
                contact_writing.keep_before_edit(connection, replace(now, favourite=favourite))
                contact_writing.replace_one(connection, replace(now, favourite=favourite))

    def delete(self, contact_id: int) -> Contact | None:
        """Remove one as it is stored now."""
        with self._writing(SAVE_SECONDS) as connection:
            now = contact_writing.stored(connection, contact_id)
            contact_writing.remove(connection, contact_id)
            merged_contacts.forget(connection, "SELECT ?", (contact_id,))
        return now

    def tags(self, most: int) -> list[str]:
        """Look through every contact, once until something changes: a job for a lane nobody waits for."""
        with self._database.reading() as connection:
            return self._memory.known(connection).tags(connection)[:most]

    def find_number(self, e164: str) -> Contact | None:
        """Return the oldest contact with that number: a few steps in an index."""
        rows = self._database.read(
            f"{_CONTACTS} WHERE c.id = (SELECT min(contact_id) FROM phone WHERE e164 = ? AND e164 <> '')",  # noqa: S608  # fixed parts
            (e164,),
        )
        if not rows:
            return None
        with self._database.reading() as connection:
            return contact_rows.read(connection, rows)[0]

    def read_own(self, ids: Sequence[int]) -> list[Contact]:
        """Read them by their ids."""
        with self._database.reading() as connection:
            return read_ids(connection, ids)

    def merge(self, contact: Contact, members: Sequence[Contact]) -> MergeUndo:
        """Replace the oldest, delete the others, in one transaction that looks first whether they are as they were."""
        with self._writing() as connection:
            return contact_merging.merge_seen(connection, contact, members)

    def merge_certain(self, groups: Sequence[Sequence[int]]) -> list[MergeUndo]:
        """Merge in one transaction: a few milliseconds for each group."""
        with self._writing() as connection:
            return contact_merging.merge_certain(connection, groups)

    def undo_merges(self, merges: Sequence[MergeUndo]) -> list[MergeUndo]:
        """Bring the contacts back in one transaction."""
        with self._writing() as connection:
            return contact_merging.undo(connection, merges)

    def last_import(self) -> LastImport | None:
        """Return which import can be taken back."""
        with self._database.reading() as connection:
            return last_import(connection)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @contextmanager
    def _writing(self, patience: float = BUSY_SECONDS) -> Iterator[sqlite3.Connection]:
        with self._database.transaction(patience) as connection:
            yield connection
        self._memory.forget()

    @contextmanager
    def _interruptible(self, connection: sqlite3.Connection) -> Iterator[None]:
        with self._lock:
            self._counting = connection
        try:
            yield
        finally:
            with self._lock:
                self._counting = None
