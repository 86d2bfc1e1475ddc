"""What a merged contact becomes when the cards it was made of come again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.import_merge import Outcome, Said, Verdict
from c2c_desktop.domain.import_of_merged import outcome_of_merged
from c2c_desktop.domain.route import Route
from tests.fakes import INDIAN
from tests.unit.builders import LONDON

MOBILE, OFFICE = ContactNumber("+91 98402 22222", INDIAN), ContactNumber("+44 20 7946 0123", LONDON, "work")
ASHA = Contact(0, "Asha Rao", "Acme", (MOBILE,), emails=("a@example.org",), uid="u-1")
ASH = Contact(0, "Ash Devi", "Zed", (OFFICE,), emails=("b@example.org",), uid="u-2")
OWN = replace(ASHA, id=3, numbers=(MOBILE, OFFICE), emails=(*ASHA.emails, *ASH.emails), import_id=1)
BEFORE = replace(ASHA, import_id=1)
PART = replace(ASH, id=4, import_id=1)


def outcome(*saids: Contact, own: Contact = OWN, right: bool = False) -> tuple[Outcome, dict[int, Contact]]:
    before = BEFORE if own.import_id else None
    return outcome_of_merged(own, before, {4: PART}, [Said(said, True) for said in saids], is_file_right=right)


@pytest.mark.parametrize("right", [False, True])
@pytest.mark.parametrize("said", [(ASHA,), (ASH,), (ASHA, ASH), (ASH, ASHA)])
def test_the_same_cards_again_change_nothing(said: tuple[Contact, ...], right: bool) -> None:
    told, news = outcome(*said, right=right)
    assert (told.contact, told.said, news) == (OWN, BEFORE, {})
    assert told.verdict is (Verdict.KEPT if ASH in said else Verdict.UNCHANGED)


def test_cards_that_say_the_same_of_the_contact_are_unchanged() -> None:
    parts = {4: replace(PART, name=OWN.name, company=OWN.company)}
    saids = [Said(replace(ASH, name=OWN.name, company=OWN.company), True), Said(ASHA, True)]
    for told in (saids, saids[:1], saids[1:]):
        assert outcome_of_merged(OWN, BEFORE, parts, told, is_file_right=False)[0].verdict is Verdict.UNCHANGED


def test_a_number_that_is_gone_from_one_card_stays_where_another_says_it() -> None:
    own = replace(OWN, numbers=(OFFICE, MOBILE))
    parts = {4: replace(PART, numbers=(MOBILE, OFFICE))}
    said = Said(replace(ASHA, numbers=(replace(OFFICE, kind="home"),), emails=("c@x.example",)), True)
    told, _ = outcome_of_merged(own, BEFORE, parts, [said], is_file_right=False)
    assert told.contact.numbers == (OFFICE, MOBILE)
    assert told.contact.emails == ("b@example.org", "c@x.example")
    told, _ = outcome_of_merged(own, BEFORE, parts, [said], is_file_right=True)
    assert told.contact.numbers == (replace(OFFICE, kind="home"), MOBILE)
    assert told.contact.emails == ("c@x.example", "b@example.org")


def test_a_card_takes_along_only_what_came_from_it() -> None:
    told, news = outcome(
        replace(ASH, name="Ash Kumar", numbers=(replace(OFFICE, kind="home"),), emails=("c@x.example",))
    )
    assert told.contact == replace(
        OWN, numbers=(MOBILE, replace(OFFICE, kind="home")), emails=("a@example.org", "c@x.example")
    )
    assert (told.said, told.verdict) == (BEFORE, Verdict.MERGED)
    assert {at: part.name for at, part in news.items()} == {4: "Ash Kumar"}


def test_a_card_that_is_like_none_of_them_is_the_contacts_own() -> None:
    told, news = outcome(Contact(0, "Zoe", emails=("z@x.example",)))
    assert told.contact.emails == ("b@example.org", "z@x.example")
    assert (told.verdict, news) == (Verdict.MERGED, {})
    assert told.said is not None
    assert told.said.name == "Zoe"


def test_where_a_person_made_it_by_hand_the_card_finds_what_came_from_it() -> None:
    own = replace(OWN, import_id=0, uid="u-2")
    assert outcome(ASH, own=own) == (Outcome(own, None, Verdict.KEPT), {})


# A contact that is as its own card says: it knew all of the other one when they were merged

WHOLE = replace(ASHA, id=3, numbers=(MOBILE, OFFICE), import_id=1)
CARD = replace(WHOLE, id=0, import_id=0)
LIKE = Contact(4, "Asha Rao", numbers=(OFFICE,), uid="u-2", import_id=1)
LIKE_CARD = replace(LIKE, id=0, import_id=0)


def outcome_of_whole(*saids: Contact, right: bool = False) -> tuple[Outcome, dict[int, Contact]]:
    return outcome_of_merged(WHOLE, None, {4: LIKE}, [Said(said, True) for said in saids], is_file_right=right)


@pytest.mark.parametrize("right", [False, True])
def test_its_own_card_is_not_taken_for_that_of_one_with_the_same_name_and_number(right: bool) -> None:
    told, news = outcome_of_whole(replace(CARD, company="New"), right=right)
    assert told == Outcome(replace(WHOLE, company="New"), None, Verdict.MERGED)
    assert news == {}


def test_its_own_card_without_a_uid_is_not_taken_for_another_either() -> None:
    told, _ = outcome_of_whole(replace(CARD, company="New", uid="", emails=()))
    assert told == Outcome(replace(WHOLE, company="New"), None, Verdict.MERGED)


@pytest.mark.parametrize("right", [False, True])
@pytest.mark.parametrize("said", [(CARD,), (LIKE_CARD,), (CARD, LIKE_CARD), (LIKE_CARD, CARD)])
def test_it_stays_as_its_own_card_says(said: tuple[Contact, ...], right: bool) -> None:
    told, news = outcome_of_whole(*said, right=right)
    assert (told.contact, told.said, news) == (WHOLE, None, {})
    assert told.verdict is Verdict.UNCHANGED


def test_a_number_of_its_own_card_stays_when_the_others_card_has_another() -> None:
    other = ContactNumber("+44 20 7946 0456", LONDON.replace("0123", "0456"))
    told, news = outcome_of_whole(replace(LIKE_CARD, numbers=(other,)))
    assert told == Outcome(replace(WHOLE, numbers=(MOBILE, other, OFFICE)), WHOLE, Verdict.MERGED)
    assert [part.numbers for part in news.values()] == [(other,)]
    third = ContactNumber("+44 20 7946 0789", LONDON.replace("0123", "0789"))
    said = [Said(replace(LIKE_CARD, numbers=(third,)), True), Said(CARD, True)]
    told, _ = outcome_of_merged(told.contact, told.said, news, said, is_file_right=False)
    assert told.contact.numbers == (MOBILE, OFFICE, third)


def test_cards_that_contradict_each_other_do_not_take_turns() -> None:
    own, like = replace(WHOLE, company="Old"), replace(LIKE, company="Old")
    saids = [Said(replace(CARD, company="Old"), True), Said(replace(LIKE_CARD, company="New"), True)]
    first, news = outcome_of_merged(own, None, {4: like}, saids, is_file_right=False)
    assert (first.contact.company, first.said) == ("New", own)
    again, _ = outcome_of_merged(first.contact, first.said, news, saids, is_file_right=False)
    assert again.contact == first.contact


def test_what_its_own_card_said_stays_known_where_a_person_chose_only_the_route() -> None:
    own = replace(WHOLE, route=Route.MOBILE)
    told, _ = outcome_of_merged(own, WHOLE, {4: LIKE}, [Said(CARD, True)], is_file_right=False)
    assert told == Outcome(own, WHOLE, Verdict.UNCHANGED)


def test_a_card_that_says_at_last_what_a_person_chose_is_what_the_contact_is() -> None:
    own = replace(WHOLE, company="Mine")
    told, _ = outcome_of_merged(own, WHOLE, {4: LIKE}, [Said(replace(CARD, company="Mine"), True)], is_file_right=False)
    assert told == Outcome(own, None, Verdict.UNCHANGED)
