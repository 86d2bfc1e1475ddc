"""The calls in memory and on disk."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.services.journal import RECENT_LIMIT, Journal
from c2c_desktop.services.ports import Lane
from tests.fakes import ManualRunner, MemoryCallStore
from tests.unit.builders import make_call

S = CallState
BROKEN = StorageError("The journal is damaged", "It was set aside.")


class _Rig:
    def __init__(self, *stored: Call) -> None:
        self.store = MemoryCallStore()
        for call in stored:
            self.store.save(call)
        self.runner = ManualRunner()
        self.journal = Journal(self.store, self.runner)
        self.settled: list[int] = []
        self.failed: list[Exception] = []

    def load_behind(self) -> None:
        self.journal.load_behind(self.settled.append, self.failed.append)


def test_a_call_left_placing_by_an_earlier_run_becomes_uncertain() -> None:
    rig = _Rig(make_call(S.PLACING), make_call(S.ENDED, id="c-2"))
    assert rig.journal.load() == 1
    call = rig.journal.get("c-1")
    assert call is not None
    assert call.state is S.UNCERTAIN
    assert rig.store.calls["c-1"] == call


def test_loading_behind_reads_on_the_database_lane_and_says_how_many_were_settled() -> None:
    rig = _Rig(make_call(S.PLACING), make_call(S.ENDED, id="c-2"))
    rig.load_behind()
    assert [job.lane for job in rig.runner.jobs] == [Lane.DATABASE]
    assert rig.journal.recent() == []
    rig.runner.finish()
    assert (rig.settled, rig.failed) == ([1], [])
    assert {call.id: call.state for call in rig.journal.recent()} == {"c-1": S.UNCERTAIN, "c-2": S.ENDED}


def test_a_journal_that_cannot_be_read_says_so_and_keeps_what_it_has() -> None:
    class Unreadable(MemoryCallStore):
        def settle_abandoned(self) -> int:
            raise BROKEN

    runner, failed = ManualRunner(), list[Exception]()
    journal = Journal(Unreadable(), runner)
    journal.note(make_call(S.ENDED), persist=False)
    journal.load_behind(lambda _: None, failed.append)
    runner.finish()
    assert failed == [BROKEN]
    assert [call.id for call in journal.recent()] == ["c-1"]


def test_what_this_run_knows_better_is_kept_over_what_was_read() -> None:
    rig = _Rig(make_call(S.INITIATED), make_call(S.ENDED, id="c-2"))
    rig.load_behind()
    rig.journal.note(make_call(S.CONNECTED), persist=False)
    rig.runner.finish()
    assert {call.id: call.state for call in rig.journal.recent()} == {"c-1": S.CONNECTED, "c-2": S.ENDED}


@pytest.mark.parametrize("started_at", [0.5, 2.5, 9.0])
def test_the_call_known_last_comes_first_whatever_the_clock_was_set_to(started_at: float) -> None:
    rig = _Rig(*(make_call(S.ENDED, id=f"c-{n}", started_at=float(n)) for n in (1, 2, 3)))
    rig.journal.load()
    rig.journal.note(make_call(S.ENDED, id="c-9", started_at=started_at), persist=False)
    assert [call.id for call in rig.journal.recent()] == ["c-9", "c-3", "c-2", "c-1"]


def test_a_noted_call_is_told_at_once_and_stored_behind() -> None:
    rig = _Rig()
    told: list[Call] = []
    rig.journal.listen(told.append)
    call = make_call(S.INITIATED)
    rig.journal.note(call)
    assert (told, rig.journal.get("c-1"), rig.store.calls) == ([call], call, {})
    rig.runner.finish()
    assert rig.store.calls == {"c-1": call}


def test_a_call_noted_for_memory_only_is_not_stored() -> None:
    rig = _Rig()
    rig.journal.note(make_call(S.PLACING), persist=False)
    assert rig.runner.jobs == []
    assert rig.journal.get("c-1") is not None


@pytest.mark.logs("could not be stored: The journal is damaged")
def test_an_outcome_that_cannot_be_stored_is_logged_and_stays_in_memory() -> None:
    rig = _Rig()
    rig.store.fails = BROKEN
    rig.journal.note(make_call(S.INITIATED))
    rig.runner.finish()
    assert rig.journal.get("c-1") == make_call(S.INITIATED)


def test_an_intent_that_cannot_be_stored_raises() -> None:
    rig = _Rig()
    rig.store.fails = BROKEN
    with pytest.raises(StorageError):
        rig.journal.begin(make_call(S.PLACING))


def test_beginning_writes_before_it_returns() -> None:
    rig = _Rig()
    rig.journal.begin(make_call(S.PLACING))
    assert rig.store.begun == ["c-1"]


def test_an_unknown_call_is_none() -> None:
    assert _Rig().journal.get("nobody") is None


def other(call_id: str, state: CallState = S.ENDED) -> Call:
    return make_call(state, id=call_id)


class _Beside(_Rig):
    """A run, and another one that writes to the same store."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Call] = []
        self.looks = 0
        self.journal.listen(self.told.append)
        self.journal.watch_others(self._look)

    def _look(self) -> None:
        self.looks += 1

    def follow(self) -> list[str]:
        self.journal.follow_behind()
        self.runner.finish()
        return [f"{call.id} {call.state.value}" for call in self.journal.recent()]


def test_calls_of_another_run_are_found_and_told_as_such() -> None:
    rig = _Beside()
    rig.store.save(other("theirs", S.PLACING))
    rig.store.begun.append("theirs")  # its process lives
    assert rig.follow() == ["theirs PLACING"]
    assert (rig.looks, rig.told, rig.journal.awaits_others) == (1, [], True)
    rig.store.save(other("theirs", S.INITIATED))
    assert rig.follow() == ["theirs INITIATED"]
    assert (rig.looks, rig.told, rig.journal.awaits_others) == (2, [], False)


def test_a_look_that_finds_nothing_new_is_not_told() -> None:
    rig = _Beside()
    rig.store.save(other("theirs"))
    rig.follow()
    rig.journal.note(other("ours", S.PLACING), persist=False)
    rig.journal.note(other("ours"))
    assert rig.follow() == rig.follow() == ["ours ENDED", "theirs ENDED"]
    assert rig.looks == 1


def test_a_call_that_another_run_left_when_it_died_becomes_uncertain() -> None:
    rig = _Beside()
    rig.store.save(other("theirs", S.PLACING))
    assert rig.follow() == ["theirs UNCERTAIN"]
    assert rig.looks == 1


def test_a_call_of_this_run_stays_as_this_run_knows_it() -> None:
    rig = _Beside()
    rig.journal.note(other("ours", S.INITIATED))
    rig.runner.finish()
    rig.journal.note(other("ours", S.CONNECTED), persist=False)
    assert rig.follow() == ["ours CONNECTED"]


def test_a_call_that_could_not_be_stored_stays_and_stays_the_newest() -> None:
    rig = _Beside()
    rig.journal.note(other("unstored", S.NOT_SENT), persist=False)
    rig.store.save(other("theirs"))
    assert rig.follow() == ["unstored NOT_SENT", "theirs ENDED"]


def test_a_store_that_cannot_be_read_leaves_what_is_known_and_says_it_is_done() -> None:
    class Unreadable(MemoryCallStore):
        def settle_abandoned(self) -> int:
            raise BROKEN

    runner, done = ManualRunner(), list[bool]()
    journal = Journal(Unreadable(), runner)
    journal.note(other("ours"), persist=False)
    journal.follow_behind(lambda: done.append(True))
    runner.finish()
    assert (done, [call.id for call in journal.recent()]) == ([True], ["ours"])


def test_memory_holds_the_newest_calls_only() -> None:
    rig = _Beside()
    for number in range(RECENT_LIMIT + 20):
        rig.journal.note(other(f"c-{number}"))
    rig.runner.finish()
    assert len(rig.journal.recent()) == RECENT_LIMIT
    assert rig.journal.get("c-19") is None
    rig.store.save(other("theirs"))
    assert len(rig.follow()) == RECENT_LIMIT
    assert rig.journal.recent()[0].id == "theirs"
    assert rig.follow() == rig.follow()
    assert rig.looks == 1


def test_what_is_not_stored_yet_is_stored_at_the_end_in_its_last_state() -> None:
    rig = _Beside()
    rig.journal.note(other("ours", S.INITIATED))
    rig.journal.note(other("ours", S.CONNECTED))
    rig.journal.note(other("unstored", S.NOT_SENT), persist=False)
    rig.journal.stop_listening()
    rig.journal.flush()
    assert rig.store.calls == {"ours": other("ours", S.CONNECTED)}
    rig.runner.finish()
    rig.journal.note(other("later"))
    rig.journal.follow_behind()
    rig.runner.finish()
    assert (len(rig.told), rig.looks) == (3, 0)


def test_what_is_stored_is_not_stored_again_at_the_end() -> None:
    rig = _Beside()
    rig.journal.note(other("ours", S.INITIATED))
    rig.runner.finish()
    rig.store.calls.clear()
    rig.journal.flush()
    assert rig.store.calls == {}


@pytest.mark.logs("could not be stored: The journal is damaged")
def test_a_store_that_fails_at_the_end_is_logged() -> None:
    rig = _Beside()
    rig.journal.note(other("ours"))
    rig.store.fails = BROKEN
    rig.journal.flush()
