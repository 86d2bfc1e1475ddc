"""A contact of a file as it will be in the list, for a look before the import."""

from __future__ import annotations

from dataclasses import dataclass

from c2c_desktop.domain.contact_record import ContactRecord, RecordNumber
from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.number import parse_number
from c2c_desktop.domain.number_kind import stored_kind

MOST_SHOWN = 4
"""Numbers of one contact that are shown; reading all of a hostile card would be felt."""


@dataclass(frozen=True, slots=True)
class SampleNumber:
    """One number: `shown` grouped for people, or as written where it cannot be read and so not be called."""

    kind: str
    shown: str
    is_readable: bool


@dataclass(frozen=True, slots=True)
class ContactSample:
    """What is shown of one contact."""

    title: str
    """The name, or the company, the first number or e-mail address where there is none."""
    company: str
    """"" where it is the title."""
    numbers: tuple[SampleNumber, ...]
    more_numbers: int
    """Those that are not shown."""
    tags: tuple[str, ...]
    favourite: bool


def contact_sample(record: ContactRecord, region: str) -> ContactSample:
    """Return how `record` will look; `region`: the ISO 3166 country of numbers without a code."""
    numbers = tuple(_number(number, region) for number in record.numbers[:MOST_SHOWN])
    first = [number.shown for number in numbers] + list(record.emails)
    title = record.name or record.company or next(iter(first), "")
    return ContactSample(
        title,
        record.company if record.name else "",
        numbers,
        len(record.numbers) - len(numbers),
        record.tags,
        record.favourite,
    )


def _number(number: RecordNumber, region: str) -> SampleNumber:
    kind = stored_kind(number.kind)
    try:
        return SampleNumber(kind, parse_number(number.as_written, region).shown, True)
    except NumberError:
        return SampleNumber(kind, number.as_written, False)
