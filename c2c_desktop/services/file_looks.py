"""Looks at one contact file on the database lane, as often as a person changes how it is read."""

from __future__ import annotations

from collections.abc import Callable

from c2c_desktop.domain.contact_import import FileLook, TableFormat
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.services.import_ports import ContactFiles
from c2c_desktop.services.newest_only import NewestOnly
from c2c_desktop.services.ports import Lane, Runner

PATIENCE = 20.0
"""Seconds after which a file on a share that does not answer is given up."""

Told = Callable[[FileLook], None]
Failed = Callable[[Exception], None]


class FileLooks:
    """Tells of the newest wish only: what was overtaken is never told. Main thread."""

    def __init__(self, files: ContactFiles, runner: Runner) -> None:
        self._files = files
        self._newest: NewestOnly[FileLook] = NewestOnly(runner, Lane.DATABASE, PATIENCE)

    def look(self, path: str, done: Told, failed: Failed) -> None:
        """Tell what a file is."""
        self._newest.ask(lambda: self._files.look(path), done, _patient(failed))

    def preview(
        self, path: str, table: TableFormat, done: Told, failed: Failed, *, is_reshaped: bool, keeps_mapping: bool
    ) -> None:
        """Tell what a table is, read as `table` says.

        `is_reshaped`: other columns may have come of another shape: what they mean is guessed anew, unless
        `keeps_mapping` and there are as many as before.
        """

        def read() -> FileLook:
            look = self._files.preview(path, table)
            if not is_reshaped:
                return look
            from c2c_desktop.domain.column_guess import guess_mapping  # noqa: PLC0415  # start-up does without

            guess = guess_mapping(look.header, [cells for _, cells in look.rows])
            if not guess.columns or (keeps_mapping and len(guess.columns) == len(table.mapping.columns)):
                return look
            return self._files.preview(path, TableFormat(table.shape, guess))

        self._newest.ask(read, done, _patient(failed))

    def forget(self) -> None:
        """Tell nothing any more of what was asked so far."""
        self._newest.forget()


def _patient(failed: Failed) -> Failed:
    def told(error: Exception) -> None:
        if isinstance(error, TimeoutError):
            error = UserFacingError("The file does not answer", "Copy it to this computer, then import the copy.")
        failed(error)

    return told
