"""From a request to one order at the service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.caller_id import CallerIdError
from c2c_desktop.domain.dialing import CallOrder, Decision, DialRequest, Placement, UnansweredError, Verdict
from c2c_desktop.domain.errors import NextStep, NumberError, UserFacingError
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.settings import Settings
from c2c_desktop.services.dialer import STALE_SECONDS
from c2c_desktop.services.ports import Lane
from tests.fakes import ACCOUNT, INDIAN, FakeGateway, MemorySettingsStore
from tests.unit.builders import LONDON, TYPED_SECRET, Rig, pad, signed_out

S = CallState


def _rig(**account: object) -> Rig:
    changed = replace(ACCOUNT, **account)  # type: ignore[arg-type]
    return Rig(settings=MemorySettingsStore(Settings(accounts=(changed,))))


def _order(rig: Rig, text: str = INDIAN, **facts: object) -> CallOrder:
    rig.place(text, **facts)
    rig.runner.finish()
    (order,) = rig.gateway.orders
    return order


def test_a_text_that_is_no_number_is_said_before_a_missing_sign_in() -> None:
    with pytest.raises(NumberError):
        signed_out().dialer.consider(pad("asha"))


def test_nobody_signed_in_is_sent_to_the_sign_in() -> None:
    with pytest.raises(UserFacingError) as caught:
        signed_out().dialer.consider(pad("98402 22222"))
    assert caught.value.next_step is NextStep.FIX_SIGN_IN


def test_considering_a_call_sends_and_stores_nothing() -> None:
    rig = Rig()
    rig.propose()
    assert (rig.runner.jobs, rig.journal.recent(), rig.gateway.orders) == ([], [], [])


def test_a_national_number_is_read_in_the_region_of_the_account_or_the_request() -> None:
    rig = _rig(region="GB")
    assert rig.propose("020 7946 0123").number.e164 == LONDON
    assert rig.propose("98402 22222", region="IN").number.e164 == INDIAN


def test_what_a_request_leaves_open_is_the_account_s() -> None:
    rig = _rig(route=Route.MOBILE, caller_id="912249000000", extra_params={"team": "north"})
    proposal = rig.propose()
    assert (proposal.route, proposal.caller_id) == (Route.MOBILE, "912249000000")
    assert proposal.extra_params == {"team": "north"}


def test_what_a_request_says_overrides_the_account_even_where_it_is_empty() -> None:
    rig = _rig(route=Route.MOBILE, caller_id="912249000000", extra_params={"team": "north"})
    proposal = rig.propose(route=Route.NEITHER, caller_id="", extra_params={})
    assert (proposal.route, proposal.caller_id, proposal.extra_params) == (Route.NEITHER, "", {})


def test_a_call_can_be_placed_with_another_account_than_the_active_one() -> None:
    other = Account("102_1111112", region="GB", route=Route.MOBILE)
    proposal = Rig().dialer.consider(pad("020 7946 0123"), other)
    assert (proposal.account, proposal.route, proposal.number.e164) == (other, Route.MOBILE, LONDON)


def test_the_order_holds_exactly_what_was_proposed() -> None:
    order = _order(Rig(), route=Route.MOBILE, caller_id="+91 22 4900 0000", extra_params={"deal": "7"})
    assert order == CallOrder(ACCOUNT.user_id, 919840222222, Route.MOBILE, 912249000000, {"deal": "7"})


def test_the_secret_of_the_account_goes_with_the_order() -> None:
    rig = Rig()
    _order(rig)
    assert rig.gateway.secrets == [TYPED_SECRET]


def test_without_a_caller_id_none_is_sent() -> None:
    assert _order(Rig()).caller_id is None


def test_a_caller_id_in_other_digits_is_sent_in_ascii() -> None:
    assert _order(Rig(), caller_id="٩١ २२ 4900").caller_id == 91224900


@pytest.mark.parametrize("caller_id", ["front desk", "²³", "+"])
def test_a_caller_id_without_digits_sends_nothing_and_says_so(caller_id: str) -> None:
    rig = Rig()
    with pytest.raises(CallerIdError, match="is no number"):
        rig.place(caller_id=caller_id)
    assert (rig.gateway.orders, rig.store.calls) == ([], {})


@pytest.mark.parametrize("caller_id", ["04428889999", "0", "+0 44", "1" * 16])
def test_a_caller_id_that_would_be_sent_otherwise_than_it_is_shown_sends_nothing(caller_id: str) -> None:
    rig = Rig()
    with pytest.raises(CallerIdError):
        rig.place(caller_id=caller_id)
    assert (rig.gateway.orders, rig.store.calls) == ([], {})


def test_national_digits_are_sent_where_the_account_says_so() -> None:
    assert _order(_rig(national_digits=True)).to == 9840222222


def test_another_country_s_number_keeps_its_code_though_national_digits_are_on() -> None:
    assert _order(_rig(national_digits=True), LONDON).to == 442079460123


def test_a_leading_zero_is_not_lost_to_national_digits() -> None:
    assert _order(_rig(national_digits=True, region="IT"), "06 6982 0123").to == 390669820123


def test_countries_that_share_a_code_share_national_digits() -> None:
    assert _order(_rig(national_digits=True, region="CA"), "+1 202-555-0123").to == 2025550123


def test_a_placed_call_is_placing_at_once_and_known_by_what_was_shown() -> None:
    rig = Rig()
    proposal = rig.propose(contact_name="Asha Rao", caller_id="91224900", extra_params={"deal": "7"})
    call = rig.dialer.place(proposal)
    assert call == Call(
        id=proposal.call_id,
        e164=INDIAN,
        shown_number="+91 98402 22222",
        contact_name="Asha Rao",
        source=Source.PAD,
        route=Route.SOFTPHONE,
        user_id=ACCOUNT.user_id,
        started_at=rig.clock.now(),
        state=S.PLACING,
        caller_id="91224900",
        extra_params={"deal": "7"},
    )
    assert rig.told == [S.PLACING]


@pytest.mark.parametrize("state", [S.INITIATED, S.REFUSED, S.NOT_SENT, S.UNCERTAIN])
def test_what_the_service_answers_becomes_the_call_s_state_in_memory_and_on_disk(state: CallState) -> None:
    rig = Rig(gateway=FakeGateway(Placement(state, 420, "Words", "r-9", NextStep.USE_SOFTPHONE)))
    call = rig.place()
    rig.clock.pass_by(3)
    rig.runner.finish()
    settled = rig.call(call)
    assert (settled.state, settled.code, settled.message) == (state, 420, "Words")
    assert (settled.request_id, settled.next_step) == ("r-9", NextStep.USE_SOFTPHONE)
    assert settled.ended_at == (None if state is S.INITIATED else rig.clock.now())
    assert rig.store.calls[call.id] == settled
    assert rig.told == [S.PLACING, state]


@pytest.mark.parametrize(
    ("text", "source"), [(INDIAN, Source.LINK), (INDIAN, Source.HOTKEY), ("+1 900 555 0123", Source.PAD)]
)
def test_a_call_the_guard_asks_about_is_not_placed_unconfirmed(text: str, source: Source) -> None:
    rig = Rig()
    proposal = rig.dialer.consider(DialRequest(text, source))
    with pytest.raises(ValueError, match="guard asks"):
        rig.dialer.place(proposal)
    assert (rig.runner.jobs, rig.journal.recent()) == ([], [])
    assert rig.dialer.place(proposal, confirmed=True).state is S.PLACING


def test_a_question_that_came_up_after_the_proposal_must_be_confirmed_too() -> None:
    rig = Rig()
    first, second = rig.propose(), rig.propose()
    assert second.decision.verdict is Verdict.ALLOW
    rig.dialer.place(first)
    for confirmed in (False, True):
        with pytest.raises(UnansweredError) as raised:
            rig.dialer.place(second, confirmed=confirmed)
        assert raised.value.decision.verdict is Verdict.ASK
    rig.runner.finish()
    assert len(rig.gateway.orders) == 1


def test_a_refused_proposal_is_not_placed_even_confirmed() -> None:
    rig = Rig()
    proposal = replace(rig.propose(), decision=Decision(Verdict.REFUSE, ("Not from here.",)))
    with pytest.raises(UserFacingError, match="Not from here"):
        rig.dialer.place(proposal, confirmed=True)
    assert (rig.runner.jobs, rig.journal.recent()) == ([], [])


def test_preparing_reads_the_secret_and_opens_the_connection_but_sends_nothing() -> None:
    rig = Rig()
    rig.dialer.prepare()
    rig.runner.finish()
    assert (rig.gateway.warmed, rig.gateway.orders, rig.told) == (1, [], [])
    rig.place()
    assert [job.lane for job in rig.runner.jobs] == [Lane.NETWORK]


def test_preparing_with_a_keyring_that_fails_is_no_trouble_yet() -> None:
    rig = Rig()
    rig.keyring.fails = OSError("locked")
    rig.dialer.prepare()
    rig.runner.finish()
    assert (rig.gateway.warmed, rig.told) == (1, [])


def test_there_is_nothing_to_prepare_before_the_first_sign_in() -> None:
    rig = signed_out()
    rig.dialer.prepare()
    assert rig.runner.jobs == []


def test_keystrokes_on_a_dead_network_pile_up_neither_attempts_nor_questions_to_the_keyring() -> None:
    rig = Rig()
    for _ in range(20):
        rig.dialer.prepare()
    assert [job.lane for job in rig.runner.jobs] == [Lane.SECRETS, Lane.NETWORK]
    rig.runner.finish()
    rig.dialer.prepare()
    assert [job.lane for job in rig.runner.jobs] == [Lane.NETWORK]


def test_a_keyring_that_refused_is_asked_again_only_by_a_call() -> None:
    rig = Rig()
    rig.keyring.fails = OSError("locked")
    rig.dialer.prepare()
    rig.runner.finish()
    rig.dialer.prepare()
    assert [job.lane for job in rig.runner.jobs] == [Lane.NETWORK]
    rig.runner.finish()
    rig.keyring.fails = None
    call = rig.place()
    rig.runner.finish()
    after = rig.journal.get(call.id)
    assert after is not None
    assert after.state is S.INITIATED


def test_a_connection_that_could_not_be_opened_is_tried_again_at_the_next_keystroke() -> None:
    rig = Rig()
    rig.dialer.prepare()
    rig.runner.step(Lane.SECRETS)
    rig.runner.jobs[0].failed(RuntimeError("a bug in the gateway"))
    rig.runner.jobs.clear()
    rig.dialer.prepare()
    assert [job.lane for job in rig.runner.jobs] == [Lane.NETWORK]


@pytest.mark.parametrize("jump", [0.0, -3600.0, 3600.0])
def test_a_call_that_had_to_wait_too_long_is_not_sent_whatever_the_clock_says(jump: float) -> None:
    rig = Rig()
    call = rig.place()
    rig.runner.step(Lane.SECRETS)
    rig.clock.pass_by(STALE_SECONDS + 1)
    rig.clock.jump(jump)
    rig.runner.finish()
    after = rig.journal.get(call.id)
    assert after is not None
    assert (after.state, after.next_step, rig.gateway.orders) == (S.NOT_SENT, NextStep.RETRY, [])


def test_a_call_can_be_cancelled_until_its_first_byte_leaves() -> None:
    rig = Rig()
    call = rig.place()
    rig.runner.step(Lane.SECRETS)

    class Connecting(FakeGateway):
        def place(self, order: CallOrder, secret: Secret, claim: Callable[[], bool] = lambda: True) -> Placement:
            assert rig.dialer.cancel(call.id)  # while the connection is being opened
            return super().place(order, secret, claim)

    gateway = rig.dialer._gateway = Connecting()
    rig.runner.finish()
    after = rig.journal.get(call.id)
    assert after is not None
    assert (after.state, gateway.orders, rig.store.calls[call.id].state) == (S.CANCELLED, [], S.CANCELLED)


def test_a_yes_holds_however_long_it_took_and_covers_no_other_question() -> None:
    rig = Rig()
    rig.dialer.place(rig.propose())
    rig.runner.finish()
    rig.clock.pass_by(3)
    again = rig.propose()
    assert again.decision.reasons == ("You called this number 3 s ago.",)
    rig.clock.pass_by(9)
    other = rig.propose("+1 900 555 0123")
    assert rig.dialer.place(again, confirmed=True).state is S.PLACING
    rig.runner.finish()
    with pytest.raises(UnansweredError, match="Something has changed"):
        rig.dialer.place(replace(other, decision=Decision(Verdict.ALLOW)), confirmed=True)
    assert len(rig.gateway.orders) == 2
