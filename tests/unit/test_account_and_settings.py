"""Accounts, the shape of a user ID, and the settings' defaults."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_desktop.domain.account import Account, checked_user_id
from c2c_desktop.domain.errors import NextStep, UserFacingError
from c2c_desktop.domain.settings import NotificationKind, Settings


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_a_missing_user_id_is_said_to_be_missing(text: str) -> None:
    with pytest.raises(UserFacingError) as caught:
        checked_user_id(text)
    assert caught.value.title == "User ID is missing"
    assert caught.value.next_step is NextStep.FIX_SIGN_IN


@pytest.mark.parametrize(
    "text",
    [
        "101",
        "101_",
        "_1111112",
        "101-1111112",
        "101_1111112_3",
        "abc_1111112",
        "101_11x1112",
        "101 _1111112",
        "१०१_1111112",
        "101_1111112\n102_1111112",
        "12345678901_1111112",
        "101_1234567890123456",
        "agent@example.com",
    ],
)
def test_what_is_no_user_id_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UserFacingError, match="101_1111112") as caught:
        checked_user_id(text)
    assert caught.value.next_step is NextStep.FIX_SIGN_IN


@pytest.mark.parametrize("text", ["101_1111112", " 101_1111112\n", "1_1", "1234567890_123456789012345"])
def test_a_user_id_is_taken_without_surrounding_space(text: str) -> None:
    assert checked_user_id(text) == text.strip()


@given(st.text())
def test_a_checked_user_id_is_two_groups_of_digits(text: str) -> None:
    try:
        extension, _, app = checked_user_id(text).partition("_")
    except UserFacingError:
        return
    assert (extension + app).isascii()
    assert extension.isdigit()
    assert app.isdigit()


@pytest.mark.parametrize(
    ("user_id", "masked"),
    [("101_1111112", "101_•••••12"), ("101_12", "101_12"), ("7_1", "7_1"), ("odd", "odd_")],
)
def test_a_masked_user_id_shows_the_extension_and_two_digits(user_id: str, masked: str) -> None:
    assert Account(user_id).masked_user_id == masked


def test_an_account_holds_no_secret() -> None:
    assert not [name for name in Account.__slots__ if "secret" in name]


def test_nobody_is_signed_in_before_the_first_sign_in() -> None:
    assert Settings().active_account is None
    assert Settings().region == Account("").region


def test_an_active_user_id_that_is_gone_falls_back_to_the_first_account() -> None:
    first, second = Account("101_1111112"), Account("102_1111112")
    assert Settings(accounts=(first, second), active_user_id="999_1").active_account is first


def test_the_active_account_is_the_one_with_the_active_user_id() -> None:
    first, second = Account("101_1111112"), Account("102_1111112")
    assert Settings(accounts=(first, second), active_user_id="102_1111112").active_account is second


def test_numbers_without_a_country_are_of_the_active_account() -> None:
    accounts = Account("101_1111112"), Account("102_1111112", region="GB")
    assert Settings(accounts=accounts, active_user_id="102_1111112").region == "GB"


def test_trouble_is_what_never_got_as_far_as_ringing() -> None:
    trouble = {kind for kind in NotificationKind if kind.is_trouble}
    assert trouble == {NotificationKind.REFUSED, NotificationKind.NOT_SENT, NotificationKind.UNCERTAIN}


def test_nothing_is_muted_and_no_proxy_set_by_default() -> None:
    settings = Settings()
    assert (settings.muted, settings.proxy, settings.ca_file) == (frozenset(), "", "")


@pytest.mark.parametrize(("message", "text"), [("It is locked.", "Keyring: It is locked."), ("", "Keyring")])
def test_an_error_reads_as_its_title_and_message(message: str, text: str) -> None:
    assert str(UserFacingError("Keyring", message)) == text
