"""Contacts: how they are called, and what is kept of hostile ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_desktop.domain.contact import Contact, ContactNumber, cleaned, email_key
from c2c_desktop.domain.contact_record import MOST_TAGS, NAME_LENGTH, NOTE_LENGTH, NUMBER_LENGTH, TAG_LENGTH
from c2c_desktop.domain.number_kind import NUMBER_KINDS
from c2c_desktop.domain.plain_text import clean_text
from tests.fakes import INDIAN

MOBILE = ContactNumber("+91 98402 22222", INDIAN)
TEXTS = st.text(max_size=300)


@pytest.mark.parametrize(
    ("contact", "initials", "label"),
    [
        (Contact(0, ""), "?", ""),
        (Contact(0, "", numbers=(MOBILE,)), "?", "+91 98402 22222"),
        (Contact(0, "", emails=("a@example.com",)), "?", "a@example.com"),
        (Contact(0, "", "Acme Tools", (MOBILE,)), "AT", "Acme Tools"),
        (Contact(0, "asha", "Acme"), "A", "asha"),
        (Contact(0, "Asha Rao"), "AR", "Asha Rao"),
        (Contact(0, "asha devi  rao"), "AR", "asha devi  rao"),
        (Contact(0, "ß"), "SS", "ß"),
        (Contact(0, "Ravi (home)"), "RH", "Ravi (home)"),
        (Contact(0, "Ravi 2"), "R", "Ravi 2"),
        (Contact(0, "“Asha” - Rao (2)"), "AR", "“Asha” - Rao (2)"),
        (Contact(0, "3M"), "M", "3M"),
        (Contact(0, "24/7"), "2", "24/7"),
        (Contact(0, "#"), "#", "#"),
    ],
)
def test_a_contact_goes_by_name_company_or_number(contact: Contact, initials: str, label: str) -> None:
    assert (contact.initials, contact.label) == (initials, label)


@given(
    TEXTS,
    TEXTS,
    st.lists(st.builds(ContactNumber, TEXTS, st.just(""), st.sampled_from([*NUMBER_KINDS, "x"])), max_size=5),
)
def test_a_cleaned_contact_is_safe_to_show(name: str, company: str, numbers: list[ContactNumber]) -> None:
    contact = cleaned(Contact(3, name, company, tuple(numbers), favourite=True))
    shown = [contact.name, contact.company, *(n.shown for n in contact.numbers)]
    assert [clean_text(text) for text in shown] == shown
    assert all(n.shown and len(n.shown) <= NUMBER_LENGTH and n.kind in NUMBER_KINDS for n in contact.numbers)
    assert max(len(contact.name), len(contact.company)) <= NAME_LENGTH
    assert (contact.id, contact.favourite) == (3, True)


@given(st.lists(TEXTS, max_size=60), st.text(max_size=5000))
def test_tags_and_note_of_a_cleaned_contact_are_safe_to_show(tags: list[str], note: str) -> None:
    contact = cleaned(Contact(3, "Asha", tags=tuple(tags), note=note))
    assert [clean_text(tag) for tag in contact.tags] == list(contact.tags)
    assert all(tag and len(tag) <= TAG_LENGTH and not tag.startswith("#") for tag in contact.tags)
    assert len(set(contact.tags)) == len(contact.tags) <= MOST_TAGS
    assert [clean_text(line) for line in contact.note.split("\n")] == contact.note.split("\n")
    assert len(contact.note) <= NOTE_LENGTH


def test_a_note_keeps_its_lines_and_a_tag_loses_its_sign() -> None:
    contact = cleaned(Contact(0, "Asha", tags=("#vip", "vip", " # key  account", "#"), note=" one\u202e\r\n\ntwo \n"))
    assert (contact.tags, contact.note) == (("vip", "key account"), "one\n\ntwo")


@pytest.mark.parametrize("shown", ["", "  ", "\u202e", "\u200b\n"])
def test_a_number_with_nothing_to_show_is_dropped(shown: str) -> None:
    assert cleaned(Contact(0, "Asha", numbers=(ContactNumber(shown, ""), MOBILE))).numbers == (MOBILE,)


def test_an_unknown_kind_becomes_other_and_the_digits_stay() -> None:
    number = cleaned(Contact(0, "Asha", numbers=(ContactNumber(" +91\u202e 98402 22222", INDIAN, "beeper"),))).numbers[
        0
    ]
    assert number == ContactNumber("+91 98402 22222", INDIAN, "other")


def test_of_a_number_that_is_too_long_the_start_is_kept_and_it_is_not_called() -> None:
    number = cleaned(Contact(0, "Asha", numbers=(ContactNumber("1" * (NUMBER_LENGTH + 1), INDIAN),))).numbers[0]
    assert (len(number.shown), number.e164) == (NUMBER_LENGTH, "")


def test_one_number_is_preferred_at_most() -> None:
    numbers = tuple(replace(MOBILE, kind=kind, preferred=kind != "mobile") for kind in ("mobile", "work", "home"))
    contact = cleaned(Contact(0, "Asha", numbers=numbers))
    assert [number.preferred for number in contact.numbers] == [False, True, False]


def test_what_was_written_is_kept_where_it_differs_from_what_is_shown() -> None:
    numbers = (replace(MOBILE, as_written="098402 22222"), replace(MOBILE, as_written=MOBILE.shown))
    kept = cleaned(Contact(0, "Asha", numbers=numbers)).numbers
    assert [number.as_written for number in kept] == ["098402 22222", ""]
    assert [number.written for number in kept] == ["098402 22222", "+91 98402 22222"]


def test_e_mail_addresses_are_cleaned_and_compared_without_capitals() -> None:
    contact = cleaned(Contact(0, "Asha", emails=(" asha@example.com\u202e", "", "asha@example.com", "b@example.com")))
    assert contact.emails == ("asha@example.com", "b@example.com")
    assert email_key(" Asha@Example.COM ") == "asha@example.com"
