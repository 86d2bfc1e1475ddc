"""The settings as JSON, without the rules; values that make no sense fall back to their defaults."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.countries import COUNTRY_NAMES
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.rule_keys import GUARD, MASK_NUMBERS
from c2c_desktop.domain.settings import NotificationKind, Settings, ThemeChoice

LOST_WITH = "lost_with"
"""Names the damaged file the rules were lost with, until the person saves settings again."""

_TEXTS = ("active_user_id", "proxy", "ca_file", "window_geometry", "hotkey")
_SWITCHES = (
    "show_tray",
    "start_minimised",
    "close_to_tray",
    "told_about_minimising",
    "tray_opens_quick_dial",
    "offer_clipboard",
    "notifications_paused",
)
_TIMEOUTS = ("connect_timeout", "request_timeout")
_KNOWN = {*_TEXTS, *_SWITCHES, *_TIMEOUTS, "accounts", "muted", "theme", GUARD, MASK_NUMBERS, LOST_WITH}
_LONGEST_PATTERN = 200


def settings_from(data: Mapping[str, Any]) -> Settings:
    """Return the settings but for the guard's rules and the masking, which an administrator may set."""
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


def settings_data(settings: Settings) -> dict[str, Any]:
    """Return what `settings_from` reads."""
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
