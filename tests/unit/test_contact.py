"""Contacts: how they are called, and what is kept of hostile ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_desktop.domain.contact import KINDS, LONGEST_NOTE, MOST_TAGS, Contact, ContactNumber, cleaned
from c2c_desktop.domain.plain_text import clean_text
from tests.fakes import INDIAN

MOBILE = ContactNumber("+91 98402 22222", INDIAN)
TEXTS = st.text(max_size=200)


@pytest.mark.parametrize(
    ("contact", "initials", "label"),
    [
        (Contact(0, ""), "?", ""),
        (Contact(0, "", numbers=(MOBILE,)), "?", "+91 98402 22222"),
        (Contact(0, "", "Acme Tools", (MOBILE,)), "AT", "Acme Tools"),
        (Contact(0, "asha", "Acme"), "A", "asha"),
        (Contact(0, "Asha Rao"), "AR", "Asha Rao"),
        (Contact(0, "asha devi  rao"), "AR", "asha devi  rao"),
        (Contact(0, "ß"), "SS", "ß"),
    ],
)
def test_a_contact_goes_by_name_company_or_number(contact: Contact, initials: str, label: str) -> None:
    assert (contact.initials, contact.label) == (initials, label)


@given(TEXTS, TEXTS, st.lists(st.builds(ContactNumber, TEXTS, st.just(""), st.sampled_from([*KINDS, "x"])), max_size=5))
def test_a_cleaned_contact_is_safe_to_show(name: str, company: str, numbers: list[ContactNumber]) -> None:
    contact = cleaned(Contact(3, name, company, tuple(numbers), favourite=True))
    shown = [contact.name, contact.company, *(n.shown for n in contact.numbers)]
    assert [clean_text(text) for text in shown] == shown
    assert all(n.shown and len(n.shown) <= 40 and n.kind in KINDS for n in contact.numbers)
    assert max(len(contact.name), len(contact.company)) <= 120
    assert (contact.id, contact.favourite) == (3, True)


@given(st.lists(TEXTS, max_size=60), st.text(max_size=5000))
def test_tags_and_note_of_a_cleaned_contact_are_safe_to_show(tags: list[str], note: str) -> None:
    contact = cleaned(Contact(3, "Asha", tags=tuple(tags), note=note))
    assert [clean_text(tag) for tag in contact.tags] == list(contact.tags)
    assert all(tag and len(tag) <= 40 and not tag.startswith("#") for tag in contact.tags)
    assert len(set(contact.tags)) == len(contact.tags) <= MOST_TAGS
    assert [clean_text(line) for line in contact.note.split("\n")] == contact.note.split("\n")
    assert len(contact.note) <= LONGEST_NOTE


def test_a_note_keeps_its_lines_and_a_tag_loses_its_sign() -> None:
    contact = cleaned(Contact(0, "Asha", tags=("#vip", "vip", " # key  account", "#"), note=" one\u202e\r\n\ntwo \n"))
    assert (contact.tags, contact.note) == (("vip", "key account"), "one\n\ntwo")


@pytest.mark.parametrize("shown", ["", "  ", "\u202e", "\u200b\n"])
def test_a_number_with_nothing_to_show_is_dropped(shown: str) -> None:
    assert cleaned(Contact(0, "Asha", numbers=(ContactNumber(shown, ""), MOBILE))).numbers == (MOBILE,)


def test_an_unknown_kind_becomes_other_and_the_digits_stay() -> None:
    number = cleaned(Contact(0, "Asha", numbers=(ContactNumber(" +91\u202e 98402 22222", INDIAN, "pager"),))).numbers[0]
    assert number == ContactNumber("+91 98402 22222", INDIAN, "other")
