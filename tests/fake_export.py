"""Stand-ins for what an export needs from outside; the contract suite runs the same checks on the source here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_export import ContactSelection, ExportChoices, ExportFormat, TagCount
from c2c_desktop.domain.contact_rank import entry_of, rank_of, sort_key
from c2c_desktop.domain.contact_record import ContactRecord
from c2c_desktop.domain.contact_search import read_search
from c2c_desktop.domain.plain_text import fold


class MemoryContactSource:
    """Contacts in memory. `fails` is raised by every call; `counted_before`: how many there were when one counted."""

    def __init__(self, contacts: Iterable[Contact] = ()) -> None:
        self.contacts = list(contacts)
        self.fails: Exception | None = None
        self.counted_before: int | None = None

    def each(self, selection: ContactSelection) -> Iterator[Contact]:
        if self.fails is not None:
            raise self.fails
        yield from sorted(
            filter(lambda c: _is_selected(c, selection), self.contacts), key=lambda c: (sort_key(c), c.id)
        )

    def count_selected(self, selection: ContactSelection) -> int:
        number = sum(1 for _ in self.each(selection))
        return number if self.counted_before is None else self.counted_before

    def export_choices(self) -> ExportChoices:
        if self.fails is not None:
            raise self.fails
        shared = sum(1 for contact in self.contacts if contact.directory)
        tags: dict[str, TagCount] = {}
        for contact in self.contacts:
            for tag in {fold(tag): tag for tag in contact.tags}.values():
                known = tags.get(fold(tag), TagCount(tag, 0))
                is_shared = bool(contact.directory)
                tags[fold(tag)] = TagCount(known.tag, known.own + (not is_shared), known.shared + is_shared)
        told = tuple(tags[key] for key in sorted(tags))
        return ExportChoices(len(self.contacts) - shared, shared, told)


def _is_selected(contact: Contact, selection: ContactSelection) -> bool:
    if contact.directory and not selection.with_shared:
        return False
    if selection.tag:
        return fold(selection.tag) in map(fold, contact.tags)
    search = read_search(selection.text)
    return search.is_empty or rank_of(search, entry_of(contact)) is not None


class MemoryContactWriter:
    """Files in memory, by their paths. `fails` is raised at the end of one, `during` runs before each record."""

    def __init__(self) -> None:
        self.files: dict[str, list[ContactRecord]] = {}
        self.kinds: list[ExportFormat] = []
        self.fails: Exception | None = None
        self.neutralised = 0
        self.during: Callable[[int], None] = lambda _: None

    def write(self, records: Iterable[ContactRecord], path: str, kind: ExportFormat) -> int:
        written = []
        for number, record in enumerate(records):
            self.during(number)
            written.append(record)
        if self.fails is not None:
            raise self.fails
        self.files[path] = written
        self.kinds.append(kind)
        return self.neutralised
