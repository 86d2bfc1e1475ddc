"""A program of its own that changes settings others change as well: `python -m tests.contract.settings_writer`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from c2c_desktop.adapters.settings_file import SettingsFile
from c2c_desktop.domain.account import Account
from c2c_desktop.services.accounts import Accounts
from tests.fakes import FakeClock, ManualRunner, MemorySecretStore


def user_id(number: int) -> str:
    return f"{number}_1111112"


def prefix(number: int, count: int) -> str:
    return f"+44207946{number}{count:02}"


def _change(accounts: Accounts, number: int, count: int) -> None:
    guard = accounts.settings.guard
    accounts.change(guard=replace(guard, blocked_prefixes=(*guard.blocked_prefixes, prefix(number, count))))
    known = next((a for a in accounts.settings.accounts if a.user_id == user_id(number)), Account(user_id(number)))
    accounts.update_account(replace(known, extra_params={**known.extra_params, f"p{count}": "x"}))


def main() -> None:
    """Change as often as is wanted once a line comes in; say "ready" before, and "done" after."""
    path, number, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    accounts = Accounts(SettingsFile(Path(path)), MemorySecretStore(), ManualRunner(), FakeClock())
    print("ready", flush=True)
    sys.stdin.readline()
    for turn in range(count):
        _change(accounts, number, turn)
    print("done", flush=True)


if __name__ == "__main__":
    main()
