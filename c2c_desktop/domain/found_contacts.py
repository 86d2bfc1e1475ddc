"""What a search of the contacts found, as it is shown: sections, and where the next page begins."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_rank import Rank


class Heading(Enum):
    """What stands over a section."""

    NONE = ""
    NAMES = "Names"
    NUMBERS = "Numbers"
    SIMILAR = "Similar names"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Behind which contact a section goes on."""

    is_plain: bool
    """Whether the favourites, who stand first, are all told."""
    rank: Rank
    position: int
    """The contact's place in the store's alphabet."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of what was found. Favourites first, then by rank, then by the alphabet."""

    heading: Heading
    contacts: tuple[Contact, ...]
    after: Place | None = None
    """Where `more` goes on; None where this is the end."""


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found; nobody stands in two sections, and no section is empty."""

    sections: tuple[Section, ...] = ()

    @property
    def contacts(self) -> list[Contact]:
        """Everybody, without headings."""
        return [contact for section in self.sections for contact in section.contacts]

    @property
    def number(self) -> int | None:
        """How many answer, of whom those who are only written alike are none; None where a section goes on."""
        answers = [section for section in self.sections if section.heading is not Heading.SIMILAR]
        if any(section.after is not None for section in answers):
            return None
        return sum(len(section.contacts) for section in answers)


@dataclass(frozen=True, slots=True)
class FoundCount:
    """How many answer a search."""

    number: int
    is_exact: bool
    """False where there are at least that many."""

    @property
    def words(self) -> str:
        """The count as it is shown: "5,000+" until it is known exactly."""
        return f"{self.number:,}" + ("" if self.is_exact else "+")
