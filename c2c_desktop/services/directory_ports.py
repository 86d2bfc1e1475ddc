"""What shared directories need from outside, as protocols."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import (
    DirectoryChange,
    DirectoryCursor,
    DirectoryState,
    SharedDirectory,
)


class DirectorySource(Protocol):
    """Reads one directory, and never writes there. Blocks; in the update's own process.

    CardDAV and a watched file are two; LDAP could be a third: it has keys (entry UUIDs) and a token (the sync cookie).
    """

    def changes(self, cursor: DirectoryCursor) -> Iterator[DirectoryChange]:
        """Yield what changed since `cursor`; everything for an empty one.

        Raises `DirectoryError` where it cannot be reached or refuses: what was yielded before is then not to be kept.
        """

    def cursor(self) -> DirectoryCursor:
        """Return where `changes`, read to its end, came to."""


class DirectoryStore(Protocol):
    """The directories and their contacts on disk. Database lane, or the update's process. Raises `StorageError`."""

    def states(self) -> list[DirectoryState]:
        """Return every directory in the order they were added."""

    def add(self, directory: SharedDirectory) -> SharedDirectory:
        """Store a new one, with its id. Raises `UserFacingError` where another one has that name."""

    def rename(self, directory_id: int, name: str) -> None:
        """Give one another name. Raises `UserFacingError` where another one has it."""

    def remove(self, directory_id: int) -> None:
        """Forget one and all its contacts."""

    def cursor(self, directory_id: int) -> DirectoryCursor:
        """Return up to where it is known."""

    def apply(
        self, directory_id: int, changes: Iterable[DirectoryChange], cursor: Callable[[], DirectoryCursor]
    ) -> DirectoryState:
        """Take all of `changes`, or, where they raise, nothing. `cursor` is asked at their end.

        Nobody waits while `changes` are read; they are stored in one go. Raises what they raise, and `DirectoryError`
        for a directory that is not there any more.
        """

    def failed(self, directory_id: int, problem: str, not_before: float = 0.0) -> DirectoryState:
        """Remember that a try failed, and until when (seconds since 1970) the server asked to be left alone."""


class DirectoryUpdater(Protocol):
    """Updates directories in a process of its own. Main thread, the callback too."""

    def update(self, directory: SharedDirectory, done: Callable[[DirectoryState], None]) -> None:
        """Begin; `done` is told how it went, whether it succeeded or failed. One that runs already is waited for.

        Directories are updated one after the other.
        """

    def check(
        self,
        directory: SharedDirectory,
        password: Secret,
        done: Callable[[list[SharedDirectory]], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Look what address books stand at an address before one is added; `failed` gets a `UserFacingError`.

        What is found has the name it has there, and can be added as it is, with that name or another.
        """

    def close(self) -> None:
        """End what runs; nothing of it is kept, and nobody is told. Waits for the processes to be gone."""
