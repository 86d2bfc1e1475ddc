"""A person or a company, and the numbers they are reached on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from c2c_desktop.domain.contact_record import (
    EMAIL_LENGTH,
    MOST_EMAILS,
    MOST_NUMBERS,
    MOST_TAGS,
    NAME_LENGTH,
    NOTE_LENGTH,
    NUMBER_LENGTH,
    TAG_LENGTH,
    UID_LENGTH,
)
from c2c_desktop.domain.errors import ChangedMeanwhileError
from c2c_desktop.domain.number_kind import NUMBER_KINDS
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.route import Route

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ContactNumber:
    """One number of a contact: as grouped for people, and as E.164 ("" where it cannot be read)."""

    shown: str
    e164: str
    kind: str = "mobile"
    """One of `NUMBER_KINDS`."""
    preferred: bool = False
    """Called first; at most one number of a contact is."""
    as_written: str = ""
    """As somebody or a file wrote it, where that differs from `shown`; else ""."""

    @property
    def written(self) -> str:
        """The number as somebody or a file wrote it."""
        return self.as_written or self.shown


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
    emails: tuple[str, ...] = ()
    uid: str = ""
    """What the file or the directory they came from calls them; "" for one made by hand."""
    route: Route | None = None
    """How calls to them begin; None: as the account says."""
    caller_id: str | None = None
    """What they see of the caller; None: as the account says."""
    directory: int = 0
    """Which shared directory they come from, who may not be changed here; 0: the person's own list."""
    import_id: int = 0
    """The import that added them; 0: none."""

    @property
    def initials(self) -> str:
        """One or two letters for the avatar: of the first and the last word that has any, else how the name begins."""
        words = (self.name or self.company).split()
        letters = [letter for word in words if (letter := next(filter(str.isalpha, word), ""))] or [w[0] for w in words]
        return "".join(letters[:1] + letters[1:][-1:]).upper() or "?"

    @property
    def label(self) -> str:
        """The name, or the company, or the first number, or the first e-mail address."""
        if self.name or self.company:
            return self.name or self.company
        return next((text for text in (*(n.shown for n in self.numbers[:1]), *self.emails[:1])), "")


def cleaned(contact: Contact) -> Contact:
    """Return `contact` with every text made safe to show and cut to a sane length, but numbers and what names it.

    A number that is too long is kept as its start, without E.164: what is cut could be called wrongly.
    """
    numbers = [_cleaned_number(number) for number in contact.numbers[:MOST_NUMBERS] if clean_text(number.shown)]
    first = next((at for at, number in enumerate(numbers) if number.preferred), None)
    emails = (clean_text(email, EMAIL_LENGTH) for email in contact.emails[:MOST_EMAILS])
    return replace(
        contact,
        name=clean_text(contact.name, NAME_LENGTH),
        company=clean_text(contact.company, NAME_LENGTH),
        numbers=tuple(
            number if number.preferred == (at == first) else replace(number, preferred=False)
            for at, number in enumerate(numbers)
        ),
        tags=cleaned_tags(contact.tags[:MOST_TAGS]),
        note="\n".join(clean_text(line, NOTE_LENGTH) for line in contact.note[:NOTE_LENGTH].splitlines()).strip(),
        emails=tuple(dict.fromkeys(filter(None, emails))),
        uid=clean_text(contact.uid, UID_LENGTH),
    )


def changed_meanwhile() -> ChangedMeanwhileError:
    """Return what is said where a contact is not any more what a person was shown."""
    return ChangedMeanwhileError(
        "This contact was not saved",
        "It was changed or deleted meanwhile, by an import for instance. Copy what you wrote, and open it again.",
    )


def cleaned_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags as they are stored: without their #, safe to show, none of them empty or there twice."""
    texts = (clean_text(clean_text(tag).lstrip("# "), TAG_LENGTH) for tag in tags)
    return tuple(dict.fromkeys(filter(None, texts)))


def once(items: Iterable[T], key: Callable[[T], str]) -> tuple[T, ...]:
    """Return `items` without those whose key came before."""
    first: dict[str, T] = {}
    for item in items:
        first.setdefault(key(item), item)
    return tuple(first.values())


def email_key(address: str) -> str:
    """Return `address` as it is compared: mail programs make no difference between capitals and small letters."""
    return address.strip().casefold()


def _cleaned_number(number: ContactNumber) -> ContactNumber:
    shown, written = clean_text(number.shown, NUMBER_LENGTH), clean_text(number.as_written, NUMBER_LENGTH)
    return ContactNumber(
        shown,
        number.e164 if len(clean_text(number.shown)) <= NUMBER_LENGTH else "",
        number.kind if number.kind in NUMBER_KINDS else "other",
        number.preferred,
        written if written != shown else "",
    )
