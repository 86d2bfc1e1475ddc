"""The do-not-call list: a text file with one number per line, or a CSV file with numbers in its first column."""

from __future__ import annotations

import codecs
import logging
import os
import re
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from c2c_desktop.domain.errors import NumberError, RefusedNumberError
from c2c_desktop.domain.number import parse_number
from c2c_desktop.services.ports import Lane, Runner

MOST_BYTES = 64 * 1024 * 1024
BEING_READ = "The do-not-call list is still being read."

_PLAIN = re.compile(r"\+?[0-9]{7,17}", re.ASCII)
_GROUPING = str.maketrans("", "", " \t\u00a0.-()")
_QUOTES = " \t'\"="
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
        self._version: _Version | None = None
        self._numbers: frozenset[str] = frozenset()
        self._trouble = ""

    def refresh(self) -> None:
        """Look whether the list is another one, and begin to read it. Cheap."""
        text, region = self._wanted()
        if not text:
            self._take(None, frozenset(), "")
            return
        path = Path(os.path.expanduser(text))
        try:
            version = _Version(path, region, _signature(path))
        except UnreadableListError as error:
            self._take(None, frozenset(), _cannot_be_read(error))
            return
        if version == self._version:
            return
        known = self._numbers if self._version is not None and self._version.path == path else frozenset()
        self._take(version, known, BEING_READ)  # what was listed stays refused while the new list is read
        self._runner.run(
            Lane.DATABASE,
            lambda: read_numbers(path, region),
            lambda numbers: self._read(version, numbers),
            lambda error: self._not_read(version, error),
        )

    def holds(self, e164: str) -> bool:
        """Whether that number is listed."""
        return e164 in self._numbers

    @property
    def trouble(self) -> str:
        """Why the list cannot tell, in words; "" where it can, or where there is none."""
        return self._trouble

    def _take(self, version: _Version | None, numbers: frozenset[str], trouble: str) -> None:
        self._version, self._numbers, self._trouble = version, numbers, trouble

    def _read(self, version: _Version, numbers: frozenset[str]) -> None:
        if version == self._version:
            self._take(version, numbers, "")

    def _not_read(self, version: _Version, error: Exception) -> None:
        if not isinstance(error, UnreadableListError):
            _log.error("the do-not-call list could not be read", exc_info=error)
            error = UnreadableListError("something went wrong inside")
        if version == self._version:
            self._take(version, self._numbers, _cannot_be_read(error))


def read_numbers(path: Path, region: str) -> frozenset[str]:
    """Return the numbers in the file as E.164. Blocks; database lane. Raises `UnreadableListError`."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableListError(error.strerror or "it cannot be opened") from error
    if len(data) > MOST_BYTES:
        raise UnreadableListError("the file is too long")
    return frozenset(_numbers(_text(data).splitlines(), region))


def _text(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    text = data.decode(encoding, errors="replace")  # names may be in any encoding; digits are the same in all
    if "\0" in text:
        raise UnreadableListError("it is no text file")
    return text


def _numbers(lines: Iterable[str], region: str) -> Iterable[str]:
    for number, line in enumerate(lines, start=1):
        cell = re.split(r"[,;\t]", line.partition("#")[0].strip(_QUOTES), maxsplit=1)[0].strip(_QUOTES)
        if not any(character.isdigit() for character in cell):
            continue  # empty, a comment, or a heading
        try:
            yield _e164(cell, region)
        except RefusedNumberError:
            yield cell.translate(_GROUPING)  # a short code, or a colleague's extension
        except NumberError as error:
            raise UnreadableListError(f"line {number} is not one phone number") from error


def _e164(cell: str, region: str) -> str:
    return _plainly(cell, region) or parse_number(cell, region).e164


def _plainly(cell: str, region: str) -> str:
    """Read digits without groups in a tenth of the time; "" where that leaves a doubt."""
    import phonenumbers  # noqa: PLC0415

    bare = cell.strip()
    if not _PLAIN.fullmatch(bare):
        return ""
    if bare.startswith("00"):
        return ""  # a country code in some regions, a number in others
    try:
        parsed = phonenumbers.parse(bare, region)
    except phonenumbers.NumberParseException:
        return ""
    length = phonenumbers.is_possible_number_with_reason(parsed)
    if length != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""
    if not bare.startswith("+") and not phonenumbers.is_valid_number(parsed):
        return ""
    e164 = str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return "" if bare.startswith("+") and bare != e164 else e164


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
