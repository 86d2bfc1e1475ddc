"""What a reader found becomes a contact: numbers read as their country writes them, and nothing lost that cannot be."""

from __future__ import annotations

import random

import phonenumbers
import pytest

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_record import NUMBER_LENGTH, ContactRecord, RecordNumber
from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.number import parse_number
from c2c_desktop.domain.record_contact import RecordContacts, number_key
from tests.fakes import INDIAN
from tests.unit.builders import LONDON


def contact(record: ContactRecord, region: str = "IN", *tags: str) -> Contact:
    return RecordContacts(region, tags).contact(record)


def numbers(*texts: str, region: str = "IN") -> list[tuple[str, str, str]]:
    found = contact(ContactRecord("A", numbers=tuple(RecordNumber(text) for text in texts)), region).numbers
    return [(number.shown, number.e164, number.written) for number in found]


@pytest.mark.parametrize(
    "text", ["ext 12", "112", "+", "98402 22222 / 98402 33333", "12345", "+999 1234567", "+91 1", "x" * NUMBER_LENGTH]
)
def test_a_number_that_cannot_be_read_is_kept_as_written_and_never_dialled(text: str) -> None:
    ((shown, e164, written),) = numbers(text)
    assert (shown, e164, written) == (text, "", text)


@pytest.mark.parametrize(
    ("text", "region", "shown", "e164"),
    [
        ("098402-22222", "IN", "+91 98402 22222", INDIAN),
        ("+91 98402 22222", "GB", "+91 98402 22222", INDIAN),
        ("+91-98402-22222", "GB", "+91 98402 22222", INDIAN),
        ("020 7946 0123", "GB", "+44 20 7946 0123", LONDON),
        ("+44 (0)20 7946 0123", "IN", "+44 20 7946 0123", LONDON),
        ("+44 0 20 7946 0123", "IN", "+44 20 7946 0123", LONDON),
        ("+4402079460123", "IN", "+44 20 7946 0123", LONDON),
    ],
)
def test_a_number_is_read_by_the_region_and_kept_as_written(text: str, region: str, shown: str, e164: str) -> None:
    assert numbers(text, region=region) == [(shown, e164, text)]


def test_plain_international_numbers_read_as_every_other_way_does() -> None:
    chance = random.Random(11)
    regions = sorted(phonenumbers.SUPPORTED_REGIONS)
    read = 0
    for _ in range(1500):
        example = phonenumbers.example_number_for_type(chance.choice(regions), chance.choice((0, 1, 3, 4)))
        if example is None:
            continue
        digits = f"{phonenumbers.national_significant_number(example)[:-3]}{chance.randrange(1000):03}"
        code = example.country_code
        text = chance.choice((f"+{code}{digits}", f"+{code} {digits[:4]} {digits[4:]}", f"+{code}-{digits}"))
        try:
            number = parse_number(text, "IN")
        except NumberError:
            expected = (text, "")
        else:
            expected = (number.shown, number.e164)
        assert numbers(text)[0][:2] == expected
        read += bool(expected[1])
    assert read > 1000


def test_what_comes_twice_is_taken_once_and_the_first_stays_first() -> None:
    record = ContactRecord(
        "Asha Rao",
        "Acme",
        (RecordNumber("098402 22222", "work"), RecordNumber("020 7946", ""), RecordNumber(INDIAN, "home", True)),
        ("asha@example.org", "b@example.org", "ASHA@example.org"),
        ("vip", "lead"),
        "a\nb",
        "u-1",
        favourite=True,
        line=7,
    )
    assert contact(record, "IN", "crm", "vip") == Contact(
        0,
        "Asha Rao",
        "Acme",
        (
            ContactNumber("+91 98402 22222", INDIAN, "work", as_written="098402 22222"),
            ContactNumber("020 7946", "", "other"),
        ),
        True,
        ("vip", "lead", "crm"),
        "a\nb",
        ("asha@example.org", "b@example.org"),
        "u-1",
    )


def test_kinds_are_ours_and_one_number_is_preferred() -> None:
    record = ContactRecord(
        "A",
        numbers=(
            RecordNumber(INDIAN, "fax"),
            RecordNumber(LONDON, "Handy privat", True),
            RecordNumber("ext 1", "Kitchen", True),
        ),
    )
    assert [(n.kind, n.preferred) for n in contact(record).numbers] == [
        ("fax", False),
        ("mobile", True),
        ("other", False),
    ]


def test_hostile_texts_are_cleaned() -> None:
    record = ContactRecord("\u202eevil\x1b[31m", tags=("#\u2066x",), numbers=(RecordNumber("\u202e98402 22222"),))
    found = contact(record)
    assert (found.name, found.tags, found.numbers[0].written) == ("evil[31m", ("x",), "98402 22222")
    assert number_key(found.numbers[0]) == INDIAN
