"""The contact form: what it keeps, what it refuses, and what each number would call."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.number_kind import NUMBER_KINDS
from c2c_desktop.domain.route import Route
from c2c_desktop.services.contact_form import (
    ContactForm,
    FormNumber,
    WrongEntryError,
    contact_from_form,
    editable_text,
    form_of,
    own_copy,
    reading_of,
)
from tests.fakes import INDIAN

LONDON = "+442079460123"
INDIA = Account("101_1111112", region="IN", internal_extensions="1xx, 2001")
ITALY = Account("101_1111112", region="IT")
ZERO = "Write it with its country code: the service cannot take one that begins with 0."
KEPT = " It is kept as written and cannot be called."
ASHA = Contact(
    7,
    "Asha Rao",
    "Acme",
    (
        ContactNumber("+44 20 7946 0123", LONDON, "work", False, "020 7946 0123"),
        ContactNumber("ask at reception", "", "other"),
        ContactNumber("+91 98402 22222", INDIAN, "mobile", True),
    ),
    favourite=True,
    tags=("vip", "north"),
    note="Wants\nan offer",
    emails=("asha@example.com", "rao@example.org"),
    uid="urn:1",
    route=Route.MOBILE,
    caller_id="+1 555 0100",
    directory=3,
    import_id=4,
)


def made(*numbers: FormNumber, account: Account | None = INDIA) -> tuple[ContactNumber, ...]:
    return contact_from_form(ContactForm("Asha", numbers=numbers), account).numbers


def words(text: str, account: Account | None = INDIA, known: ContactNumber | None = None) -> tuple[str, bool]:
    reading = reading_of(FormNumber(text, known=known), account)
    assert reading is not None
    return reading.words, reading.can_be_called


def refused(form: ContactForm, before: Contact | None = None) -> tuple[str, str]:
    with pytest.raises(WrongEntryError) as error:
        contact_from_form(form, INDIA, before)
    return error.value.field, f"{error.value.title}. {error.value.message}"


@pytest.mark.parametrize(
    ("name", "company", "numbers"),
    [("", "", ()), (" ", "\n", ("  ",)), ("\u202e", "\u200b", ("\u200b",))],
)
def test_a_form_with_nothing_in_it_is_no_contact(name: str, company: str, numbers: tuple[str, ...]) -> None:
    form = ContactForm(name, company, tuple(FormNumber(text) for text in numbers), note="x", tags="vip")
    assert refused(form) == ("name", "This contact is empty. Enter a name, a company or a number.")


@pytest.mark.parametrize("text", ["ask at reception", "12", "112", "+91 98402 22222 / +91 98402 33333", "044 (0"])
def test_a_number_that_cannot_be_read_is_kept_as_written_and_calls_nobody(text: str) -> None:
    assert made(FormNumber(f" {text} ", "work")) == (ContactNumber(text, "", "work"),)
    assert words(text)[1] is False


def test_numbers_are_read_as_of_the_account_and_kept_as_written_too() -> None:
    assert made(FormNumber("98402 22222", "home", True), FormNumber("+44 20 7946 0123", "fax"), FormNumber(" ")) == (
        ContactNumber("+91 98402 22222", INDIAN, "home", True, "98402 22222"),
        ContactNumber("+44 20 7946 0123", LONDON, "fax"),
    )
    assert made(FormNumber("0721 405516"), account=ITALY)[0].e164 == "+390721405516"
    assert made(FormNumber("98402 22222"), account=None)[0].e164 == INDIAN


def test_extensions_of_the_account_are_numbers_and_those_of_no_account_are_not() -> None:
    assert made(FormNumber("2001"))[0].e164 == "2001"
    assert made(FormNumber("2001"), account=ITALY)[0].e164 == ""


def test_a_number_that_was_left_alone_is_kept_whatever_the_region_is_now() -> None:
    for account in (INDIA, ITALY, None):
        assert contact_from_form(form_of(ASHA), account, ASHA) == ASHA


def test_another_kind_or_preference_changes_nothing_else_of_a_number() -> None:
    entered = replace(form_of(ASHA).numbers[0], kind="home", preferred=True)
    assert made(entered, account=ITALY) == (replace(ASHA.numbers[0], kind="home", preferred=True),)
    unread = replace(form_of(ASHA).numbers[1], kind="home")
    assert made(unread) == (replace(ASHA.numbers[1], kind="home"),)


def test_what_is_changed_in_a_number_is_read_anew_with_its_own_country() -> None:
    entered = replace(form_of(ASHA).numbers[0], text="+44 20 7946 0124")
    assert made(entered, account=ITALY) == (ContactNumber("+44 20 7946 0124", "+442079460124", "work"),)


def test_a_number_nobody_could_read_is_tried_again() -> None:
    known = ContactNumber("0721 405516", "", "work")
    assert made(FormNumber("0721 405516", "work", known=known), account=ITALY)[0].e164 == "+390721405516"


def test_what_is_pressed_after_the_answer_survives_the_form() -> None:
    number = ContactNumber("+44 20 7946 0123", LONDON, "work", False, "tel:+442079460123;ext=22")
    assert editable_text(number) == "+44 20 7946 0123,22"
    contact = Contact(1, "Asha", numbers=(number,))
    assert contact_from_form(form_of(contact), ITALY, contact) == contact
    assert words(editable_text(number), known=number)[0].startswith("+44 20 7946 0123 (United Kingdom), then press 22")


def test_only_one_number_is_preferred() -> None:
    numbers = made(FormNumber("98402 22222", preferred=True), FormNumber("98402 33333", preferred=True))
    assert [number.preferred for number in numbers] == [True, False]


@pytest.mark.parametrize(
    ("text", "account", "expected"),
    [
        ("0721 405516", ITALY, ("+39 0721 405516 (Italy, your region)", True)),
        ("+39 0721 405516", INDIA, ("+39 0721 405516 (Italy)", True)),
        ("+91 98402 22222,,12", INDIA, ("+91 98402 22222 (India), then press 12", True)),
        ("reception", INDIA, (f"No number there.{KEPT}", False)),
        ("+91 98", INDIA, (f"That number is too short.{KEPT}", False)),
        ("112", INDIA, ("Emergency numbers cannot be called here. It is kept as written.", False)),
        (
            "98402 22222 / 98402 33333",
            INDIA,
            ("These are 2 numbers: give each a line of its own. As they are, none can be called.", False),
        ),
    ],
)
def test_each_line_tells_what_it_would_call(text: str, account: Account, expected: tuple[str, bool]) -> None:
    assert words(text, account) == expected


def test_a_line_tells_how_its_number_was_written_until_it_is_edited() -> None:
    known = ASHA.numbers[0]
    assert words("+44 20 7946 0123", known=known)[0].endswith("(United Kingdom). Written as 020 7946 0123")
    assert words("+44 20 7946 0124", known=known)[0] == "+44 20 7946 0124 (United Kingdom)"
    assert reading_of(FormNumber("  "), INDIA) is None


def test_a_new_contact_takes_everything() -> None:
    form = ContactForm(
        " Asha  Rao",
        "Acme\u202e",
        (FormNumber("98402 22222"),),
        emails="asha@example.com; rao@example.org,,asha@example.com",
        tags="#vip, north ,vip",
        note=" Wants \u202ean offer\n" + "long " * 200,
        favourite=True,
        route=Route.NEITHER,
        caller_id="+1 555 0100",
    )
    contact = contact_from_form(form, INDIA)
    assert contact == Contact(
        0,
        "Asha Rao",
        "Acme",
        (ContactNumber("+91 98402 22222", INDIAN, "mobile", False, "98402 22222"),),
        True,
        ("vip", "north"),
        "Wants an offer\n" + ("long " * 200).strip(),
        ("asha@example.com", "rao@example.org"),
        route=Route.NEITHER,
        caller_id="+1 555 0100",
    )


def test_everything_can_be_taken_away_and_what_no_form_shows_stays() -> None:
    contact = contact_from_form(ContactForm("Asha"), INDIA, ASHA)
    assert contact == Contact(7, "Asha", uid="urn:1", directory=3, import_id=4)


@pytest.mark.parametrize(("caller_id", "kept"), [(None, None), ("", ""), (" +1 555 0100 ", "+1 555 0100")])
def test_a_caller_id_is_left_to_the_account_left_out_or_given(caller_id: str | None, kept: str | None) -> None:
    assert contact_from_form(ContactForm("Asha", caller_id=caller_id), INDIA).caller_id == kept


def test_what_came_from_elsewhere_is_not_judged_while_nobody_touches_it() -> None:
    odd = replace(ASHA, emails=("no mail", "a@example.com"), tags=("red, green",), caller_id="the desk")
    assert contact_from_form(form_of(odd), INDIA, odd) == odd
    changed = replace(form_of(odd), emails="no mail", tags="red, blue")
    assert contact_from_form(changed, INDIA, odd) == replace(odd, emails=("no mail",), tags=("red", "blue"))


@pytest.mark.parametrize(
    ("form", "field", "words_told"),
    [
        (ContactForm("n" * 201), "name", "That is too long. “" + "n" * 40 + "…” has more than 200 characters."),
        (ContactForm("A", "c" * 201), "company", "That is too long. “" + "c" * 40 + "…” has more than 200 characters."),
        (
            ContactForm("A", numbers=(FormNumber("9" * 81),)),
            "numbers",
            "That is too long. “" + "9" * 40 + "…” has more than 80 characters.",
        ),
        (
            ContactForm("A", numbers=(FormNumber("98402 22222"),) * 101),
            "numbers",
            "Those are too many numbers. A contact holds 100 of them.",
        ),
        (
            ContactForm("A", tags=",".join(map(str, range(51)))),
            "tags",
            "Those are too many tags. A contact holds 50 of them.",
        ),
        (ContactForm("A", tags="t" * 61), "tags", "That is too long. “" + "t" * 40 + "…” has more than 60 characters."),
        (
            ContactForm("A", emails=",".join(f"{n}@example.com" for n in range(51))),
            "emails",
            "Those are too many e-mail addresses. A contact holds 50 of them.",
        ),
        (
            ContactForm("A", emails="e" * 255),
            "emails",
            "That is too long. “" + "e" * 40 + "…” has more than 254 characters.",
        ),
        (
            ContactForm("A", note="x" * 4002),
            "note",
            "That note is too long. It holds 4,000 characters; 2 too many.",
        ),
        (
            ContactForm("A", caller_id="044 2811"),
            "caller_id",
            f"That caller ID cannot be used. {ZERO}",
        ),
    ],
)
def test_what_would_be_cut_or_cannot_be_sent_is_refused_in_words(
    form: ContactForm, field: str, words_told: str
) -> None:
    assert refused(form) == (field, words_told)


@pytest.mark.parametrize("address", ["asha", "@example.com", "asha@", "asha rao@example.com"])
def test_what_is_no_e_mail_address_is_refused(address: str) -> None:
    told = f"That is no e-mail address. “{address}” is not one. Write it like name@example.com."
    assert refused(ContactForm("A", emails=f"a@example.com, {address}")) == ("emails", told)


def test_a_copy_of_a_shared_contact_is_a_new_one_of_nobody_else() -> None:
    copy = own_copy(ASHA)
    assert (copy.id, copy.directory, copy.uid, copy.import_id) == (0, 0, "", 0)
    assert replace(copy, id=7, directory=3, uid="urn:1", import_id=4) == ASHA


def test_whatever_a_contact_holds_the_untouched_form_keeps_it() -> None:
    chance = random.Random(20)
    written = ("020 7946 0123", "98402 22222", "ext 22", "12", "+1 555 0100", "٠٢٠", "a / b", "tel:+442079460123;ext=5")
    for _ in range(300):
        texts = chance.sample(written, chance.randrange(len(written)))
        account = chance.choice([INDIA, ITALY, None, Account("101_1111112", region="GB")])
        kinds = [chance.choice(NUMBER_KINDS) for _ in texts]
        form = ContactForm("Asha", numbers=tuple(map(FormNumber, texts, kinds)), tags="b, a", note="x\n\ny")
        contact = contact_from_form(form, account)
        assert [number.written for number in contact.numbers] == texts
        later = chance.choice([INDIA, account])
        again = contact_from_form(form_of(contact), account, contact)
        assert again == contact
        moved = contact_from_form(form_of(contact), later, contact)
        pairs = zip(moved.numbers, contact.numbers, strict=True)
        assert all(now == before for now, before in pairs if before.e164)
