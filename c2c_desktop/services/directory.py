"""The contact list as the window uses it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.errors import BusyStorageError, NoLongerWantedError
from c2c_desktop.domain.found_contacts import Found, FoundCount, Place, Section
from c2c_desktop.services.ports import ContactStore, Lane, Runner

T = TypeVar("T")

GLANCE_LIMIT = 12
"""Contacts that `glance` hands over: as many as a window of the usual size shows."""

SEARCH_LIMIT = 24
"""Contacts of each section that a search hands over at once: as many as most windows show."""

_FIRST_DIGITS = "123456789"

MORE_LIMIT = 200
"""Contacts that `more` brings at once."""

COUNTED_AT_ONCE = 5000
"""Found contacts up to which they are counted first; beyond, "5,000+" is told before the exact figure."""

TAGS_LIMIT = 500
"""Tags that are offered while one is typed."""

FAVOURITES_LIMIT = 8
"""Favourites a menu shows."""


class _Wish:
    """Somebody's, until they take it back."""

    def __init__(self) -> None:
        self.stands = True

    def take_back(self) -> None:
        self.stands = False


class Directory:
    """Search and edit contacts. Main thread; the database works on its lane."""

    def __init__(self, store: ContactStore, runner: Runner, failed: Callable[[Exception], None]) -> None:
        self._store = store
        self._runner = runner
        self._failed = failed
        self._listeners: list[tuple[Callable[[], None], Callable[[], None]]] = []
        self._name_of: Callable[[int], str] = lambda _: ""
        self._counting = 0
        """Another for each search and count: an older count is not wanted any more."""

    def listen(self, listener: Callable[[], None], late: Callable[[], None] | None = None) -> None:
        """Call `listener` after each change of the list; `late` instead after one that waited for somebody else."""
        self._listeners.append((listener, late or listener))

    def name_directories(self, name_of: Callable[[int], str]) -> None:
        """Know how shared directories are called: `name_of` is asked by their ids."""
        self._name_of = name_of

    def directory_name(self, contact: Contact) -> str:
        """Return the name of the shared directory `contact` comes from; "" for the person's own list."""
        return self._name_of(contact.directory) if contact.directory else ""

    def search(self, text: str, done: Callable[[Found], None]) -> None:
        """Hand who answers `text` to `done`. A count that is under way is given up: its text is of yesterday."""
        self._search(lambda: self._store.search(text, SEARCH_LIMIT), done)

    def glance(self, text: str, done: Callable[[Found], None]) -> None:
        """Hand the first who answer `text` to `done`, sooner than `search` does.

        Sections behind one that goes on are not among them: `behind_glance` brings those too.
        """
        self._search(lambda: self._store.glance(text, GLANCE_LIMIT), done)

    def behind_glance(self, text: str, done: Callable[[Found], None]) -> None:
        """Hand what `search` finds to `done`, after a glance at the same text: its count goes on."""
        self._runner.run(Lane.DATABASE, lambda: self._store.search(text, SEARCH_LIMIT), done, self._failed)

    def prepare(self) -> None:
        """Have ready what the first digit of a number finds: each looks at a part of everybody. Gives way to a search.

        To be asked when nobody types.
        """
        self._runner.run(Lane.COUNTING, self._store.read_ahead, lambda _: None, self._failed)
        looks = [partial(self._store.glance, digit, GLANCE_LIMIT) for digit in _FIRST_DIGITS]
        searches = [partial(self._store.search, digit, SEARCH_LIMIT) for digit in _FIRST_DIGITS]
        self._prepare([*looks, *searches], self._counting)

    def _prepare(self, searches: Sequence[Callable[[], Found]], generation: int) -> None:
        if searches and generation == self._counting:
            goes_on = partial(self._prepare, searches[1:], generation)
            self._runner.run(Lane.DATABASE, searches[0], lambda _: goes_on(), self._failed)

    def more(self, text: str, after: Place, done: Callable[[Section], None]) -> None:
        """Hand the next contacts of a section that goes on to `done`."""
        self._runner.run(Lane.DATABASE, lambda: self._store.more(text, after, MORE_LIMIT), done, self._failed)

    def order(self, done: Callable[[array[int]], None]) -> None:
        """Hand where everybody stands but the first favourites to `done`: see `ContactStore.order`."""
        self._runner.run(Lane.COUNTING, self._store.order, done, self._failed)

    def standing_at(self, positions: Sequence[int], done: Callable[[dict[int, Contact]], None]) -> None:
        """Hand who stands at `positions`, a part of the order, to `done`."""
        self._runner.run(Lane.DATABASE, lambda: self._store.standing_at(positions), done, self._failed)

    def count_found(self, text: str, done: Callable[[FoundCount], None]) -> None:
        """Tell `done` how many answer `text`: soon, and again when many are counted exactly.

        Nothing is told any more where another search or count began meanwhile: call this after `search`.
        """
        self._counting += 1
        self._store.interrupt_count()
        generation = self._counting

        def told(count: FoundCount | None) -> None:
            if count is None or generation != self._counting:
                return
            done(count)
            if not count.is_exact:
                self._runner.run(Lane.COUNTING, exactly, told, self._failed)

        def roughly() -> FoundCount | None:
            return self._store.count_found(text, COUNTED_AT_ONCE) if generation == self._counting else None

        def exactly() -> FoundCount | None:
            return self._store.count_found(text) if generation == self._counting else None

        self._runner.run(Lane.COUNTING, roughly, told, self._failed)

    def count(self, done: Callable[[int], None]) -> None:
        """Hand the number of contacts to `done`."""
        self._runner.run(Lane.COUNTING, self._store.count, done, self._failed)

    def favourites(self, done: Callable[[list[Contact]], None]) -> None:
        """Hand the first favourites, as many as a menu shows, to `done`."""

        def read() -> list[Contact]:
            return [contact for contact in self._store.search("", FAVOURITES_LIMIT).contacts if contact.favourite]

        self._runner.run(Lane.DATABASE, read, done, self._failed)

    def tags(self, done: Callable[[list[str]], None]) -> None:
        """Hand the tags in use to `done`, those of most contacts first, as many as are worth offering."""
        self._runner.run(Lane.COUNTING, lambda: self._store.tags(TAGS_LIMIT), done, self._failed)

    def find_number(self, e164: str, done: Callable[[Contact | None], None]) -> None:
        """Hand a contact with that number, or None, to `done`."""
        self._runner.run(Lane.DATABASE, lambda: self._store.find_number(e164), done, self._failed)

    def save(
        self,
        contact: Contact,
        done: Callable[[Contact], None] = lambda _: None,
        failed: Callable[[Exception], None] | None = None,
        before: Contact | None = None,
        waits: Callable[[], None] = lambda: None,
    ) -> Callable[[], None]:
        """Add (id 0) or replace a contact; with `before` only where that is still what is stored.

        While an import holds the list it is tried again and again; `waits` hears so each time. Returns what takes the
        wish back: what is not stored by then never is, and `failed` hears `NoLongerWantedError` once that is certain.
        Until then it can still turn out to be stored.
        """
        wish = _Wish()

        self._insist(lambda: self._store.save(contact, before, lambda: wish.stands), done, failed, waits, wish)
        return wish.take_back

    def delete(
        self,
        contact: Contact,
        done: Callable[[Contact | None], None] = lambda _: None,
        waits: Callable[[], None] = lambda: None,
    ) -> None:
        """Remove a contact. `done` hears what was removed, which `restore` brings back; None where it was gone already.

        An import can have changed it since it was shown. `waits` as in `save`.
        """
        self._insist(lambda: self._store.delete(contact.id), done, None, waits)

    def restore(self, contact: Contact) -> None:
        """Undo a `delete`. The contact is the person's own from now on, and no import takes it away."""
        self.save(replace(contact, id=0, import_id=0))

    def set_favourite(self, contact: Contact, *, favourite: bool, waits: Callable[[], None] = lambda: None) -> None:
        """Put a contact among the favourites, or take it out. `waits` as in `save`."""
        self._insist(lambda: self._store.set_favourite(contact.id, favourite=favourite), lambda _: None, None, waits)

    def changed(self) -> None:
        """Let whoever listens look again: something else changed the list."""
        self._tell()

    def _search(self, search: Callable[[], Found], done: Callable[[Found], None]) -> None:
        self._counting += 1
        self._store.interrupt_count()
        self._runner.run(Lane.DATABASE, search, done, self._failed)

    def _insist(
        self,
        change: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None,
        waits: Callable[[], None],
        wish: _Wish | None = None,
    ) -> None:
        """Try until nobody else holds the list, or the wish is taken back."""
        has_waited = False

        def happened(result: T) -> None:
            done(result)
            self._tell(late=has_waited)

        def not_done(error: Exception) -> None:
            nonlocal has_waited
            if wish is not None and not wish.stands:
                if failed is not None:
                    failed(NoLongerWantedError())
            elif isinstance(error, BusyStorageError):
                has_waited = True
                waits()
                self._runner.run(Lane.CHANGING, change, happened, not_done)
            else:
                (failed or self._failed)(error)

        self._runner.run(Lane.CHANGING, change, happened, not_done)

    def _tell(self, *, late: bool = False) -> None:
        for listener, later in self._listeners:
            (later if late else listener)()
