"""Saving while others save too, and while the settings are in trouble."""

from __future__ import annotations

from dataclasses import replace

import pytest

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.errors import StorageError, UserFacingError
from c2c_desktop.domain.policy import GuardPolicy
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.settings import NotificationKind, Settings, ThemeChoice
from c2c_desktop.domain.settings_changes import carried_over
from c2c_desktop.services.accounts import Accounts
from tests.fakes import ACCOUNT, FakeClock, ManualRunner, MemorySecretStore, MemorySettingsStore

LOST = "Your settings are lost."


class _Rig:
    def __init__(self, trouble: str = "") -> None:
        self.store = MemorySettingsStore()
        self.store.settings_trouble = trouble
        self.runner = ManualRunner()
        self.accounts = Accounts(self.store, MemorySecretStore(), self.runner, FakeClock())
        self.heard: list[Settings] = []
        self.accounts.listen(self.heard.append)


def test_what_is_remembered_by_itself_is_skipped_in_trouble() -> None:
    rig = _Rig(LOST)
    before = rig.store.settings
    rig.accounts.remember(window_geometry="AdnQ")
    assert (rig.store.settings, rig.accounts.settings, rig.accounts.rules_trouble) == (before, before, LOST)


def test_what_is_remembered_by_itself_is_stored_where_all_is_well_and_told() -> None:
    rig = _Rig()
    rig.accounts.remember(window_geometry="AdnQ")
    assert rig.store.settings.window_geometry == "AdnQ"
    assert rig.heard == [rig.store.settings] == [rig.accounts.settings]


def test_an_administrator_s_trouble_does_not_keep_a_window_s_place_from_being_remembered() -> None:
    rig = _Rig()
    rig.store.rules_trouble = "Damaged."
    rig.accounts.remember(window_geometry="AdnQ")
    assert rig.store.settings.window_geometry == "AdnQ"
    assert rig.accounts.rules_trouble == "Damaged."


def test_what_is_remembered_is_no_way_around_a_lock_or_a_full_disk() -> None:
    rig = _Rig()
    rig.store.locks = {"mask_numbers": "Set by your administrator."}
    with pytest.raises(UserFacingError, match="not yours"):
        rig.accounts.remember(mask_numbers=True)
    rig.store.fails = StorageError("The disk is full", "")
    with pytest.raises(StorageError):
        rig.accounts.remember(window_geometry="AdnQ")
    assert rig.heard == []


def test_settings_the_person_saves_end_the_trouble() -> None:
    rig = _Rig(LOST)
    rig.accounts.change(theme=ThemeChoice.DARK)
    assert (rig.accounts.rules_trouble, rig.accounts.settings_trouble) == ("", "")
    assert rig.store.settings.theme is ThemeChoice.DARK


def test_an_account_that_is_stored_chosen_or_forgotten_does_not_end_it() -> None:
    rig = _Rig(LOST)
    other = Account("102_1111112")
    rig.accounts.update_account(replace(ACCOUNT, region="GB"))
    rig.accounts.sign_in(other, Secret("s"), keep=False, done=lambda: None, failed=print)
    rig.accounts.activate(ACCOUNT.user_id)
    rig.accounts.forget(other.user_id, lambda: None, print)
    rig.runner.finish()
    assert rig.store.settings.accounts == (replace(ACCOUNT, region="GB"),)
    assert rig.accounts.rules_trouble == LOST


def test_both_troubles_are_told_and_what_was_recovered() -> None:
    rig = _Rig(LOST)
    rig.store.rules_trouble, rig.store.recovered = "Damaged.", "From a copy."
    assert rig.accounts.rules_trouble == f"Damaged. {LOST}"
    assert rig.accounts.settings_trouble == LOST
    assert rig.accounts.recovered == "From a copy."


def test_a_change_is_made_to_what_another_program_stored_at_the_last_moment() -> None:
    rig = _Rig()
    rig.store.settings = replace(rig.store.settings, proxy="http://127.0.0.1:1")
    rig.accounts.change(theme=ThemeChoice.DARK)
    assert rig.accounts.settings == rig.store.settings
    assert (rig.store.settings.proxy, rig.store.settings.theme) == ("http://127.0.0.1:1", ThemeChoice.DARK)


def _policies(name: str, *values: object) -> list[Settings]:
    return [Settings(guard=replace(GuardPolicy(), **{name: value})) for value in values]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "wanted", "now", "merged"),
    [
        ("A", "AB", "AC", "ACB"),
        ("AB", "A", "ABC", "AC"),
        ("AB", "B", "A", "B"),
        ("A", "", "A", ""),
        ("A", "", "AB", "B"),
        ("AB", "BA", "AB", "BA"),
        ("", "A", "A", "A"),
        ("A", "B", "C", "CB"),
    ],
)
def test_entries_of_a_list_are_added_and_removed_one_by_one(before: str, wanted: str, now: str, merged: str) -> None:
    lists = [carried_over(*_policies("blocked_prefixes", tuple(before), tuple(wanted), tuple(now)))]
    assert lists[0].guard.blocked_prefixes == tuple(merged)
    sets = carried_over(*_policies("blocked_countries", frozenset(before), frozenset(wanted), frozenset(now)))
    assert sets.guard.blocked_countries == frozenset(merged)


def test_two_who_each_take_one_country_away_do_not_allow_all() -> None:
    before, wanted, now = _policies(
        "allowed_countries", *(frozenset(codes) for codes in (["IN", "GB"], ["IN"], ["GB"]))
    )
    assert carried_over(before, wanted, now).guard.allowed_countries == {"IN"}


def test_what_is_muted_is_added_one_by_one() -> None:
    kinds = (NotificationKind.ENDED, NotificationKind.CONNECTED)
    ours, theirs = (Settings(muted=frozenset({kind})) for kind in kinds)
    assert carried_over(Settings(), ours, theirs).muted == set(kinds)
