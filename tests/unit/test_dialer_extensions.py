"""Calls to extensions of the own telephone system, by the account's pattern, and texts with several numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from c2c_desktop.domain.dialing import Verdict
from c2c_desktop.domain.errors import EmergencyNumberError, NumberError
from c2c_desktop.domain.number import LineKind, SeveralNumbersError
from c2c_desktop.domain.settings import Settings
from tests.fakes import ACCOUNT, INDIAN, MemorySettingsStore
from tests.unit.builders import Rig, pad


def _rig(pattern: str, *, national_digits: bool = False) -> Rig:
    account = replace(ACCOUNT, internal_extensions=pattern, national_digits=national_digits)
    return Rig(settings=MemorySettingsStore(Settings(accounts=(account,), active_user_id=account.user_id)))


def test_without_a_pattern_no_extension_is_called() -> None:
    with pytest.raises(NumberError):
        _rig("").propose("2001")


def test_the_pattern_of_the_account_does_not_open_emergency_numbers() -> None:
    with pytest.raises(EmergencyNumberError):
        _rig("xxx").propose("112")


def test_another_account_has_other_extensions() -> None:
    rig = _rig("2xxx")
    assert rig.propose("2001").number.kind is LineKind.EXTENSION
    with pytest.raises(NumberError):
        rig.dialer.consider(pad("2001"), ACCOUNT)


@pytest.mark.parametrize("national_digits", [False, True])
def test_an_extension_is_sent_digit_for_digit_and_can_be_called_again(national_digits: bool) -> None:
    rig = _rig("2xxx", national_digits=national_digits)
    call = rig.place("2001")
    rig.runner.finish()
    assert [order.to for order in rig.gateway.orders] == [2001]
    assert (call.e164, call.shown_number) == ("2001", "2001")
    assert rig.propose(call.e164).number.kind is LineKind.EXTENSION


def test_the_country_of_an_extension_is_no_reason_to_ask() -> None:
    assert _rig("2xxx").propose("2001").decision.verdict is Verdict.ALLOW


def test_several_numbers_are_not_called_before_one_is_chosen() -> None:
    rig = _rig("")
    with pytest.raises(SeveralNumbersError) as caught:
        rig.propose("98402 22222 or 98402 33333")
    assert rig.place(caught.value.choices[0].e164).e164 == INDIAN
