"""Finding and merging duplicates as the window uses it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_merge import Merge, MergeUndo
from c2c_desktop.domain.duplicates import MOST_GROUPS, DuplicateGroup, FoundDuplicates, in_order
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.services.duplicate_ports import DuplicateSearch, MergingStore
from c2c_desktop.services.ports import Lane, Runner

MERGED_AT_ONCE = 25
"""Groups of one transaction where all are merged: a search waits for no more than that."""


@dataclass(frozen=True, slots=True)
class MergeProgress:
    """How far a long piece of work is, in groups."""

    done: int
    total: int
    is_undo: bool = False


@dataclass(frozen=True, slots=True)
class _Step:
    """What can be undone: one press of a button."""

    groups: tuple[DuplicateGroup, ...]
    """They stand in the list again afterwards."""
    merges: tuple[MergeUndo, ...] = ()
    """Empty where they were said not to be the same."""


class Duplicates:
    """Knows the groups of the last look. Main thread; the database works on its lanes."""

    def __init__(
        self,
        search: DuplicateSearch,
        store: MergingStore,
        runner: Runner,
        changed: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """`changed` is called after each change of the contact list, `failed` with what is a bug."""
        self._search = search
        self._store = store
        self._runner = runner
        self._changed = changed
        self._failed = failed
        self._listeners: list[Callable[[], None]] = []
        self._look = 0
        self._undo: _Step | None = None
        self._is_stopping = False
        self.groups: tuple[DuplicateGroup, ...] = ()
        self.is_all = True
        """Whether the last look found no more than `groups` held."""
        self.is_looking = False
        self.is_known = False
        """Whether a look came to its end."""
        self.progress: MergeProgress | None = None
        """What is merged or taken back just now; None where nothing is."""
        self.said = ""
        """What came of the last merge, in words; "" where there was none."""
        self.trouble = ""
        """Why the last thing that was asked for could not be done, in words; "" where it was."""

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each change of what stands here."""
        self._listeners.append(listener)

    def stop_listening(self, listener: Callable[[], None]) -> None:
        """Forget a listener."""
        self._listeners.remove(listener)

    @property
    def certain(self) -> int:
        """How many groups can be merged without anybody looking at them."""
        return sum(group.is_certain for group in self.groups)

    @property
    def undo_words(self) -> str:
        """What `undo` would take back, in words for its button; "" where there is nothing."""
        if self._undo is None:
            return ""
        if not self._undo.merges:
            return "Undo “Not the same”"
        return "Undo merge" if len(self._undo.merges) == 1 else f"Undo {len(self._undo.merges):,} merges"

    def look(self) -> None:
        """Look through the whole list anew. An older look is given up."""
        self._look += 1
        self._search.interrupt()
        look, self.is_looking = self._look, True
        self.said = self.trouble = ""

        def find() -> FoundDuplicates | None:
            return self._search.find(MOST_GROUPS) if look == self._look else None

        def found(told: FoundDuplicates | None) -> None:
            if look == self._look:
                self.is_looking = False
                if told is not None:
                    self.groups, self.is_all, self.is_known = told.groups, told.is_all, True
                self._tell()

        def failed(error: Exception) -> None:
            if look == self._look:
                self.is_looking = False
                self._fail(error)

        self._runner.run(Lane.COUNTING, find, found, failed)
        self._tell()

    def stop(self) -> None:
        """Give a look up, and a long merge after the groups under way."""
        self._look += 1
        self._search.interrupt()
        self.is_looking = False
        self._is_stopping = True
        self._tell()

    def read(self, group: DuplicateGroup, done: Callable[[list[Contact]], None]) -> None:
        """Hand who is there of a group to `done`, the oldest first."""
        self._runner.run(Lane.DATABASE, lambda: self._store.read_own(group.ids), done, self._fail)

    def merge(self, group: DuplicateGroup, merge: Merge) -> None:
        """Do a merge of a group, or of some of it, that is ready. One that changed meanwhile fails and stays."""
        self.trouble = ""

        def merged(undo: MergeUndo) -> None:
            self._drop([group])
            self._undo = _Step((group,), (undo,))
            self.said = f"Merged {len(undo.members)} contacts into {group.title or 'one'}."
            self._changed()
            self._tell()

        self._runner.run(Lane.CHANGING, lambda: self._store.merge(merge.contact, merge.members), merged, self._fail)

    def keep_apart(self, group: DuplicateGroup) -> None:
        """Remember that they are not the same: they are never proposed again."""
        self.trouble = ""

        def kept(_: None) -> None:
            self._drop([group])
            self._undo = _Step((group,))
            self.said = f"{group.title or 'These contacts'}: kept as they are. You are not asked about them again."
            self._tell()

        self._runner.run(Lane.CHANGING, lambda: self._search.keep_apart(group.ids), kept, self._fail)

    def merge_certain(self) -> None:
        """Merge every certain group, some at a time, until `stop`."""
        wanted = [group for group in self.groups if group.is_certain]
        if not wanted or self.progress is not None:
            return
        self._is_stopping, self.trouble = False, ""
        self._merge_next(wanted, 0, [])

    def undo(self) -> None:
        """Take the last step back: one merge, all of a long one, or that some are not the same."""
        step = self._undo
        if step is None or self.progress is not None:
            return
        self._undo, self.trouble = None, ""
        if step.merges:
            self._undo_next(step, 0, [])
        else:
            self._propose_again(step)

    def _propose_again(self, step: _Step) -> None:
        (group,) = step.groups

        def failed(error: Exception) -> None:
            self._undo = step
            self._fail(error)

        self._runner.run(
            Lane.CHANGING,
            lambda: self._search.propose_again(group.ids),
            lambda _: self._undone(step, 0),
            failed,
        )

    def _merge_next(self, wanted: list[DuplicateGroup], at: int, done: list[MergeUndo]) -> None:
        part = [group.ids for group in wanted[at : at + MERGED_AT_ONCE]]
        if not part or self._is_stopping:
            self._merged_certain(wanted[:at], done)
            return
        self.progress = MergeProgress(at, len(wanted))
        self._tell()

        def merged(undos: list[MergeUndo]) -> None:
            self._merge_next(wanted, at + len(part), [*done, *undos])

        def failed(error: Exception) -> None:
            self._merged_certain(wanted[:at], done)
            self._fail(error)

        self._runner.run(Lane.CHANGING, lambda: self._store.merge_certain(part), merged, failed)

    def _merged_certain(self, tried: Sequence[DuplicateGroup], done: list[MergeUndo]) -> None:
        self.progress = None
        merged = {tuple(member.id for member in undo.members) for undo in done}
        groups = [group for group in tried if group.ids in merged]
        self._drop(tried)
        left = len(tried) - len(groups)
        self.said = f"Merged {counted_groups(len(groups))}." + (
            f" {counted_groups(left)} changed meanwhile: look again." if left else ""
        )
        if done:
            self._undo = _Step(tuple(groups), tuple(done))
            self._changed()
        self._tell()

    def _undo_next(self, step: _Step, at: int, left: list[MergeUndo]) -> None:
        part = step.merges[at : at + MERGED_AT_ONCE]
        if not part:
            self._undone(step, len(left))
            return
        self.progress = MergeProgress(at, len(step.merges), is_undo=True)
        self._tell()

        def undone(more: list[MergeUndo]) -> None:
            self._undo_next(step, at + len(part), [*left, *more])

        def failed(error: Exception) -> None:
            self._undo = _Step(step.groups[at:], step.merges[at:])
            self._undone(_Step(step.groups[:at], step.merges[:at]), len(left))
            self._fail(error)

        self._runner.run(Lane.CHANGING, lambda: self._store.undo_merges(part), undone, failed)

    def _undone(self, step: _Step, left: int) -> None:
        self.progress = None
        if not left:
            self.groups = in_order([*self.groups, *step.groups])
        self.said = "Undone." if not left else f"{counted_groups(left)} changed since and could not be undone."
        if step.merges:
            self._changed()
        self._tell()

    def _drop(self, groups: Sequence[DuplicateGroup]) -> None:
        gone = set(groups)
        self.groups = tuple(group for group in self.groups if group not in gone)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, UserFacingError):
            self.trouble = f"{error.title}. {error.message}".strip()
        else:
            self._failed(error)
        self._tell()

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener()


def counted_groups(groups: int) -> str:
    """Return how many groups there are, in words."""
    return "1 group" if groups == 1 else f"{groups:,} groups"
