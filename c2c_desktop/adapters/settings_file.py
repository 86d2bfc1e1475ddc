"""The settings file: JSON, private, replaced atomically, kept when it is damaged."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from c2c_desktop.adapters.admin_file import AdminFile, AdminRules
from c2c_desktop.adapters.damaged_file import set_aside
from c2c_desktop.adapters.policy_json import flat_rules, nested_rules, policy_data, policy_from
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.countries import COUNTRY_NAMES
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.rule_keys import GUARD, MASK_NUMBERS
from c2c_desktop.domain.settings import NotificationKind, Settings, ThemeChoice

_log = logging.getLogger(__name__)
_TEXTS = ("active_user_id", "proxy", "ca_file", "window_geometry")
_SWITCHES = ("show_tray", "start_minimised", "close_to_tray", "told_about_minimising")
_TIMEOUTS = ("connect_timeout", "request_timeout")
_KNOWN = {*_TEXTS, *_SWITCHES, *_TIMEOUTS, "accounts", "muted", "theme", GUARD, MASK_NUMBERS}
_LONGEST_PATTERN = 200


class SettingsFile:
    """Implements the `SettingsStore` port on one file."""

    def __init__(self, path: Path, admin_file: AdminFile | None = None) -> None:
        self._path = path
        self._admin_file = admin_file
        self._rules = AdminRules()
        self._last: dict[str, Any] = {}
        """What was read or written last."""
        self._named: set[str] = set()
        """Rules that make no sense and were said to."""
        self.set_aside: Path | None = None
        """Where a damaged file was moved, if one was found."""

    @property
    def locks(self) -> Mapping[str, str]:
        """What an administrator locked, and the words that say so."""
        return self._rules.locks

    @property
    def rules_trouble(self) -> str:
        """Why an administrator's rules cannot be read, in words."""
        return self._rules.trouble

    def is_stale(self) -> bool:
        """Whether an administrator's rules changed since they were read."""
        return self._admin_file is not None and self._admin_file.is_stale()

    def load(self) -> Settings:
        """Read the file; values that make no sense fall back to their defaults."""
        if self._admin_file is not None:
            self._rules = self._admin_file.read()
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            if not isinstance(data, dict):
                raise ValueError("not an object")  # noqa: TRY301, TRY004
            self._last = data
        except FileNotFoundError:
            pass
        except (OSError, ValueError, RecursionError):
            self._keep_damaged()
        own = flat_rules(self._last)
        rules = nested_rules(self._rules.over(own))
        guard, odd = policy_from(rules.get(GUARD, {}))
        for key in odd:
            if tuple(key.split(".", 2)) in own and key not in self._named:
                self._named.add(key)
                _log.warning("a rule in the settings makes no sense: %s", key)
        return replace(_settings(self._last), guard=guard, mask_numbers=rules.get(MASK_NUMBERS) is True)

    def save(self, settings: Settings) -> None:
        """Write beside, sync, then replace; what an administrator locked stays as it was there."""
        data = _data(settings)
        rules = flat_rules({GUARD: policy_data(settings.guard), MASK_NUMBERS: settings.mask_numbers})
        data |= nested_rules(self._rules.own_of(rules, flat_rules(self._last)))
        beside = self._path.with_name(f"{self._path.name}.new")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(data, file, indent=2)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
        except OSError as error:
            raise StorageError(
                "Your settings could not be saved",
                f"The folder {self._path.parent} cannot be written ({error.strerror}). Nothing was changed.",
            ) from error
        self._last = data

    def _keep_damaged(self) -> None:
        try:
            self.set_aside = set_aside(self._path)
        except OSError:
            _log.warning("the settings file cannot be read")


def _settings(data: dict[str, Any]) -> Settings:
    found: dict[str, Any] = {key: data[key] for key in _TEXTS if isinstance(data.get(key), str)}
    found |= {key: data[key] for key in _SWITCHES if isinstance(data.get(key), bool)}
    for key in _TIMEOUTS:
        value = data.get(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and 1 <= value <= 120:  # noqa: PLR2004
            found[key] = float(value)
    accounts = data.get("accounts")
    if isinstance(accounts, list):
        found["accounts"] = tuple(a for a in map(_account, accounts) if a is not None)
    muted = data.get("muted")
    if isinstance(muted, list):
        known = {kind.value for kind in NotificationKind}
        found["muted"] = frozenset(NotificationKind(m) for m in muted if isinstance(m, str) and m in known)
    if data.get("theme") in [choice.value for choice in ThemeChoice]:
        found["theme"] = ThemeChoice(data["theme"])
    return Settings(**found, unknown={k: v for k, v in data.items() if k not in _KNOWN})


def _account(data: object) -> Account | None:
    if not isinstance(data, Mapping) or not isinstance(data.get("user_id"), str):
        return None
    user_id = clean_text(data["user_id"], 40)
    if not user_id:
        return None
    routes = [route.value for route in Route]
    caller_ids, params = data.get("caller_ids"), data.get("extra_params")
    region, caller_id, pattern = data.get("region"), data.get("caller_id"), data.get("internal_extensions")
    return Account(
        user_id=user_id,
        region=region if isinstance(region, str) and region in COUNTRY_NAMES else "IN",
        route=Route(data["route"]) if data.get("route") in routes else Route.SOFTPHONE,
        caller_id=clean_text(caller_id, 30) if isinstance(caller_id, str) else "",
        caller_ids=tuple(clean_text(c, 30) for c in caller_ids if isinstance(c, str))
        if isinstance(caller_ids, list)
        else (),
        extra_params=_params(params) if isinstance(params, Mapping) else {},
        national_digits=data.get("national_digits") is True,
        internal_extensions=clean_text(pattern)
        if isinstance(pattern, str) and len(pattern) <= _LONGEST_PATTERN
        else "",
    )


def _params(params: Mapping[str, Any]) -> dict[str, str]:
    """Return the parameters as text: numbers and truth values as JSON writes them."""
    texts = {k: json.dumps(v) if isinstance(v, (bool, int, float)) else v for k, v in params.items()}
    return {key: text for key, text in texts.items() if isinstance(text, str)}


def _data(settings: Settings) -> dict[str, Any]:
    return {
        **settings.unknown,
        **{key: getattr(settings, key) for key in (*_TEXTS, *_SWITCHES, *_TIMEOUTS)},
        "muted": sorted(kind.value for kind in settings.muted),
        "theme": settings.theme.value,
        "accounts": [
            {
                "user_id": a.user_id,
                "region": a.region,
                "route": a.route.value,
                "caller_id": a.caller_id,
                "caller_ids": list(a.caller_ids),
                "extra_params": a.extra_params,
                "national_digits": a.national_digits,
                "internal_extensions": a.internal_extensions,
            }
            for a in settings.accounts
        ],
    }
