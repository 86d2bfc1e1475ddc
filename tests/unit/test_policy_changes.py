"""Changing settings: what another program wrote meanwhile stays, and what is locked cannot be changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import Verdict
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.policy import CallingHours, GuardPolicy
from c2c_desktop.domain.settings import Settings, ThemeChoice
from c2c_desktop.domain.settings_changes import carried_over
from c2c_desktop.services.accounts import Accounts
from tests.fakes import ACCOUNT, FakeClock, ManualRunner, MemorySecretStore, MemorySettingsStore

OTHER = Account("102_1111112")
WORDS = "Set by your administrator: Example Ltd."
LINKS_REFUSED = {**GuardPolicy().sources, Source.LINK: Verdict.REFUSE}


class TwoPrograms:
    """Two programs on one settings file."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.store = MemorySettingsStore(settings or Settings(accounts=(ACCOUNT,), active_user_id=ACCOUNT.user_id))
        self.ours, self.theirs = self._accounts(), self._accounts()

    def _accounts(self) -> Accounts:
        return Accounts(self.store, MemorySecretStore(), ManualRunner(), FakeClock())


def test_an_account_another_program_added_survives_our_change() -> None:
    both = TwoPrograms()
    both.theirs.update_account(OTHER)
    both.ours.change(window_geometry="AdnQ")
    assert both.store.settings.accounts == (ACCOUNT, OTHER)
    assert both.store.settings.window_geometry == "AdnQ"
    assert both.ours.settings == both.store.settings


def test_a_place_on_the_screen_another_program_stored_survives_our_account() -> None:
    both = TwoPrograms()
    both.theirs.change(window_geometry="AdnQ", theme=ThemeChoice.DARK)
    both.ours.update_account(replace(ACCOUNT, region="GB"))
    assert both.store.settings.window_geometry == "AdnQ"
    assert both.store.settings.theme is ThemeChoice.DARK
    assert both.store.settings.accounts == (replace(ACCOUNT, region="GB"),)


def test_what_we_set_without_changing_it_does_not_undo_another_program_s_change() -> None:
    both = TwoPrograms()
    both.theirs.change(proxy="http://127.0.0.1:1")
    both.ours.change(proxy="", theme=ThemeChoice.DARK)
    assert both.store.settings.proxy == "http://127.0.0.1:1"


def test_one_account_s_fields_and_parameters_are_changed_one_by_one() -> None:
    account = replace(ACCOUNT, extra_params={"a": "1", "b": "2"})
    both = TwoPrograms(Settings(accounts=(account,)))
    both.theirs.update_account(replace(account, region="GB", extra_params={"a": "1", "b": "3", "c": "4"}))
    both.ours.update_account(replace(account, caller_id="+442079460123", extra_params={"b": "2", "d": "5"}))
    assert both.store.settings.accounts == (
        replace(account, region="GB", caller_id="+442079460123", extra_params={"b": "3", "c": "4", "d": "5"}),
    )


def test_an_account_another_program_forgot_stays_gone_unless_we_change_it() -> None:
    both = TwoPrograms(Settings(accounts=(ACCOUNT, OTHER)))
    both.theirs.change(accounts=(ACCOUNT,))
    both.ours.change(theme=ThemeChoice.DARK)
    assert both.store.settings.accounts == (ACCOUNT,)
    again = TwoPrograms(Settings(accounts=(ACCOUNT, OTHER)))
    again.theirs.change(accounts=(ACCOUNT,))
    again.ours.update_account(replace(OTHER, region="GB"))
    assert again.store.settings.accounts == (ACCOUNT, replace(OTHER, region="GB"))


def test_an_account_we_forget_is_gone_though_another_program_changed_it() -> None:
    both = TwoPrograms(Settings(accounts=(ACCOUNT, OTHER)))
    both.theirs.update_account(replace(OTHER, region="GB"))
    both.ours.change(accounts=(ACCOUNT,))
    assert both.store.settings.accounts == (ACCOUNT,)


def test_both_programs_adding_the_same_account_keep_the_last_word() -> None:
    both = TwoPrograms()
    both.theirs.update_account(replace(OTHER, region="GB"))
    both.ours.update_account(replace(OTHER, region="US"))
    assert both.store.settings.accounts == (ACCOUNT, replace(OTHER, region="US"))


def test_rules_and_entries_of_their_tables_are_changed_one_by_one() -> None:
    both = TwoPrograms()
    guard = both.ours.settings.guard
    both.theirs.change(guard=replace(guard, undo_seconds=3, rates={Source.LINK: 5, Source.HOTKEY: 20}))
    both.ours.change(guard=replace(guard, sources=LINKS_REFUSED, rates={Source.LINK: 10, Source.TRAY: 7}))
    assert both.store.settings.guard == replace(
        guard, undo_seconds=3, sources=LINKS_REFUSED, rates={Source.LINK: 5, Source.TRAY: 7}
    )


def test_nothing_changed_carries_nothing_over() -> None:
    now = Settings(accounts=(OTHER,), theme=ThemeChoice.DARK)
    assert carried_over(Settings(), Settings(), now) == now


@pytest.mark.parametrize(
    ("lock", "change"),
    [
        ("guard.calling_hours", {"guard": GuardPolicy(calling_hours=CallingHours(540, 1200))}),
        ("guard.sources.link", {"guard": GuardPolicy(sources=LINKS_REFUSED)}),
        ("guard.sources", {"guard": GuardPolicy(sources=LINKS_REFUSED)}),
        ("guard.rates.hotkey", {"guard": GuardPolicy(rates={Source.LINK: 10})}),
        ("mask_numbers", {"mask_numbers": True}),
    ],
)
def test_a_rule_that_is_locked_cannot_be_changed_and_says_why(lock: str, change: dict[str, object]) -> None:
    both = TwoPrograms()
    both.store.locks = {lock: WORDS}
    before, told = both.ours.settings, list[Settings]()
    both.ours.listen(told.append)
    with pytest.raises(UserFacingError) as caught:
        both.ours.change(**change, theme=ThemeChoice.DARK)
    assert caught.value.message == WORDS
    assert (both.ours.settings, both.store.settings, told) == (before, before, [])


def test_what_is_not_locked_can_be_changed_beside_what_is() -> None:
    both = TwoPrograms()
    both.store.locks = {"guard.sources.link": WORDS, "mask_numbers": WORDS}
    assert both.ours.locks == both.store.locks
    sources = {**GuardPolicy().sources, Source.HOTKEY: Verdict.ALLOW}
    both.ours.change(guard=replace(both.ours.settings.guard, sources=sources), mask_numbers=False)
    assert both.store.settings.guard.sources == sources


def test_rules_that_did_not_change_are_not_read_again() -> None:
    both = TwoPrograms()
    told: list[Settings] = []
    both.ours.listen(told.append)
    assert both.ours.bring_up_to_date() is both.ours.settings
    both.store.settings, both.store.stale = Settings(mask_numbers=True), True
    both.store.rules_trouble = "Trouble."
    assert both.ours.bring_up_to_date() == Settings(mask_numbers=True)
    assert (told, both.ours.rules_trouble) == ([Settings(mask_numbers=True)], "Trouble.")
