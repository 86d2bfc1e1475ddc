"""How long a secret is held, and how settings change."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.errors import StorageError, UserFacingError
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.settings import Settings, ThemeChoice
from c2c_desktop.services.accounts import SECRET_KEPT_SECONDS, Accounts
from tests.fakes import ACCOUNT, FakeClock, ManualRunner, MemorySecretStore, MemorySettingsStore

OTHER = Account("102_1111112")


class _Rig:
    def __init__(self) -> None:
        self.clock = FakeClock()
        self.runner = ManualRunner()
        self.keyring = MemorySecretStore()
        self.keyring.texts = {ACCOUNT.user_id: "one", OTHER.user_id: "two"}
        self.store = MemorySettingsStore(Settings(accounts=(ACCOUNT, OTHER)))
        self.accounts = Accounts(self.store, self.keyring, self.runner, self.clock)
        self.failed: list[UserFacingError] = []

    def ask(self, user_id: str = ACCOUNT.user_id) -> tuple[list[str], bool]:
        """What came, and whether the keyring was asked for it."""
        got: list[str] = []
        self.accounts.with_secret(user_id, lambda s: got.append(s.reveal()), self.failed.append)
        asked = bool(self.runner.jobs)
        self.runner.finish()
        return got, asked


def test_a_secret_that_was_read_is_held_for_a_minute_and_no_longer() -> None:
    rig = _Rig()
    assert rig.ask() == (["one"], True)
    rig.clock.pass_by(SECRET_KEPT_SECONDS - 0.1)
    assert rig.ask() == (["one"], False)
    rig.clock.pass_by(0.1)
    assert rig.ask() == (["one"], True)


def test_a_minute_counts_from_the_reading_and_not_from_the_last_use() -> None:
    rig = _Rig()
    rig.ask()
    for _ in range(3):
        rig.clock.pass_by(SECRET_KEPT_SECONDS / 3)
        _, asked = rig.ask()
    assert asked


def test_one_account_s_secret_is_never_handed_out_for_another() -> None:
    rig = _Rig()
    assert rig.ask() == (["one"], True)
    assert rig.ask(OTHER.user_id) == (["two"], True)
    assert rig.ask() == (["one"], True)


def test_a_session_s_secret_does_not_expire() -> None:
    rig = _Rig()
    rig.accounts.sign_in(ACCOUNT, Secret("now"), keep=False, done=lambda: None, failed=rig.failed.append)
    rig.clock.pass_by(10 * SECRET_KEPT_SECONDS)
    assert rig.ask() == (["now"], False)


def test_a_secret_that_is_not_stored_is_not_remembered_as_missing() -> None:
    rig = _Rig()
    del rig.keyring.texts[ACCOUNT.user_id]
    assert rig.ask() == ([], True)
    assert [error.title for error in rig.failed] == ["Sign in again"]
    rig.keyring.texts[ACCOUNT.user_id] = "back"
    assert rig.ask() == (["back"], True)


def test_a_setting_that_cannot_be_stored_does_not_change() -> None:
    rig = _Rig()
    heard: list[Settings] = []
    rig.accounts.listen(heard.append)
    rig.store.fails = StorageError("The disk is full", "Free some space.")
    with pytest.raises(StorageError):
        rig.accounts.change(theme=ThemeChoice.DARK)
    assert (rig.accounts.settings.theme, heard) == (ThemeChoice.SYSTEM, [])


def test_a_changed_setting_is_stored_and_told_once() -> None:
    rig = _Rig()
    heard: list[Settings] = []
    rig.accounts.listen(heard.append)
    rig.accounts.change(theme=ThemeChoice.DARK)
    assert rig.store.settings.theme is ThemeChoice.DARK
    assert heard == [rig.accounts.settings] == [rig.store.settings]


def test_nobody_is_told_any_more_once_the_window_closes() -> None:
    rig = _Rig()
    heard: list[Settings] = []
    rig.accounts.listen(heard.append)
    rig.accounts.stop_listening()
    rig.accounts.change(theme=ThemeChoice.DARK)
    assert heard == []
    assert rig.store.settings.theme is ThemeChoice.DARK


def test_an_account_is_updated_in_its_place_or_added_at_the_end() -> None:
    rig = _Rig()
    rig.accounts.update_account(Account(ACCOUNT.user_id, region="GB"))
    rig.accounts.update_account(Account("103_1111112"))
    assert [(a.user_id, a.region) for a in rig.accounts.settings.accounts] == [
        (ACCOUNT.user_id, "GB"),
        (OTHER.user_id, "IN"),
        ("103_1111112", "IN"),
    ]


def test_activating_an_account_places_calls_with_it() -> None:
    rig = _Rig()
    assert rig.accounts.active == ACCOUNT
    rig.accounts.activate(OTHER.user_id)
    assert rig.accounts.active == OTHER
    assert rig.store.settings.active_user_id == OTHER.user_id
