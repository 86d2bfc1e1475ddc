"""What becomes of a contact that a file knows too: what a person changed stays, the rest follows the file.

Three states are compared, field by field: what is stored now, what files said so far, and what this file says. What
differs between the first two a person changed. Of a contact made by hand files said nothing so far: it only gets what
it lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeVar

from c2c_desktop.domain.contact import Contact, ContactNumber, cleaned, email_key
from c2c_desktop.domain.plain_text import fold
from c2c_desktop.domain.record_contact import number_key

T = TypeVar("T")

NOTHING_SAID = Contact(0, "")


class Verdict(Enum):
    """What an import makes of an entry of its file."""

    ADDED = "added"
    UPDATED = "updated"
    MERGED = "merged"
    KEPT = "kept"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of a contact."""

    contact: Contact
    is_same_card: bool
    """Whether the UID tells so: then numbers and addresses that are gone there go here too."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A contact after an import."""

    contact: Contact
    said: Contact | None
    """What files say of it, to be kept; None where that is the contact itself."""
    verdict: Verdict


def outcome_of(own: Contact, said_before: Contact | None, saids: Sequence[Said], *, is_file_right: bool) -> Outcome:
    """Return what a stored contact becomes with all that a file says of it.

    `said_before`: what files said before a person changed it; None where nobody did. `is_file_right`: whether the file
    wins over what a person changed.
    """
    before = said_before or (own if own.import_id else NOTHING_SAID)
    if len(saids) == 1:
        said = saids[0]
        if said_before is None and own.import_id and content(own) == said.contact:
            return Outcome(own, None, Verdict.UNCHANGED)
    else:
        said = Said(joined([each.contact for each in saids]), any(each.is_same_card for each in saids))
    contact = _merged(own, before, said, is_file_right=is_file_right)
    now_said = _merged(before, before, said, is_file_right=False)
    is_as_said = bool(own.import_id) and content(contact) == content(now_said)
    if contact == own:
        as_the_file_has_it = own if is_as_said else _merged(own, before, said, is_file_right=True)
        verdict = Verdict.UNCHANGED if as_the_file_has_it == own else Verdict.KEPT
    elif content(own) == content(before):
        verdict = Verdict.UPDATED
    else:
        verdict = Verdict.MERGED
    has_own_way = (contact.route, contact.caller_id) != (now_said.route, now_said.caller_id)
    return Outcome(contact, None if is_as_said and not has_own_way else now_said, verdict)


def joined(saids: Sequence[Contact]) -> Contact:
    """Return one contact of several entries for it in one file: what the first says, and what it lacks."""
    whole = saids[0]
    for said in saids[1:]:
        whole = _merged(whole, NOTHING_SAID, Said(said, is_same_card=False), is_file_right=False)
    return whole


def content(contact: Contact) -> Contact:
    """Return what a file can say of `contact`, to be compared."""
    return replace(contact, id=0, route=None, caller_id=None, directory=0, import_id=0)


def _merged(own: Contact, before: Contact, said: Said, *, is_file_right: bool) -> Contact:
    new = said.contact
    is_same = said.is_same_card

    def text(now: T, then: T, there: T) -> T:
        return there if there and (is_file_right or now == then) else now

    return cleaned(
        replace(
            own,
            name=text(own.name, before.name, new.name),
            company=text(own.company, before.company, new.company),
            note=text(own.note, before.note, new.note),
            favourite=text(own.favourite, before.favourite, new.favourite),
            uid=own.uid or new.uid,
            numbers=_numbers(own.numbers, before.numbers, new.numbers, is_same=is_same, is_file_right=is_file_right),
            emails=_list(
                own.emails, before.emails, new.emails, email_key, follows=is_same, is_file_right=is_file_right
            ),
            tags=_list(own.tags, before.tags, new.tags, fold, follows=False, is_file_right=is_file_right),
        )
    )


def _numbers(
    own: tuple[ContactNumber, ...],
    before: tuple[ContactNumber, ...],
    new: tuple[ContactNumber, ...],
    *,
    is_same: bool,
    is_file_right: bool,
) -> tuple[ContactNumber, ...]:
    """Merge the numbers, and which one is preferred as a field of its own."""
    first, then, there = map(_preferred, (own, before, new))
    if there and (is_file_right or first == then):
        first = there
    plain = [tuple(replace(n, preferred=False) if n.preferred else n for n in each) for each in (own, before, new)]
    mine, once, theirs = plain
    numbers = _list(mine, once, theirs, number_key, follows=is_same, is_file_right=is_file_right)
    at = next((at for at, number in enumerate(numbers) if number_key(number) == first), None)
    return tuple(replace(n, preferred=True) if i == at else n for i, n in enumerate(numbers))


def _preferred(numbers: tuple[ContactNumber, ...]) -> str:
    return next((number_key(number) for number in numbers if number.preferred), "")


def _list(
    own: tuple[T, ...],
    before: tuple[T, ...],
    new: tuple[T, ...],
    key: Callable[[T], str],
    *,
    follows: bool,
    is_file_right: bool,
) -> tuple[T, ...]:
    """Return `own` with what is new; where it `follows` the file, without what is gone there.

    What a person added, changed or removed stays so.
    """
    if not new or own == new:
        return own
    if follows and (is_file_right or own == before):
        return new
    then: dict[str, T] = {}
    for item in before:
        then.setdefault(key(item), item)
    there = {key(item): item for item in new}
    kept: list[T] = []
    seen: set[str] = set()
    for item in own:
        name = key(item)
        is_untouched = then.get(name) == item
        if name in seen:  # a person may have it twice
            kept.append(item)
        elif name in there:
            kept.append(there[name] if is_file_right or is_untouched else item)
        elif not (follows and is_untouched):
            kept.append(item)
        seen.add(name)
    known = seen | (set() if is_file_right else set(then))
    return (*kept, *(item for item in new if key(item) not in known))
