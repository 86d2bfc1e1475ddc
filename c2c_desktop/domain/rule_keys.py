"""The names of all rules, as the settings file and an administrator's file write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum

from c2c_desktop.domain.call import Source
from c2c_desktop.domain.number import LineKind
from c2c_desktop.domain.policy import GuardPolicy
from c2c_desktop.domain.settings import Settings

MASK_NUMBERS = "mask_numbers"
GUARD = "guard"
TABLES: Mapping[str, type[Enum]] = {"sources": Source, "kinds": LineKind, "rates": Source}
"""Rules with an entry for each source or kind, whose entries have a key of their own: `guard.sources.link`."""

_ALIKE = 0.75
"""How alike two words are for one to be the other misspelt: 0 not at all, 1 the same."""

RULE_NAMES = tuple(field.name for field in fields(GuardPolicy))
RULE_KEYS: frozenset[str] = frozenset(
    {
        MASK_NUMBERS,
        *(f"{GUARD}.{name}" for name in RULE_NAMES),
        *(f"{GUARD}.{name}.{member.value}" for name, members in TABLES.items() for member in members),
    }
)
"""Everything an administrator can set and lock: `mask_numbers`, `guard.calling_hours`, `guard.sources.link`…"""


def spelled(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the key `path`, in its parts, as `RULE_KEYS` spells it: "command_line" in a table is "command line"."""
    plain = (*path[:2], *(part.replace("_", " ") for part in path[2:]))
    return plain if ".".join(plain) in RULE_KEYS else path


def resembles_a_rule(key: str) -> bool:
    """Whether `key`, beside the rules or in the place of their object, may be one misspelt or misplaced."""
    import difflib  # noqa: PLC0415  # for the few files that hold such a key

    names = [GUARD, MASK_NUMBERS, *RULE_NAMES]
    return bool(difflib.get_close_matches(key[: max(map(len, names)) * 2].lower(), names, 1, _ALIKE))


def rule_values(settings: Settings) -> dict[str, object]:
    """Return what each of `RULE_KEYS` is set to."""
    values: dict[str, object] = {MASK_NUMBERS: settings.mask_numbers}
    for name in RULE_NAMES:
        value = getattr(settings.guard, name)
        values[f"{GUARD}.{name}"] = value
        values |= {f"{GUARD}.{name}.{member.value}": value.get(member) for member in TABLES.get(name, ())}
    return values


def covers(key: str, other: str) -> bool:
    """Whether `key` names `other` or the table or object it stands in."""
    return other == key or other.startswith(f"{key}.")
