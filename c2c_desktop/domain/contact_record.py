"""What an importer read of a contact file: whole contacts, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass

NAME_LENGTH = 200
"""Characters of a name or a company; what is longer ends with an ellipsis."""

NUMBER_LENGTH = 80
"""Characters of a number as written; a longer one is left out and reported, for a cut number is another number."""

KIND_LENGTH = 40
"""Characters of a number's kind."""

EMAIL_LENGTH = 254
"""Characters of an e-mail address, as RFC 5321 has them; a longer one is left out and reported."""

TAG_LENGTH = 60
"""Characters of a tag."""

NOTE_LENGTH = 4_000
"""Characters of a note."""

UID_LENGTH = 255
"""Characters of a UID; a longer one counts as none, for a cut one could be another contact's."""

MOST_NUMBERS = 100
"""Numbers of one record; the rest is reported."""

MOST_EMAILS = 50
"""E-mail addresses of one record; the rest is reported."""

MOST_TAGS = 50
"""Tags of one record; the rest is reported."""

SKIPPED_TEXT_LENGTH = 200
"""Characters kept of what was left out."""


@dataclass(frozen=True, slots=True)
class RecordNumber:
    """One number, not yet read as a phone number."""

    as_written: str
    """One cleaned line."""
    kind: str = ""
    """"mobile", "work", "home", "main", "fax", "pager", "other", or the person's own label; "" where not told."""
    preferred: bool = False
    """At most one number of a record is."""


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """One contact of a file. Every text is cleaned: one line each, but for the note, which may have several."""

    name: str
    """"" where only a company, a number or an address is known."""
    company: str = ""
    numbers: tuple[RecordNumber, ...] = ()
    emails: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """Without doubles, in the order of the file."""
    note: str = ""
    uid: str = ""
    favourite: bool = False
    line: int = 0
    """Where it starts in its source, the first line is 1."""
    route: str = ""
    """How calls to them begin, the value of a `Route`; "" where not told. Only our own exports tell."""
    caller_id: str | None = None
    """What they see of the caller, "" for nothing; None where not told."""


@dataclass(frozen=True, slots=True)
class SkippedRecord:
    """Something of a file that did not become a contact, or not all of it."""

    line: int
    """Where it starts in its source, the first line is 1."""
    reason: str
    """One plain sentence for the agent."""
    text: str
    """At most `SKIPPED_TEXT_LENGTH` cleaned characters of what stands there."""
