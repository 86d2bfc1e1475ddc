"""What an export of contacts is asked to do, how far it is, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from c2c_desktop.domain.contact_record import TAG_LENGTH
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.plain_text import clean_text, fold

_SHOWN_TAGS = 20
"""Tags that are listed where another was asked for."""


class ExportFormat(Enum):
    """What kind of file is written. All of them bring the same contacts back when they are imported here."""

    CSV_FOR_PEOPLE = "csv"
    """Nothing in it is calculated by a spreadsheet."""
    CSV_FOR_PROGRAMS = "csv-plain"
    """Every cell as it is, which a spreadsheet may calculate."""
    VCARD_3 = "vcard3"
    """Read by nearly every phone and address book."""
    VCARD_4 = "vcard4"

    @property
    def ending(self) -> str:
        """The ending of its files' names."""
        return ".vcf" if self in {ExportFormat.VCARD_3, ExportFormat.VCARD_4} else ".csv"


@dataclass(frozen=True, slots=True)
class ContactSelection:
    """Some of the contacts; all of a person's own by default."""

    text: str = ""
    """Those who answer that search, similar names aside."""
    tag: str = ""
    """Those with exactly this tag; case and accents make no difference. "" for no condition."""
    with_shared: bool = False
    """Whether those of shared directories are among them."""


@dataclass(frozen=True, slots=True)
class ExportWish:
    """One file to be written."""

    path: str
    format: ExportFormat
    selection: ContactSelection = ContactSelection()


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """How far an export is."""

    contacts: int
    """Written so far."""
    total: int
    """All that are to be written, as counted before."""
    seconds: float
    """Since it began."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written."""

    contacts: int
    neutralised: int = 0
    """Cells that begin like a formula and got an apostrophe."""
    seconds: float = 0.0


class CancelledExportError(Exception):
    """The person cancelled an export; what stood in the file's place is as it was."""


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag as it is written, and how many bear it."""

    tag: str
    own: int
    """Of the person's own contacts."""
    shared: int = 0
    """Of shared directories."""


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """What can be exported."""

    own: int
    """The person's own contacts."""
    shared: int
    """Those of shared directories."""
    tags: tuple[TagCount, ...] = ()
    """The ones used most, in the order of the alphabet."""


class UnknownTagError(UserFacingError):
    """An export of a tag that none of those who are to be exported has: mostly a slip of the finger."""

    def __init__(self, selection: ContactSelection, choices: ExportChoices) -> None:
        there = [told for told in choices.tags if selection.with_shared or told.own]
        shown = [told.tag for told in there[:_SHOWN_TAGS]]
        if any(fold(told.tag) == fold(selection.tag) for told in choices.tags if told not in there):
            words = "Only contacts of shared directories have it: add --shared."
        elif shown:
            more = f", and {len(there) - len(shown)} more" if len(there) > len(shown) else ""
            words = f"The tags there are: {', '.join(shown)}{more}."
        else:
            words = "No contact has a tag."
        super().__init__(f"No contact has the tag “{clean_text(selection.tag, TAG_LENGTH)}”", words)


def format_of(path: str) -> ExportFormat | None:
    """Return what the ending of a file's name says; None where it says nothing."""
    name = path.lower()
    if name.endswith((".vcf", ".vcard")):
        return ExportFormat.VCARD_3
    return ExportFormat.CSV_FOR_PEOPLE if name.endswith(".csv") else None
