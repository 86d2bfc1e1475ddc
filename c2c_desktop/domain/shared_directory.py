"""Directories that a team shares: where their contacts come from, and how their last update went."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from c2c_desktop.domain.contact_record import ContactRecord, SkippedRecord


class DirectoryKind(Enum):
    """What serves a directory."""

    CARDDAV = "carddav"
    FILE = "file"
    """A CSV or vCard file, on a share for instance, that somebody else keeps."""


@dataclass(frozen=True, slots=True)
class SharedDirectory:
    """One directory somebody added. `id` 0: not stored yet."""

    id: int
    name: str
    """As its contacts are marked with it."""
    kind: DirectoryKind
    address: str
    """An https address, or the path of a file."""
    user: str = ""
    """Who signs in there; the password is in the keyring."""
    region: str = ""
    """The ISO 3166 country of numbers without a country code."""


@dataclass(frozen=True, slots=True)
class DirectoryState:
    """A directory and what is known of its updates. Times are seconds since 1970, UTC."""

    directory: SharedDirectory
    contacts: int = 0
    changed: int = 0
    """Contacts that the last successful update added, changed or removed."""
    updated_at: float | None = None
    """When it last succeeded; None: never."""
    tried_at: float | None = None
    problem: str = ""
    """Why the last try failed, in one or two sentences; "" after a success."""
    failures: int = 0
    """Tries in a row that failed; the next one waits longer after each."""


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """One entry of a directory, new or changed."""

    key: str
    """What names it there: an address, a UID, a row's key."""
    record: ContactRecord


@dataclass(frozen=True, slots=True)
class DirectoryRemoval:
    """An entry that is gone."""

    key: str


DirectoryChange = DirectoryEntry | DirectoryRemoval | SkippedRecord


@dataclass(frozen=True, slots=True)
class DirectoryCursor:
    """Up to where a directory is known here: what its source gave, and gets again."""

    token: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    """Of sources without tokens: each entry's key and its ETag or hash."""
