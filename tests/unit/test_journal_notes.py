"""Notes on calls: known at once, stored behind, and never lost to what else is stored of a call."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from c2c_desktop.domain.call import NOTE_LIMIT, Call, CallState
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.services.journal import RECENT_LIMIT, Journal
from c2c_desktop.services.ports import Lane
from tests.fakes import ManualRunner, MemoryCallStore
from tests.unit.builders import Rig, make_call

S = CallState
FULL = StorageError("Your data could not be stored", "The disk is full.")


class _Rig:
    """A journal, and a hand on its store."""

    def __init__(self, *stored: Call) -> None:
        self.store = MemoryCallStore()
        for call in stored:
            self.store.save(call)
        self.runner = ManualRunner()
        self.journal = Journal(self.store, self.runner)
        self.journal.adopt(self.store.recent(RECENT_LIMIT))
        self.noted: list[str] = []
        self.told: list[Call] = []
        self.looks = 0
        self.journal.listen_to_notes(self.noted.append)
        self.journal.listen(self.told.append)
        self.journal.watch_others(self._look)

    def _look(self) -> None:
        self.looks += 1

    def note(self, call_id: str = "c-1") -> str:
        call = self.journal.get(call_id)
        assert call is not None
        return call.note

    def follow(self) -> None:
        self.journal.follow_behind()
        self.runner.finish()


def test_a_note_that_cannot_be_stored_is_told_and_the_end_of_the_program_tries_again() -> None:
    rig, failed = _Rig(make_call(S.ENDED)), list[Exception]()
    rig.store.fails = FULL
    rig.journal.set_note("c-1", "Wants the offer", failed.append)
    rig.runner.finish()
    assert (failed, rig.note(), rig.store.notes) == ([FULL], "Wants the offer", {})
    rig.store.fails = None
    rig.follow()
    assert rig.note() == "Wants the offer"
    rig.journal.flush()
    assert rig.store.notes == {"c-1": "Wants the offer"}


@pytest.mark.logs("could not be stored: Your data could not be stored")
def test_a_note_that_cannot_be_stored_is_logged_where_nobody_listens_but_not_what_it_says(
    caplog: pytest.LogCaptureFixture,
) -> None:
    rig = _Rig(make_call(S.ENDED))
    rig.store.fails = FULL
    rig.journal.set_note("c-1", "Wants the offer")
    rig.runner.finish()
    assert "offer" not in caplog.text


@pytest.mark.logs("could not be stored: Your data could not be stored")
def test_a_note_that_cannot_be_stored_at_the_end_is_logged() -> None:
    rig = _Rig(make_call(S.ENDED))
    rig.journal.set_note("c-1", "Wants the offer")
    rig.store.fails = FULL
    rig.journal.flush()
    assert rig.store.notes == {}


def test_a_note_is_known_at_once_and_stored_behind() -> None:
    rig = _Rig(make_call(S.ENDED))
    rig.journal.set_note("c-1", " Wants the offer\u202e\nby Friday ")
    assert (rig.note(), rig.noted, rig.store.notes) == ("Wants the offer\nby Friday", ["c-1"], {})
    assert [job.lane for job in rig.runner.jobs] == [Lane.DATABASE]
    rig.runner.finish()
    assert rig.store.notes == {"c-1": "Wants the offer\nby Friday"}


def test_a_note_announces_nothing() -> None:
    rig = _Rig(make_call(S.ENDED))
    rig.journal.set_note("c-1", "Wants the offer")
    rig.runner.finish()
    assert rig.told == []


def test_a_call_that_is_only_on_disk_can_have_a_note() -> None:
    rig = _Rig()
    rig.store.save(make_call(S.ENDED, id="old"))
    rig.journal.set_note("old", "Wants the offer")
    rig.runner.finish()
    assert (rig.store.notes, rig.noted, rig.journal.get("old")) == ({"old": "Wants the offer"}, ["old"], None)


def test_an_empty_note_is_none() -> None:
    rig = _Rig(make_call(S.ENDED))
    rig.journal.set_note("c-1", "Wants the offer")
    rig.journal.set_note("c-1", " \n ")
    rig.runner.finish()
    assert (rig.note(), rig.store.recent(1)[0].note) == ("", "")


def test_what_is_too_long_for_a_note_is_cut() -> None:
    rig = _Rig(make_call(S.ENDED))
    rig.journal.set_note("c-1", "x" * (NOTE_LIMIT + 1))
    rig.runner.finish()
    assert len(rig.store.notes["c-1"]) == NOTE_LIMIT


def test_an_outcome_that_is_told_later_keeps_the_note() -> None:
    rig = _Rig()
    placing = make_call(S.PLACING)
    rig.journal.note(placing, persist=False)
    rig.journal.set_note("c-1", "Wants the offer")
    settled = placing.moved(S.INITIATED, request_id="r-1")
    rig.journal.note(settled)
    assert rig.told[-1].note == "Wants the offer"
    rig.runner.finish()
    (stored,) = rig.store.recent(1)
    assert (stored.state, stored.note) == (S.INITIATED, "Wants the offer")


def test_a_note_written_while_the_request_is_on_its_way_stays_with_the_call_to_its_end() -> None:
    rig = Rig()
    call = rig.place()
    rig.gateway.during = lambda: rig.journal.set_note(call.id, "Wants the offer")
    rig.runner.finish()
    settled = rig.call(call)
    assert (settled.state, settled.note) == (S.INITIATED, "Wants the offer")
    assert rig.store.recent(1)[0].note == "Wants the offer"


def test_a_note_not_stored_yet_is_kept_over_what_is_read() -> None:
    rig = _Rig(make_call(S.ENDED))
    rig.journal.follow_behind()  # reads before the note is stored
    rig.journal.set_note("c-1", "Wants the offer")
    rig.runner.finish()
    assert (rig.note(), rig.looks) == ("Wants the offer", 0)


def test_the_last_of_several_notes_written_quickly_is_kept_over_what_is_read_between() -> None:
    rig = _Rig(make_call(S.ENDED))
    for note in ("first", "second", "first"):
        rig.journal.set_note("c-1", note)
        rig.journal.follow_behind()
    for _ in range(4):
        rig.runner.step()
        assert rig.note() == "first"
    rig.runner.finish()
    assert (rig.note(), rig.store.notes) == ("first", {"c-1": "first"})


@pytest.mark.parametrize("own", [True, False])
def test_a_note_of_another_window_is_found_on_whosever_call_and_told_as_news(own: bool) -> None:
    rig = _Rig()
    rig.store.save(make_call(S.ENDED))
    if own:
        rig.journal.note(make_call(S.ENDED))
    rig.follow()
    looks = rig.looks
    rig.store.set_note("c-1", "Wants the offer")
    rig.follow()
    assert (rig.note(), rig.looks) == ("Wants the offer", looks + 1)
    rig.follow()
    assert rig.looks == looks + 1
    rig.store.set_note("c-1", "")
    rig.follow()
    assert rig.note() == ""


def test_the_end_stores_notes_and_tells_nobody() -> None:
    rig = _Rig(make_call(S.ENDED))
    rig.journal.stop_listening()
    rig.journal.set_note("c-1", "Wants the offer")
    rig.journal.flush()
    assert (rig.store.notes, rig.noted) == ({"c-1": "Wants the offer"}, [])
    rig.store.notes.clear()
    rig.journal.flush()
    assert rig.store.notes == {}


@pytest.mark.parametrize("read", [lambda rig: rig.follow(), lambda rig: rig.journal.load()])
def test_notes_are_read_with_the_calls(read: Callable[[_Rig], object]) -> None:
    rig = _Rig()
    rig.store.save(make_call(S.ENDED))
    rig.store.set_note("c-1", "Wants the offer")
    read(rig)
    assert rig.note() == "Wants the offer"
