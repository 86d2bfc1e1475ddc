"""An administrator's rules: a file of the computer that can set and lock every rule.

Its place is not the user's to choose. A file that is there and cannot be relied on is never ignored: it says so, and
the guard asks before every call.
"""

from __future__ import annotations

import json
import logging
import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from c2c_desktop.adapters.plain_file import read_plain, signature
from c2c_desktop.adapters.policy_json import RulePath, flat_rules, nested_rules, policy_data, policy_from
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.rule_keys import GUARD, MASK_NUMBERS, RULE_KEYS, covers, spelled

MOST_BYTES = 1_000_000
_FILE = "policy.json"
_PARTS = frozenset({"note", "set", "lock"})
_NAMED = 3
"""Rules nobody knows that are named in words; the rest are counted."""
_log = logging.getLogger(__name__)


def default_admin_file() -> Path:
    """Where an administrator puts the file."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415

        # Windows itself is asked: the variable of that name is the user's to change.
        common_application_data, longest = 35, 260
        buffer = ctypes.create_unicode_buffer(longest)
        ctypes.windll.shell32.SHGetFolderPathW(None, common_application_data, None, 0, buffer)
        return Path(buffer.value or "C:\\ProgramData") / "C2C Desktop" / _FILE
    if sys.platform == "darwin":
        return Path("/Library/Application Support/C2C Desktop") / _FILE
    return Path("/etc/c2c-desktop") / _FILE


@dataclass(frozen=True, slots=True)
class AdminRules:
    """What the file says. A rule that is set and not locked is a default the user may change."""

    values: Mapping[RulePath, Any] = field(default_factory=dict)
    locks: Mapping[str, str] = field(default_factory=dict)
    """The keys that are locked, each of `RULE_KEYS` that a lock covers, and the words that say so."""
    trouble: str = ""

    def is_locked(self, path: RulePath) -> bool:
        """Whether the rule at `path` is not the user's to change."""
        return ".".join(path) in self.locks

    def over(self, own: Mapping[RulePath, Any]) -> dict[RulePath, Any]:
        """Return the user's `own` rules under these."""
        free = {path: value for path, value in own.items() if not self.is_locked(path)}
        return {**free, **{path: value for path, value in self.values.items() if path not in free}}

    def own_of(self, rules: Mapping[RulePath, Any], own: Mapping[RulePath, Any]) -> dict[RulePath, Any]:
        """Return what of `rules` is to be stored as the user's own, who had `own` stored so far.

        What is locked stays as it was, and a default nobody changed remains the administrator's.
        """
        kept = {path: value for path, value in own.items() if ".".join(path) not in RULE_KEYS or self.is_locked(path)}
        chosen = {
            path: value
            for path, value in rules.items()
            if not self.is_locked(path) and (path in own or path not in self.values or self.values[path] != value)
        }
        return {**kept, **chosen}


class AdminFile:
    """Reads the file, and again when it changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rules = AdminRules()
        self._seen: object = None

    def is_stale(self) -> bool:
        """Whether the file is not as it was when it was read last."""
        return self._seen != signature(self._path)

    def read(self) -> AdminRules:
        """Return the rules. In trouble, the last ones that could be read stay in force."""
        if not self.is_stale():
            return self._rules
        self._seen = signature(self._path)
        try:
            text, found = read_plain(self._path, MOST_BYTES)
            if os.name == "posix" and found.st_mode & stat.S_IWOTH:
                raise OSError(0, "anybody on this computer can change them")  # noqa: TRY301  # as what cannot be read
            self._rules = _rules(json.loads(text))
        except FileNotFoundError:
            self._rules = AdminRules()
        except OSError as error:
            self._fail(error.strerror or "it cannot be opened")
        except (ValueError, RecursionError):
            self._fail("the file is damaged")
        return self._rules

    def _fail(self, why: str) -> None:
        _log.warning("the administrator's rules cannot be read: %s", why)
        self._rules = replace(self._rules, trouble=_trouble(why))


def _trouble(why: str) -> str:
    return f"Your administrator’s rules cannot be read: {why}."


def _rules(data: object) -> AdminRules:
    """Return what the JSON says. Raises `ValueError` for what cannot be relied on."""
    if not isinstance(data, dict):
        raise ValueError("not an object")  # noqa: TRY004  # as the other damages
    wanted, locks, note = data.get("set", {}), data.get("lock", []), data.get("note", "")
    if not isinstance(wanted, dict) or not isinstance(locks, list) or not isinstance(note, str):
        raise ValueError("not the parts of such a file")  # noqa: TRY004
    if not all(isinstance(lock, str) for lock in locks):
        raise ValueError("not a list of keys")
    flat, locks = flat_rules(wanted), [".".join(spelled(tuple(lock.split(".")))) for lock in locks]
    known = {path: value for path, value in flat.items() if ".".join(path) in RULE_KEYS}
    locked = {key for key in RULE_KEYS if any(covers(lock, key) for lock in locks)}
    unknown = {
        "": [key for key in data if key not in _PARTS],
        "set.": [key for key in wanted if key not in {GUARD, MASK_NUMBERS}]
        + [".".join(path) for path in flat if path not in known and path != (GUARD,)],
        "lock ": [lock for lock in locks if not any(covers(lock, key) for key in RULE_KEYS)],
    }
    for where, keys in unknown.items():
        for key in keys:
            _log.warning("the administrator's rules say something unknown: %s%s", where, clean_text(key, 80))
    nested = nested_rules({path: value for path, value in flat.items() if path in known or path == (GUARD,)})
    policy, odd = policy_from(nested.get(GUARD, {}))
    normal = flat_rules({GUARD: policy_data(policy), MASK_NUMBERS: nested.get(MASK_NUMBERS)})
    if MASK_NUMBERS in nested and not isinstance(nested[MASK_NUMBERS], bool):
        odd, normal[(MASK_NUMBERS,)] = (*odd, MASK_NUMBERS), True
    return AdminRules(
        values={path: normal[path] for path in known if path in normal},
        locks=dict.fromkeys(sorted(locked), _words(note)),
        trouble=" ".join(
            words for words in (_trouble(f"“{odd[0]}” makes no sense") if odd else "", _unknown_words(unknown)) if words
        ),
    )


def _unknown_words(unknown: Mapping[str, list[str]]) -> str:
    """Return which rules nobody knows: one misspelt would be no rule at all, so that what it forbids would go by."""
    names = [clean_text(name, 80) or "“”" for name in dict.fromkeys(key for keys in unknown.values() for key in keys)]
    if not names:
        return ""
    more = len(names) - _NAMED
    listed = ", ".join(names[:_NAMED])
    if more > 0:
        listed += f" and {more} {'other' if more == 1 else 'others'}"
    what = "a rule" if len(names) == 1 else "rules"
    return f"The administrator’s file has {what} this program does not know: {listed}."


def _words(note: str) -> str:
    """Return who locked a rule: the note, or words of our own."""
    note = clean_text(note, 120).rstrip(".")
    who = note.removeprefix("Set by ").removeprefix("your administrator").lstrip(" :")
    return f"Set by your administrator: {who}." if who else "Set by your administrator."
