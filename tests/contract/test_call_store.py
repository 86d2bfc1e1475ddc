"""Every journal keeps calls, newest first, and settles what an earlier run left open."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.route import Route
from c2c_desktop.services.ports import CallStore
from tests.contract.permissions import without_root
from tests.fakes import INDIAN, MemoryCallStore


def call(call_id: str, started_at: float | None = None, state: CallState = CallState.PLACING) -> Call:
    return Call(
        id=call_id,
        e164=INDIAN,
        shown_number="+91 98402 22222",
        contact_name="",
        source=Source.PAD,
        route=Route.SOFTPHONE,
        user_id="101_1111112",
        started_at=time.time() if started_at is None else started_at,
        state=state,
    )


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CallStore]:
    if request.param == "memory":
        yield MemoryCallStore()
        return
    store = SqliteCallStore(tmp_path / "calls.sqlite3")
    yield store
    store.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[SqliteCallStore]:
    store = SqliteCallStore(tmp_path / "calls.sqlite3")
    yield store
    store.close()


def test_an_empty_journal_has_no_calls_and_nothing_to_settle(store: CallStore) -> None:
    assert store.recent(10) == []
    assert store.settle_abandoned() == 0


def test_every_field_of_a_call_comes_back(store: CallStore) -> None:
    full = Call(
        id="full",
        e164=INDIAN,
        shown_number="+91 98402 22222",
        contact_name="Asha Rao \u0928\u092e\u0938\u094d\u0924\u0947",
        source=Source.COMMAND_LINE,
        route=Route.MOBILE,
        user_id="101_1111112",
        started_at=1_800_000_000.25,
        state=CallState.ENDED,
        caller_id="+44 20 7946 0001",
        extra_params={"ticket": "7", "naïve": "';--"},
        request_id="r-1",
        code=200,
        message="Call initiated",
        next_step=NextStep.COPY_REQUEST_ID,
        connected_at=1_800_000_003.5,
        ended_at=1_800_000_015.0,
        talk_seconds=11.5,
        outcome=CallState.CONNECTED,
    )
    store.begin(full)
    assert store.recent(1) == [full]


@pytest.mark.parametrize("state", list(CallState))
def test_every_state_can_be_stored(store: CallStore, state: CallState) -> None:
    store.begin(call("one", state=state))
    assert [c.state for c in store.recent(1)] == [state]


def test_saving_replaces_the_call_with_that_id(store: CallStore) -> None:
    begun = call("one")
    store.begin(begun)
    settled = begun.moved(CallState.REFUSED, code=404, message="no", next_step=NextStep.FIX_SIGN_IN)
    store.save(settled)
    assert store.recent(10) == [settled]


@pytest.mark.parametrize("times", [(100.0, 200.0, 300.0), (5000.0, 100.0, 200.0), (300.0, 200.0, 100.0)])
def test_the_call_written_last_comes_first_whatever_the_clock_was_set_to(
    store: CallStore, times: tuple[float, float, float]
) -> None:
    for call_id, started_at in zip(("first", "second", "third"), times, strict=True):
        store.begin(call(call_id, started_at))
    assert [c.id for c in store.recent(10)] == ["third", "second", "first"]
    assert [c.id for c in store.recent(2)] == ["third", "second"]


def test_a_call_that_is_saved_again_keeps_its_place(store: CallStore) -> None:
    for call_id in ("first", "second", "third"):
        store.begin(call(call_id, 100.0))
    store.save(call("first", 100.0, CallState.UNCERTAIN))
    assert [c.id for c in store.recent(10)] == ["third", "second", "first"]


def test_only_calls_being_placed_are_settled_as_uncertain(store: CallStore) -> None:
    for state in CallState:
        store.save(call(state.value, state=state))  # as an earlier run left it
    assert store.settle_abandoned() == 1
    found = {c.id: c for c in store.recent(100)}
    assert found["PLACING"].state is CallState.UNCERTAIN
    assert "stopped while this call was being placed" in found["PLACING"].message
    assert all(found[state.value].state is state for state in CallState if state is not CallState.PLACING)
    assert store.settle_abandoned() == 0


def test_an_objection_hears_of_every_call_but_the_known_and_stops_the_intent(store: CallStore) -> None:
    for call_id in ("known", "theirs", "newest"):
        store.begin(call(call_id, 100.0, CallState.ENDED))
    heard: list[str] = []

    def objects(unknown: list[Call]) -> str:
        heard.extend(c.id for c in unknown)
        return "Another window called."

    assert store.begin(call("ours"), {"known"}, objects) == "Another window called."
    assert heard == ["newest", "theirs"]
    assert [c.id for c in store.recent(10)] == ["newest", "theirs", "known"]
    store.save(call("ours"))
    assert store.settle_abandoned() == 1  # it was not begun


def test_an_intent_nobody_objects_to_is_stored_and_is_never_asked_about_itself(store: CallStore) -> None:
    heard: list[list[Call]] = []

    def agrees(unknown: list[Call]) -> str:
        heard.append(unknown)
        return ""

    for _ in range(2):
        assert store.begin(call("ours"), frozenset(), agrees) == ""
    assert heard == [[], []]
    assert [c.id for c in store.recent(10)] == ["ours"]


BEGIN_A_CALL = """
import sys
from pathlib import Path
from c2c_desktop.adapters.call_store import SqliteCallStore
from tests.contract.test_call_store import call
store = SqliteCallStore(Path(sys.argv[1]))
store.begin(call("theirs", float(sys.argv[2])))
print("begun", flush=True)
sys.stdin.read()
"""


def another_program(path: Path, started_at: float) -> subprocess.Popen[str]:
    """A process that has a call under way in the same journal."""
    process = subprocess.Popen(
        [sys.executable, "-c", BEGIN_A_CALL, str(path), str(started_at)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=30)


def test_a_call_of_a_program_that_still_runs_is_left_to_it(sqlite_store: SqliteCallStore, tmp_path: Path) -> None:
    other = another_program(tmp_path / "calls.sqlite3", time.time())
    try:
        assert sqlite_store.settle_abandoned() == 0
        assert [c.state for c in sqlite_store.recent(1)] == [CallState.PLACING]
    finally:
        end(other)
    assert sqlite_store.settle_abandoned() == 1
    assert [c.state for c in sqlite_store.recent(1)] == [CallState.UNCERTAIN]


def test_a_call_placed_long_ago_is_settled_whoever_bears_its_process_id_now(
    sqlite_store: SqliteCallStore, tmp_path: Path
) -> None:
    other = another_program(tmp_path / "calls.sqlite3", time.time() - 3600)
    try:
        assert sqlite_store.settle_abandoned() == 0  # it still runs: it may have hung, or the clock was set
        change(tmp_path / "calls.sqlite3", "owner_began = 0")  # as where the system tells of no beginning
        assert sqlite_store.settle_abandoned() == 1
    finally:
        end(other)
    assert [c.state for c in sqlite_store.recent(1)] == [CallState.UNCERTAIN]


def test_a_call_whose_process_id_went_to_another_program_is_settled(
    sqlite_store: SqliteCallStore, tmp_path: Path
) -> None:
    other = another_program(tmp_path / "calls.sqlite3", time.time())
    try:
        change(tmp_path / "calls.sqlite3", "owner_began = owner_began - 1")
        assert sqlite_store.settle_abandoned() == 1
    finally:
        end(other)


def change(path: Path, what: str) -> None:
    """Set columns of every call, as no program does."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE call SET {what}")


def test_a_call_of_a_running_program_of_another_user_is_left_to_it(
    sqlite_store: SqliteCallStore, tmp_path: Path
) -> None:
    sqlite_store.save(call("theirs"))
    change(tmp_path / "calls.sqlite3", "owner = 1, owner_began = 0")  # it runs as long as the computer does
    with without_root():
        assert sqlite_store.settle_abandoned() == 0
    assert [c.state for c in sqlite_store.recent(1)] == [CallState.PLACING]


def test_the_owner_of_a_call_stays_the_program_that_began_it(sqlite_store: SqliteCallStore, tmp_path: Path) -> None:
    other = another_program(tmp_path / "calls.sqlite3", time.time())
    try:
        theirs = sqlite_store.recent(1)[0]
        sqlite_store.save(replace(theirs, message="seen"))
        assert sqlite_store.settle_abandoned() == 0
    finally:
        end(other)


def test_a_call_this_program_is_placing_is_not_taken_for_abandoned(store: CallStore) -> None:
    store.begin(call("ours"))
    assert store.settle_abandoned() == 0
    assert store.recent(1)[0].state is CallState.PLACING


@pytest.mark.logs("cannot be read")
@pytest.mark.parametrize(("column", "value"), [("source", "fax"), ("extra_params", "[1]"), ("extra_params", "{")])
def test_one_entry_that_cannot_be_read_hides_no_other(
    sqlite_store: SqliteCallStore, tmp_path: Path, column: str, value: str
) -> None:
    for name in ("good", "odd"):
        sqlite_store.begin(call(name, state=CallState.ENDED))
    with closing(sqlite3.connect(tmp_path / "calls.sqlite3")) as connection:
        connection.execute(f"UPDATE call SET {column} = ? WHERE id = 'odd'", (value,))
        connection.commit()
    assert [call.id for call in sqlite_store.recent(10)] == ["good"]
