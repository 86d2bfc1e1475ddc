"""Several processes on one settings file: nothing is lost, nothing is damaged, and nobody waits for ever."""

from __future__ import annotations

import fcntl
import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from c2c_desktop.adapters.settings_file import SettingsFile
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.domain.policy import GuardPolicy
from c2c_desktop.domain.settings import Settings, ThemeChoice
from c2c_desktop.services.accounts import Accounts
from tests.contract.settings_writer import prefix, user_id
from tests.contract.waiting import until
from tests.fakes import FakeClock, ManualRunner, MemorySecretStore

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def accounts_on(path: Path) -> Accounts:
    return Accounts(SettingsFile(path), MemorySecretStore(), ManualRunner(), FakeClock())


@contextmanager
def _writers(path: Path, count: int, turns: int) -> Iterator[list[subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "tests.contract.settings_writer", str(path)]
    writers = [
        subprocess.Popen(
            [*command, str(number), str(turns)],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(1, count + 1)
    ]
    try:
        yield writers
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()


@pytest.mark.parametrize(("processes", "turns"), [(2, 25), (4, 10)])
def test_what_several_processes_change_at_once_is_all_kept(path: Path, processes: int, turns: int) -> None:
    with _writers(path, processes, turns) as writers:
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write("go\n")
            writer.stdin.flush()
        told = [writer.communicate(timeout=90) for writer in writers]
    assert told == [("done\n", "")] * processes
    settings = SettingsFile(path).load()
    numbers = range(1, processes + 1)
    assert sorted(settings.guard.blocked_prefixes) == sorted(prefix(n, turn) for n in numbers for turn in range(turns))
    parameters = {account.user_id: account.extra_params for account in settings.accounts}
    assert parameters == {user_id(n): {f"p{turn}": "x" for turn in range(turns)} for n in numbers}
    names = {file.name for file in path.parent.iterdir()}
    assert names == {"settings.json", "settings.json.bak", "settings.json.lock"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


def test_a_lock_another_process_never_gives_up_is_told_in_words(path: Path) -> None:
    accounts = accounts_on(path)
    accounts.change(theme=ThemeChoice.LIGHT)
    before = path.read_bytes()
    lock = os.open(path.with_name("settings.json.lock"), os.O_RDWR)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StorageError, match="settings could not be saved") as caught:
            accounts.change(theme=ThemeChoice.DARK)
    finally:
        os.close(lock)
    assert "Another program" in caught.value.message
    assert "Nothing was changed" in caught.value.message
    assert (path.read_bytes(), accounts.settings.theme) == (before, ThemeChoice.LIGHT)
    accounts.change(theme=ThemeChoice.DARK)
    assert SettingsFile(path).load().theme is ThemeChoice.DARK


def _times_open(path: Path) -> int:
    opened = 0
    for handle in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the look itself opens and closes one
            opened += handle.readlink() == path
    return opened


@pytest.mark.parametrize("mended", [True, False])
def test_what_another_process_mended_meanwhile_is_not_set_aside(path: Path, mended: bool) -> None:
    SettingsFile(path).save(Settings(theme=ThemeChoice.DARK))
    whole, beside = path.read_bytes(), path.with_name("settings.json.lock")
    path.write_text("{")
    lock = os.open(beside, os.O_RDWR)
    loaded: list[Settings] = []
    waiting = threading.Thread(target=lambda: loaded.append(SettingsFile(path).load()))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting.start()
        until(lambda: _times_open(beside) == 2)
        if mended:
            path.write_bytes(whole)
        else:
            path.unlink()
    finally:
        os.close(lock)
        waiting.join()
    assert [settings.theme for settings in loaded] == [ThemeChoice.DARK if mended else ThemeChoice.SYSTEM]
    assert not list(path.parent.glob("*.damaged-*"))


def test_what_a_killed_process_left_half_written_goes_with_the_next_save(path: Path) -> None:
    left = path.with_name("settings.json.x1y2.new")
    left.write_text('{"half')
    SettingsFile(path).save(Settings())
    assert not left.exists()


def test_rules_set_in_one_window_hold_in_another_at_its_next_look(path: Path) -> None:
    ours, theirs = accounts_on(path), accounts_on(path)
    told: list[Settings] = []
    ours.listen(told.append)
    theirs.change(guard=GuardPolicy(blocked_countries=frozenset({"IN"})))
    assert ours.bring_up_to_date().guard.blocked_countries == {"IN"}
    assert told == [theirs.settings]
    assert ours.bring_up_to_date() is ours.settings
    assert len(told) == 1


def test_rules_written_by_hand_hold_at_the_next_look(path: Path) -> None:
    accounts = accounts_on(path)
    path.write_text(json.dumps({"guard": {"blocked_countries": ["IN"]}}))
    assert accounts.bring_up_to_date().guard.blocked_countries == {"IN"}
    path.write_text(json.dumps({"guard": {"blocked_countries": ["GB"]}}))
    assert accounts.bring_up_to_date().guard.blocked_countries == {"GB"}


def test_what_was_saved_here_is_not_read_again(path: Path) -> None:
    file = SettingsFile(path)
    assert not file.is_stale()
    file.save(Settings(theme=ThemeChoice.DARK))
    assert not file.is_stale()
    path.touch()
    assert file.is_stale()
    file.load()
    assert not file.is_stale()
