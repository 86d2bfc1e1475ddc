"""When two entries are one contact: the same UID, then an e-mail address, then the same name and number.

A UID or an address that stands beside two names in one file belongs to none of them: a team's address must not make
one contact of everybody in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from c2c_desktop.domain.contact import Contact, email_key
from c2c_desktop.domain.record_contact import number_key
from c2c_desktop.domain.search_words import words_of


class Likeness(IntEnum):
    """Why two entries are one contact; the first of these decides."""

    UID = 0
    NAMED_EMAIL = 1
    """The same address and name."""
    EMAIL = 2
    """The same address, which nobody else has."""
    NUMBER = 3
    """The same name and number, or the same company and number where there is no name."""
    ALONE = 4
    """The same name and company, where there is nothing else to tell by."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What an entry is recognised by."""

    uid: str
    emails: frozenset[str]
    name: str
    """Its words, folded."""
    company: str
    """The same of the company."""
    numbers: frozenset[str]
    """E.164, as written where it cannot be read."""

    @property
    def label(self) -> tuple[str, str]:
        """The name, or the company where there is none."""
        return (self.name, "") if self.name else ("", self.company)

    @property
    def is_alone(self) -> bool:
        """Whether only name and company can tell who it is."""
        return not self.uid and not self.emails and not self.numbers


def traits_of(contact: Contact) -> Traits:
    """Return what `contact` is recognised by."""
    return Traits(
        contact.uid,
        frozenset(map(email_key, contact.emails)),
        " ".join(words_of(contact.name)),
        " ".join(words_of(contact.company)),
        frozenset(map(number_key, contact.numbers)),
    )


def names_agree(one: Traits, other: Traits) -> bool:
    """Whether two names can be one person's: the same words in any order, or some of the other's; or there is none."""
    words, others = set(one.name.split()), set(other.name.split())
    return words <= others or others <= words


def is_same_entry(earlier: Traits, later: Traits) -> bool:
    """Whether two entries of one file are one contact."""
    if earlier.uid and earlier.uid == later.uid:
        return names_agree(earlier, later) or bool(earlier.emails & later.emails)
    if earlier.emails & later.emails and names_agree(earlier, later):
        return True
    if earlier.label == later.label and earlier.numbers & later.numbers:
        return True
    return earlier.is_alone and later.is_alone and (earlier.name, earlier.company) == (later.name, later.company)


@dataclass(frozen=True, slots=True)
class Known:
    """A contact of the list, and what it is recognised by."""

    id: int
    said: Traits | None = None
    """As files said it, before a person changed it; None for one made by hand."""
    own: Traits | None = None
    """As it is, where a person made or changed it."""


def find_match(
    said: Traits, everybody: Iterable[Known], shared: frozenset[str] = frozenset()
) -> tuple[Likeness, int] | None:
    """Return why and which of `everybody` `said` is; None for somebody new.

    The strongest likeness decides, then whether it is one as files said it, for a file knows its own again; then the
    lowest id. `shared`: the addresses that several contacts of the file have.
    """
    forms = [(form, known.id, form is known.own) for known in everybody for form in (known.said, known.own) if form]
    owners = {address: {at for form, at, _ in forms if address in form.emails} for address in said.emails - shared}
    lonely = {address for address, ids in owners.items() if len(ids) == 1}
    found = [
        (likeness, is_own and likeness is not Likeness.EMAIL, at)
        for form, at, is_own in forms
        if (likeness := _likeness(said, form, lonely)) is not None
    ]
    best = min(found, default=None)
    return (best[0], best[2]) if best else None


def _likeness(said: Traits, form: Traits, lonely: set[str]) -> Likeness | None:
    if said.uid and said.uid == form.uid:
        return Likeness.UID
    if said.emails & form.emails and said.name == form.name:
        return Likeness.NAMED_EMAIL
    if lonely & form.emails and not (said.uid and form.uid):
        return Likeness.EMAIL
    if said.label == form.label and said.numbers & form.numbers:
        return Likeness.NUMBER
    if said.is_alone and form.is_alone and (said.name, said.company) == (form.name, form.company):
        return Likeness.ALONE
    return None
