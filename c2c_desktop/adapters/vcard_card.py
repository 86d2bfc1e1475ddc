"""One card while it is read: each property it knows, and the contact that comes of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from c2c_desktop.adapters.vcard_property import NOT_PREFERRED, PropertyHead, kind_from_label
from c2c_desktop.adapters.vcard_text import cleaned, cleaned_note, line_of, parts_of, split, text_of, unescaped
from c2c_desktop.domain.calling_fields import caller_id_named, route_named
from c2c_desktop.domain.contact_record import (
    EMAIL_LENGTH,
    KIND_LENGTH,
    MOST_EMAILS,
    MOST_NUMBERS,
    MOST_TAGS,
    NAME_LENGTH,
    NOTE_LENGTH,
    NUMBER_LENGTH,
    SKIPPED_TEXT_LENGTH,
    TAG_LENGTH,
    UID_LENGTH,
    ContactRecord,
    RecordNumber,
    SkippedRecord,
)
from c2c_desktop.domain.number_uri import decoded as percent_decoded
from c2c_desktop.domain.number_uri import link_in

OLD_VERSION = "2.1"
_MOST_REPORTS = 20
_LONGEST_LINK = 1_000
_LETTERS_WITHOUT_BLANKS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
"""Kana, Han and Hangul: the family name stands first, and nothing between."""

_YES = {"1", "true", "yes"}

AGENT_LEFT_OUT = "A card inside this card, of a representative, was left out."

_LIMITS = {"numbers": MOST_NUMBERS, "e-mail addresses": MOST_EMAILS, "tags": MOST_TAGS}


class Card:
    """What was read of the card that begins at `line`. One thread."""

    __slots__ = (
        "_beyond", "_caller_id", "_company", "_emails", "_favourite", "_is_company", "_is_list", "_labels", "_name",
        "_nickname", "_note", "_numbers", "_reports", "_route", "_structured", "_tags", "_uid", "_unreported", "line",
        "lines", "version",
    )  # fmt: skip

    def __init__(self, line: int) -> None:
        self.line = line
        self.lines = 0
        """How many properties were taken."""
        self.version = ""
        self._name = self._nickname = self._company = self._note = self._uid = self._route = ""
        self._caller_id: str | None = None
        self._structured: tuple[PropertyHead, str] | None = None
        self._numbers: list[tuple[str, PropertyHead]] = []
        self._labels: dict[str, str] = {}
        self._emails: list[str] = []
        self._tags: dict[str, None] = {}
        self._favourite: bool | None = None
        self._is_company = self._is_list = False
        self._beyond: dict[str, list[int | str]] = {}
        self._reports: list[SkippedRecord] = []
        self._unreported = 0

    def take(self, head: PropertyHead, value: str, line: int) -> None:
        """Take what a property says; one that says nothing here is left out."""
        self.lines += 1
        taker = self._takers.get(head.name)
        if taker is not None:
            taker(self, head, value, line)

    def go_on_with_note(self, line: str) -> None:
        """Take another note, or a line that stands below one without being folded, as some programs write them."""
        if len(self._note) < NOTE_LENGTH * 8:
            self._note = f"{self._note}\n{line}" if self._note else line

    def report(self, line: int, reason: str, text: str) -> None:
        """Tell of something in this card that was left out."""
        if len(self._reports) < _MOST_REPORTS:
            self._reports.append(SkippedRecord(line, reason, cleaned(text, SKIPPED_TEXT_LENGTH)))
        else:
            self._unreported += 1

    def left_out(self, reason: str) -> SkippedRecord:
        """Return the report of the whole card."""
        name = self._name or self._name_of_parts() or self._nickname or self._company
        first = name or next((text for text, _ in self._numbers), "") or next(iter(self._emails), "BEGIN:VCARD")
        return SkippedRecord(self.line, reason, cleaned(first, SKIPPED_TEXT_LENGTH))

    def finished(self) -> list[ContactRecord | SkippedRecord]:
        """Return the contact, and what of the card is not in it."""
        if self._is_list:
            return [self.left_out("This card is a list of other contacts, not a contact.")]
        name = self._name or self._name_of_parts() or self._nickname
        company = self._company
        if self._is_company and name == (company or name):
            name, company = "", name
        if not (name or company or self._numbers or self._emails):
            return [self.left_out("This card has no name, company, number or e-mail address."), *self._reports]
        note = cleaned_note(self._note) if self._note else ""
        if note.endswith("…") and not self._note.endswith("…"):
            self.report(self.line, f"The note is longer than {NOTE_LENGTH:,} characters: its start was kept.", name)
        favourite, tags = self._favourite_and_tags()
        record = ContactRecord(
            name, company, self._kinds_and_numbers(), tuple(self._emails), tags, note, self._uid, favourite, self.line,
            self._route, self._caller_id,
        )  # fmt: skip
        if self._reports or self._beyond:
            return [record, *self._reports, *self._beyond_limits()]
        return [record]

    def _kinds_and_numbers(self) -> tuple[RecordNumber, ...]:
        best = min((head.rank for _, head in self._numbers), default=NOT_PREFERRED)
        numbers = []
        for text, head in self._numbers:
            kind = (self._labels.get(head.group) if head.group else "") or head.kind
            is_best = head.rank == best < NOT_PREFERRED
            if is_best:
                best = -1  # the first of equals
            numbers.append(RecordNumber(text, cleaned(kind, KIND_LENGTH) if kind else "", is_best))
        return tuple(numbers)

    def _favourite_and_tags(self) -> tuple[bool, tuple[str, ...]]:
        """Return both as Google writes them: every contact is tagged "myContacts", favourites "starred"."""
        if self._favourite is not None or not self._tags:
            return bool(self._favourite), tuple(self._tags)
        return "starred" in self._tags, tuple(tag for tag in self._tags if tag not in {"starred", "myContacts"})

    def _count_beyond(self, what: str, line: int, text: str) -> None:
        count = self._beyond.setdefault(what, [0, line, text[:SKIPPED_TEXT_LENGTH]])
        count[0] = int(count[0]) + 1

    def _beyond_limits(self) -> list[SkippedRecord]:
        found = [
            SkippedRecord(
                int(line),
                f"Only the first {_LIMITS[what]} {what} of this contact are kept; left out: {count:,}.",
                cleaned(str(text), SKIPPED_TEXT_LENGTH),
            )
            for what, (count, line, text) in self._beyond.items()
        ]
        if self._unreported:
            reason = f"Left out of this contact beside these: {self._unreported:,}."
            found.append(SkippedRecord(self.line, reason, cleaned(self._name, SKIPPED_TEXT_LENGTH)))
        return found

    def _take_version(self, _: PropertyHead, value: str, __: int) -> None:
        self.version = value.strip()[:8]

    def _take_name(self, head: PropertyHead, value: str, _: int) -> None:
        if not self._name:
            self._name = line_of(head, value, NAME_LENGTH)

    def _take_nickname(self, head: PropertyHead, value: str, _: int) -> None:
        self._nickname = self._nickname or line_of(head, value, NAME_LENGTH)

    def _take_structured_name(self, head: PropertyHead, value: str, _: int) -> None:
        self._structured = self._structured or (head, value)

    def _name_of_parts(self) -> str:
        if self._structured is None:
            return ""
        parts = [self._name_part(part) for part in parts_of(*self._structured)[:5]]
        family, given, additional, prefix, suffix = [*parts, *[""] * 5][:5]
        if all(map(_LETTERS_WITHOUT_BLANKS.fullmatch, (family, given))):
            family, given = "", family + given
        return cleaned(f"{prefix} {given} {additional} {family} {suffix}", NAME_LENGTH)

    def _name_part(self, part: str) -> str:
        words = [part] if self.version == OLD_VERSION else split(part, ",")
        return cleaned(" ".join(map(unescaped, words)), NAME_LENGTH)

    def _take_company(self, head: PropertyHead, value: str, _: int) -> None:
        if not self._company:
            parts = [cleaned(unescaped(part), NAME_LENGTH) for part in parts_of(head, value)]
            self._company = cleaned(", ".join(filter(None, parts)), NAME_LENGTH)

    def _take_number(self, head: PropertyHead, value: str, line: int) -> None:
        if len(self._numbers) >= MOST_NUMBERS:
            self._count_beyond("numbers", line, value)
            return
        text = _without_scheme(line_of(head, value, _LONGEST_LINK))
        if len(text) > NUMBER_LENGTH:
            self.report(line, f"This number is longer than {NUMBER_LENGTH} characters.", text)
        elif text:
            self._numbers.append((text, head))

    def _take_email(self, head: PropertyHead, value: str, line: int) -> None:
        if len(self._emails) >= MOST_EMAILS:
            self._count_beyond("e-mail addresses", line, value)
            return
        address = line_of(head, value, EMAIL_LENGTH * 2)
        while address[:7].lower() == "mailto:":
            address = address[7:].strip()
        if len(address) > EMAIL_LENGTH:
            self.report(line, f"This e-mail address is longer than {EMAIL_LENGTH} characters.", address)
        elif address:
            self._emails.append(address)

    def _take_tags(self, head: PropertyHead, value: str, line: int) -> None:
        for part in split(text_of(head, value), ","):
            tag = cleaned(unescaped(part), TAG_LENGTH)
            if tag and len(self._tags) < MOST_TAGS:
                self._tags[tag] = None
            elif tag and tag not in self._tags:
                self._count_beyond("tags", line, tag)

    def _take_note(self, head: PropertyHead, value: str, _: int) -> None:
        self.go_on_with_note(unescaped(text_of(head, value)))

    def _take_uid(self, head: PropertyHead, value: str, line: int) -> None:
        uid = line_of(head, value, UID_LENGTH + 1)
        if len(uid) > UID_LENGTH:
            self.report(line, f"This UID is longer than {UID_LENGTH} characters.", uid)
        elif not self._uid:
            self._uid = uid

    def _take_label(self, head: PropertyHead, value: str, _: int) -> None:
        label = line_of(head, value, KIND_LENGTH * 2)
        if head.group and label and len(self._labels) < MOST_NUMBERS * 4:
            self._labels[head.group] = kind_from_label(label)

    def _take_kind(self, _: PropertyHead, value: str, __: int) -> None:
        kind = value.strip().lower()
        self._is_list |= kind == "group"
        self._is_company |= kind == "org"

    def _take_shown_as(self, _: PropertyHead, value: str, __: int) -> None:
        self._is_company |= value.strip().upper() == "COMPANY"

    def _take_favourite(self, _: PropertyHead, value: str, __: int) -> None:
        self._favourite = value.strip().lower() in _YES

    def _take_route(self, _: PropertyHead, value: str, __: int) -> None:
        self._route = self._route or route_named(value[:NUMBER_LENGTH])

    def _take_caller_id(self, head: PropertyHead, value: str, _: int) -> None:
        if self._caller_id is None:
            self._caller_id = caller_id_named(line_of(head, value, NUMBER_LENGTH + 1))

    def _take_agent(self, _: PropertyHead, value: str, line: int) -> None:
        if "BEGIN:VCARD" in value.upper():
            self.report(line, AGENT_LEFT_OUT, value)

    _takers: ClassVar[dict[str, Callable[[Card, PropertyHead, str, int], None]]] = {
        "AGENT": _take_agent,
        "CATEGORIES": _take_tags,
        "EMAIL": _take_email,
        "FN": _take_name,
        "KIND": _take_kind,
        "N": _take_structured_name,
        "NICKNAME": _take_nickname,
        "NOTE": _take_note,
        "ORG": _take_company,
        "TEL": _take_number,
        "UID": _take_uid,
        "VERSION": _take_version,
        "X-ABLABEL": _take_label,
        "X-ABSHOWAS": _take_shown_as,
        "X-ADDRESSBOOKSERVER-KIND": _take_kind,
        "X-ANDROID-STARRED": _take_favourite,
        "X-C2C-CALLER-ID": _take_caller_id,
        "X-C2C-FAVOURITE": _take_favourite,
        "X-C2C-ROUTE": _take_route,
        "X-FAVORITE": _take_favourite,
        "X-FAVOURITE": _take_favourite,
        "X-STARRED": _take_favourite,
    }


def _without_scheme(text: str) -> str:
    """Return `text` as a person writes a number where it is a tel: link, or a link in a link; else unchanged."""
    while text[:4].lower() == "tel:" and (link := link_in(percent_decoded(text))):
        is_local = link.context and not link.number.lstrip().startswith("+")
        text = cleaned(f"{link.context} {link.number}" if is_local else link.number, _LONGEST_LINK)
    return text
