"""`c2c-desktop account`: set, show or forget the sign-in."""

from __future__ import annotations

import argparse

from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.commands.terminal import read_secret, reraise
from c2c_desktop.composition import Core, open_core, options_from
from c2c_desktop.domain.account import Account, checked_user_id
from c2c_desktop.domain.errors import UserFacingError


def run_account(options: argparse.Namespace) -> int:
    """Carry out the account action; return the exit status."""
    core = open_core(
        options_from(sandbox=options.sandbox, data_dir=options.data_dir, api_url=options.api_url, instant=True),
        InlineRunner(),
        reraise,
    )
    try:
        if options.action == "set":
            return _set(core, options)
        if options.action == "forget":
            return _forget(core, options.user_id)
        return _show(core)
    finally:
        core.close()


def _set(core: Core, options: argparse.Namespace) -> int:
    user_id = checked_user_id(options.user_id)
    known = next((a for a in core.accounts.settings.accounts if a.user_id == user_id), None)
    account = known or Account(user_id, region=(options.region or "IN").upper())
    core.accounts.sign_in(account, read_secret(prompt=True), keep=True, done=lambda: None, failed=reraise)
    print(f"Signed in as {account.masked_user_id}. The secret is in your keyring.")
    return 0


def _show(core: Core) -> int:
    active = core.accounts.active
    if active is None:
        print("No account. Use: c2c-desktop account set --user-id ID")
        return 0
    for account in core.accounts.settings.accounts:
        mark = "*" if account.user_id == active.user_id else " "
        print(f"{mark} {account.masked_user_id}  region {account.region}  rings {account.route.value}")
    return 0


def _forget(core: Core, user_id: str | None) -> int:
    account = core.accounts.active if user_id is None else None
    wanted = user_id or (account.user_id if account else "")
    if not any(a.user_id == wanted for a in core.accounts.settings.accounts):
        raise UserFacingError("No such account", "Nothing was deleted.")
    core.accounts.forget(wanted, done=lambda: None, failed=reraise)
    print("Forgotten: the account and its secret are deleted.")
    return 0
