"""What a person fills in about a contact, and the contact it becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.caller_id import CallerIdError, checked_caller_id
from c2c_desktop.domain.contact import Contact, ContactNumber, cleaned
from c2c_desktop.domain.contact_dialing import dialled_text
from c2c_desktop.domain.contact_record import (
    EMAIL_LENGTH,
    MOST_EMAILS,
    MOST_NUMBERS,
    MOST_TAGS,
    NAME_LENGTH,
    NOTE_LENGTH,
    NUMBER_LENGTH,
    TAG_LENGTH,
)
from c2c_desktop.domain.errors import NumberError, RefusedNumberError, UserFacingError
from c2c_desktop.domain.number import PhoneNumber, SeveralNumbersError, parse_for
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.route import Route

_AND = ", "
_BETWEEN = re.compile(r"[,;\n]")
_PLURALS = {"numbers": "numbers", "emails": "e-mail addresses", "tags": "tags"}
_SHOWN = 40
"""Characters of something wrong that are told."""


@dataclass(frozen=True, slots=True)
class FormNumber:
    """One line for a number."""

    text: str
    kind: str = "mobile"
    preferred: bool = False
    known: ContactNumber | None = None
    """The number that stood there before: left as it was, it is kept as it was."""

    @property
    def is_left_alone(self) -> bool:
        """Whether a number that could be read still stands there as it did."""
        return self.known is not None and bool(self.known.e164) and self.text.strip() == editable_text(self.known)


@dataclass(frozen=True, slots=True)
class ContactForm:
    """Everything as it was filled in, nothing of it checked."""

    name: str = ""
    company: str = ""
    numbers: tuple[FormNumber, ...] = ()
    emails: str = ""
    """With commas between them, as the tags."""
    tags: str = ""
    note: str = ""
    favourite: bool = False
    route: Route | None = None
    """None: as the account says."""
    caller_id: str | None = None
    """None: as the account says; "": none, as chosen at the service."""


class WrongEntryError(UserFacingError):
    """Something that cannot be kept as it was filled in; `field` names it as `ContactForm` does."""

    def __init__(self, field: str, title: str, message: str) -> None:
        super().__init__(title, message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line for a number would call, in words."""

    words: str
    can_be_called: bool


def editable_text(number: ContactNumber) -> str:
    """Return a number as it is edited: with its country code where it was read, so that it means the same anywhere."""
    post_dial = dialled_text(number).partition(",")[2] if number.e164 else ""
    return f"{number.shown},{post_dial}" if post_dial else number.shown


def reading_of(entered: FormNumber, account: Account | None) -> Reading | None:
    """Return what a line would call, and why; None for an empty one. National numbers are of the account's country."""
    if not entered.text.strip():
        return None
    known = entered.known
    try:
        number = parse_for(account, entered.text)
    except SeveralNumbersError as error:
        words = f"These are {len(error.choices)} numbers: give each a line of its own. As they are, none can be called."
        return Reading(words, can_be_called=False)
    except RefusedNumberError as error:
        return Reading(f"{error.title}. It is kept as written.", can_be_called=False)
    except NumberError as error:
        words = f"{error.title}. It is kept as written and cannot be called."
        return Reading(words, can_be_called=False)
    then = f", then press {number.post_dial}" if number.post_dial else ""
    written = f". Written as {known.as_written}" if known and entered.is_left_alone and known.as_written else ""
    return Reading(f"{number.shown} ({number.why}){then}{written}", can_be_called=True)


def form_of(contact: Contact) -> ContactForm:
    """Return `contact` as it is filled in."""
    return ContactForm(
        contact.name,
        contact.company,
        tuple(FormNumber(editable_text(n), n.kind, n.preferred, n) for n in contact.numbers),
        _AND.join(contact.emails),
        _AND.join(contact.tags),
        contact.note,
        contact.favourite,
        contact.route,
        contact.caller_id,
    )


def contact_from_form(form: ContactForm, account: Account | None, before: Contact | None = None) -> Contact:
    """Return `before`, or else a new contact, as it was filled in; what no form shows stays.

    Numbers are kept as written and as E.164; one that cannot be read is kept as written, without E.164.
    Raises `WrongEntryError` for what would be cut or cannot be sent, and where there is neither a name, a company, a
    number nor an e-mail address.
    """
    before = before or Contact(0, "")
    numbers = tuple(_number(entered, account) for entered in form.numbers if entered.text.strip())
    _check_few("numbers", numbers, MOST_NUMBERS)
    contact = replace(
        before,
        name=_whole("name", form.name, NAME_LENGTH),
        company=_whole("company", form.company, NAME_LENGTH),
        numbers=numbers,
        emails=_addresses(form.emails, before.emails),
        tags=_tags(form.tags, before.tags),
        note=_note(form.note),
        favourite=form.favourite,
        route=form.route,
        caller_id=_caller_id(form.caller_id, before.caller_id),
    )
    contact = cleaned(contact)
    if not contact.label:
        raise WrongEntryError("name", "This contact is empty", "Enter a name, a company or a number.")
    return contact


def own_copy(contact: Contact) -> Contact:
    """Return a contact of a shared directory as a new one of the person's own, which nothing updates."""
    return replace(contact, id=0, directory=0, uid="", import_id=0)


def _number(entered: FormNumber, account: Account | None) -> ContactNumber:
    known, text = entered.known, clean_text(entered.text, 8 * NUMBER_LENGTH)
    if known is not None and entered.is_left_alone:
        return replace(known, kind=entered.kind, preferred=entered.preferred)
    _whole("numbers", text, NUMBER_LENGTH)
    read = _read(text, account)
    if read is None and known is not None and text == known.shown:
        return replace(known, e164="", kind=entered.kind, preferred=entered.preferred)
    if read is None:
        return ContactNumber(text, "", entered.kind, entered.preferred)
    return ContactNumber(read.shown, read.e164, entered.kind, entered.preferred, text)


def _read(text: str, account: Account | None) -> PhoneNumber | None:
    try:
        return parse_for(account, text)
    except NumberError:
        return None


def _whole(field: str, text: str, most: int) -> str:
    if len(text.strip()) > most:
        raise WrongEntryError(field, "That is too long", f"“{text.strip()[:_SHOWN]}…” has more than {most} characters.")
    return text


def _check_few(field: str, parts: tuple[object, ...], most: int) -> None:
    if len(parts) > most:
        raise WrongEntryError(field, f"Those are too many {_PLURALS[field]}", f"A contact holds {most} of them.")


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def _tags(text: str, before: tuple[str, ...]) -> tuple[str, ...]:
    if text == _AND.join(before):
        return before  # there may be commas in those of a file
    tags = tuple(_whole("tags", tag, TAG_LENGTH) for tag in _parts(text))
    _check_few("tags", tags, MOST_TAGS)
    return tags


def _addresses(text: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """Return the e-mail addresses. What stood there before, from wherever it came, is not judged."""
    if text == _AND.join(before):
        return before
    addresses = tuple(_whole("emails", part, EMAIL_LENGTH) for part in _parts(text))
    for address in addresses:
        name, at, host = address.rpartition("@")
        if address not in before and (not name or not at or not host or " " in address):
            words = f"“{address[:_SHOWN]}” is not one. Write it like name@example.com."
            raise WrongEntryError("emails", "That is no e-mail address", words)
    _check_few("emails", addresses, MOST_EMAILS)
    return addresses


def _note(text: str) -> str:
    if (over := len(text) - NOTE_LENGTH) > 0:
        raise WrongEntryError(
            "note", "That note is too long", f"It holds {NOTE_LENGTH:,} characters; {over:,} too many."
        )
    return text


def _caller_id(text: str | None, before: str | None) -> str | None:
    if text is None or text == before:
        return text
    try:
        return checked_caller_id(text)
    except CallerIdError as error:
        raise WrongEntryError("caller_id", error.title, error.message) from error
