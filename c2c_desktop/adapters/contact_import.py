"""The import of one contact file, and taking the last one back: the whole way, in the process it is called in.

The file is read and staged first; the contact list is locked only while it changes, in one transaction. A process that
is killed, a full disk and an error leave the list as it was.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from c2c_desktop.adapters.contact_schema import MIGRATIONS
from c2c_desktop.adapters.contact_source import Source, opened, read_source
from c2c_desktop.adapters.database import Database
from c2c_desktop.adapters.import_staging import Staging
from c2c_desktop.adapters.import_undo import last_import, undo_last
from c2c_desktop.adapters.import_writing import ImportWriting
from c2c_desktop.domain.column_mapping import RememberedMappings
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_import import (
    MOST_PROBLEMS,
    CancelledImportError,
    ImportProgress,
    ImportReport,
    ImportWish,
    Stage,
)
from c2c_desktop.domain.contact_record import ContactRecord, SkippedRecord
from c2c_desktop.domain.errors import StorageError, UserFacingError
from c2c_desktop.domain.import_merge import Verdict
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.record_contact import RecordContacts
from c2c_desktop.file_lock import lock_file

if TYPE_CHECKING:
    import sqlite3

_AT_ONCE = 2000
_NAME_LENGTH = 300
_TOLD_EVERY = 0.1
"""Seconds between two words on progress."""


class ContactImport:
    """Imports into the contact list in one file. Blocks; for a process, or a thread, of its own."""

    def __init__(
        self,
        path: Path,
        told: Callable[[ImportProgress], None] = lambda _: None,
        may_commit: Callable[[], bool] = lambda: True,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`may_commit` is asked once, when everything is written: False takes it back. `now` tells UTC seconds."""
        self._path = path
        self._told = told
        self._may_commit = may_commit
        self._now = now

    def run(self, wish: ImportWish, remembered: RememberedMappings) -> ImportReport:
        """Take a file in, all of it or nothing.

        Raises `UserFacingError` for a file that cannot be read and where another import runs, `StorageError`,
        `CancelledImportError` where it may not be committed.
        """
        with _alone(self._path), closing(Database(self._path, MIGRATIONS)) as database, opened(wish.path) as file:
            return _Run(database, wish, self._told, self._may_commit, self._now).import_from(file, remembered)

    def undo(self, import_id: int | None = None) -> tuple[int, int]:
        """Take the last import back; return how many contacts are as before it, and how many stay.

        Those stay that a person changed since. `import_id`: the one that is meant; None: whichever is the last. Raises
        `UserFacingError` where there is none, or it is another, or another import runs, `StorageError`,
        `CancelledImportError` where it may not be committed.
        """
        with _alone(self._path), closing(Database(self._path, MIGRATIONS)) as database:
            with database.transaction() as connection:
                last = last_import(connection)
                if last is not None and import_id not in (None, last.import_id):
                    raise UserFacingError(
                        "This import cannot be undone any more", "Another one was made since. Only the last one can be."
                    )
                undone = undo_last(connection)
                if undone is None:
                    raise UserFacingError("There is nothing to undo", "No import was made since the last undo.")
                if not self._may_commit():
                    raise CancelledImportError
            return undone


class _Run:
    """The state of one import."""

    def __init__(
        self,
        database: Database,
        wish: ImportWish,
        told: Callable[[ImportProgress], None],
        may_commit: Callable[[], bool],
        now: Callable[[], float],
    ) -> None:
        self._database = database
        self._wish = wish
        self._told = told
        self._may_commit = may_commit
        self._now = now
        self._began = time.monotonic()
        self._told_at = 0.0
        self._contacts = self._skipped = self._more = self._unread = 0
        self._problems: list[SkippedRecord] = []

    def import_from(self, file: BinaryIO, remembered: RememberedMappings) -> ImportReport:
        source = read_source(file, self._wish.path, self._wish.table, remembered)
        self._stage(source, file)
        writing: ImportWriting | None = None
        if self._wish.is_trial:
            with self._database.reading() as connection:
                writing = self._writing(connection)
                writing.plan()
        else:
            with self._database.transaction() as connection:
                writing = self._writing(connection)
                writing.plan()
                if not writing.is_nothing:
                    writing.write()
                if not self._may_commit():
                    raise CancelledImportError
        rows = writing.rows
        return ImportReport(
            added=rows[Verdict.ADDED],
            updated=rows[Verdict.UPDATED],
            merged=rows[Verdict.MERGED],
            kept=rows[Verdict.KEPT],
            unchanged=rows[Verdict.UNCHANGED],
            skipped=self._skipped,
            problems=tuple(self._problems),
            more_problems=self._more,
            seconds=round(time.monotonic() - self._began, 3),
            is_trial=self._wish.is_trial,
            unread_numbers=self._unread,
            import_id=writing.import_id,
        )

    def _writing(self, connection: sqlite3.Connection) -> ImportWriting:
        return ImportWriting(
            connection,
            lambda part: self._tell(Stage.SAVING, part),
            clean_text(Path(self._wish.path).name, _NAME_LENGTH),
            self._now(),
            is_file_right=self._wish.is_file_right,
        )

    def _stage(self, source: Source, file: BinaryIO) -> None:
        contacts = self._contacts_of(source)
        size = max(os.fstat(file.fileno()).st_size, 1)
        with self._database.beside() as connection:
            staging = Staging(connection)
            self._tell(Stage.READING, 0.0)
            while chunk := list(islice(contacts, _AT_ONCE)):
                staging.add(chunk)
                self._contacts += len(chunk)
                self._tell(Stage.READING, min(file.tell() / size, 1.0))
            for problem in staging.group():
                self._keep(problem)
        self._tell(Stage.READING, 1.0)

    def _contacts_of(self, source: Source) -> Iterator[tuple[int, Contact]]:
        made = RecordContacts(self._wish.region, self._wish.tags)
        last: ContactRecord | None = None
        for found in source.records:
            if isinstance(found, SkippedRecord):
                self._keep(found)
                self._skipped += source.is_whole(found, last)
            else:
                last = found
                contact = made.contact(found)
                self._unread += sum(not number.e164 for number in contact.numbers)
                yield found.line, contact

    def _keep(self, problem: SkippedRecord) -> None:
        if len(self._problems) < MOST_PROBLEMS:
            self._problems.append(problem)
        else:
            self._more += 1

    def _tell(self, stage: Stage, part: float) -> None:
        now = time.monotonic()
        if now - self._told_at >= _TOLD_EVERY or part in {0.0, 1.0}:
            self._told_at = now
            self._told(ImportProgress(stage, part, self._contacts, now - self._began))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other imports away from the list. Raises `UserFacingError` where one runs, `StorageError`."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path.with_name(f"{path.name}.import"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        words = f"The folder {path.parent} cannot be written. Check its permissions, and whether the disk is full."
        raise StorageError("Your data could not be stored", words) from error
    try:
        try:
            lock_file(handle)
        except BlockingIOError as error:
            raise UserFacingError(
                "Another import is running", "Wait until it has ended, or cancel it where it was started."
            ) from error
        yield
    finally:
        os.close(handle)
