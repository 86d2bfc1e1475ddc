"""What stands at an address before it is added as a shared directory."""

from __future__ import annotations

from collections.abc import Callable

from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import DirectoryKind, DirectoryOffer, FileContents, SharedDirectory
from c2c_desktop.services.directory_ports import DirectoryUpdater
from c2c_desktop.services.ports import Lane, Runner

LOOK_SECONDS = 20.0
"""What a look at a file may take; its share may hang."""


class DirectoryLook:
    """Looks at servers through the updater, at files on a lane. Main thread."""

    def __init__(self, updater: DirectoryUpdater, runner: Runner, look_at_file: Callable[[str], FileContents]) -> None:
        self._updater = updater
        self._runner = runner
        self._look_at_file = look_at_file

    def look(
        self,
        directory: SharedDirectory,
        password: Secret,
        done: Callable[[DirectoryOffer], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Hand what can be added to `done`."""
        if directory.kind is DirectoryKind.FILE:
            self._look_at(directory, done, failed)
            return

        def found(books: list[SharedDirectory]) -> None:
            if books:
                done(DirectoryOffer(tuple(books)))
                return
            message = "The sign-in works, but nobody made an address book there, or shares one."
            failed(UserFacingError("There is no address book", message))

        self._updater.check(directory, password, found, failed)

    def _look_at(
        self, file: SharedDirectory, done: Callable[[DirectoryOffer], None], failed: Callable[[Exception], None]
    ) -> None:
        def found(contents: FileContents) -> None:
            done(DirectoryOffer((file,), contents))

        def not_read(error: Exception) -> None:
            if isinstance(error, TimeoutError):
                error = UserFacingError("The file cannot be read", "Its share does not answer.")
            failed(error)

        self._runner.run(Lane.DESKTOP, lambda: self._look_at_file(file.address), found, not_read, LOOK_SECONDS)
