"""`c2c-desktop account`: set, show or forget the sign-in."""

from __future__ import annotations

import argparse
from contextlib import closing
from dataclasses import replace

from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.commands.terminal import read_secret, reraise
from c2c_desktop.composition import Core, open_core, options_from
from c2c_desktop.domain.account import Account, checked_user_id
from c2c_desktop.domain.errors import SecretUnavailableError, UserFacingError

_WITHOUT_A_KEYRING = (
    "Nothing was stored. Unlock or install one (GNOME Keyring or KWallet), or give the secret with each call: "
    "c2c-desktop dial --user-id ID --secret-stdin"
)


def run_account(options: argparse.Namespace) -> int:
    """Carry out the account action; return the exit status."""
    with closing(
        open_core(
            options_from(sandbox=options.sandbox, data_dir=options.data_dir, api_url=options.api_url, instant=True),
            InlineRunner(),
            reraise,
        )
    ) as core:
        if options.action == "set":
            _set(core, options)
        elif options.action == "forget":
            _forget(core, options.user_id)
        else:
            _show(core)
    return 0


def _set(core: Core, options: argparse.Namespace) -> None:
    user_id = checked_user_id(options.user_id)
    account = next((a for a in core.accounts.settings.accounts if a.user_id == user_id), Account(user_id))
    if options.region is not None:
        account = replace(account, region=options.region)
    try:
        core.accounts.sign_in(account, read_secret(), keep=True, done=lambda: None, failed=reraise)
    except SecretUnavailableError as error:
        raise SecretUnavailableError(error.title, _WITHOUT_A_KEYRING) from error
    where = "is forgotten with the sandbox" if core.sandbox is not None else "is in your keyring"
    print(f"Signed in as {account.masked_user_id}. The secret {where}.")


def _show(core: Core) -> None:
    active = core.accounts.active
    if active is None:
        print("No account. Use: c2c-desktop account set --user-id ID")
        return
    for account in core.accounts.settings.accounts:
        mark = "*" if account.user_id == active.user_id else " "
        print(f"{mark} {account.masked_user_id}  region {account.region}  rings {account.route.value}")


def _forget(core: Core, user_id: str | None) -> None:
    accounts = core.accounts.settings.accounts
    account = core.accounts.active if user_id is None else next((a for a in accounts if a.user_id == user_id), None)
    if account is None:
        raise UserFacingError("No such account", "Nothing was deleted.")
    core.accounts.forget(account.user_id, done=lambda: None, failed=reraise)
    print("Forgotten: the account and its secret are deleted.")
