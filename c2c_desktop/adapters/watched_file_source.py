"""A directory that is a CSV or vCard file somebody else keeps, on a share for instance.

What speaks against a whole file (it is gone, half written, cut off, without any contact) ends a reading: what was known
of it before stays. A file with far fewer contacts than before is believed, for people do clear up their lists.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from c2c_desktop.adapters.contact_file_reading import Reading, open_contacts
from c2c_desktop.adapters.entry_keys import EntryKeys, record_hash
from c2c_desktop.domain.column_mapping import RememberedMappings
from c2c_desktop.domain.contact_record import ContactRecord
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.shared_directory import (
    DirectoryChange,
    DirectoryCursor,
    DirectoryEntry,
    DirectoryError,
    DirectoryRemoval,
    FileContents,
)

SETTLED_SECONDS = 2.0
"""For how long nobody may have written a file that is read: FAT tells times that exactly, and programs pause."""

MOST_COUNTED = 2000
"""Contacts that a look at a file counts; it takes a tenth of a second."""

_AT_ONCE = 25
_FIRST = 3
_SHOWN_NAME = 40

_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Token:
    """What a file was when it was read to its end, to tell without reading that it still is."""

    stamp: str = ""
    """Size and times; "" where the next reading must look at the content."""
    content: str = ""
    reading: str = ""

    @staticmethod
    def of(text: str) -> _Token:
        parts = text.split("|")
        return _Token(*parts) if len(parts) == 3 else _Token()  # noqa: PLR2004  # as `text` writes it

    @property
    def text(self) -> str:
        return f"{self.stamp}|{self.content}|{self.reading}"


class WatchedFileSource:
    """Implements the `DirectorySource` port. Blocks, for minutes where a share hangs: in a process of its own.

    An entry's key is its UID, else its first e-mail address, else name and first number; of several that are alike the
    later ones are counted.
    """

    def __init__(
        self,
        path: str,
        remembered: RememberedMappings | None = None,
        now: Callable[[], float] = time.time,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """`remembered`: how a person read tables before; such a table is read so, any other as it is guessed."""
        self._path = path
        self._reading = Reading(remembered or RememberedMappings())
        self._now = now
        self._pause = pause
        self._cursor = DirectoryCursor()

    def changes(self, cursor: DirectoryCursor) -> Iterator[DirectoryChange]:
        """Yield what changed since `cursor`. Raises `DirectoryError`; then nothing of it is to be kept."""
        known = _Token.of(cursor.token)
        with self._opened() as file:
            found = os.fstat(file.fileno())
            stamp = self._settled(file, found)
            if stamp and (stamp, self._reading.name) == (known.stamp, known.reading):
                self._cursor = cursor
                return
            content = _content_hash(file)
            token = _Token(stamp, content, self._reading.name)
            if (content, self._reading.name) == (known.content, known.reading):
                self._check_unchanged(file, found)
                self._cursor = DirectoryCursor(token.text, cursor.tags)
                return
            tags: list[tuple[str, str]] = []
            yield from self._compared(file, dict(cursor.tags), tags)
            self._check_unchanged(file, found)
        self._cursor = DirectoryCursor(token.text, tuple(tags))

    def cursor(self) -> DirectoryCursor:
        """Return where `changes`, read to its end, came to."""
        return self._cursor

    def look(self) -> FileContents:
        """Return what is in it, up to some thousands. Raises `DirectoryError`, also where there is no contact."""
        number, first = 0, list[str]()
        try:
            with self._opened() as file:
                for each in open_contacts(file, self._path, self._reading):
                    if not isinstance(each, ContactRecord):
                        continue
                    if number == MOST_COUNTED:
                        return FileContents(number, tuple(first), is_all=False)
                    if number % _AT_ONCE == 0:
                        self._pause(0)  # a window's threads have their turn
                    number += 1
                    if len(first) < _FIRST and (name := clean_text(each.name or each.company, _SHOWN_NAME)):
                        first.append(name)
                return FileContents(number, tuple(first))
        except DirectoryError as error:
            raise DirectoryError(error.message, title="The file cannot be read") from error

    def _compared(
        self, file: BinaryIO, before: dict[str, str], tags: list[tuple[str, str]]
    ) -> Iterator[DirectoryChange]:
        """Yield what `file` has otherwise than `before`, then what it has no more; fill `tags`."""
        keys = EntryKeys()
        for found in open_contacts(file, self._path, self._reading):
            if not isinstance(found, ContactRecord):
                yield found
                continue
            key, tag = keys.key(found), record_hash(found)
            tags.append((key, tag))
            if before.pop(key, "") != tag:
                yield DirectoryEntry(key, found)
        for key in before:
            yield DirectoryRemoval(key)

    def _settled(self, file: BinaryIO, found: os.stat_result) -> str:
        """Return the stamp of a file nobody writes just now, or "" where the clocks do not tell."""
        age = self._now() - found.st_mtime
        if 0 <= age < SETTLED_SECONDS:
            self._pause(SETTLED_SECONDS - age)
            self._check_unchanged(file, found)
        return _stamp(found) if age >= 0 else ""

    def _check_unchanged(self, file: BinaryIO, before: os.stat_result) -> None:
        """Raise where the file was written or replaced since `before`."""
        with _explained(self._path):
            now = os.stat(self._path)  # beside fstat
            if _stamp(os.fstat(file.fileno())) != _stamp(before) or not os.path.samestat(now, before):
                raise DirectoryError(f"{_name(self._path)} is being written. It is read once it is whole.")

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with _explained(self._path), os.fdopen(self._handle(flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise DirectoryError(f"{_name(self._path)} is no file.")
            yield file

    def _handle(self, flags: int) -> int:
        try:
            return os.open(self._path, flags)
        except ValueError as error:
            raise DirectoryError(f"{_name(self._path)} cannot be the path of a file.") from error


@contextmanager
def _explained(path: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        folder = os.path.dirname(path) or "."
        if os.path.isdir(folder):
            message = f"{_name(path)} is not there, or has another name now."
        else:
            message = f"The folder of {_name(path)} is not there. If it is on a share, connect it."
        raise DirectoryError(message) from error
    except PermissionError as error:
        raise DirectoryError(f"{_name(path)} may not be read. Ask whoever keeps it to let you.") from error
    except IsADirectoryError as error:
        raise DirectoryError(f"{_name(path)} is a folder. Choose a file in it.") from error
    except OSError as error:
        if error.errno in {errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.ETIMEDOUT, errno.EHOSTDOWN}:
            message = f"The share of {_name(path)} does not answer."
        else:
            message = f"{_name(path)} cannot be read: {error.strerror or 'no reason is given'}."
        raise DirectoryError(message) from error


def _name(path: str) -> str:
    return f"“{clean_text(os.path.basename(path) or path, 80)}”"


def _stamp(found: os.stat_result) -> str:
    return f"{found.st_size}.{found.st_mtime_ns}.{found.st_ino}"


def _content_hash(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := file.read(_BLOCK):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()
