"""What an import of a contact file is asked to do, how far it is, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from c2c_desktop.domain.column_mapping import ColumnMapping
from c2c_desktop.domain.contact_record import ContactRecord, SkippedRecord
from c2c_desktop.domain.csv_shape import CsvShape

MOST_PROBLEMS = 10_000
"""Problems a report holds; further ones are counted."""


class CancelledImportError(Exception):
    """The person cancelled an import; nothing of the file was kept."""


@dataclass(frozen=True, slots=True)
class TableFormat:
    """How a file is read that is a table."""

    shape: CsvShape
    mapping: ColumnMapping


@dataclass(frozen=True, slots=True)
class ImportWish:
    """One file to be taken into the person's own list."""

    path: str
    region: str
    """The ISO 3166 country of numbers without a country code."""
    tags: tuple[str, ...] = ()
    """Given to everybody in the file."""
    table: TableFormat | None = None
    """None: a vCard file, or a table read as it is guessed or was read before."""
    is_file_right: bool = False
    """Whether the file wins over what a person changed by hand."""
    is_trial: bool = False
    """Whether it is only counted what would happen."""


@dataclass(frozen=True, slots=True)
class FileLook:
    """A contact file before it is imported."""

    path: str
    size: int
    """Bytes."""
    table: TableFormat | None = None
    """As guessed, or as the person read such a table before; None for vCards."""
    is_remembered: bool = False
    header: tuple[str, ...] = ()
    """Empty where a table has none. Cleaned, as the rows are."""
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """The first rows, each with the line it starts in."""
    first: tuple[ContactRecord | SkippedRecord, ...] = ()
    """What the first rows or cards become."""


class Stage(Enum):
    """What an import is doing."""

    READING = "reading"
    """The file; can be cancelled and leaves nothing."""
    SAVING = "saving"
    """Still can be cancelled and leaves nothing; takes up to a minute for a million."""


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is."""

    stage: Stage
    part: float
    """Of this stage, from 0 to 1."""
    contacts: int
    """Read so far."""
    seconds: float
    """Since it began."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import."""

    added: int = 0
    updated: int = 0
    """Known from an earlier import, changed in the file since."""
    merged: int = 0
    """Made or changed by the person, and given what only the file had; what the person wrote stays."""
    unchanged: int = 0
    """In the list as they are in the file."""
    skipped: int = 0
    """Rows or cards that became no contact."""
    problems: tuple[SkippedRecord, ...] = ()
    """What was left out of the file, whole rows and parts of contacts; at most `MOST_PROBLEMS`."""
    more_problems: int = 0
    """Those beyond."""
    seconds: float = 0.0
    is_trial: bool = False
    kept: int = 0
    """Made or changed by the person, and left so though the file says something else."""
    unread_numbers: int = 0
    """Numbers of the file that nobody can read: kept as they are written, and not called."""
    import_id: int = 0
    """What it is undone by; 0 where nothing was changed."""

    @property
    def contacts(self) -> int:
        """How many of the file are in the list now."""
        return self.added + self.updated + self.merged + self.kept + self.unchanged


@dataclass(frozen=True, slots=True)
class LastImport:
    """The import that can be undone."""

    import_id: int
    """No other import ever has it."""
    name: str
    """Of its file, without the folder; safe to show."""
    at: float
    """When it was made, in UTC seconds."""
    added: int
    changed: int
    """Contacts; what a person did since is not counted."""
