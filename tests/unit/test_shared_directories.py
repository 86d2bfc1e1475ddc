"""Shared directories: whatever fails leaves them as they were, and none is read twice at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from c2c_desktop.domain.errors import SecretUnavailableError
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import (
    DirectoryError,
    DirectoryKind,
    DirectoryOffer,
    DirectoryState,
    SharedDirectory,
)
from c2c_desktop.domain.update_schedule import EVERY
from c2c_desktop.services.ports import Lane
from tests.directory_fakes import CONTENTS, FULL, PASSWORD, PRICES, REFUSED, TEAM, DirectoryRig

NEW = replace(TEAM, id=0)
BUG = RuntimeError("a bug")


@pytest.fixture
def rig() -> DirectoryRig:
    """Two directories, open and up to date."""
    rig = DirectoryRig(DirectoryState(TEAM), DirectoryState(PRICES)).opened()
    rig.succeed(TEAM)
    rig.succeed(PRICES)
    rig.told = rig.told_contacts = 0
    return rig


def _add(rig: DirectoryRig, directory: SharedDirectory = NEW, password: str = PASSWORD) -> None:
    rig.shared.add(directory, Secret(password), rig.done.append, rig.hear)


# What fails when one is added


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "The name is missing: Its contacts are marked with it in the list."),
        (" \u202e\n", "The name is missing: Its contacts are marked with it in the list."),
        ("TEAM", "There is a directory “TEAM” already: Choose another name."),
    ],
)
def test_a_name_that_is_none_or_taken_is_refused(rig: DirectoryRig, name: str, words: str) -> None:
    _add(rig, replace(NEW, name=name, address="https://elsewhere.example.org/"))
    assert (rig.failed, rig.done, rig.runner.jobs) == ([words], [], [])


def test_the_same_address_book_is_not_added_twice(rig: DirectoryRig) -> None:
    _add(rig, replace(NEW, name="Again"))
    assert rig.failed == ["It is here already: Its name is “Team”."]
    _add(rig, replace(NEW, name="Mine", user="ben"))
    rig.runner.finish()
    assert rig.store.by_id[3].directory.user == "ben"


def test_a_keyring_that_fails_leaves_nothing() -> None:
    rig = DirectoryRig().opened()
    rig.keyring.fails = SecretUnavailableError("Your keyring is locked", "Unlock it, then try again.")
    _add(rig)
    rig.runner.finish()
    assert rig.failed == [
        "The password could not be kept: Your keyring is locked. A directory’s password is kept there and nowhere else."
    ]
    assert (rig.store.by_id, rig.shared.states, rig.updater.asked, rig.done) == ({}, (), [], [])


def test_a_keyring_that_says_nothing_is_given_up() -> None:
    rig = DirectoryRig().opened()
    _add(rig)
    rig.runner.expire(Lane.SECRETS)
    assert rig.failed[0].startswith("The password could not be kept: The keyring did not answer.")
    assert (rig.store.by_id, rig.bugs) == ({}, [])


def test_a_disk_that_fails_takes_the_password_back() -> None:
    rig = DirectoryRig().opened()
    rig.store.fails = FULL
    _add(rig)
    rig.runner.finish()
    assert rig.failed == ["The disk is full: Make room."]
    assert (rig.keyring.texts, rig.shared.states, rig.done) == ({}, (), [])


def test_a_disk_that_fails_for_one_without_password_leaves_the_keyring_alone() -> None:
    rig = DirectoryRig().opened()
    rig.store.fails = FULL
    rig.keyring.fails = BUG
    _add(rig, replace(PRICES, id=0), "")
    rig.runner.finish()
    assert (rig.failed, rig.bugs) == (["The disk is full: Make room."], [])


def test_a_bug_is_logged_and_said_in_plain_words() -> None:
    rig = DirectoryRig().opened()
    rig.keyring.fails = BUG
    _add(rig)
    rig.runner.finish()
    assert (rig.bugs, rig.failed) == ([BUG], ["Something went wrong inside: The log says more."])


def test_a_place_that_refuses_or_has_no_address_book_is_said() -> None:
    rig = DirectoryRig().opened()
    rig.shared.check(NEW, Secret(PASSWORD), rig.done.append, rig.hear)
    rig.updater.refuse()
    rig.shared.check(NEW, Secret(PASSWORD), rig.done.append, rig.hear)
    rig.updater.find()
    rig.shared.check(NEW, Secret(PASSWORD), rig.done.append, rig.hear)
    rig.updater.refuse(BUG)
    assert rig.failed == [
        str(REFUSED),
        "There is no address book: The sign-in works, but nobody made an address book there, or shares one.",
        "Something went wrong inside: The log says more.",
    ]
    assert (rig.done, rig.bugs, rig.keyring.texts) == ([], [BUG], {})


def test_a_file_that_cannot_be_read_or_whose_share_hangs_is_said_before_it_is_added() -> None:
    rig = DirectoryRig().opened()
    file = replace(PRICES, id=0)

    def check() -> None:
        rig.shared.check(file, Secret(""), rig.done.append, rig.hear)

    rig.unreadable = DirectoryError("“suppliers.csv” is not there.", title="The file cannot be read")
    check()
    rig.runner.finish()
    check()
    rig.runner.expire(Lane.DESKTOP)
    assert rig.failed == [
        "The file cannot be read: “suppliers.csv” is not there.",
        "The file cannot be read: Its share does not answer.",
    ]
    rig.unreadable = None
    check()
    rig.runner.finish()
    assert (rig.done, rig.looked_at, rig.updater.checks) == (
        [DirectoryOffer((file,), CONTENTS)],
        [PRICES.address] * 2,
        [],
    )


# What fails with those that are there


def test_directories_that_cannot_be_read_are_told_once() -> None:
    rig = DirectoryRig(DirectoryState(TEAM))
    rig.store.fails = FULL
    rig.opened()
    assert (rig.bugs, rig.shared.states, rig.updater.asked) == ([FULL], (), [])


def test_an_update_that_fails_is_a_state_and_nothing_else(rig: DirectoryRig) -> None:
    rig.shared.update(TEAM.id)
    rig.fail(TEAM)
    state = rig.state()
    assert (state.problem, state.failures, state.contacts) == ("The server is away.", 1, 3)
    assert (rig.bugs, rig.failed, rig.told, rig.told_contacts) == ([], [], 2, 0)


@pytest.mark.parametrize("what", ["rename", "remove"])
def test_a_disk_that_fails_changes_nothing(rig: DirectoryRig, what: str) -> None:
    rig.store.fails = FULL
    before = rig.shared.states
    if what == "rename":
        rig.shared.rename(TEAM.id, "Sales", lambda: rig.done.append(1), rig.hear)
    else:
        rig.shared.remove(TEAM.id, lambda: rig.done.append(1), rig.hear)
    rig.runner.finish()
    assert (rig.failed, rig.done, rig.told_contacts) == (["The disk is full: Make room."], [], 0)
    assert rig.shared.states == before


def test_a_password_that_cannot_be_forgotten_is_told_but_the_directory_goes(rig: DirectoryRig) -> None:
    rig.keyring.fails = SecretUnavailableError("Your keyring is locked", "Unlock it, then try again.")
    rig.shared.remove(TEAM.id, lambda: rig.done.append(1), rig.hear)
    rig.runner.finish()
    assert ([s.directory.id for s in rig.shared.states], rig.done, rig.failed) == ([PRICES.id], [1], [])
    words = "Your keyring is locked. A directory’s password is kept there and nowhere else."
    assert [str(error) for error in rig.bugs] == [f"The password of “Team” is still in your keyring: {words}"]


def test_a_name_of_another_directory_is_not_taken(rig: DirectoryRig) -> None:
    rig.shared.rename(TEAM.id, "suppliers", lambda: rig.done.append(1), rig.hear)
    assert rig.failed == ["There is a directory “suppliers” already: Choose another name."]
    assert (rig.done, rig.runner.jobs) == ([], [])


def test_another_password_is_not_tried_before_it_is_kept(rig: DirectoryRig) -> None:
    rig.shared.change_password(TEAM.id, Secret(""), lambda: rig.done.append(1), rig.hear)
    rig.keyring.fails = SecretUnavailableError("Your keyring is locked", "Unlock it, then try again.")
    rig.shared.change_password(TEAM.id, Secret(PASSWORD), lambda: rig.done.append(1), rig.hear)
    rig.runner.finish()
    assert rig.failed[0] == "The password is missing: Type the one that is used from now on."
    assert rig.failed[1].startswith("The password could not be kept")
    assert (rig.done, rig.updater.asked) == ([], [])


# Never two at once


def test_one_that_is_being_read_is_not_read_beside(rig: DirectoryRig) -> None:
    rig.shared.update(TEAM.id)
    rig.shared.update(TEAM.id)
    rig.clock.pass_by(10 * EVERY)
    rig.shared.update_due()
    assert [d.id for d in rig.updater.asked] == [TEAM.id, PRICES.id]
    assert rig.shared.is_updating(TEAM.id)
    rig.succeed(TEAM)
    assert not rig.shared.is_updating(TEAM.id)
    assert [d.id for d in rig.updater.asked] == [PRICES.id]


def test_a_file_that_changes_while_it_is_read_is_read_once_more(rig: DirectoryRig) -> None:
    rig.shared.file_changed(PRICES.address)
    for _ in range(3):
        rig.shared.file_changed(PRICES.address)
    rig.shared.file_changed("/srv/share/nobody.csv")
    assert len(rig.updater.asked) == 1
    rig.succeed(PRICES)
    assert len(rig.updater.asked) == 1
    rig.succeed(PRICES)
    assert rig.updater.asked == []


def test_what_is_removed_or_unknown_is_neither_updated_nor_brought_back(rig: DirectoryRig) -> None:
    rig.shared.update(TEAM.id)
    rig.shared.file_changed(TEAM.address)
    rig.shared.remove(TEAM.id, lambda: rig.done.append(1), rig.hear)
    rig.runner.finish()
    rig.told_contacts = 0
    rig.succeed(TEAM, changed=5)
    rig.shared.update(TEAM.id)
    rig.shared.change_password(TEAM.id, Secret(PASSWORD), lambda: rig.done.append(2), rig.hear)
    rig.shared.rename(PRICES.id, "Prices", lambda: rig.done.append(3), rig.hear)
    rig.shared.remove(PRICES.id, lambda: rig.done.append(4), rig.hear)
    rig.runner.finish()
    assert (rig.shared.states, rig.updater.asked, rig.keyring.texts) == ((), [], {})
    assert rig.done == [1, 2, 3, 4]
    rig.shared.remove(99, lambda: rig.done.append(5), rig.hear)
    rig.runner.finish()
    assert rig.done[-1] == 5


def test_one_that_goes_while_it_is_renamed_is_no_trouble(rig: DirectoryRig) -> None:
    rig.shared.remove(TEAM.id, lambda: None, rig.hear)
    rig.store.by_id[TEAM.id] = DirectoryState(TEAM)
    rig.shared.rename(TEAM.id, "Sales", lambda: rig.done.append(1), rig.hear)
    rig.runner.step(Lane.CHANGING)
    rig.store.by_id[TEAM.id] = DirectoryState(TEAM)
    rig.runner.finish()
    assert (rig.shared.name_of(TEAM.id), rig.done) == ("", [1])


def test_a_name_given_during_an_update_outlives_it(rig: DirectoryRig) -> None:
    rig.shared.update(TEAM.id)
    rig.shared.rename(TEAM.id, "Sales\n", lambda: rig.done.append(1), rig.hear)
    rig.runner.finish()
    rig.updater.answer(DirectoryState(TEAM, 4, 1, updated_at=rig.clock.now(), tried_at=rig.clock.now()))
    assert (rig.shared.name_of(TEAM.id), rig.state().contacts) == ("Sales", 4)


# What goes right


def test_one_is_added_its_password_kept_and_it_is_read_at_once() -> None:
    rig = DirectoryRig().opened()
    books = [NEW, replace(NEW, name="All", address="https://dav.example.org/all/")]
    rig.shared.check(NEW, Secret(PASSWORD), rig.done.append, rig.hear)
    rig.updater.find(*books)
    assert (rig.done, rig.updater.passwords) == ([DirectoryOffer(tuple(books))], [PASSWORD])
    _add(rig, replace(NEW, name="  Team \u202e"))
    assert rig.store.by_id == {}
    rig.runner.finish()
    assert rig.keyring.texts == {"directory asha at https://dav.example.org": PASSWORD}
    assert (rig.done[1], rig.updater.asked, rig.failed) == (TEAM, [TEAM], [])
    assert rig.shared.states == (DirectoryState(TEAM),)


def test_one_without_password_asks_no_keyring() -> None:
    rig = DirectoryRig().opened()
    rig.keyring.fails = BUG
    _add(rig, replace(PRICES, id=0), "")
    rig.runner.finish()
    assert (rig.updater.asked[0].name, rig.bugs, rig.failed) == ("Suppliers", [], [])


def test_contacts_are_marked_with_the_name(rig: DirectoryRig) -> None:
    assert [rig.shared.name_of(at) for at in (0, 1, 2, 3)] == ["", "Team", "Suppliers", ""]
    rig.shared.rename(TEAM.id, "Team", lambda: None, rig.hear)
    assert rig.failed == []
    assert rig.shared.files == (PRICES.address,)
    assert PRICES.kind is DirectoryKind.FILE


def test_only_what_changed_contacts_is_told_as_that(rig: DirectoryRig) -> None:
    rig.shared.update(TEAM.id)
    rig.succeed(TEAM)
    assert rig.told_contacts == 0
    rig.shared.update(TEAM.id)
    rig.succeed(TEAM, changed=212)
    assert rig.told_contacts == 1
    rig.shared.update(TEAM.id)
    rig.fail(TEAM)  # what changed before is not told again
    assert (rig.told_contacts, rig.state().changed) == (1, 212)


def test_all_are_read_at_the_start_then_every_quarter_of_an_hour() -> None:
    rig = DirectoryRig(DirectoryState(TEAM, tried_at=1_800_000_000.0), DirectoryState(PRICES))
    rig.shared.load()
    rig.runner.finish()
    assert rig.shared.seconds_to_any() is None  # not before the first paint
    rig.opened()
    assert [d.id for d in rig.updater.asked] == [TEAM.id, PRICES.id]
    assert rig.shared.seconds_to_any() is None
    rig.succeed(TEAM)
    rig.clock.pass_by(100)
    rig.succeed(PRICES)
    assert (rig.shared.seconds_to_any(), rig.shared.seconds_to_next(rig.state(PRICES))) == (EVERY - 100, EVERY)
    rig.clock.pass_by(EVERY - 100)
    rig.shared.update_due()
    assert rig.updater.asked == [TEAM]
    rig.fail(TEAM)
    assert rig.shared.seconds_to_any() == 60.0
    rig.clock.pass_by(1000)
    assert rig.shared.seconds_to_any() == 0.0


def test_another_password_is_kept_and_tried(rig: DirectoryRig) -> None:
    rig.shared.change_password(TEAM.id, Secret(PASSWORD), lambda: rig.done.append(1), rig.hear)
    rig.runner.finish()
    assert (rig.keyring.texts[TEAM.secret_name], rig.done, rig.updater.asked) == (PASSWORD, [1], [TEAM])


def test_one_that_is_removed_takes_its_password_along(rig: DirectoryRig) -> None:
    rig.keyring.texts[TEAM.secret_name] = PASSWORD
    rig.shared.remove(TEAM.id, lambda: rig.done.append(1), rig.hear)
    rig.runner.finish()
    assert (rig.keyring.texts, rig.told_contacts, list(rig.store.by_id)) == ({}, 1, [PRICES.id])


def test_nobody_is_told_after_the_end(rig: DirectoryRig) -> None:
    rig.shared.update(TEAM.id)
    rig.shared.close()
    assert rig.updater.closed
    rig.succeed(TEAM, changed=3)
    assert (rig.shared.seconds_to_any(), rig.told, rig.told_contacts) == (None, 1, 0)


def test_a_password_two_directories_share_stays_until_both_are_gone() -> None:
    second = replace(TEAM, id=2, name="All", address="https://dav.example.org/all/")
    rig = DirectoryRig(DirectoryState(TEAM), DirectoryState(second)).opened()
    rig.keyring.texts[TEAM.secret_name] = PASSWORD
    rig.store.fails = FULL
    _add(rig, replace(NEW, name="More", address="https://dav.example.org/more/"))
    rig.runner.finish()
    rig.store.fails = None
    rig.shared.remove(TEAM.id, lambda: None, rig.hear)
    rig.runner.finish()
    assert rig.keyring.texts == {TEAM.secret_name: PASSWORD}
    rig.shared.remove(second.id, lambda: None, rig.hear)
    rig.runner.finish()
    assert rig.keyring.texts == {}
