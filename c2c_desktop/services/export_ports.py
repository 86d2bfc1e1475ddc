"""What an export of contacts needs from outside, as protocols."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_export import ContactSelection, ExportChoices, ExportFormat
from c2c_desktop.domain.contact_record import ContactRecord


class ContactSource(Protocol):
    """Contacts that are read one after the other. Export lane. Raises `StorageError`."""

    def each(self, selection: ContactSelection) -> Iterator[Contact]:
        """Yield the selected ones in the order of the alphabet, all in one state, in little memory."""

    def count_selected(self, selection: ContactSelection) -> int:
        """Return how many they are; of a million it can take seconds."""

    def export_choices(self) -> ExportChoices:
        """Return what can be selected; of a million it takes up to a second."""


class ContactWriter(Protocol):
    """Writes contact files. Export lane."""

    def write(self, records: Iterable[ContactRecord], path: str, kind: ExportFormat) -> int:
        """Put a file in that place, and return how many cells were neutralised.

        What stood there is replaced at the end; until then, and where `records` raises, it is as it was. Raises
        `StorageError` where the file cannot be written.
        """
