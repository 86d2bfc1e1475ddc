"""The calls in memory and on disk."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.services.journal import Journal
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


def test_calls_come_newest_first() -> None:
    rig = _Rig(*(make_call(S.ENDED, id=f"c-{n}", started_at=float(n)) for n in (2, 3, 1)))
    rig.journal.load()
    rig.journal.note(make_call(S.ENDED, id="c-9", started_at=2.5), persist=False)
    assert [call.id for call in rig.journal.recent()] == ["c-3", "c-9", "c-2", "c-1"]


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
