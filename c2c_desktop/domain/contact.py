"""A person or a company, and the numbers they are reached on."""

from __future__ import annotations

from dataclasses import dataclass

from c2c_desktop.domain.plain_text import clean_text

KINDS = ("mobile", "work", "home", "other")
MOST_TAGS = 50
LONGEST_NOTE = 4000
"""Characters."""


@dataclass(frozen=True, slots=True)
class ContactNumber:
    """One number of a contact: as grouped for people, and as E.164 ("" where it cannot be read)."""

    shown: str
    e164: str
    kind: str = "mobile"


@dataclass(frozen=True, slots=True)
class Contact:
    """One entry of the contact list. `id` 0: not stored yet."""

    id: int
    name: str
    company: str = ""
    numbers: tuple[ContactNumber, ...] = ()
    favourite: bool = False
    tags: tuple[str, ...] = ()
    """Without their #."""
    note: str = ""
    """What somebody wrote about them, in lines."""

    @property
    def initials(self) -> str:
        """One or two letters for the avatar."""
        words = (self.name or self.company).split()
        letters = [word[0] for word in (words[0], words[-1])] if len(words) > 1 else [w[0] for w in words[:1]]
        return "".join(letters).upper() or "?"

    @property
    def label(self) -> str:
        """The name, or the company, or the first number."""
        return self.name or self.company or (self.numbers[0].shown if self.numbers else "")


def cleaned(contact: Contact) -> Contact:
    """Return `contact` with every text made safe to show and cut to a sane length."""
    numbers = tuple(
        ContactNumber(shown, n.e164, n.kind if n.kind in KINDS else "other")
        for n in contact.numbers
        if (shown := clean_text(n.shown, 40))
    )
    tags = (clean_text(clean_text(tag).lstrip("# "), 40) for tag in contact.tags[:MOST_TAGS])
    return Contact(
        contact.id,
        clean_text(contact.name, 120),
        clean_text(contact.company, 120),
        numbers,
        contact.favourite,
        tuple(dict.fromkeys(filter(None, tags))),
        "\n".join(clean_text(line) for line in contact.note[:LONGEST_NOTE].splitlines()).strip(),
    )
