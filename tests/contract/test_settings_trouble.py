"""Settings that cannot be read or are lost: the rules in them are never taken to be none."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from c2c_desktop.adapters.settings_file import SettingsFile
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.domain.policy import GuardPolicy
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.settings import Settings, ThemeChoice
from c2c_desktop.services.accounts import Accounts
from tests.contract.permissions import without_root
from tests.fakes import FakeClock, ManualRunner, MemorySecretStore

ASIDE = pytest.mark.logs("damaged file was set aside")
UNREAD = pytest.mark.logs("the settings file cannot be read")
CANNOT = "Your settings cannot be read: "
BLOCKED = GuardPolicy(blocked_countries=frozenset({"GB"}))
RULES = json.dumps({"guard": {"blocked_countries": ["GB"]}, "accounts": [{"user_id": "101_1111112"}]})
TRAILING_COMMA = RULES.replace('["GB"]', '["GB"],')


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def accounts_on(path: Path) -> Accounts:
    return Accounts(SettingsFile(path), MemorySecretStore(), ManualRunner(), FakeClock())


def aside(path: Path) -> list[Path]:
    return list(path.parent.glob("settings.json.damaged-*"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_a_windows_editor_writes_is_read(path: Path, encoding: str) -> None:
    path.write_text(RULES, encoding=encoding)
    accounts = accounts_on(path)
    assert (accounts.settings.guard, accounts.rules_trouble, aside(path)) == (BLOCKED, "", [])


# What cannot be read


@pytest.fixture
def forbidden() -> Iterator[Path]:
    """Settings nobody lets us read, in a folder we may write to."""
    with tempfile.TemporaryDirectory(prefix="open-") as name:
        path = Path(name) / "settings.json"
        path.write_text(RULES)
        path.chmod(0o000)
        path.parent.chmod(0o777)
        with without_root():
            yield path


@UNREAD
def test_an_intact_file_nobody_lets_us_read_stays_where_it_is(forbidden: Path) -> None:
    accounts = accounts_on(forbidden)
    assert accounts.rules_trouble == f"{CANNOT}Permission denied."
    assert accounts.settings == Settings()
    assert [file.name for file in forbidden.parent.iterdir()] == ["settings.json"]


@UNREAD
def test_an_intact_file_nobody_lets_us_read_is_never_written_over(forbidden: Path) -> None:
    accounts = accounts_on(forbidden)
    saves: list[Callable[[], None]] = [
        lambda: accounts.change(theme=ThemeChoice.DARK),
        lambda: accounts.update_account(Account("101_1111112")),
    ]
    for save in saves:
        with pytest.raises(StorageError, match="settings could not be saved") as caught:
            save()
        assert "cannot be read (Permission denied)" in caught.value.message
        assert "Nothing was changed" in caught.value.message
    accounts.remember(window_geometry="AdnQ")
    assert accounts.settings == Settings()
    assert aside(forbidden) == []
    assert forbidden.stat().st_size == len(RULES)


@UNREAD
@pytest.mark.parametrize("kind", ["folder", "pipe", "link", "round link"])
def test_what_is_no_file_is_trouble_and_stays(path: Path, kind: str) -> None:
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(path.with_name("away.json" if kind == "link" else path.name))
    accounts = accounts_on(path)
    assert accounts.rules_trouble.startswith(CANNOT)
    with pytest.raises(StorageError):
        accounts.change(theme=ThemeChoice.DARK)
    assert aside(path) == []
    assert path.is_symlink() == ("link" in kind)


@UNREAD
def test_a_link_to_nothing_is_read_once_there_is_something(path: Path) -> None:
    path.symlink_to(path.with_name("away.json"))
    accounts = accounts_on(path)
    assert accounts.rules_trouble == f"{CANNOT}the file is a link to nothing."
    path.with_name("away.json").write_text(RULES)
    assert accounts.bring_up_to_date().guard == BLOCKED
    assert accounts.rules_trouble == ""


@UNREAD
def test_a_file_of_any_length_is_not_read(path: Path) -> None:
    path.write_bytes(b" " * 10_000_001)
    assert accounts_on(path).rules_trouble == f"{CANNOT}the file is too long."
    assert aside(path) == []


@UNREAD
def test_what_was_read_before_stays_in_force_while_the_file_cannot_be_read(path: Path) -> None:
    accounts = accounts_on(path)
    accounts.change(guard=BLOCKED)
    path.rename(path.with_name("kept"))
    path.mkdir()
    assert accounts.bring_up_to_date().guard == BLOCKED
    assert accounts.rules_trouble.startswith(CANNOT)
    path.rmdir()
    path.with_name("kept").rename(path)
    assert accounts.bring_up_to_date().guard == BLOCKED
    assert accounts.rules_trouble == ""


# What is damaged, with a copy


@ASIDE
def test_damaged_settings_come_from_their_last_good_copy_and_it_is_said(path: Path) -> None:
    accounts_on(path).change(guard=BLOCKED, theme=ThemeChoice.DARK)
    path.write_text(TRAILING_COMMA)
    accounts = accounts_on(path)
    assert accounts.settings == Settings(guard=BLOCKED, theme=ThemeChoice.DARK)
    assert accounts.rules_trouble == ""
    [kept] = aside(path)
    assert kept.read_text() == TRAILING_COMMA
    assert accounts.recovered == (
        f"Your settings were damaged: {kept.name}. They are as they were when they were last whole."
    )
    later = accounts_on(path)
    assert (later.settings, later.recovered) == (accounts.settings, "")


@ASIDE
def test_the_copy_holds_what_was_saved_last(path: Path) -> None:
    accounts = accounts_on(path)
    accounts.change(guard=BLOCKED)
    accounts.change(guard=GuardPolicy(undo_seconds=3))
    assert path.with_name("settings.json.bak").read_bytes() == path.read_bytes()
    path.write_text("{")
    assert accounts_on(path).settings.guard == GuardPolicy(undo_seconds=3)


@ASIDE
def test_a_crash_between_setting_aside_and_restoring_loses_nothing(path: Path) -> None:
    accounts_on(path).change(guard=BLOCKED)
    path.write_text("{")
    path.rename(path.with_name("settings.json.damaged-20261125-051628"))
    assert accounts_on(path).settings.guard == BLOCKED
    path.write_text("{")
    assert accounts_on(path).settings.guard == BLOCKED


@ASIDE
def test_what_was_written_by_hand_and_read_is_newer_than_the_copy(path: Path) -> None:
    accounts = accounts_on(path)
    accounts.change(guard=GuardPolicy(undo_seconds=3))
    path.write_text(RULES)
    assert accounts.bring_up_to_date().guard == BLOCKED
    path.write_text(TRAILING_COMMA)
    assert accounts.bring_up_to_date().guard == BLOCKED
    assert SettingsFile(path).load().guard == BLOCKED


@ASIDE
def test_settings_damaged_while_they_are_saved_keep_what_another_process_saved(path: Path) -> None:
    ours, theirs = accounts_on(path), accounts_on(path)
    ours.change(theme=ThemeChoice.DARK)
    theirs.change(guard=BLOCKED)
    path.write_text("{")
    ours.change(window_geometry="AdnQ")
    assert SettingsFile(path).load() == Settings(guard=BLOCKED, theme=ThemeChoice.DARK, window_geometry="AdnQ")


def test_a_copy_that_cannot_be_written_is_no_reason_not_to_save(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    path.with_name("settings.json.bak").mkdir()
    accounts_on(path).change(guard=BLOCKED)
    assert SettingsFile(path).load().guard == BLOCKED
    assert "no copy of settings.json could be kept" in caplog.text


@UNREAD
def test_damaged_settings_in_a_folder_that_cannot_be_written_come_from_their_copy() -> None:
    with tempfile.TemporaryDirectory(prefix="locked-") as name:
        path = Path(name) / "settings.json"
        path.write_text("{")
        copy = path.with_name("settings.json.bak")
        copy.write_text(RULES)
        copy.chmod(0o644)
        path.chmod(0o644)
        path.parent.chmod(0o555)
        with without_root():
            accounts = accounts_on(path)
        assert (accounts.settings.guard, accounts.rules_trouble) == (BLOCKED, "")
        assert accounts.recovered.startswith("Your settings are damaged.")
        copy.unlink()
        with without_root():
            lost = accounts_on(path)
        assert lost.rules_trouble.startswith("Your settings are damaged")
        path.parent.chmod(0o700)


# What is damaged, without one


@ASIDE
@pytest.mark.parametrize("copy", [None, "{", "[]", "folder"], ids=str)
def test_lost_settings_are_trouble_in_every_process_until_they_are_saved_again(path: Path, copy: str | None) -> None:
    path.write_text(TRAILING_COMMA)
    if copy == "folder":
        path.with_name("settings.json.bak").mkdir()
    elif copy is not None:
        path.with_name("settings.json.bak").write_text(copy)
    accounts = accounts_on(path)
    [kept] = aside(path)
    words = f"Your settings were damaged ({kept.name}), and your rules are lost. Check them in Settings and save."
    assert (accounts.rules_trouble, accounts.settings_trouble, accounts.recovered) == (words, words, "")
    assert accounts_on(path).rules_trouble == words
    accounts.change(guard=BLOCKED)
    assert (accounts.rules_trouble, accounts_on(path).rules_trouble) == ("", "")
    assert accounts_on(path).settings.guard == BLOCKED


@ASIDE
def test_saving_without_a_change_ends_it_as_well(path: Path) -> None:
    path.write_text("{")
    accounts = accounts_on(path)
    accounts.change()
    assert (accounts.rules_trouble, accounts_on(path).rules_trouble) == ("", "")


@ASIDE
def test_what_is_saved_by_itself_neither_ends_it_nor_writes_anything(path: Path) -> None:
    path.write_text("{")
    accounts = accounts_on(path)
    accounts.remember(window_geometry="AdnQ")
    assert not path.exists()
    assert accounts.rules_trouble
    assert accounts_on(path).rules_trouble
    accounts.change()
    accounts.remember(window_geometry="AdnQ")
    assert SettingsFile(path).load().window_geometry == "AdnQ"


@ASIDE
def test_what_another_process_found_lost_is_not_overwritten_by_what_is_saved_by_itself(path: Path) -> None:
    accounts = accounts_on(path)
    path.write_text("{")
    accounts.remember(told_about_minimising=True)
    assert not path.exists()
    assert accounts.rules_trouble


@ASIDE
def test_signing_in_again_does_not_bring_the_rules_back(path: Path) -> None:
    path.write_text("{")
    accounts, done = accounts_on(path), list[str]()
    accounts.sign_in(Account("101_1111112"), Secret("s"), keep=False, done=lambda: done.append("in"), failed=print)
    assert done == ["in"]
    for known in (accounts, accounts_on(path)):
        assert known.active == Account("101_1111112")
        assert "rules are lost" in known.rules_trouble
    accounts.change(theme=ThemeChoice.DARK)
    assert accounts_on(path).rules_trouble == ""
    assert "lost" not in path.read_text()


@ASIDE
def test_a_copy_of_lost_settings_is_as_lost(path: Path) -> None:
    path.write_text("{")
    accounts_on(path).update_account(Account("101_1111112"))
    path.write_text("{")
    assert "rules are lost" in accounts_on(path).rules_trouble


def test_a_file_set_aside_long_ago_is_no_trouble_beside_whole_settings(path: Path) -> None:
    path.with_name("settings.json.damaged-20261125-051628").write_text("{")
    path.write_text(RULES)
    assert accounts_on(path).rules_trouble == ""


@ASIDE
def test_a_window_that_knows_the_settings_brings_them_back(path: Path) -> None:
    path.write_text(RULES)
    accounts = accounts_on(path)
    path.write_text("{")
    assert "rules are lost" in accounts_on(path).rules_trouble
    assert accounts.bring_up_to_date().guard == BLOCKED
    assert accounts.rules_trouble == ""
    assert accounts_on(path).settings.guard == BLOCKED
