"""What other processes called meanwhile, clocks that are set, and a program that ends stop a call in time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.domain.dialing import Verdict
from c2c_desktop.services.ports import Lane
from tests.unit.builders import LONDON, Rig, make_call

S = CallState


def theirs(rig: Rig, state: CallState = S.INITIATED, ago: float = 5.0, **facts: object) -> Call:
    """A call another process writes to the journal."""
    call = make_call(state, id="theirs", started_at=rig.clock.now() - ago, **facts)
    rig.store.begin(call)
    return call


@pytest.mark.parametrize("confirmed", [False, True])
@pytest.mark.parametrize(
    ("state", "facts", "words"),
    [
        (S.PLACING, {}, "A call to this number is being placed right now"),
        (S.PLACING, {"e164": LONDON}, "A call to Asha Rao is being placed right now"),
        (S.INITIATED, {}, "You called this number 5 s ago"),
        (S.UNCERTAIN, {"ago": 100.0}, "You called this number 100 s ago"),
    ],
)
def test_a_call_another_process_made_meanwhile_stops_this_one(
    confirmed: bool, state: CallState, facts: dict[str, object], words: str
) -> None:
    rig = Rig()
    proposal = rig.propose()
    theirs(rig, state, **facts)  # type: ignore[arg-type]
    call = rig.dialer.place(proposal, confirmed=confirmed)
    rig.runner.finish()
    settled = rig.call(call)
    assert rig.gateway.orders == []
    assert settled.state is S.CANCELLED
    assert settled.message == (
        f"{words}, in another window or on the command line. Look at Recents before you call again."
    )
    assert rig.store.calls[call.id] == settled
    assert rig.journal.get("theirs") is not None
    assert rig.propose().decision.verdict is Verdict.ASK


@pytest.mark.parametrize(
    ("state", "facts"),
    [
        (S.ENDED, {"ago": 60.0}),
        (S.INITIATED, {"e164": LONDON}),
        (S.NOT_SENT, {}),
        (S.CANCELLED, {}),
        (S.REFUSED, {}),
    ],
)
def test_what_another_process_did_otherwise_stops_nothing(state: CallState, facts: dict[str, object]) -> None:
    rig = Rig()
    proposal = rig.propose()
    theirs(rig, state, **facts)  # type: ignore[arg-type]
    rig.dialer.place(proposal)
    rig.runner.finish()
    assert len(rig.gateway.orders) == 1


def test_a_call_the_person_was_asked_about_does_not_stop_the_one_they_confirmed() -> None:
    rig = Rig()
    theirs(rig)
    rig.journal.load()
    proposal = rig.propose()
    assert proposal.decision.verdict is Verdict.ASK
    rig.dialer.place(proposal, confirmed=True)
    rig.runner.finish()
    assert len(rig.gateway.orders) == 1


@pytest.mark.parametrize("jump", [-86400.0, -3600.0, 3600.0, 86400.0])
def test_a_second_call_asks_though_the_clock_was_set_since_the_first(jump: float) -> None:
    rig = Rig()
    rig.initiated()
    rig.clock.pass_by(10)
    rig.clock.jump(jump)
    assert rig.propose().decision.reasons == ("You called this number 10 s ago.",)
    rig.clock.pass_by(25)
    assert rig.propose().decision.verdict is Verdict.ALLOW


@pytest.mark.parametrize("jump", [-3600.0, 3600.0])
def test_a_call_of_another_run_ages_by_the_time_that_passes(jump: float) -> None:
    rig = Rig()
    theirs(rig)
    rig.journal.follow_behind()
    rig.runner.finish()
    rig.clock.jump(jump)
    rig.clock.pass_by(10)
    assert rig.propose().decision.reasons == ("You called this number 15 s ago.",)


@pytest.mark.parametrize("jump", [-3600.0, 3600.0])
def test_a_clock_that_is_set_while_a_call_waits_neither_loses_nor_repeats_it(jump: float) -> None:
    rig = Rig()
    call = rig.place()
    rig.runner.step(Lane.SECRETS)
    rig.clock.jump(jump)
    rig.runner.finish()
    assert len(rig.gateway.orders) == 1
    assert rig.call(call).state is S.INITIATED
    assert [stored.id for stored in rig.store.recent(10)] == [call.id]


def test_the_calls_after_a_clock_was_set_back_come_first() -> None:
    rig = Rig()
    first = rig.initiated()
    rig.clock.jump(-3600.0)
    second = rig.dialer.place(rig.propose(LONDON), confirmed=True)
    rig.runner.finish()
    order = [second.id, first.id]
    assert [call.id for call in rig.journal.recent()] == [call.id for call in rig.store.recent(9)] == order


def before_the_keyring(_: Rig) -> None:
    """The keyring was asked and has not answered."""


def behind_another(rig: Rig) -> None:
    rig.runner.step(Lane.SECRETS)


@pytest.mark.parametrize("waits", [before_the_keyring, behind_another])
def test_a_call_that_waits_when_the_program_ends_is_cancelled_on_disk(waits: Callable[[Rig], None]) -> None:
    rig = Rig()
    call = rig.place()
    waits(rig)
    rig.dialer.give_up()
    rig.journal.flush()
    stored = rig.store.calls[call.id]
    assert (stored.state, stored.message) == (S.CANCELLED, "The program was closed before this call was sent.")
    rig.runner.finish()
    assert rig.gateway.orders == []
    assert replace(rig.store.calls[call.id], message="") == replace(stored, message="")


def test_a_call_that_is_on_its_way_when_the_program_ends_stays_as_it_is() -> None:
    rig = Rig()
    call = rig.place()
    rig.gateway.during = rig.dialer.give_up
    rig.runner.finish()
    assert rig.call(call).state is S.INITIATED
