"""A call is sent at most once, never after a cancel, and never before it is on disk."""

from __future__ import annotations

from collections.abc import Callable, Container

import pytest

from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.domain.dialing import CallOrder, Placement
from c2c_desktop.domain.errors import NextStep, SecretUnavailableError, StorageError
from c2c_desktop.domain.secret import Secret
from c2c_desktop.services.ports import Lane, no_objection
from tests.fakes import ACCOUNT, FakeGateway, MemoryCallStore
from tests.unit.builders import Rig

S = CallState
Objection = Callable[[list[Call]], str]
DISK_FULL = StorageError("The disk is full", "Free some space.", NextStep.OPEN_SETTINGS)


class _Diary:
    """A call store and a gateway that write down what they are asked, in one order."""

    def __init__(self) -> None:
        self.events: list[str] = []
        diary = self

        class Store(MemoryCallStore):
            def begin(self, call: Call, known: Container[str] = (), objection: Objection = no_objection) -> str:
                diary.events.append(f"begin {call.state.value}")
                return super().begin(call, known, objection)

            def save(self, call: Call) -> None:
                if call.state is not CallState.PLACING:
                    diary.events.append(f"save {call.state.value}")
                super().save(call)

        class Gateway(FakeGateway):
            def place(self, order: CallOrder, secret: Secret, claim: Callable[[], bool] = lambda: True) -> Placement:
                diary.events.append("place")
                return super().place(order, secret, claim)

        self.store = Store()
        self.gateway = Gateway()


def test_the_intent_is_on_disk_before_anything_is_sent_and_the_outcome_after() -> None:
    diary = _Diary()
    rig = Rig(gateway=diary.gateway, store=diary.store)
    rig.place()
    assert diary.events == []
    rig.runner.finish()
    assert diary.events == ["begin PLACING", "place", "save INITIATED"]


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_a_proposal_placed_twice_is_one_call_and_one_order(steps: int) -> None:
    rig = Rig()
    proposal = rig.propose()
    first = rig.dialer.place(proposal)
    for _ in range(steps):
        rig.runner.step()
    second = rig.dialer.place(proposal, confirmed=True)
    rig.runner.finish()
    third = rig.dialer.place(proposal)
    assert first.id == second.id == third.id == proposal.call_id
    assert len(rig.gateway.orders) == 1
    assert len(rig.journal.recent()) == 1


@pytest.mark.parametrize("state", [S.UNCERTAIN, S.NOT_SENT, S.REFUSED])
def test_nothing_is_tried_again_by_itself(state: CallState) -> None:
    rig = Rig(gateway=FakeGateway(Placement(state)))
    rig.place()
    rig.runner.finish()
    assert len(rig.gateway.orders) == 1


def test_a_journal_that_cannot_write_means_nothing_is_sent() -> None:
    rig = Rig()
    rig.store.fails = DISK_FULL
    call = rig.place()
    rig.runner.finish()
    settled = rig.call(call)
    assert rig.gateway.orders == []
    assert (settled.state, settled.next_step) == (S.NOT_SENT, NextStep.OPEN_SETTINGS)
    assert settled.message == "The disk is full. Free some space."


def test_a_call_cancelled_while_the_keyring_is_asked_is_never_sent() -> None:
    rig = Rig()
    call = rig.place()
    assert rig.dialer.cancel(call.id)
    rig.runner.finish()
    assert rig.gateway.orders == []
    assert rig.call(call).state is S.CANCELLED
    assert rig.told == [S.PLACING, S.CANCELLED]


def test_a_call_cancelled_before_it_is_sent_sends_nothing_though_its_job_runs_later() -> None:
    rig = Rig()
    call = rig.place()
    rig.runner.step(Lane.SECRETS)
    assert rig.dialer.cancel(call.id)
    rig.runner.step(Lane.NETWORK)
    assert rig.gateway.orders == []
    assert rig.call(call).state is S.CANCELLED


@pytest.mark.parametrize("first", [Lane.DATABASE, Lane.NETWORK])
def test_a_cancelled_call_is_cancelled_on_disk_whichever_lane_writes_last(first: Lane) -> None:
    rig = Rig()
    call = rig.place()
    rig.runner.step(Lane.SECRETS)
    rig.dialer.cancel(call.id)
    rig.runner.step(first)
    rig.runner.finish()
    assert rig.store.calls[call.id].state is S.CANCELLED
    assert rig.store.calls[call.id].ended_at == rig.clock.now()
    assert rig.store.settle_abandoned() == 0


def test_a_cancel_while_the_intent_is_being_written_still_holds() -> None:
    class Slow(MemoryCallStore):
        def begin(self, call: Call, known: Container[str] = (), objection: Objection = no_objection) -> str:
            if not cancelled:
                cancelled.append(rig.dialer.cancel(call.id))
            return super().begin(call, known, objection)

    cancelled: list[bool] = []
    rig = Rig(store=Slow())
    call = rig.place()
    rig.runner.finish()
    assert cancelled == [True]
    assert rig.gateway.orders == []
    assert rig.store.calls[call.id].state is S.CANCELLED


def test_a_disk_that_fails_after_a_cancel_leaves_the_call_cancelled() -> None:
    rig = Rig()
    call = rig.place()
    rig.runner.step(Lane.SECRETS)
    rig.dialer.cancel(call.id)
    rig.runner.step(Lane.DATABASE)
    rig.store.fails = DISK_FULL
    rig.runner.finish()
    assert rig.call(call).state is S.CANCELLED
    assert rig.told == [S.PLACING, S.CANCELLED]


def test_a_call_on_its_way_cannot_be_cancelled() -> None:
    rig = Rig()
    call = rig.place()
    answers: list[bool] = []
    rig.gateway.during = lambda: answers.append(rig.dialer.cancel(call.id))
    rig.runner.finish()
    assert answers == [False]
    assert rig.call(call).state is S.INITIATED


def test_cancelling_twice_says_the_second_time_that_it_is_too_late() -> None:
    rig = Rig()
    call = rig.place()
    assert [rig.dialer.cancel(call.id), rig.dialer.cancel(call.id)] == [True, False]


def test_a_call_that_is_over_or_unknown_cannot_be_cancelled() -> None:
    rig = Rig()
    call = rig.initiated()
    assert not rig.dialer.cancel(call.id)
    assert not rig.dialer.cancel("no such call")
    assert rig.call(call).state is S.INITIATED


@pytest.mark.logs("failed inside after it was sent")
@pytest.mark.parametrize("error", [RuntimeError("bug"), StorageError("Odd", "Odd.")])
def test_a_gateway_that_raises_leaves_the_call_uncertain(error: Exception) -> None:
    rig = Rig()
    rig.gateway.fails = error
    call = rig.place()
    rig.runner.finish()
    assert rig.call(call).state is S.UNCERTAIN
    assert rig.store.calls[call.id].state is S.UNCERTAIN
    assert len(rig.gateway.orders) == 1


@pytest.mark.logs("failed inside before it was sent")
def test_a_bug_before_anything_was_sent_leaves_the_call_not_sent() -> None:
    class Broken(MemoryCallStore):
        def begin(self, call: Call, known: Container[str] = (), objection: Objection = no_objection) -> str:
            raise RuntimeError(f"bug at {call.id}, {known}, {objection}")

    rig = Rig(store=Broken())
    call = rig.place()
    rig.runner.finish()
    assert rig.gateway.orders == []
    assert (rig.call(call).state, rig.call(call).message) == (S.NOT_SENT, "Something went wrong inside.")
    assert rig.store.calls[call.id].state is S.NOT_SENT


def test_a_missing_secret_sends_nothing_and_leads_to_the_sign_in() -> None:
    rig = Rig()
    rig.keyring.delete(ACCOUNT.user_id)
    call = rig.place()
    rig.runner.finish()
    settled = rig.call(call)
    assert (settled.state, settled.next_step) == (S.NOT_SENT, NextStep.FIX_SIGN_IN)
    assert settled.message.startswith("Sign in again.")
    assert (rig.gateway.orders, rig.store.calls[call.id].state) == ([], S.NOT_SENT)


def test_a_keyring_that_does_not_answer_in_time_sends_nothing_and_offers_a_retry() -> None:
    rig = Rig()
    call = rig.place()
    rig.runner.expire(Lane.SECRETS)
    rig.runner.finish()
    settled = rig.call(call)
    assert (settled.state, settled.next_step) == (S.NOT_SENT, NextStep.RETRY)
    assert "did not answer" in settled.message
    assert rig.gateway.orders == []


@pytest.mark.parametrize(
    ("error", "step", "words"),
    [
        (
            SecretUnavailableError("It is locked", "Unlock it.", NextStep.OPEN_SETTINGS),
            NextStep.OPEN_SETTINGS,
            "Unlock",
        ),
        (OSError("the bus died"), NextStep.RETRY, "Your keyring failed"),
    ],
)
def test_a_keyring_that_fails_sends_nothing_and_says_why(error: Exception, step: NextStep, words: str) -> None:
    rig = Rig()
    rig.keyring.fails = error
    call = rig.place()
    rig.runner.finish()
    assert (rig.call(call).state, rig.call(call).next_step) == (S.NOT_SENT, step)
    assert words in rig.call(call).message
    assert rig.gateway.orders == []


def test_a_keyring_that_fails_after_a_cancel_leaves_the_call_cancelled() -> None:
    rig = Rig()
    call = rig.place()
    rig.dialer.cancel(call.id)
    rig.runner.expire(Lane.SECRETS)
    rig.runner.finish()
    assert rig.call(call).state is S.CANCELLED
    assert rig.told == [S.PLACING, S.CANCELLED]
