"""What finding and merging duplicates needs from outside, as protocols."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_merge import MergeUndo
from c2c_desktop.domain.duplicates import FoundDuplicates


class DuplicateSearch(Protocol):
    """Looks through the own list for duplicates, and remembers which are none. Raises `StorageError`."""

    def find(self, most: int) -> FoundDuplicates | None:
        """Return the groups of the list, no more than `most`; None where it was interrupted.

        Counting lane: of a million contacts it takes seconds.
        """

    def interrupt(self) -> None:
        """Stop a `find` that is under way. Any thread; returns at once."""

    def keep_apart(self, ids: Sequence[int]) -> None:
        """Never propose any two of these again, whatever is changed of them. Database lane."""

    def propose_again(self, ids: Sequence[int]) -> None:
        """Take a `keep_apart` back. Database lane."""


class MergingStore(Protocol):
    """Merges contacts of the own list. Database lane. Raises `StorageError`; then nothing was done."""

    def read_own(self, ids: Sequence[int]) -> list[Contact]:
        """Return those of `ids` who are there, the oldest first."""

    def merge(self, contact: Contact, members: Sequence[Contact]) -> MergeUndo:
        """Let `contact`, which has the first one's id, stand for `members`, the oldest first: all of it or nothing.

        Raises `ContactsChangedError` where one of them is not any more as given.
        """

    def merge_certain(self, groups: Sequence[Sequence[int]]) -> list[MergeUndo]:
        """Merge groups that are certain as they stand now, and leave the others."""

    def undo_merges(self, merges: Sequence[MergeUndo]) -> list[MergeUndo]:
        """Take merges back; return those whose contact was changed or deleted since, which stay."""
