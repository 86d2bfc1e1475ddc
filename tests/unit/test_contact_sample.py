"""A contact of a file as it will be in the list."""

from __future__ import annotations

from c2c_desktop.domain.contact_record import ContactRecord, RecordNumber
from c2c_desktop.services.contact_sample import MOST_SHOWN, SampleNumber, contact_sample

WORK = RecordNumber("020 7946 0018", "work")


def test_a_number_that_cannot_be_read_is_shown_as_written() -> None:
    sample = contact_sample(ContactRecord("Asha Rao", numbers=(RecordNumber("at reception"),)), "GB")
    assert sample.numbers == (SampleNumber("other", "at reception", False),)


def test_the_country_reads_numbers_without_a_code() -> None:
    record = ContactRecord("Asha Rao", "Acme", (WORK,))
    assert contact_sample(record, "GB").numbers == (SampleNumber("work", "+44 20 7946 0018", True),)
    assert contact_sample(record, "US").numbers[0].shown != "+44 20 7946 0018"


def test_kinds_nobody_knows_are_other() -> None:
    sample = contact_sample(ContactRecord("A", numbers=(RecordNumber("+44 20 7946 0018", "Boat"),)), "GB")
    assert sample.numbers[0].kind == "other"


def test_a_card_of_many_numbers_shows_the_first() -> None:
    sample = contact_sample(ContactRecord("A", numbers=(WORK,) * 100), "GB")
    assert (len(sample.numbers), sample.more_numbers) == (MOST_SHOWN, 100 - MOST_SHOWN)


def test_without_a_name_the_company_then_the_number_then_the_address_is_the_title() -> None:
    company = contact_sample(ContactRecord("", "Acme", (WORK,)), "GB")
    assert (company.title, company.company) == ("Acme", "")
    assert contact_sample(ContactRecord("", numbers=(WORK,), emails=("a@example.org",)), "GB").title == (
        "+44 20 7946 0018"
    )
    assert contact_sample(ContactRecord("", emails=("a@example.org",)), "GB").title == "a@example.org"
    assert contact_sample(ContactRecord(""), "GB").title == ""


def test_tags_star_and_company_are_taken_over() -> None:
    sample = contact_sample(ContactRecord("Asha", "Acme", tags=("vip",), favourite=True), "GB")
    assert (sample.title, sample.company, sample.tags, sample.favourite) == ("Asha", "Acme", ("vip",), True)


def test_a_label_is_shown_as_the_kind_it_becomes() -> None:
    record = ContactRecord("Ann", numbers=(RecordNumber("+44 20 7946 0018", "Front desk"), RecordNumber("1", "")))
    assert [number.kind for number in contact_sample(record, "GB").numbers] == ["work", "other"]
