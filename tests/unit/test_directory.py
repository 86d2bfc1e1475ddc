"""The contact list as the window uses it."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

import pytest

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_rank import Rank
from c2c_desktop.domain.errors import NoLongerWantedError, StorageError
from c2c_desktop.domain.found_contacts import Found, FoundCount, Heading, Place, Section
from c2c_desktop.services.directory import (
    COUNTED_AT_ONCE,
    FAVOURITES_LIMIT,
    GLANCE_LIMIT,
    MORE_LIMIT,
    SEARCH_LIMIT,
    Directory,
)
from c2c_desktop.services.ports import Lane
from tests.fakes import INDIAN, ManualRunner, MemoryContactStore
from tests.unit.builders import LONDON

ASHA = Contact(1, "Asha Rao", "Acme", (ContactNumber("+91 98402 22222", INDIAN),), favourite=True)
BEN = Contact(2, "Ben Hill", "Acme", (ContactNumber("+44 20 7946 0123", LONDON, "work"),))
DAMAGED = StorageError("The contacts are damaged", "They were set aside.")


def _fail(*_: object, **__: object) -> NoReturn:
    raise DAMAGED


class _Broken(MemoryContactStore):
    search = glance = more = count = count_found = save = delete = find_number = tags = set_favourite = _fail


class _Rig:
    def __init__(self, store: MemoryContactStore | None = None) -> None:
        self.store = store or MemoryContactStore([ASHA, BEN])
        self.runner = ManualRunner()
        self.failed: list[Exception] = []
        self.directory = Directory(self.store, self.runner, self.failed.append)
        self.changes = 0
        self.got: list[object] = []
        self.directory.listen(self._count)

    def _count(self) -> None:
        self.changes += 1


def test_every_failure_is_handed_on_and_nothing_is_told_as_changed() -> None:
    rig = _Rig(_Broken())
    directory = rig.directory
    directory.search("a", rig.got.append)
    directory.glance("a", rig.got.append)
    directory.behind_glance("a", rig.got.append)
    directory.more("a", Place(is_plain=True, rank=Rank.NAME, position=1), rig.got.append)
    directory.count(rig.got.append)
    directory.count_found("a", rig.got.append)
    directory.favourites(rig.got.append)
    directory.find_number(INDIAN, rig.got.append)
    directory.tags(rig.got.append)
    directory.save(ASHA, rig.got.append)
    directory.delete(ASHA)
    directory.restore(ASHA)
    directory.set_favourite(BEN, favourite=True)
    assert [job.lane for job in rig.runner.jobs].count(Lane.COUNTING) == 3
    assert {job.lane for job in rig.runner.jobs} == {Lane.DATABASE, Lane.COUNTING, Lane.CHANGING}
    rig.runner.finish()
    assert (rig.failed, rig.got, rig.changes) == ([DAMAGED] * 13, [], 0)


def test_nothing_is_read_before_the_database_s_turn() -> None:
    rig = _Rig()
    rig.directory.search("asha", rig.got.append)
    assert rig.got == []
    rig.runner.finish()
    assert rig.got == [Found((Section(Heading.NONE, (ASHA,)),))]


def test_a_glance_finds_the_first_and_what_is_behind_it_comes_while_a_count_goes_on() -> None:
    rig = _Rig(MemoryContactStore([Contact(0, f"Name {n:03}") for n in range(SEARCH_LIMIT + 1)]))
    rig.directory.glance("name", lambda found: rig.got.append(len(found.contacts)))
    rig.runner.finish()
    rig.directory.count_found("name", rig.got.append)
    rig.directory.behind_glance("name", lambda found: rig.got.append(len(found.contacts)))
    rig.runner.finish()
    assert rig.got == [GLANCE_LIMIT, FoundCount(SEARCH_LIMIT + 1, is_exact=True), SEARCH_LIMIT]


def test_the_list_is_searched_counted_and_looked_up_by_number() -> None:
    rig = _Rig()
    rig.directory.search("", rig.got.append)
    rig.directory.count(rig.got.append)
    rig.directory.find_number(LONDON, rig.got.append)
    rig.directory.find_number("+12025550123", rig.got.append)
    rig.runner.finish()
    assert rig.got == [Found((Section(Heading.NONE, (ASHA, BEN)),)), 2, BEN, None]


def test_what_a_first_digit_finds_is_made_ready_and_gives_way_to_a_search() -> None:
    rig = _Rig()
    rig.directory.prepare()
    assert [job.lane for job in rig.runner.jobs] == [Lane.COUNTING, Lane.DATABASE]
    rig.runner.finish()
    rig.directory.prepare()
    rig.runner.step(Lane.DATABASE)
    assert [job.lane for job in rig.runner.jobs] == [Lane.COUNTING, Lane.DATABASE]
    rig.directory.search("asha", lambda found: rig.got.append([c.id for c in found.contacts]))
    rig.runner.step(Lane.DATABASE)
    rig.runner.step(Lane.DATABASE)
    assert [job.lane for job in rig.runner.jobs] == [Lane.COUNTING]
    assert rig.got == [[1]]


def test_what_is_saved_while_an_import_holds_the_list_waits_and_is_saved_by_itself() -> None:
    rig = _Rig()
    rig.store.busy = 2
    waited: list[None] = []
    rig.directory.save(Contact(0, "Chen Li"), rig.got.append, waits=lambda: waited.append(None))
    rig.runner.step(Lane.CHANGING)
    assert (rig.got, len(waited), rig.changes, len(rig.runner.jobs)) == ([], 1, 0, 1)
    rig.runner.finish()
    assert ([contact.name for contact in rig.got], len(waited), rig.changes) == (["Chen Li"], 2, 1)  # type: ignore[attr-defined]
    assert rig.failed == []


def test_what_waited_is_told_apart_to_those_who_want_to_know() -> None:
    rig = _Rig()
    told: list[str] = []
    rig.directory.listen(lambda: told.append("at once"), lambda: told.append("late"))
    rig.store.busy = 1
    rig.directory.set_favourite(BEN, favourite=True)
    rig.runner.finish()
    rig.directory.set_favourite(BEN, favourite=False)
    rig.directory.changed()
    rig.runner.finish()
    assert (told, rig.changes) == (["late", "at once", "at once"], 3)


def test_a_star_and_a_deletion_wait_for_an_import_and_happen_by_themselves() -> None:
    rig = _Rig()
    rig.store.busy = 3
    waited: list[str] = []
    rig.directory.set_favourite(BEN, favourite=True, waits=lambda: waited.append("star"))
    rig.directory.delete(ASHA, rig.got.append, lambda: waited.append("deletion"))
    rig.runner.finish()
    assert sorted(waited) == ["deletion", "star", "star"]
    assert rig.store.contacts == {BEN.id: replace(BEN, favourite=True)}
    assert (rig.got, rig.changes, rig.failed) == ([ASHA], 2, [])


def test_a_deletion_hands_on_what_an_import_made_of_the_contact_meanwhile() -> None:
    rig = _Rig()
    rig.store.busy = 1
    rig.directory.delete(ASHA, rig.got.append)
    rig.runner.step(Lane.CHANGING)
    now = rig.store.contacts[ASHA.id] = replace(ASHA, company="Beta")
    rig.runner.finish()
    assert (rig.got, rig.changes) == ([now], 1)


def test_a_deletion_of_one_that_is_gone_hands_on_nobody_and_the_list_is_read_anew() -> None:
    rig = _Rig()
    del rig.store.contacts[ASHA.id]
    rig.directory.delete(ASHA, rig.got.append)
    rig.runner.finish()
    assert (rig.got, rig.changes, rig.failed) == ([None], 1, [])


def test_a_deleted_contact_that_is_brought_back_waits_without_a_word() -> None:
    rig = _Rig()
    rig.store.busy = 3
    rig.directory.restore(replace(ASHA, name="Asha Iyer"))
    rig.runner.finish()
    assert ("Asha Iyer" in [contact.name for contact in rig.store.contacts.values()], rig.failed) == (True, [])


@pytest.mark.parametrize("busy", [0, 1, 2])
@pytest.mark.parametrize("is_heard", [False, True])
def test_a_wish_that_is_taken_back_stores_nothing_and_tells_only_whoever_had_it(busy: int, is_heard: bool) -> None:
    rig = _Rig()
    rig.store.busy = busy
    stop = rig.directory.save(Contact(0, "Chen Li"), rig.got.append, rig.got.append if is_heard else None)
    if busy == 2:
        rig.runner.step(Lane.CHANGING)
    stop()
    rig.runner.finish()
    assert [type(heard) for heard in rig.got] == [NoLongerWantedError] * is_heard
    assert (rig.failed, rig.changes) == ([], 0)
    assert [contact.name for contact in rig.store.contacts.values()] == [ASHA.name, BEN.name]


def test_a_wish_that_is_taken_back_after_all_is_told_as_stored() -> None:
    rig = _Rig()
    stop = rig.directory.save(Contact(0, "Chen Li"), rig.got.append)
    rig.runner.finish()
    stop()
    assert (len(rig.got), rig.changes) == (1, 1)


def test_a_search_shows_no_more_than_its_limit() -> None:
    rig = _Rig(MemoryContactStore([Contact(0, f"Name {n}") for n in range(SEARCH_LIMIT + MORE_LIMIT + 5)]))
    pages: list[Found] = []
    rig.directory.search("", pages.append)
    rig.runner.finish()
    ((first,),) = [page.sections for page in pages]
    assert first.after is not None
    more: list[Section] = [first]
    while (after := more[-1].after) is not None:
        rig.directory.more("", after, more.append)
        rig.runner.finish()
    assert [len(section.contacts) for section in more] == [SEARCH_LIMIT, MORE_LIMIT, 5]


def counted(rig: _Rig, text: str) -> list[str]:
    told: list[FoundCount] = []
    rig.directory.count_found(text, told.append)
    rig.runner.finish()
    return [count.words for count in told]


def test_many_are_counted_roughly_first_and_few_at_once() -> None:
    rig = _Rig(MemoryContactStore([Contact(0, f"Name {n}") for n in range(COUNTED_AT_ONCE + 1)]))
    assert counted(rig, "name") == ["5,000+", "5,001"]
    assert counted(rig, "name 4999") == ["1"]
    assert counted(rig, "nobody") == ["0"]


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_count_that_was_overtaken_tells_nothing_more(steps: int) -> None:
    rig = _Rig(MemoryContactStore([Contact(0, f"Name {n}") for n in range(COUNTED_AT_ONCE + 1)]))
    old: list[FoundCount] = []
    rig.directory.count_found("name", old.append)
    for _ in range(steps):
        rig.runner.step(Lane.COUNTING)
    before = list(old)
    rig.directory.search("ben", rig.got.append)
    rig.runner.finish()
    assert old == before
    assert rig.store.interrupted == 2


def test_an_interrupted_count_tells_nothing() -> None:
    class Interrupted(MemoryContactStore):
        def count_found(self, text: str, most: int | None = None) -> FoundCount | None:  # noqa: ARG002
            return None

    assert counted(_Rig(Interrupted([ASHA])), "asha") == []


@pytest.mark.parametrize("number", [0, 3, FAVOURITES_LIMIT + 3])
def test_only_favourites_are_in_the_menu_and_no_more_than_fit(number: int) -> None:
    favourites = [Contact(0, f"Name {n:02}", favourite=True) for n in range(number)]
    rig = _Rig(MemoryContactStore([*favourites, Contact(0, "Ben Hill")]))
    rows: list[list[Contact]] = []
    rig.directory.favourites(rows.append)
    rig.runner.finish()
    (found,) = rows
    assert [c.name for c in found] == [c.name for c in favourites][:FAVOURITES_LIMIT]


def test_a_new_contact_comes_back_with_its_id_and_is_told() -> None:
    rig = _Rig()
    rig.directory.save(Contact(0, "Chen Li"), rig.got.append)
    rig.runner.finish()
    assert rig.got == [Contact(3, "Chen Li")]
    assert rig.changes == 1


def test_a_deleted_contact_can_be_restored() -> None:
    rig = _Rig()
    rig.directory.delete(ASHA)
    rig.runner.finish()
    assert list(rig.store.contacts.values()) == [BEN]
    rig.directory.restore(ASHA)
    rig.runner.finish()
    assert [(c.name, c.numbers, c.favourite) for c in rig.store.contacts.values()][1] == (
        "Asha Rao",
        ASHA.numbers,
        True,
    )
    assert rig.changes == 2


@pytest.mark.parametrize("favourite", [True, False])
def test_a_contact_becomes_a_favourite_or_none(favourite: bool) -> None:
    rig = _Rig()
    rig.directory.set_favourite(ASHA if not favourite else BEN, favourite=favourite)
    rig.runner.finish()
    assert {c.favourite for c in rig.store.contacts.values()} == {favourite}
    assert rig.changes == 1


def test_a_contact_is_named_after_its_directory_and_one_of_the_own_list_after_none() -> None:
    rig = _Rig()
    theirs = replace(ASHA, directory=7)
    assert rig.directory.directory_name(theirs) == ""
    rig.directory.name_directories(lambda at: f"Directory {at}")
    assert [rig.directory.directory_name(each) for each in (theirs, BEN)] == ["Directory 7", ""]


def test_the_tags_in_use_are_told_those_of_most_contacts_first() -> None:
    rig = _Rig(MemoryContactStore([Contact(0, "A", tags=("b", "a")), Contact(0, "B", tags=("b",)), Contact(0, "C")]))
    rig.directory.tags(rig.got.append)
    rig.runner.finish()
    assert rig.got == [["b", "a"]]
