"""What an import of contacts needs from outside, as protocols."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from c2c_desktop.domain.contact_import import FileLook, ImportProgress, ImportReport, ImportWish, TableFormat


class ContactFiles(Protocol):
    """Contact files before they are imported. Database lane. Raises `UserFacingError` for what cannot be read."""

    def look(self, path: str) -> FileLook:
        """Return what a file is, how it is read and what its first contacts are; takes milliseconds."""

    def preview(self, path: str, table: TableFormat) -> FileLook:
        """Return the same, read as the person says."""

    def remember(self, look: FileLook) -> None:
        """Read tables with that header in the same way from now on."""


class ContactImporter(Protocol):
    """Takes files into the contact list, in a process of its own. Main thread, the callbacks too."""

    def start(
        self,
        wish: ImportWish,
        told: Callable[[ImportProgress], None],
        done: Callable[[ImportReport], None],
        failed: Callable[[Exception], None],
    ) -> Callable[[], None]:
        """Begin, and return what cancels it: then nothing is kept, and `failed` gets `CancelledImportError`.

        Exactly one of `done` and `failed` is called.
        """

    def undo(self, import_id: int, done: Callable[[int, int], None], failed: Callable[[Exception], None]) -> None:
        """Take back an import; `done` is told how many contacts it changed back, and how many stay as they are.

        Those stay that a person changed since. `failed` gets a `UserFacingError` where it is not the last one any more.
        """
