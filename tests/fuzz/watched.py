"""A contact file on a share, written again and again by somebody else, while it is watched."""

from __future__ import annotations

import os
import random
import tempfile
from dataclasses import replace
from pathlib import Path

from c2c_desktop.adapters.watched_file_source import WatchedFileSource
from c2c_desktop.domain.contact_record import ContactRecord
from c2c_desktop.domain.shared_directory import DirectoryCursor, DirectoryError
from tests.fuzz.changes import check_changes, check_cursor, check_refusal
from tests.fuzz.contact_tables import ContactTables
from tests.fuzz.inputs import mutated, some_bytes
from tests.fuzz.vcards import VCards, some_card

_NOW = 1_800_000_000.0
_NAMES = ("team.csv", "team.vcf", "team.txt")
_TABLE = (
    "Name,Phone,E-mail,Company,UID\nAsha Rao,+91 98402 22222,asha@example.org,Acme,u-1\n"
    "Ben Carter,+44 20 7946 0018,,Acme,\nASHA RAO,,asha@example.org,,\n,+1 555 0100,,,\nBen Carter,020 7946 0018,,,\n"
)
_PIECES = (
    "\n", ",", ";", '"', "\r", "\0", "\ufeff", "asha@example.org", "ASHA@example.org", "Asha Rao", "u-1", "é", "İ",
    "ß", "\u0301", "\u202e", ",,,\n", "+91 98402 22222", " #2", "name asha rao", "Ben Carter,,,,\n", "…", "uid u-1",
    "x" * 300,
)  # fmt: skip

State = tuple[bytes, float]
"""What stands in the file, and how many seconds ago it was written."""


class WatchedFiles:
    """Nothing but `DirectoryError`; what is told adds up to what a first reading finds; a failure changes nothing."""

    name = "watched files"

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="c2c-fuzz-")
        self._tables, self._cards = ContactTables(), VCards()
        self._writes = 0

    def make(self, rnd: random.Random) -> tuple[str, tuple[State, ...]]:
        content = self._content(rnd)
        states: list[State] = []
        for _ in range(rnd.randint(1, 4)):
            states.append((content, rnd.choice((100.0, 100.0, 100.0, 1.0, 0.0, -5.0))))
            content = self._next(rnd, content)
        return rnd.choice(_NAMES), tuple(states)

    def feed(self, made: tuple[str, tuple[State, ...]]) -> None:
        name, states = made
        path = Path(self._folder.name) / name
        cursor = DirectoryCursor()
        people: dict[str, ContactRecord] = {}
        try:
            for content, age in states:
                path.write_bytes(content)
                self._writes += 1
                os.utime(path, (_NOW - age, _NOW - age + self._writes % 1000 / 1e6))
                cursor = _follow(path, cursor, people)
        finally:
            path.unlink(missing_ok=True)

    def close(self) -> None:
        """Take the folder away."""
        self._folder.cleanup()

    def _content(self, rnd: random.Random) -> bytes:
        kind = rnd.random()
        if kind < 0.5:
            return mutated(rnd, _TABLE, _PIECES).encode("utf-8", "replace")
        return self._tables.make(rnd) if kind < 0.7 else self._cards.make(rnd)

    def _next(self, rnd: random.Random, content: bytes) -> bytes:
        """Return what stands there after somebody worked at it, or while they do."""
        kind = rnd.random()
        if kind < 0.15:
            return content
        if kind < 0.3:
            return content[: rnd.randint(0, len(content))]
        if kind < 0.45:
            lines = content.splitlines(keepends=True)
            middle = lines[1:]
            rnd.shuffle(middle)
            return b"".join([*lines[:1], *middle])
        if kind < 0.6:
            return content + (
                b"Carla Diaz,+1 555 0101,\n" if b"VCARD" not in content else some_card(rnd).encode("utf-8", "replace")
            )
        if kind < 0.85:
            return mutated(rnd, content.decode("utf-8", "surrogateescape"), _PIECES).encode("utf-8", "surrogateescape")
        return some_bytes(rnd, (content,)) if kind < 0.95 else self._content(rnd)


def _follow(path: Path, cursor: DirectoryCursor, people: dict[str, ContactRecord]) -> DirectoryCursor:
    """Read what changed into `people`, as the update does, and compare with a first reading; return up to where."""
    try:
        first, _ = check_changes(DirectoryCursor(), _source(path).changes(DirectoryCursor()))
    except DirectoryError as error:
        check_refusal(error)
        first = None
    source = _source(path)
    try:
        entries, gone = check_changes(cursor, source.changes(cursor))
    except DirectoryError as error:
        check_refusal(error)
        assert first is None
        return cursor
    assert first is not None
    after = source.cursor()
    check_cursor(cursor, entries, gone, after)
    for key in gone:
        del people[key]
    people |= entries
    assert _unplaced(people) == _unplaced(first)
    _source(path).look()
    assert not any(check_changes(after, _source(path).changes(after)))
    return after


def _source(path: Path) -> WatchedFileSource:
    return WatchedFileSource(str(path), None, lambda: _NOW, lambda _: None)


def _unplaced(people: dict[str, ContactRecord]) -> dict[str, ContactRecord]:
    """Everybody as they are compared: wherever they stand in the file, without what a directory does not tell."""
    return {key: replace(record, line=0, route="", caller_id=None) for key, record in people.items()}
