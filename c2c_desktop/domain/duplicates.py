"""Which contacts of the own list can be one and the same, and why they are proposed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations, product

from c2c_desktop.domain.contact import Contact, email_key
from c2c_desktop.domain.name_agreement import Agreement, agreement
from c2c_desktop.domain.plain_text import fold
from c2c_desktop.domain.search_words import words_of

MOST_MEMBERS = 20
"""Contacts of one group: nobody looks through more, and a chain of likenesses ends there."""

MOST_HOLDERS = 100
"""Contacts that share a value up to which it is looked at: what more have tells nothing of one person."""

MOST_SHARING = 3
"""Contacts with different names up to which an e-mail address or a UID can be one person's; else it is a team's."""

MOST_GROUPS = 10_000
"""Groups that are found at once; the others once these are merged."""


class Reason(Enum):
    """Why contacts are proposed, the strongest first; the value is read by people."""

    UID = "same entry of an address book"
    EMAIL = "same e-mail address"
    NUMBER = "same number and name"
    COMPANY = "same name and company"


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two contacts can be one."""

    reason: Reason
    names: Agreement

    @property
    def words(self) -> str:
        """The reason as a person reads it."""
        if self.names is Agreement.NO:
            return f"{self.reason.value}, different names"
        if self.names is Agreement.OPEN:
            return f"{self.reason.value}, one without a name" if self.reason is not Reason.NUMBER else _NUMBER_ALONE
        if self.reason is Reason.NUMBER and self.names is Agreement.PARTLY:
            return "same number and similar name"
        return self.reason.value

    @property
    def is_certain(self) -> bool:
        """Whether nobody needs to look, as far as this goes. One name in one company can be two people's."""
        return self.names is Agreement.FULLY and self.reason is not Reason.COMPANY


_NUMBER_ALONE = "same number, one without a name"


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Contacts that can be one and the same."""

    ids: tuple[int, ...]
    """Two to `MOST_MEMBERS`, the oldest first."""
    title: str
    """What they would be called."""
    reason: str
    """In words."""
    is_certain: bool
    """Whether they can be merged without anybody looking at them: nothing of them contradicts."""


@dataclass(frozen=True, slots=True)
class FoundDuplicates:
    """What a look through the own list found."""

    groups: tuple[DuplicateGroup, ...] = ()
    """The certain ones first, by their titles."""
    is_all: bool = True
    """Whether there are no more."""


def in_order(groups: Iterable[DuplicateGroup]) -> tuple[DuplicateGroup, ...]:
    """Return groups as they are listed."""
    return tuple(sorted(groups, key=lambda group: (not group.is_certain, fold(group.title), group.ids)))


def pairs_of(ids: Iterable[int]) -> list[tuple[int, int]]:
    """Return every two of `ids`, the smaller one first."""
    return list(combinations(sorted(set(ids)), 2))


def called(contact: Contact) -> tuple[str, ...]:
    """Return the words a contact goes by: its name's, or else its company's."""
    return tuple(words_of(contact.name) or words_of(contact.company))


def likeness(first: Contact, second: Contact) -> Likeness | None:
    """Return the strongest reason why two contacts can be one; None where there is none.

    People who share a number and nothing else are not: it is the number of their house.
    """
    names = agreement(called(first), called(second))
    return next((Likeness(reason, names) for reason in Reason if _holds(reason, names, first, second)), None)


class Grouping:
    """Gathers groups from contacts that share a value. Remembers a few words of those it put into a group, no more.

    Who is in one group is alike, each with each: "A. Rao" does not bring Asha Rao and Anil Rao together. `apart`: pairs
    of ids, the smaller one first, that a person said are not the same.
    """

    def __init__(self, apart: frozenset[tuple[int, int]] = frozenset()) -> None:
        self._apart = apart
        self._groups: dict[int, list[int]] = {}
        """Every grouped contact's group."""
        self._names: dict[int, tuple[str, ...]] = {}
        self.count = 0
        """Groups so far."""

    def take(self, reason: Reason, sharing: Sequence[Contact]) -> None:
        """Look at those who share a value: begin with the strongest reason, and with the oldest contact."""
        own = sorted((contact for contact in sharing if not contact.directory), key=lambda contact: contact.id)
        if not 1 < len(own) <= MOST_HOLDERS:
            return
        names = {contact.id: called(contact) for contact in own}
        is_quarrelled = any(agreement(*pair) is Agreement.NO for pair in combinations(set(names.values()), 2))
        together = {contact.id for contact in own} if len(own) <= MOST_SHARING and reason in _OF_ONE else set()
        two: set[tuple[int, int]] = set()
        if reason is Reason.COMPANY:
            two = {(first.id, second.id) for first, second in combinations(own, 2) if _are_two(first, second)}
        for first, second in combinations(names, 2):
            agreed = agreement(names[first], names[second])
            if agreed is Agreement.OPEN and is_quarrelled:
                continue  # whose is it?
            if agreed is not Agreement.NO or together:
                self._unite(first, second, names, together, two)

    def groups(self) -> list[tuple[int, ...]]:
        """Return the ids of every group, the oldest first."""
        whole = {id(group): group for group in self._groups.values()}
        return sorted(tuple(sorted(group)) for group in whole.values())

    def _unite(
        self,
        first: int,
        second: int,
        names: Mapping[int, tuple[str, ...]],
        together: Container[int],
        two: Container[tuple[int, int]],
    ) -> None:
        """Make one group of two contacts' groups, unless somebody in one is not alike somebody in the other."""
        ours, theirs = self._groups.get(first, [first]), self._groups.get(second, [second])
        if ours is theirs or len(ours) + len(theirs) > MOST_MEMBERS:
            return
        named = {member: names.get(member) or self._names.get(member, ()) for member in (*ours, *theirs)}
        for one, other in product(ours, theirs):
            pair = min(one, other), max(one, other)
            if pair in self._apart or pair in two:
                return
            if agreement(named[one], named[other]) is Agreement.NO and not (one in together and other in together):
                return
        self.count += 1 - (len(ours) > 1) - (len(theirs) > 1)
        group = [*ours, *theirs]
        self._groups.update(dict.fromkeys(group, group))
        self._names.update(named)


def find_among(contacts: Iterable[Contact], apart: frozenset[tuple[int, int]] = frozenset()) -> list[tuple[int, ...]]:
    """Return the ids of the groups in a list that fits into memory; large ones are found by what they share."""
    grouping = Grouping(apart)
    listed = list(contacts)
    for reason in Reason:
        sharing: dict[str, list[Contact]] = {}
        for contact in listed:
            for value in shared_values(reason, contact):
                sharing.setdefault(value, []).append(contact)
        for value in sorted(sharing):
            grouping.take(reason, sharing[value])
    return grouping.groups()


def shared_values(reason: Reason, contact: Contact) -> set[str]:
    """Return what others must have too for `reason`, each of its values for itself."""
    if reason is Reason.UID:
        return {contact.uid} - {""}
    if reason is Reason.EMAIL:
        return {email_key(address) for address in contact.emails} - {""}
    if reason is Reason.NUMBER:
        return {number.e164 for number in contact.numbers} - {""}
    name, company = " ".join(words_of(contact.name)), " ".join(words_of(contact.company))
    return {f"{name}\n{company}"} if name and company else set()


_OF_ONE = frozenset({Reason.UID, Reason.EMAIL})
"""What names a person by itself, whatever they are called."""


def _holds(reason: Reason, names: Agreement, first: Contact, second: Contact) -> bool:
    if not shared_values(reason, first) & shared_values(reason, second):
        return False
    if reason is Reason.COMPANY:
        return not _are_two(first, second)
    return names is not Agreement.NO or reason in _OF_ONE


def _are_two(first: Contact, second: Contact) -> bool:
    """Whether two who bear one name in one company are reached quite differently."""
    emails = [shared_values(Reason.EMAIL, contact) for contact in (first, second)]
    mobiles = [{n.e164 for n in contact.numbers if n.kind == "mobile" and n.e164} for contact in (first, second)]
    return any(all(values) and not values[0] & values[1] for values in (emails, mobiles))
