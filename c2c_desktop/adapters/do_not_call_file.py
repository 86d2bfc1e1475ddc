"""The do-not-call list: a text file with one number per line, or a CSV file with a number in each row."""

from __future__ import annotations

import codecs
import logging
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from c2c_desktop.services.ports import Lane, Runner

if TYPE_CHECKING:
    from c2c_desktop.adapters.do_not_call_lines import ListedNumbers

MOST_BYTES = 64 * 1024 * 1024
BEING_READ = "The do-not-call list is still being read."

_log = logging.getLogger(__name__)


class UnreadableListError(Exception):
    """Why the list cannot be relied on, in words."""


@dataclass(frozen=True, slots=True)
class _Version:
    """Which list was read: the file as it stood, and the region its national numbers are of."""

    path: Path
    region: str
    signature: tuple[int, ...]


class DoNotCallFile:
    """The list that `wanted` names: path ("" for none) and region. Main thread; reads on the database lane.

    Whatever keeps it from being read is told as trouble: the list is never off without a word.
    """

    def __init__(self, wanted: Callable[[], tuple[str, str]], runner: Runner) -> None:
        self._wanted = wanted
        self._runner = runner
        self._path: Path | None = None
        self._version: _Version | None = None
        self._listed: ListedNumbers | None = None
        self._trouble = ""

    def refresh(self) -> None:
        """Look whether the list is another one, and begin to read it. Cheap.

        What was listed stays refused while the list is read again, and when it goes missing.
        """
        text, region = self._wanted()
        path = Path(os.path.expanduser(text)) if text else None
        if path != self._path:
            self._path = path
            self._take(None, None, "")
        if path is None:
            return
        try:
            version = _Version(path, region, _signature(path))
        except UnreadableListError as error:
            self._take(None, self._listed, _cannot_be_read(error))
            return
        if version == self._version:
            return
        self._take(version, self._listed, BEING_READ)
        self._runner.run(
            Lane.DATABASE,
            lambda: read_list(path, region),
            lambda listed: self._read(version, listed),
            lambda error: self._not_read(version, error),
        )

    def holds(self, e164: str) -> bool:
        """Whether that number is listed; a line without country code lists the numbers of every country."""
        return self._listed is not None and self._listed.hold(e164)

    @property
    def trouble(self) -> str:
        """Why the list cannot tell, in words; "" where it can, or where there is none."""
        return self._trouble

    def _take(self, version: _Version | None, listed: ListedNumbers | None, trouble: str) -> None:
        self._version, self._listed, self._trouble = version, listed, trouble

    def _read(self, version: _Version, listed: ListedNumbers) -> None:
        if version == self._version:
            self._take(version, listed, _what_is_missing(listed))

    def _not_read(self, version: _Version, error: Exception) -> None:
        if not isinstance(error, UnreadableListError):
            _log.error("the do-not-call list could not be read", exc_info=error)
            error = UnreadableListError("something went wrong inside")
        if version == self._version:
            self._take(version, self._listed, _cannot_be_read(error))


def read_list(path: Path, region: str) -> ListedNumbers:
    """Return what the file lists. Blocks; database lane. Raises `UnreadableListError`."""
    from c2c_desktop.adapters.do_not_call_lines import listed_numbers  # noqa: PLC0415  # reads numbers: 8 ms to load

    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableListError(error.strerror or "it cannot be opened") from error
    if len(data) > MOST_BYTES:
        raise UnreadableListError("the file is too long")
    return listed_numbers(_text(data).splitlines(), region)


def _text(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    text = data.decode(encoding, errors="replace")  # names may be in any encoding; digits are the same in all
    if "\0" in text:
        raise UnreadableListError("it is no text file")
    return text


def _signature(path: Path) -> tuple[int, ...]:
    if not path.is_absolute():
        raise UnreadableListError("its place must be a full path")
    try:
        found = os.stat(path)
    except (OSError, ValueError) as error:
        raise UnreadableListError(getattr(error, "strerror", "") or "that is no file name") from error
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableListError("it is no file")
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def _cannot_be_read(error: UnreadableListError) -> str:
    return f"The do-not-call list cannot be read: {error}."


def _what_is_missing(listed: ListedNumbers) -> str:
    """Return what the list may hold beside what was read of it, in words; "" where that is nothing."""
    if not listed.unread:
        return "The do-not-call list cannot be read: it holds no number." if listed.holds_nothing else ""
    first, count = listed.unread[0], len(listed.unread)
    which = f"line {first}" if count == 1 else f"{count} lines could not be read, the first is line {first}"
    return f"The do-not-call list is not whole: {which}{' could not be read' if count == 1 else ''}."
