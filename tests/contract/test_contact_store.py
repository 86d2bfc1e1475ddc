"""Every contact list finds people by the starts of their words and by parts of their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.found_contacts import Found, FoundCount
from c2c_desktop.domain.route import Route
from c2c_desktop.services.ports import ContactStore
from tests.fakes import INDIAN, MemoryContactStore

ASHA = Contact(0, "Asha Rao", "Blue Kite Traders", (ContactNumber("+91 98402 22222", INDIAN),))
ZOE = Contact(0, "Zoë Łukasz", "Straße & Søn", (ContactNumber("+44 20 7946 0001", "+442079460001", "work"),), True)
BEN = Contact(
    0,
    "Ben O'Hara",
    "",
    (
        ContactNumber("+1 202-555-0143", "+12025550143"),
        ContactNumber("ext 12", "", "other"),
        ContactNumber("+44 7700 900123", "+447700900123"),
    ),
)
KITE = Contact(0, "", "100% Kite_Works", (ContactNumber("+61 491 570 006", "+61491570006"),))


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ContactStore]:
    if request.param == "memory":
        yield MemoryContactStore()
        return
    store = SqliteContactStore(tmp_path / "contacts.sqlite3")
    yield store
    store.close()


@pytest.fixture
def filled(store: ContactStore) -> ContactStore:
    for contact in (ASHA, ZOE, BEN, KITE):
        store.save(contact)
    return store


def found(store: ContactStore, text: str) -> list[str]:
    return [contact.label for contact in store.search(text, 100).contacts]


WHOLE = Contact(
    0,
    "Lena Groß",
    "Kiln & Co",
    (
        ContactNumber("+44 20 7946 0002", "+442079460002", "fax", as_written="020 7946 0002"),
        ContactNumber("+44 7700 900123", "+447700900123", "main", preferred=True),
    ),
    favourite=False,
    tags=("vip", "key account"),
    note="one\n\ntwo",
    emails=("Lena@example.com", "l@example.org"),
    uid="urn:uuid:1",
    route=Route.MOBILE,
    caller_id="",
    directory=3,
    import_id=7,
)


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (1, [("Names", ["Pat"], True)]),
        (2, [("Names", ["Pat", "Rat"], False), ("Numbers", ["Asha"], True)]),
        (3, [("Names", ["Pat", "Rat"], False), ("Numbers", ["Asha"], True)]),
        (4, [("Names", ["Pat", "Rat"], False), ("Numbers", ["Asha", "Ben"], False)]),
    ],
)
def test_a_glance_asks_for_no_section_behind_one_that_goes_on(
    store: ContactStore, limit: int, expected: list[tuple[str, list[str], bool]]
) -> None:
    for name, number in (("Pat", INDIAN), ("Rat", INDIAN), ("Asha", "+917280022222"), ("Ben", "+447700900728")):
        store.save(Contact(0, name, "", (ContactNumber(number, number),)))
    found = store.glance("728", limit)  # on a dial pad "pat" and "rat"
    shown = [(each.heading.value, [c.name for c in each.contacts], each.after is not None) for each in found.sections]
    assert shown == expected
    assert store.glance("nobody", limit) == Found()


def test_everything_of_a_contact_is_kept(store: ContactStore) -> None:
    stored = store.save(WHOLE)
    assert store.search("lena", 10).contacts == [stored] == [replace(WHOLE, id=stored.id)]
    assert store.find_number("+447700900123") == stored
    changed = store.save(replace(stored, emails=(), numbers=(), route=None, caller_id=None))
    assert store.search("lena", 10).contacts == [changed]
    store.delete(changed.id)
    assert store.search("lena", 10).contacts == []


def test_tags_in_use_are_told_those_of_most_contacts_first(store: ContactStore) -> None:
    for number, tags in enumerate([("vip", "north"), ("north", "vip"), ("vip",), (), ("a b", "Zürich"), ("vip",)]):
        store.save(Contact(0, f"Name {number}", tags=tags))
    assert store.tags(10) == ["vip", "north", "Zürich", "a b"]
    assert store.tags(1) == ["vip"]
    store.save(Contact(0, "Name 6", tags=("south",)))
    store.delete(store.search("name 4", 1).contacts[0].id)
    assert store.tags(10) == ["vip", "north", "south"]


def test_an_empty_list_finds_nothing(store: ContactStore) -> None:
    assert store.count() == 0
    assert store.search("", 10) == store.search("asha", 10) == store.search("98", 10) == Found()
    assert store.count_found("asha") == store.count_found("", 0) == FoundCount(0, is_exact=True)
    assert store.find_number(INDIAN) is None
    assert store.tags(10) == []


@pytest.mark.parametrize(
    "text",
    [
        "hao",
        '{name}:"rao"',
        "ao",
        "hat",
        "rao blu zoe",
        "+91 98402 22229",
        "3",
        "03",
        "asha 22",
        "#asha",
        "asha 98403",
        "o'hara asha",
        "ben trad",
        "asha NOT rao",
        "asha OR ben",
        "name:asha",
        "rao NEAR asha",
    ],
)
def test_what_matches_nobody_finds_nobody(filled: ContactStore, text: str) -> None:
    assert found(filled, text) == []


@pytest.mark.parametrize(
    "text", ["", "  ", "0", "+", "%", "_", "\\", "( )", '"', "*", "-", "^", "{", "#", "\0", "\ud800", "★"]
)
def test_a_text_that_holds_nothing_to_look_for_finds_everybody(filled: ContactStore, text: str) -> None:
    assert found(filled, text) == ["Zoë Łukasz", "100% Kite_Works", "Asha Rao", "Ben O'Hara"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("ASHA", "Asha Rao"),
        ("rao asha", "Asha Rao"),
        ("tra blu", "Asha Rao"),
        ("kite ash", "Asha Rao"),
        ("  asha \t rao ", "Asha Rao"),
        ("zoe", "Zoë Łukasz"),
        ("Zoë", "Zoë Łukasz"),
        ("ZOE\u0308", "Zoë Łukasz"),
        ("lukasz", "Zoë Łukasz"),
        ("strasse", "Zoë Łukasz"),
        ("son", "Zoë Łukasz"),
        ("& son", "Zoë Łukasz"),
        ("o'h", "Ben O'Hara"),
        ("100% k", "100% Kite_Works"),
        ("kite_w", "100% Kite_Works"),
        ("100 Kite' --", "100% Kite_Works"),
        ("wor kite", "100% Kite_Works"),
        ('"asha"', "Asha Rao"),
        ("asha*", "Asha Rao"),
        ("asha\0rao", "Asha Rao"),
        ("-asha", "Asha Rao"),
    ],
)
def test_words_match_at_their_starts_in_any_order_without_case_or_accents(
    filled: ContactStore, text: str, label: str
) -> None:
    assert found(filled, text) == [label]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("98402", "Asha Rao"),
        ("+91 98402 22222", "Asha Rao"),
        ("098402-22222", "Asha Rao"),
        ("00919840222222", "Asha Rao"),
        ("(2222)", "Asha Rao"),
        ("020 7946", "Zoë Łukasz"),
        ("555-0143", "Ben O'Hara"),
        ("7700.900123", "Ben O'Hara"),
        ("ben 0143", "Ben O'Hara"),
        ("0143 ben", "Ben O'Hara"),
        ("+44 (0)20 7946", "Zoë Łukasz"),
        ("+44 020 7946", "Zoë Łukasz"),
        ("44207946", "Zoë Łukasz"),
        ("९८४०२", "Asha Rao"),
        ("ben 020-2555", "Ben O'Hara"),
    ],
)
def test_numbers_match_by_any_part_of_them_however_they_are_grouped(
    filled: ContactStore, text: str, label: str
) -> None:
    assert found(filled, text) == [label]


def test_favourites_come_first_then_by_name_without_accents(store: ContactStore) -> None:
    for name, favourite in (("bruno", False), ("Émile", False), ("Anna", False), ("Zoe", True), ("Ada", True)):
        store.save(Contact(0, name, favourite=favourite))
    assert found(store, "") == ["Ada", "Zoe", "Anna", "bruno", "Émile"]
    assert [c.label for c in store.search("", 3).contacts] == ["Ada", "Zoe", "Anna"]


def test_people_of_the_same_name_keep_their_order(store: ContactStore) -> None:
    first, second = store.save(Contact(0, "Asha", "One")), store.save(Contact(0, "Asha", "Two"))
    assert store.search("asha", 10).contacts == [first, second]


def test_a_pasted_page_is_searched_without_an_error(filled: ContactStore) -> None:
    assert found(filled, "asha word " * 20_000) == []
    assert found(filled, "7" * 100_000) == []


def test_saving_gives_a_new_contact_its_id_and_keeps_every_field(store: ContactStore) -> None:
    stored = [store.save(contact) for contact in (ASHA, ZOE, BEN)]
    assert len({contact.id for contact in stored}) == 3
    assert all(contact.id for contact in stored)
    assert [replace(contact, id=0) for contact in stored] == [ASHA, ZOE, BEN]
    assert sorted(store.search("", 10).contacts, key=lambda c: c.id) == stored
    assert store.count() == 3


def test_saving_with_an_id_replaces_what_is_stored_and_found(store: ContactStore) -> None:
    stored = store.save(ASHA)
    changed = store.save(
        replace(stored, name="Meera Nair", numbers=(ContactNumber("+44 7700 900456", "+447700900456"),))
    )
    assert changed.id == stored.id
    assert store.count() == 1
    assert found(store, "asha") == []
    assert found(store, "98402") == []
    assert store.search("meera 900456", 10).contacts == [changed]


def test_a_deleted_contact_is_gone_and_deleting_it_again_is_no_error(store: ContactStore) -> None:
    stored = store.save(ASHA)
    assert store.delete(stored.id) == stored
    assert store.delete(stored.id) is None
    assert store.count() == 0
    assert store.find_number(INDIAN) is None


def test_a_number_is_found_only_whole(filled: ContactStore) -> None:
    assert filled.find_number("") is None
    assert filled.find_number("+9198402") is None
    assert filled.find_number("+91984022222") is None
    assert filled.find_number("+4479460001") is None
    found = filled.find_number("+447700900123")
    assert found is not None
    assert found.name == "Ben O'Hara"


def test_several_contacts_are_stored_together_or_not_at_all(tmp_path: Path) -> None:
    store = SqliteContactStore(tmp_path / "contacts.sqlite3")
    stored = store.save_all([ASHA, ZOE])
    assert [c.name for c in stored] == ["Asha Rao", "Zoë Łukasz"]
    with pytest.raises(TypeError):
        store.save_all([BEN, replace(KITE, numbers=None)])  # type: ignore[arg-type]  # what no caller may pass
    assert store.count() == 2
    store.close()


def test_the_order_is_that_of_a_search_for_nothing_without_the_first_favourites(store: ContactStore) -> None:
    assert (list(store.order()), store.standing_at([])) == ([], {})
    for number in range(700):
        favourite = number in {3, 500}
        store.save(Contact(0, f"Person {number * 37 % 700:03}", "", (ContactNumber(INDIAN, INDIAN),), favourite))
    everybody = store.search("", 1000).contacts
    order = store.order()
    assert len(order) == len(everybody) - 2
    page = store.standing_at(order[100:300])
    assert [page[position] for position in order[100:300]] == everybody[102:302]
    gone = everybody[150]
    store.delete(gone.id)
    page = store.standing_at(order[100:300])
    assert gone not in page.values()
    assert len(page) == 199
