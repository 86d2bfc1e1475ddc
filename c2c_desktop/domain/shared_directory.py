"""Directories that a team shares: where their contacts come from, and how their last update went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from c2c_desktop.domain.contact_count import contacts_words
from c2c_desktop.domain.contact_record import ContactRecord, SkippedRecord
from c2c_desktop.domain.errors import NextStep, UserFacingError
from c2c_desktop.domain.plain_text import clean_text, fold

DIRECTORY_NAME_LENGTH = 40
"""Characters of a directory's name: it stands in the rows of its contacts."""

CANNOT_UPDATE = "The directory could not be updated"


class DirectoryError(UserFacingError):
    """A directory cannot be reached, refuses, or answers what cannot be read. The message stands by itself."""

    def __init__(
        self,
        message: str,
        next_step: NextStep = NextStep.RETRY,
        retry_after: float = 0.0,
        title: str = CANNOT_UPDATE,
    ) -> None:
        super().__init__(title, message, next_step)
        self.retry_after = retry_after
        """Seconds the server asks to be left alone; 0 where it does not say."""


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

    @property
    def secret_name(self) -> str:
        """What the keyring knows the password by: the server and the user, so that it goes to no other server.

        Directories of one user on one server share it.
        """
        parts = urlsplit(self.address)
        return f"directory {self.user} at {parts.scheme}://{parts.netloc.lower()}"


@dataclass(frozen=True, slots=True)
class DirectoryState:
    """A directory and what is known of its updates. Times are seconds since 1970, UTC."""

    directory: SharedDirectory
    contacts: int = 0
    changed: int = 0
    """Contacts that the last successful update added, changed or removed."""
    skipped: int = 0
    """What that update could not read of the entries that were new or changed: whole ones, or parts."""
    updated_at: float | None = None
    """When it last succeeded; None: never."""
    tried_at: float | None = None
    problem: str = ""
    """Why the last try failed, in one or two sentences; "" after a success."""
    failures: int = 0
    """Tries in a row that failed; the next one waits longer after each."""
    not_before: float = 0.0
    """Until when the server asked to be left alone; 0 where it did not. See `update_schedule`."""


@dataclass(frozen=True, slots=True)
class FileContents:
    """What stands in a contact file, as far as it was looked through before it is added."""

    contacts: int
    first: tuple[str, ...] = ()
    """What the first ones with a name or a company are called, in the order of the file."""
    is_all: bool = True
    """Whether there are no more."""

    @property
    def words(self) -> str:
        """One sentence: "212 contacts, first: Asha Rao, Ben Carter."."""
        told = contacts_words(self.contacts) if self.is_all else f"More than {contacts_words(self.contacts)}"
        return f"{told}, first: {', '.join(self.first)}." if self.first else f"{told}."


@dataclass(frozen=True, slots=True)
class DirectoryOffer:
    """What can be added of what stands at an address: one address book at least, or a file with what is in it."""

    books: tuple[SharedDirectory, ...]
    contents: FileContents | None = None
    """Of a file."""


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
    """The key of every entry, and its ETag or hash; "" for one that must be read again.

    Compared where a source has no token, or its token is not known there any more.
    """


def directory_name(name: str, others: Iterable[str]) -> str:
    """Return the name of a directory as it is kept: safe to show, and cut where it is too long for a row.

    `others`: the names of all other directories. Raises `UserFacingError` where it is empty, or one of theirs.
    """
    cleaned = clean_text(name, DIRECTORY_NAME_LENGTH)
    if not cleaned:
        raise UserFacingError("The name is missing", "Its contacts are marked with it in the list.")
    if any(fold(other) == fold(cleaned) for other in others):
        raise UserFacingError(f"There is a directory “{cleaned}” already", "Choose another name.")
    return cleaned
