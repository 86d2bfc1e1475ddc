"""The contact list."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from c2c_desktop.domain.contact import Contact, changed_meanwhile
from c2c_desktop.domain.contact_merge import ContactsChangedError, MergeUndo, group_of, merge
from c2c_desktop.domain.contact_rank import MOST_FAVOURITES, Rank, entry_of, is_similar, rank_of, sort_key
from c2c_desktop.domain.contact_search import ContactSearch, read_search
from c2c_desktop.domain.duplicates import FoundDuplicates, find_among, in_order, pairs_of
from c2c_desktop.domain.errors import BusyStorageError, NoLongerWantedError, StorageError
from c2c_desktop.domain.found_contacts import Found, FoundCount, Heading, Place, Section
from c2c_desktop.domain.similar_words import similar_terms


class MemoryContactStore:
    """The contact list in memory. `interrupted` counts the wishes to stop counting; `busy`: so often it is held."""

    def __init__(self, contacts: list[Contact] | None = None) -> None:
        self.contacts: dict[int, Contact] = {}
        self.interrupted = self.busy = 0
        self.duplicates = MemoryDuplicateSearch(self)
        for contact in contacts or []:
            self.save(contact)

    def search(self, text: str, limit: int) -> Found:
        search = read_search(text)
        ranked = self._ranked(search)
        sections = []
        for heading, ranks in _sections(search):
            part = [pair for pair in ranked if pair[0].rank in ranks]
            if part:
                sections.append(_section(heading, part, limit))
        variants = similar_terms(search)
        if not sections and variants:
            alike = [c for c in self._sorted() if is_similar(variants, search.tags, entry_of(c))]
            pairs = [(Place(True, Rank.SIMILAR, at), contact) for at, contact in enumerate(alike)]
            sections = [_section(Heading.SIMILAR, pairs, limit)] if pairs else []
        return Found(tuple(sections))

    def glance(self, text: str, limit: int) -> Found:
        sections = self.search(text, limit).sections
        if not sections or sections[0].after is not None:
            return Found(sections[:1])
        room = max(limit - len(sections[0].contacts), 1)
        return Found((sections[0], *self.search(text, room).sections[1:]))

    def more(self, text: str, after: Place, limit: int) -> Section:
        search = read_search(text)
        ((heading, ranks),) = [each for each in _sections(search) if after.rank in each[1]]
        ranked = [pair for pair in self._ranked(search) if pair[0].rank in ranks and pair[0] > after]
        return _section(heading, ranked, limit)

    def order(self) -> array[int]:
        first = self._first_favourites()
        return array("q", [contact.id for contact in self._sorted() if contact.id not in first])

    def standing_at(self, positions: Sequence[int]) -> dict[int, Contact]:
        return {at: self.contacts[at] for at in positions if at in self.contacts}

    def count(self) -> int:
        return len(self.contacts)

    def count_found(self, text: str, most: int | None = None) -> FoundCount | None:
        number = len(self._ranked(read_search(text)))
        return FoundCount(number, True) if most is None or number <= most else FoundCount(most, False)

    def read_ahead(self) -> None:
        """Everything is in memory."""

    def interrupt_count(self) -> None:
        self.interrupted += 1

    def save(
        self, contact: Contact, before: Contact | None = None, is_wanted: Callable[[], bool] = lambda: True
    ) -> Contact:
        self._write()
        if not is_wanted():
            raise NoLongerWantedError
        if before is not None and self.contacts.get(before.id) != before:
            raise changed_meanwhile()
        last = max((*self.contacts, *(second for _, second in self.duplicates.apart)), default=0)
        stored = replace(contact, id=contact.id or last + 1)
        self.contacts[stored.id] = stored
        return stored

    def set_favourite(self, contact_id: int, *, favourite: bool) -> None:
        self._write()
        if contact_id in self.contacts:
            self.contacts[contact_id] = replace(self.contacts[contact_id], favourite=favourite)

    def delete(self, contact_id: int) -> Contact | None:
        self._write()
        return self.contacts.pop(contact_id, None)

    def _write(self) -> None:
        if self.busy:
            self.busy -= 1
            raise BusyStorageError("Your data could not be stored", "Another program holds the file. Try again.")

    def find_number(self, e164: str) -> Contact | None:
        owners = [c for c in self.contacts.values() if e164 and any(n.e164 == e164 for n in c.numbers)]
        return min(owners, key=lambda c: c.id, default=None)

    def read_own(self, ids: Sequence[int]) -> list[Contact]:
        there = (self.contacts.get(contact_id) for contact_id in sorted(set(ids)))
        return [contact for contact in there if contact is not None and not contact.directory]

    def merge(self, contact: Contact, members: Sequence[Contact]) -> MergeUndo:
        if self.read_own([member.id for member in members]) != list(members):
            raise ContactsChangedError
        for gone in members[1:]:
            del self.contacts[gone.id]
        self.contacts[contact.id] = contact
        self.duplicates.follow(contact.id, {gone.id for gone in members[1:]})
        return MergeUndo(contact, tuple(members))

    def merge_certain(self, groups: Sequence[Sequence[int]]) -> list[MergeUndo]:
        done: list[MergeUndo] = []
        for ids in groups:
            members = self.read_own(ids)
            group = group_of(members)
            if group is not None and group.is_certain and group.ids == tuple(ids):
                done.append(self.merge(merge(members).contact, members))
        return done

    def undo_merges(self, merges: Sequence[MergeUndo]) -> list[MergeUndo]:
        left = [each for each in merges if self.contacts.get(each.contact.id) != each.contact]
        for each in merges:
            if each not in left:
                self.contacts[each.contact.id] = each.members[0]
                for contact in each.members[1:]:
                    self.save(replace(contact, id=0) if contact.id in self.contacts else contact)
        return left

    def tags(self, most: int) -> list[str]:
        counted = Counter(tag for contact in self.contacts.values() for tag in contact.tags)
        return sorted(counted, key=lambda tag: (-counted[tag], tag))[:most]

    def _sorted(self) -> list[Contact]:
        return sorted(self.contacts.values(), key=lambda c: (sort_key(c), c.id))

    def _first_favourites(self) -> set[int]:
        return {contact.id for contact in [c for c in self._sorted() if c.favourite][:MOST_FAVOURITES]}

    def _ranked(self, search: ContactSearch) -> list[tuple[Place, Contact]]:
        ranked = [(rank_of(search, entry_of(c)), at, c) for at, c in enumerate(self._sorted())]
        first = self._first_favourites()
        found = [(Place(c.id not in first, rank, at), c) for rank, at, c in ranked if rank is not None]
        return sorted(found, key=lambda pair: pair[0])


class MemoryDuplicateSearch:
    """Looks through the contacts of a `MemoryContactStore`. `fails` is raised instead."""

    def __init__(self, store: MemoryContactStore) -> None:
        self._store = store
        self.apart: set[tuple[int, int]] = set()
        self.interrupted = 0
        self.fails: StorageError | None = None

    def find(self, most: int) -> FoundDuplicates | None:
        if self.fails is not None:
            raise self.fails
        found = find_among(self._store.contacts.values(), frozenset(self.apart))
        groups = [group for ids in found[:most] if (group := group_of(self._store.read_own(ids))) is not None]
        return FoundDuplicates(in_order(groups), is_all=len(found) <= most)

    def interrupt(self) -> None:
        self.interrupted += 1

    def keep_apart(self, ids: Sequence[int]) -> None:
        self.apart.update(pairs_of(ids))

    def propose_again(self, ids: Sequence[int]) -> None:
        self.apart.difference_update(pairs_of(ids))

    def follow(self, contact_id: int, gone: set[int]) -> None:
        for pair in list(self.apart):
            for old, other in (pair, pair[::-1]):
                if old in gone and other not in gone:
                    self.apart.update(pairs_of((contact_id, other)))


def _sections(search: ContactSearch) -> list[tuple[Heading, tuple[Rank, ...]]]:
    if search.is_number:
        return [(Heading.NAMES, (Rank.NAME,)), (Heading.NUMBERS, (Rank.COMPANY, Rank.INSIDE))]
    return [(Heading.NONE, (Rank.NAME, Rank.COMPANY, Rank.INSIDE))]


def _section(heading: Heading, pairs: list[tuple[Place, Contact]], limit: int) -> Section:
    shown = pairs[:limit]
    return Section(heading, tuple(c for _, c in shown), shown[-1][0] if len(pairs) > limit else None)
