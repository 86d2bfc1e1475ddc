"""What a diagnostics bundle says of settings, calls, data files, log and versions: nothing that names anybody."""

from __future__ import annotations

import os
import platform
import re
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from importlib import metadata
from pathlib import Path
from typing import Any

from c2c_desktop import __version__
from c2c_desktop.adapters.policy_json import policy_data
from c2c_desktop.domain.account import Account, checked_user_id
from c2c_desktop.domain.call import Call
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.masking import SHOWN_DIGITS, SURE_NUMBER, logged_text, masked_number
from c2c_desktop.domain.settings import Settings

LOG_BYTES = 256 * 1024
"""How much of the end of the log is read."""

SHORTEST_NAME = 3
"""Characters of a name that is looked for in the log."""

PACKAGES = (
    "PySide6-Essentials", "httpx", "httpcore", "keyring", "SecretStorage", "jeepney", "phonenumbers", "platformdirs",
    "truststore",
)  # fmt: skip
_DESKTOP = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "DESKTOP_SESSION", "QT_QPA_PLATFORM", "LANG")
_PLAIN = (
    "show_tray", "start_minimised", "close_to_tray", "told_about_minimising", "connect_timeout", "request_timeout",
    "mask_numbers", "ca_file",
)  # fmt: skip


def version_of(name: str) -> str:
    """Return the version of an installed package; a frozen program may not know it. Loads nothing."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "(version not known)"


def versions_part() -> dict[str, Any]:
    """Return versions of the program, of what it stands on, and of the system. Loads no Qt."""
    import sqlite3  # noqa: PLC0415
    import ssl  # noqa: PLC0415

    try:
        system = platform.freedesktop_os_release().get("PRETTY_NAME", "")
    except OSError:
        system = ""
    return {
        "program": __version__,
        "python": platform.python_version(),
        "frozen": bool(getattr(sys, "frozen", False)),
        "packages": {name: version_of(name) for name in PACKAGES},
        "sqlite": sqlite3.sqlite_version,
        "tls": ssl.OPENSSL_VERSION,
        "system": system or platform.platform(),
        "kernel": f"{platform.system()} {platform.release()} {platform.machine()}",
        "desktop": {name: os.environ[name] for name in _DESKTOP if name in os.environ},
    }


def settings_part(settings: Settings) -> dict[str, Any]:
    """Return the settings that matter; user IDs and numbers masked, credentials and what is not known dropped."""
    rules = policy_data(settings.guard)
    for name in ("allowed_prefixes", "blocked_prefixes"):
        rules[name] = [_masked_prefix(prefix) for prefix in rules[name]]
    active = settings.active_account
    return {
        "accounts": [{**_account(a), "active": a == active} for a in settings.accounts],
        "proxy": without_credentials(settings.proxy),
        "theme": settings.theme.value,
        "muted": sorted(kind.value for kind in settings.muted),
        **{name: getattr(settings, name) for name in _PLAIN},
        "guard": rules,
        "not_known_and_left_out": len(settings.unknown),
    }


def without_credentials(proxy: str) -> str:
    """Return a proxy's address without the user and password in it."""
    scheme, there, rest = proxy.rpartition("://")
    host = re.split(r"[/?#]", rest.rpartition("@")[2])[0]
    return f"{scheme.rpartition('@')[2]}{there}{host}"


def calls_part(calls: Iterable[Call]) -> list[dict[str, Any]]:
    """Return how `calls` went: no names, and of each number its last two digits."""
    return [_call(call) for call in calls]


def database_part(path: Path) -> dict[str, Any]:
    """Return size, schema version and health of a data file, which is left as it is."""
    told: dict[str, Any] = {"file": path.name, "beside": _sizes_beside(path)}
    if not path.exists():
        return {**told, "health": "there is no such file"}
    import sqlite3  # noqa: PLC0415

    told["bytes"] = path.stat().st_size
    for mode in ("mode=ro", "immutable=1"):  # the second where the folder cannot be written
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)) as connection:
                told["schema_version"] = connection.execute("PRAGMA user_version").fetchone()[0]
                told["health"] = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.Error as error:
            told["health"] = str(error)
        else:
            break
    return told


def log_part(folder: Path, names: set[str]) -> str:
    """Return the end of the log, numbers masked to their last two digits and `names` left out. Raises `OSError`."""
    text = ""
    for name in ("c2c-desktop.log.old", "c2c-desktop.log"):
        path = folder / name
        if path.exists():
            with path.open("rb") as file:
                file.seek(max(path.stat().st_size - LOG_BYTES, 0))
                text += file.read().decode("utf-8", "replace")
    lines = logged_text(text[-LOG_BYTES:], SHOWN_DIGITS)
    for person in sorted(names, key=len, reverse=True):
        if len(person) >= SHORTEST_NAME:
            lines = lines.replace(person, "…")
    return lines or "(empty)"


def _account(account: Account) -> dict[str, Any]:
    try:
        checked_user_id(account.user_id)
        user_id = account.masked_user_id
    except UserFacingError:  # somebody wrote something else there
        user_id = masked_number(account.user_id)
    return {
        "user_id": user_id,
        "region": account.region,
        "route": account.route.value,
        "caller_id": _last_digits(account.caller_id),
        "caller_ids": [_last_digits(number) for number in account.caller_ids],
        "parameters": len(account.extra_params),
        "national_digits": account.national_digits,
        "internal_extensions": logged_text(account.internal_extensions, SHOWN_DIGITS),
    }


def _call(call: Call) -> dict[str, Any]:
    message = logged_text(call.message, SHOWN_DIGITS)
    if call.contact_name:
        message = message.replace(call.contact_name, "…")
    return {
        "started_at": _moment(call.started_at),
        "state": call.state.value,
        "outcome": call.outcome.value if call.outcome is not None else None,
        "number": _last_digits(call.e164),
        "named": bool(call.contact_name),
        "source": call.source.value,
        "route": call.route.value,
        "caller_id": _last_digits(call.caller_id),
        "parameters": len(call.extra_params),
        "digits_to_press": bool(call.post_dial),
        "request_id": call.request_id,
        "code": call.code,
        "message": message,
        "connected_at": _moment(call.connected_at),
        "ended_at": _moment(call.ended_at),
        "talk_seconds": call.talk_seconds,
    }


def _moment(at: float | None) -> str | None:
    return None if at is None else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


def _last_digits(number: str) -> str:
    digits = "".join(c for c in number if c.isalnum())
    return f"…{digits[-SHOWN_DIGITS:]}" if digits else ""


def _masked_prefix(prefix: str) -> str:
    return masked_number(prefix) if len(prefix) > SURE_NUMBER else prefix


def _sizes_beside(path: Path) -> dict[str, int]:
    """Return the sizes of what belongs to a data file: its log, backups, and damaged ones that were set aside."""
    return {other.name: other.stat().st_size for other in sorted(path.parent.glob(f"{path.name}?*"))}
