"""The settings file: JSON, private, replaced atomically, kept when it is damaged."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from c2c_desktop.adapters.damaged_file import set_aside
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.countries import COUNTRY_NAMES
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.settings import NotificationKind, Settings, ThemeChoice

_log = logging.getLogger(__name__)
_TEXTS = ("active_user_id", "proxy", "ca_file", "window_geometry")
_SWITCHES = ("show_tray", "start_minimised", "close_to_tray", "told_about_minimising")
_KNOWN = {*_TEXTS, *_SWITCHES, "accounts", "muted", "theme", "connect_timeout", "request_timeout"}


class SettingsFile:
    """Implements the `SettingsStore` port on one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.set_aside: Path | None = None
        """Where a damaged file was moved, if one was found."""

    def load(self) -> Settings:
        """Read the file; values that make no sense fall back to their defaults."""
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            if not isinstance(data, dict):
                raise ValueError("not an object")  # noqa: TRY301, TRY004
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError, RecursionError):
            self._keep_damaged()
            return Settings()
        return _settings(data)

    def save(self, settings: Settings) -> None:
        """Write beside, sync, then replace."""
        beside = self._path.with_name(f"{self._path.name}.new")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(_data(settings), file, indent=2)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
        except OSError as error:
            raise StorageError(
                "Your settings could not be saved",
                f"The folder {self._path.parent} cannot be written ({error.strerror}). Nothing was changed.",
            ) from error

    def _keep_damaged(self) -> None:
        try:
            self.set_aside = set_aside(self._path)
        except OSError:
            _log.warning("the settings file cannot be read")


def _settings(data: dict[str, Any]) -> Settings:
    found: dict[str, Any] = {key: data[key] for key in _TEXTS if isinstance(data.get(key), str)}
    found |= {key: data[key] for key in _SWITCHES if isinstance(data.get(key), bool)}
    for key in ("connect_timeout", "request_timeout"):
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
    region, caller_id = data.get("region"), data.get("caller_id")
    return Account(
        user_id=user_id,
        region=region if isinstance(region, str) and region in COUNTRY_NAMES else "IN",
        route=Route(data["route"]) if data.get("route") in routes else Route.SOFTPHONE,
        caller_id=clean_text(caller_id, 30) if isinstance(caller_id, str) else "",
        caller_ids=tuple(clean_text(c, 30) for c in caller_ids if isinstance(c, str))
        if isinstance(caller_ids, list)
        else (),
        extra_params={str(k): v for k, v in params.items() if isinstance(v, str)}
        if isinstance(params, Mapping)
        else {},
        national_digits=data.get("national_digits") is True,
    )


def _data(settings: Settings) -> dict[str, Any]:
    return {
        **settings.unknown,
        **{key: getattr(settings, key) for key in (*_TEXTS, *_SWITCHES, "connect_timeout", "request_timeout")},
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
            }
            for a in settings.accounts
        ],
    }
