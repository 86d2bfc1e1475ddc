"""Sign-ins, and what becomes of them when the keyring or the disk fails."""

from __future__ import annotations

from dataclasses import replace

import pytest

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.errors import NextStep, SecretUnavailableError, StorageError, UserFacingError
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.settings import Settings
from c2c_desktop.services.accounts import KEYRING_DEADLINE, Accounts
from c2c_desktop.services.ports import Lane
from tests.fakes import ACCOUNT, FakeClock, ManualRunner, MemorySecretStore, MemorySettingsStore

OTHER = Account("102_1111112", region="GB")
NO_KEYRING = SecretUnavailableError("There is no keyring", "Install one.", NextStep.OPEN_SETTINGS)
DISK_FULL = StorageError("The disk is full", "Free some space.")


class _Rig:
    def __init__(self, *accounts: Account) -> None:
        self.keyring = MemorySecretStore()
        active = accounts[0].user_id if accounts else ""
        self.store = MemorySettingsStore(Settings(accounts=accounts, active_user_id=active))
        self.runner = ManualRunner()
        self.accounts = Accounts(self.store, self.keyring, self.runner, FakeClock())
        self.heard: list[Settings] = []
        self.accounts.listen(self.heard.append)
        self.done: list[str] = []
        self.failed: list[UserFacingError] = []

    def sign_in(self, account: Account = ACCOUNT, secret: str = "new", *, keep: bool = True) -> None:
        self.accounts.sign_in(
            account, Secret(secret), keep=keep, done=lambda: self.done.append("in"), failed=self.failed.append
        )

    def forget(self, user_id: str = ACCOUNT.user_id) -> None:
        self.accounts.forget(user_id, lambda: self.done.append("out"), self.failed.append)

    def secret(self, user_id: str = ACCOUNT.user_id) -> str | None:
        """The secret as a call would get it; None where it fails."""
        got: list[str] = []
        self.accounts.with_secret(user_id, lambda s: got.append(s.reveal()), self.failed.append)
        self.runner.finish()
        return got[0] if got else None

    def user_ids(self) -> list[str]:
        assert self.accounts.settings == self.store.settings
        return [account.user_id for account in self.accounts.settings.accounts]


@pytest.mark.parametrize("user_id", ["", "101", "agent@example.com"])
def test_a_user_id_of_the_wrong_shape_stores_nothing(user_id: str) -> None:
    rig = _Rig()
    rig.sign_in(Account(user_id))
    assert [error.next_step for error in rig.failed] == [NextStep.FIX_SIGN_IN]
    assert (rig.runner.jobs, rig.user_ids(), rig.done) == ([], [], [])


def test_a_missing_secret_stores_nothing() -> None:
    rig = _Rig()
    rig.sign_in(secret="")
    assert [error.title for error in rig.failed] == ["App secret is missing"]
    assert (rig.runner.jobs, rig.user_ids()) == ([], [])


@pytest.mark.parametrize("error", [NO_KEYRING, OSError("the bus died")])
def test_a_keyring_that_fails_leaves_every_account_as_it_was(error: Exception) -> None:
    rig = _Rig(ACCOUNT)
    rig.keyring.texts[ACCOUNT.user_id] = "old"
    rig.keyring.fails = error
    rig.sign_in(replace(ACCOUNT, region="GB"))
    rig.sign_in(OTHER)
    rig.runner.finish()
    assert (len(rig.failed), rig.done, rig.heard) == (2, [], [])
    assert rig.accounts.settings.accounts == (ACCOUNT,)
    rig.keyring.fails = None
    assert rig.secret() == "old"


def test_a_keyring_that_does_not_answer_in_time_is_said_and_can_be_tried_again() -> None:
    rig = _Rig()
    rig.sign_in()
    assert [job.deadline for job in rig.runner.jobs] == [KEYRING_DEADLINE]
    rig.runner.expire(Lane.SECRETS)
    assert [(e.title, e.next_step) for e in rig.failed] == [("Your keyring did not answer", NextStep.RETRY)]
    assert rig.user_ids() == []


@pytest.mark.parametrize("keep", [True, False])
def test_a_settings_file_that_cannot_be_written_signs_nobody_in(keep: bool) -> None:
    rig = _Rig(ACCOUNT)
    rig.store.fails = DISK_FULL
    rig.sign_in(OTHER, keep=keep)
    rig.runner.finish()
    assert (rig.failed, rig.done, rig.heard) == ([DISK_FULL], [], [])
    assert (rig.user_ids(), rig.accounts.active) == ([ACCOUNT.user_id], ACCOUNT)


def test_a_kept_sign_in_is_in_the_keyring_and_active() -> None:
    rig = _Rig(ACCOUNT)
    rig.sign_in(Account(" 102_1111112 "), "s2")
    assert (rig.done, rig.user_ids()) == ([], [ACCOUNT.user_id])
    rig.runner.finish()
    assert (rig.done, rig.failed) == (["in"], [])
    assert rig.keyring.texts == {"102_1111112": "s2"}
    assert rig.accounts.active == Account("102_1111112")
    assert len(rig.heard) == 1


def test_a_sign_in_for_this_session_never_touches_the_keyring() -> None:
    rig = _Rig()
    rig.keyring.fails = NO_KEYRING
    rig.sign_in(keep=False)
    assert (rig.done, rig.runner.jobs, rig.accounts.active) == (["in"], [], ACCOUNT)
    assert rig.secret() == "new"
    assert rig.keyring.texts == {}


def test_a_session_s_secret_is_gone_with_the_session() -> None:
    rig = _Rig()
    rig.sign_in(keep=False)
    later = Accounts(rig.store, rig.keyring, rig.runner, FakeClock())
    later.with_secret(ACCOUNT.user_id, lambda _: rig.done.append("secret"), rig.failed.append)
    rig.runner.finish()
    assert rig.done == ["in"]
    assert [error.next_step for error in rig.failed] == [NextStep.FIX_SIGN_IN]


def test_keeping_a_sign_in_takes_the_place_of_the_session_s() -> None:
    rig = _Rig()
    rig.sign_in(secret="first", keep=False)
    rig.sign_in(secret="second")
    rig.runner.finish()
    assert rig.secret() == "second"


def test_signing_in_again_replaces_a_secret_that_is_held() -> None:
    rig = _Rig(ACCOUNT)
    rig.keyring.texts[ACCOUNT.user_id] = "old"
    assert rig.secret() == "old"
    rig.sign_in(secret="new")
    rig.runner.finish()
    assert rig.secret() == "new"


def test_signing_in_again_changes_the_account_where_it_stands() -> None:
    rig = _Rig(ACCOUNT, OTHER)
    rig.sign_in(replace(ACCOUNT, region="GB"))
    rig.runner.finish()
    assert rig.accounts.settings.accounts == (replace(ACCOUNT, region="GB"), OTHER)


def test_forgetting_with_the_keyring_away_keeps_the_account_and_its_secret() -> None:
    rig = _Rig(ACCOUNT)
    rig.keyring.texts[ACCOUNT.user_id] = "old"
    rig.keyring.fails = NO_KEYRING
    rig.forget()
    rig.runner.finish()
    assert (rig.failed, rig.done, rig.user_ids()) == ([NO_KEYRING], [], [ACCOUNT.user_id])
    assert rig.keyring.texts == {ACCOUNT.user_id: "old"}


def test_forgetting_deletes_the_secret_and_the_account() -> None:
    rig = _Rig(OTHER, ACCOUNT)
    rig.accounts.activate(ACCOUNT.user_id)
    rig.keyring.texts = {ACCOUNT.user_id: "old", OTHER.user_id: "other"}
    assert rig.secret() == "old"
    rig.forget()
    rig.runner.finish()
    assert (rig.done, rig.user_ids(), rig.accounts.active) == (["out"], [OTHER.user_id], OTHER)
    assert rig.keyring.texts == {OTHER.user_id: "other"}
    assert rig.secret() is None


def test_forgetting_another_account_leaves_the_active_one() -> None:
    rig = _Rig(ACCOUNT, OTHER)
    rig.forget(OTHER.user_id)
    rig.runner.finish()
    assert (rig.user_ids(), rig.accounts.active) == ([ACCOUNT.user_id], ACCOUNT)


def test_forgetting_a_session_also_deletes_what_an_earlier_sign_in_kept() -> None:
    rig = _Rig(ACCOUNT)
    rig.keyring.texts[ACCOUNT.user_id] = "old"
    rig.sign_in(keep=False)
    rig.forget()
    rig.runner.finish()
    assert (rig.done, rig.user_ids(), rig.keyring.texts) == (["in", "out"], [], {})


def test_a_session_without_a_keyring_can_be_forgotten() -> None:
    rig = _Rig()
    rig.keyring.fails = NO_KEYRING
    rig.sign_in(keep=False)
    rig.forget()
    rig.runner.finish()
    assert (rig.done, rig.failed, rig.user_ids()) == (["in", "out"], [], [])
    assert rig.secret() is None


def test_an_account_the_settings_file_keeps_is_said_to_be_kept() -> None:
    rig = _Rig(ACCOUNT)
    rig.store.fails = DISK_FULL
    rig.forget()
    rig.runner.finish()
    assert (rig.failed, rig.done, rig.user_ids()) == ([DISK_FULL], [], [ACCOUNT.user_id])
