"""Calling a contact: which number is meant, what is asked for, and that nothing unreadable ever is."""

from __future__ import annotations

import random

import pytest

from c2c_desktop.domain.call import Source
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_dialing import (
    UnreadableNumberError,
    contact_request,
    dialled_text,
    kind_words,
    number_meant,
    number_shown,
    numbers_in_order,
    own_way_words,
)
from c2c_desktop.domain.contact_search import ContactSearch, read_search
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.route import Route
from tests.fakes import INDIAN
from tests.unit.builders import LONDON

MOBILE = ContactNumber("+91 98402 22222", INDIAN, "mobile")
WORK = ContactNumber("+44 20 7946 0123", LONDON, "work")
STARRED = ContactNumber("+91 44 2811 2222", "+914428112222", "home", preferred=True)
ODD = ContactNumber("2811 or ask", "", "other")
ODD_STARRED = ContactNumber("ask Eve 12", "", "other", preferred=True)


def who(*numbers: ContactNumber, **facts: object) -> Contact:
    return Contact(1, "Asha Rao", "Acme", numbers, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("number", [ODD, ODD_STARRED, ContactNumber("+91 98402 22222", "")])
def test_a_number_without_e164_asks_for_no_call_however_it_looks(number: ContactNumber) -> None:
    with pytest.raises(UnreadableNumberError) as error:
        contact_request(who(number), number, Source.CONTACT)
    assert error.value.title == "That number cannot be called"
    assert error.value.message == f"“{number.shown}” cannot be read as a number. Correct it in the contact."


@pytest.mark.parametrize(
    ("numbers", "meant", "shown"),
    [
        ((), None, None),
        ((ODD,), None, ODD),
        ((ODD_STARRED, ODD), None, ODD_STARRED),
        ((MOBILE,), MOBILE, MOBILE),
        ((MOBILE, WORK), None, MOBILE),
        ((MOBILE, STARRED), STARRED, STARRED),
        ((ODD, MOBILE), MOBILE, MOBILE),
        ((ODD_STARRED, MOBILE), None, MOBILE),
    ],
)
def test_a_press_means_the_only_or_the_preferred_number_and_it_is_the_one_shown(
    numbers: tuple[ContactNumber, ...], meant: ContactNumber | None, shown: ContactNumber | None
) -> None:
    assert (number_meant(who(*numbers)), number_shown(who(*numbers))) == (meant, shown)


@pytest.mark.parametrize(
    ("text", "meant", "shown"),
    [
        ("7946", WORK, WORK),
        ("2222", STARRED, STARRED),
        ("98402", MOBILE, MOBILE),
        ("asha", STARRED, STARRED),
        ("asha 7946", WORK, WORK),
        ("999", STARRED, STARRED),
    ],
)
def test_digits_that_were_searched_for_mean_the_number_that_holds_them(
    text: str, meant: ContactNumber, shown: ContactNumber
) -> None:
    contact, search = who(MOBILE, ODD, WORK, STARRED), read_search(text)
    assert (number_meant(contact, search), number_shown(contact, search)) == (meant, shown)


def test_digits_that_two_numbers_hold_leave_the_choice() -> None:
    search = read_search("9840")
    other = ContactNumber("+91 98403 33333", "+919840333333")
    assert number_meant(who(MOBILE, other, STARRED), search) is None
    assert number_shown(who(MOBILE, other, STARRED), search) == MOBILE
    assert number_meant(who(ODD_STARRED, MOBILE, WORK), read_search("7946")) == WORK


def test_numbers_are_offered_preferred_first_and_unreadable_last() -> None:
    assert numbers_in_order(who(ODD, MOBILE, ODD_STARRED, WORK, STARRED)) == [STARRED, MOBILE, WORK, ODD_STARRED, ODD]


def test_the_contact_says_how_it_is_called() -> None:
    contact = who(MOBILE, WORK, route=Route.MOBILE, caller_id="+1 555 0100")
    assert contact_request(contact, WORK, Source.TRAY) == DialRequest(
        LONDON, Source.TRAY, "Asha Rao", Route.MOBILE, "+1 555 0100"
    )
    assert contact_request(who(MOBILE), MOBILE, Source.POPUP) == DialRequest(INDIAN, Source.POPUP, "Asha Rao")
    without = contact_request(who(MOBILE, caller_id=""), MOBILE, Source.CONTACT)
    assert (without.route, without.caller_id) == (None, "")


def test_a_company_is_called_by_its_name() -> None:
    assert contact_request(Contact(1, "", "Acme", (MOBILE,)), MOBILE, Source.CONTACT).contact_name == "Acme"


@pytest.mark.parametrize(
    ("as_written", "text"),
    [
        ("020 7946 0123", LONDON),
        ("tel:+442079460123;ext=22", f"{LONDON},22"),
        ("020 7946 0123,,22", f"{LONDON},22"),
        ("020 7946 0123 ext. 22", f"{LONDON},22"),
        ("+44 20 7946 0199,22", LONDON),
        ("desk, ask Eve", LONDON),
    ],
)
def test_what_is_pressed_afterwards_comes_from_how_it_was_written(as_written: str, text: str) -> None:
    assert dialled_text(ContactNumber("+44 20 7946 0123", LONDON, as_written=as_written)) == text


@pytest.mark.parametrize(
    ("route", "caller_id", "words"),
    [
        (None, None, ""),
        (Route.NEITHER, None, "Neither of your phones rings."),
        (Route.MOBILE, "+1 555 0100", "Your mobile rings first. Caller ID: +1 555 0100."),
        (None, "", "Caller ID: as chosen at TeleCMI."),
    ],
)
def test_what_differs_from_the_account_is_told(route: Route | None, caller_id: str | None, words: str) -> None:
    assert own_way_words(who(MOBILE, route=route, caller_id=caller_id)) == words


@pytest.mark.parametrize(
    ("route", "others", "words"),
    [
        (None, 0, "mobile"),
        (None, 2, "mobile, 2 more"),
        (Route.MOBILE, 0, "mobile · via your mobile"),
        (Route.NEITHER, 1, "mobile, 1 more · via neither phone"),
    ],
)
def test_a_row_keeps_the_kind_of_their_number_apart_from_the_agents_own_phone(
    route: Route | None, others: int, words: str
) -> None:
    assert kind_words(who(MOBILE, route=route), MOBILE, others) == words
    assert "via" not in kind_words(who(ODD, route=route), ODD, others)


def test_whatever_is_meant_can_be_called_and_is_what_is_shown() -> None:
    chance = random.Random(5)
    pool = (MOBILE, WORK, STARRED, ODD, ODD_STARRED)
    searches = [ContactSearch(), *map(read_search, ("98", "7946", "2811", "asha", "asha 12", "#vip"))]
    for _ in range(2000):
        contact = who(*chance.choices(pool, k=chance.randrange(6)))
        search = chance.choice(searches)
        meant = number_meant(contact, search)
        assert meant is None or (meant.e164 and meant == number_shown(contact, search))
        callable_ones = [number for number in contact.numbers if number.e164]
        if callable_ones and search.is_empty:
            preferred = (number for number in callable_ones if number.preferred)
            assert number_shown(contact) == next(preferred, callable_ones[0])
        if meant is None:
            assert (
                len(set(callable_ones)) != 1
                or ODD_STARRED in contact.numbers
                or contact.numbers.count(MOBILE) > 1
                or (contact.numbers.count(WORK) > 1)
            )
