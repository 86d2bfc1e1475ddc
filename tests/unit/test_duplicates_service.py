"""Finding and merging duplicates as the window uses it: what goes wrong is told, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

import pytest

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_merge import merge
from c2c_desktop.domain.duplicates import DuplicateGroup
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.services.directory import Directory
from c2c_desktop.services.duplicates import MERGED_AT_ONCE, Duplicates, MergeProgress
from c2c_desktop.services.ports import Lane
from tests.fakes import INDIAN, ManualRunner, MemoryContactStore

ASHA = Contact(1, "Asha Rao", "Acme", (ContactNumber("+91 98402 22222", INDIAN),))
BRIEF = replace(ASHA, id=2, name="A. Rao", note="Likes tea")
FULL = StorageError("Your data could not be stored", "The disk is full.")


class _Rig:
    def __init__(self, *contacts: Contact) -> None:
        self.store = MemoryContactStore(list(contacts))
        self.runner = ManualRunner()
        self.bugs: list[Exception] = []
        self.directory = Directory(self.store, self.runner, self.bugs.append)
        self.changes = 0
        self.directory.listen(self._count)
        self.duplicates = Duplicates(
            self.store.duplicates, self.store, self.runner, self.directory.changed, self.bugs.append
        )
        self.told = 0
        self.progress: list[MergeProgress] = []
        self.duplicates.listen(self._hear)

    def _count(self) -> None:
        self.changes += 1

    def _hear(self) -> None:
        self.told += 1
        if self.duplicates.progress is not None:
            self.progress.append(self.duplicates.progress)

    def look(self) -> None:
        self.duplicates.look()
        self.runner.finish()

    @property
    def ids(self) -> list[tuple[int, ...]]:
        return [group.ids for group in self.duplicates.groups]

    @property
    def group(self) -> DuplicateGroup:
        (group,) = self.duplicates.groups
        return group

    def merge(self) -> None:
        self.duplicates.merge(self.group, merge(self.store.read_own(self.group.ids)))
        self.runner.finish()


def twins(groups: int) -> list[Contact]:
    """Groups of two, all certain: (1, 2), (3, 4) and so on."""
    return [
        Contact(at, f"Person {(at + 1) // 2:03} Rao", emails=(f"{(at + 1) // 2}@x",)) for at in range(1, 2 * groups + 1)
    ]


def _full(*_: object) -> NoReturn:
    raise FULL


def test_a_member_changed_meanwhile_is_told_and_the_group_stays() -> None:
    rig = _Rig(ASHA, BRIEF)
    rig.look()
    before = merge(rig.store.read_own((1, 2)))
    rig.store.save(replace(BRIEF, note="Moved house"))
    rig.duplicates.merge(rig.group, before)
    rig.runner.finish()
    assert rig.duplicates.trouble == (
        "These contacts were not merged. One of them was changed or deleted meanwhile. Look at them again."
    )
    assert (rig.ids, rig.changes, rig.duplicates.undo_words, len(rig.store.contacts)) == ([(1, 2)], 0, "", 2)
    got: list[list[Contact]] = []
    rig.duplicates.read(rig.group, got.append)
    rig.runner.finish()
    assert got == [[ASHA, replace(BRIEF, note="Moved house")]]
    rig.merge()
    assert (rig.duplicates.trouble, rig.ids) == ("", [])


@pytest.mark.parametrize("action", ["look", "read", "merge", "merge_certain", "keep_apart", "undo", "undo apart"])
def test_a_disk_that_fails_is_told_and_loses_nothing(action: str) -> None:
    rig = _Rig(ASHA, replace(ASHA, id=2))
    rig.look()
    group = rig.group
    if action == "undo":
        rig.merge()
    elif action == "undo apart":
        rig.duplicates.keep_apart(group)
        rig.runner.finish()
    before = dict(rig.store.contacts)
    rig.store.duplicates.fails = FULL
    for name in ("read_own", "merge", "merge_certain", "undo_merges"):
        setattr(rig.store, name, _full)
    rig.store.duplicates.keep_apart = _full  # type: ignore[method-assign, assignment]
    rig.store.duplicates.propose_again = _full  # type: ignore[method-assign, assignment]
    {
        "look": rig.duplicates.look,
        "read": lambda: rig.duplicates.read(group, lambda _: None),
        "merge": lambda: rig.duplicates.merge(group, merge(before.values())),
        "merge_certain": rig.duplicates.merge_certain,
        "keep_apart": lambda: rig.duplicates.keep_apart(group),
        "undo": rig.duplicates.undo,
        "undo apart": rig.duplicates.undo,
    }[action]()
    rig.runner.finish()
    assert rig.duplicates.trouble == "Your data could not be stored. The disk is full."
    assert (rig.bugs, rig.store.contacts, rig.duplicates.progress) == ([], before, None)
    assert rig.ids == ([] if action.startswith("undo") else [(1, 2)])
    assert bool(rig.duplicates.undo_words) is action.startswith("undo")


def test_a_bug_is_handed_on() -> None:
    rig = _Rig(ASHA)
    rig.store.duplicates.fails = ValueError("a bug")  # type: ignore[assignment]
    rig.look()
    assert (list(map(str, rig.bugs)), rig.duplicates.trouble, rig.duplicates.is_known) == (["a bug"], "", False)


def test_a_look_that_was_given_up_or_overtaken_changes_nothing() -> None:
    rig = _Rig(ASHA, BRIEF)
    rig.duplicates.look()
    assert rig.duplicates.is_looking
    rig.duplicates.stop()
    assert (rig.duplicates.is_looking, rig.store.duplicates.interrupted) == (False, 2)
    rig.runner.finish()
    assert (rig.ids, rig.duplicates.is_known) == ([], False)
    rig.duplicates.look()
    rig.store.duplicates.fails = FULL
    late = rig.runner.jobs.pop()
    rig.duplicates.look()
    late.failed(FULL)
    assert (rig.duplicates.trouble, rig.duplicates.is_looking) == ("", True)
    rig.store.duplicates.fails = None
    assert rig.runner.jobs[0].lane is Lane.COUNTING
    rig.runner.finish()
    assert rig.ids == [(1, 2)]


def test_a_look_that_somebody_else_interrupted_ends_with_what_was_known() -> None:
    rig = _Rig(ASHA, BRIEF)
    rig.look()
    rig.store.duplicates.find = lambda most: None  # type: ignore[method-assign]  # noqa: ARG005
    rig.look()
    assert (rig.ids, rig.duplicates.is_looking) == ([(1, 2)], False)


def test_one_merge_is_one_step_back() -> None:
    rig = _Rig(ASHA, BRIEF)
    rig.look()
    rig.merge()
    assert [(c.id, c.name, c.note) for c in rig.store.contacts.values()] == [(1, "Asha Rao", "Likes tea")]
    assert (rig.ids, rig.changes, rig.duplicates.said) == ([], 1, "Merged 2 contacts into Asha Rao.")
    assert rig.duplicates.undo_words == "Undo merge"
    rig.duplicates.undo()
    rig.duplicates.undo()
    rig.runner.finish()
    assert rig.store.contacts == {1: ASHA, 2: BRIEF}
    assert (rig.ids, rig.changes, rig.duplicates.said, rig.duplicates.undo_words) == ([(1, 2)], 2, "Undone.", "")


def test_a_contact_changed_since_stays_merged_and_that_is_told() -> None:
    rig = _Rig(ASHA, BRIEF)
    rig.look()
    rig.merge()
    rig.store.save(replace(rig.store.contacts[1], company="Blue Kite"))
    rig.duplicates.undo()
    rig.runner.finish()
    assert rig.duplicates.said == "1 group changed since and could not be undone."
    assert (rig.ids, len(rig.store.contacts)) == ([], 1)


def test_not_the_same_is_remembered_and_can_be_taken_back() -> None:
    rig = _Rig(ASHA, BRIEF)
    rig.look()
    rig.duplicates.keep_apart(rig.group)
    rig.runner.finish()
    assert rig.duplicates.said == "Asha Rao: kept as they are. You are not asked about them again."
    assert (rig.ids, rig.changes, rig.duplicates.undo_words) == ([], 0, "Undo “Not the same”")
    rig.look()
    assert rig.ids == []
    rig.duplicates.undo()
    rig.runner.finish()
    assert rig.ids == [(1, 2)]
    rig.look()
    assert rig.ids == [(1, 2)]


def test_all_that_are_certain_are_merged_some_at_a_time_and_come_back_in_one_step() -> None:
    groups = MERGED_AT_ONCE * 2 + 1
    rig = _Rig(*twins(groups), replace(ASHA, id=900), replace(BRIEF, id=901))
    before = dict(rig.store.contacts)
    rig.look()
    assert rig.duplicates.certain == groups
    rig.duplicates.merge_certain()
    rig.duplicates.merge_certain()
    rig.duplicates.undo()
    assert len(rig.runner.jobs) == 1
    rig.runner.finish()
    assert [each.done for each in rig.progress] == [0, MERGED_AT_ONCE, MERGED_AT_ONCE * 2]
    assert (rig.ids, rig.duplicates.said, rig.changes) == ([(900, 901)], f"Merged {groups} groups.", 1)
    assert rig.duplicates.undo_words == f"Undo {groups} merges"
    assert len(rig.store.contacts) == groups + 2
    rig.duplicates.merge_certain()
    assert rig.runner.jobs == []
    rig.duplicates.undo()
    rig.duplicates.undo()
    rig.runner.finish()
    assert rig.progress[-1] == MergeProgress(MERGED_AT_ONCE * 2, groups, is_undo=True)
    assert rig.store.contacts == before
    assert (len(rig.ids), rig.duplicates.certain, rig.changes) == (groups + 1, groups, 2)


def test_a_long_merge_that_is_stopped_keeps_what_is_done_and_the_rest_of_the_list() -> None:
    rig = _Rig(*twins(MERGED_AT_ONCE + 2))
    rig.look()
    rig.duplicates.merge_certain()
    rig.duplicates.stop()
    rig.runner.finish()
    assert (len(rig.ids), rig.duplicates.said) == (2, f"Merged {MERGED_AT_ONCE} groups.")
    assert rig.duplicates.undo_words == f"Undo {MERGED_AT_ONCE} merges"


def test_a_disk_that_fails_between_keeps_what_is_done_and_can_take_that_back() -> None:
    rig = _Rig(*twins(MERGED_AT_ONCE + 2))
    before = dict(rig.store.contacts)
    rig.look()
    rig.duplicates.merge_certain()
    rig.runner.step()
    works, rig.store.merge_certain = rig.store.merge_certain, _full  # type: ignore[method-assign, assignment]
    rig.runner.finish()
    assert (rig.duplicates.trouble, len(rig.ids)) == ("Your data could not be stored. The disk is full.", 2)
    rig.store.merge_certain = works  # type: ignore[method-assign]
    rig.duplicates.undo()
    rig.runner.finish()
    assert rig.store.contacts == before
    rig.duplicates.merge_certain()
    rig.runner.finish()
    rig.duplicates.undo()
    rig.runner.step()
    undoes, rig.store.undo_merges = rig.store.undo_merges, _full  # type: ignore[method-assign, assignment]
    rig.runner.finish()
    assert (len(rig.ids), rig.duplicates.undo_words) == (MERGED_AT_ONCE, "Undo 2 merges")
    rig.store.undo_merges = undoes  # type: ignore[method-assign]
    rig.duplicates.undo()
    rig.runner.finish()
    assert (rig.store.contacts, len(rig.ids)) == (before, MERGED_AT_ONCE + 2)


def test_groups_that_are_certain_no_more_are_left_and_that_is_told() -> None:
    rig = _Rig(*twins(2))
    rig.look()
    rig.store.save(replace(rig.store.contacts[1], company="Acme"))
    rig.store.save(replace(rig.store.contacts[2], company="Blue Kite"))
    rig.duplicates.merge_certain()
    rig.runner.finish()
    assert rig.duplicates.said == "Merged 1 group. 1 group changed meanwhile: look again."
    assert sorted(rig.store.contacts) == [1, 2, 3]
    rig = _Rig(*twins(1))
    rig.look()
    rig.store.delete(1)
    rig.duplicates.merge_certain()
    rig.runner.finish()
    assert (rig.changes, rig.duplicates.undo_words) == (0, "")


def test_whoever_stopped_listening_hears_nothing() -> None:
    rig = _Rig()
    rig.duplicates.stop_listening(rig._hear)
    rig.look()
    assert (rig.told, rig.duplicates.is_known, rig.duplicates.is_all) == (0, True, True)


def test_what_has_no_name_is_spoken_of_all_the_same() -> None:
    rig = _Rig(Contact(1, "", emails=("a@x",)), Contact(2, "", emails=("a@x",)))
    rig.look()
    rig.duplicates.merge(replace(rig.group, title=""), merge(rig.store.read_own((1, 2))))
    rig.runner.finish()
    assert rig.duplicates.said == "Merged 2 contacts into one."
    rig.duplicates.undo()
    rig.runner.finish()
    rig.look()
    rig.duplicates.keep_apart(replace(rig.group, title=""))
    rig.runner.finish()
    assert rig.duplicates.said.startswith("These contacts: kept")
