"""Changing settings that somebody else may have changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.policy import GuardPolicy
from c2c_desktop.domain.settings import Settings

_MISSING = object()


def carried_over(before: Settings, wanted: Settings, now: Settings) -> Settings:
    """Return `now` with what differs in `wanted` from `before`: accounts, rules, table and list entries one by one."""
    changes = {
        field.name: _merged(getattr(before, field.name), getattr(wanted, field.name), getattr(now, field.name))
        for field in fields(Settings)
        if field.name != "accounts"
    }
    accounts = _merged(_by_user(before), _by_user(wanted), _by_user(now))
    return replace(now, **changes, accounts=tuple(accounts.values()))


def _by_user(settings: Settings) -> dict[str, Account]:
    return {account.user_id: account for account in settings.accounts}


def _merged(before: Any, wanted: Any, now: Any) -> Any:
    if wanted == before:
        return now
    if _MISSING in (before, wanted, now):
        return wanted
    if isinstance(now, (Account, GuardPolicy)):
        names = [field.name for field in fields(now)]
        return replace(now, **{n: _merged(getattr(before, n), getattr(wanted, n), getattr(now, n)) for n in names})
    if isinstance(now, Mapping):
        keys = dict.fromkeys([*now, *wanted])
        entries = {k: _merged(*(m.get(k, _MISSING) for m in (before, wanted, now))) for k in keys}
        return {key: entry for key, entry in entries.items() if entry is not _MISSING}
    if isinstance(now, (tuple, frozenset)):
        return _merged_list(before, wanted, now)
    return wanted


def _merged_list(before: Any, wanted: Any, now: Any) -> Any:
    """Return `now` with what was added and without what was removed; in the wanted order where nobody else changed it.

    Two who each remove what the other keeps leave an empty list neither wants: then what is wanted wins.
    """
    if now == before:
        return wanted
    entries = [*(entry for entry in now if entry in wanted or entry not in before)]
    entries += [entry for entry in wanted if entry not in before and entry not in entries]
    return type(now)(entries) or wanted
