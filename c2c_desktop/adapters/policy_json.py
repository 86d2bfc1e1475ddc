"""The guard's rules as JSON, readable and writable by hand.

A value that makes no sense never opens a door: it falls back to what asks, and is named so that it can be mended.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeVar

from c2c_desktop.domain.call import Source
from c2c_desktop.domain.countries import COUNTRY_NAMES
from c2c_desktop.domain.dialing import Verdict
from c2c_desktop.domain.number import LineKind
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.policy import (
    MOST_A_MINUTE,
    MOST_DUPLICATE_SECONDS,
    MOST_UNDO_SECONDS,
    RISKS,
    TRUST,
    CallingHours,
    GuardPolicy,
    clock_words,
)
from c2c_desktop.domain.rule_keys import GUARD, MASK_NUMBERS, TABLES, spelled

E = TypeVar("E", bound=Enum)
RulePath = tuple[str, ...]
"""The key of one rule in its parts: ("guard", "sources", "link")."""

_WORDS = {Verdict.ALLOW: "call", Verdict.ASK: "ask", Verdict.REFUSE: "refuse"}
_VERDICTS = {**{word: verdict for verdict, word in _WORDS.items()}, "allow": Verdict.ALLOW}
_HOURS = re.compile(r"\s*([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})\s*")
_PREFIX = re.compile(r"\+?[1-9][0-9]{0,14}")
_DAY = 24 * 60


def flat_rules(data: Mapping[str, Any]) -> dict[RulePath, Any]:
    """Return what `data`, an object as in the settings file, says of rules: one entry per key, in our spelling.

    A rule that stands there in two spellings which say different things has a value that makes no sense: both.
    """
    flat: dict[RulePath, Any] = {(MASK_NUMBERS,): data[MASK_NUMBERS]} if MASK_NUMBERS in data else {}
    guard = data.get(GUARD, {})
    if not isinstance(guard, Mapping):
        return {**flat, (GUARD,): guard}
    for name, value in guard.items():
        if name in TABLES and isinstance(value, Mapping):
            for entry, inner in value.items():
                path = spelled((GUARD, name, entry))
                flat[path] = [flat[path], inner] if path in flat and flat[path] != inner else inner
        else:
            flat[(GUARD, name)] = value
    return flat


def nested_rules(flat: Mapping[RulePath, Any]) -> dict[str, Any]:
    """The way back from `flat_rules`; an entry wins over a value in the place of its table."""
    data: dict[str, Any] = {}
    for path in sorted(flat, key=len):
        inner = data
        for part in path[:-1]:
            if not isinstance(inner.get(part), dict):
                inner[part] = {}
            inner = inner[part]
        inner[path[-1]] = flat[path]
    return data


def policy_data(policy: GuardPolicy) -> dict[str, Any]:
    """Return `policy` as JSON."""
    hours = policy.calling_hours
    return {
        "sources": {source.value: _WORDS[policy.sources.get(source, TRUST[source])] for source in Source},
        "kinds": {
            kind.value: _WORDS[policy.kinds.get(kind, Verdict.ALLOW)] for kind in dict.fromkeys([*RISKS, *policy.kinds])
        },
        "unknown_country": _WORDS[policy.unknown_country],
        "allowed_countries": sorted(policy.allowed_countries),
        "blocked_countries": sorted(policy.blocked_countries),
        "allowed_prefixes": list(policy.allowed_prefixes),
        "blocked_prefixes": list(policy.blocked_prefixes),
        "do_not_call_file": policy.do_not_call_file,
        "calling_hours": f"{clock_words(hours.start)}-{clock_words(hours.end)}" if hours is not None else None,
        "duplicate_seconds": policy.duplicate_seconds,
        "rates": {source.value: policy.rates.get(source) for source in Source},
        "refuse_while_locked": policy.refuse_while_locked,
        "trusted_for_contacts": sorted(source.value for source in policy.trusted_for_contacts),
        "undo_seconds": policy.undo_seconds,
    }


def policy_from(data: object) -> tuple[GuardPolicy, tuple[str, ...]]:
    """Return the rules in `data` and the keys of those that make no sense. What is not there has its default."""
    rules = _Rules(data)
    default = GuardPolicy()
    policy = GuardPolicy(
        sources=rules.table("sources", Source, TRUST, rules.verdict),
        kinds=rules.table("kinds", LineKind, RISKS, rules.verdict),
        unknown_country=rules.verdict("unknown_country", rules.data.get("unknown_country", "ask")),
        allowed_countries=rules.countries("allowed_countries"),
        blocked_countries=rules.countries("blocked_countries"),
        allowed_prefixes=rules.prefixes("allowed_prefixes"),
        blocked_prefixes=rules.prefixes("blocked_prefixes"),
        do_not_call_file=rules.text("do_not_call_file"),
        calling_hours=rules.hours("calling_hours"),
        duplicate_seconds=rules.seconds("duplicate_seconds", default.duplicate_seconds, MOST_DUPLICATE_SECONDS),
        rates=rules.rates("rates", default.rates),
        refuse_while_locked=rules.switch("refuse_while_locked"),
        trusted_for_contacts=rules.sources("trusted_for_contacts"),
        undo_seconds=rules.seconds("undo_seconds", default.undo_seconds, MOST_UNDO_SECONDS),
    )
    return policy, tuple(dict.fromkeys(rules.odd))


class _Rules:
    """Reads one rule after the other and keeps what makes no sense."""

    def __init__(self, data: object) -> None:
        self.odd: list[str] = []
        self.data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        if self.data is not data:
            self.odd.append(GUARD)

    def table(
        self, name: str, members: type[E], base: Mapping[E, Verdict], read: Callable[[str, object], Verdict]
    ) -> dict[E, Verdict]:
        return {**base, **{member: read(f"{name}.{member.value}", v) for member, v in self._entries(name, members)}}

    def rates(self, name: str, base: Mapping[Source, int]) -> dict[Source, int]:
        rates = dict(base)
        for source, value in self._entries(name, Source):
            if value is None:
                rates.pop(source, None)
                continue
            rate = self._whole(f"{name}.{source.value}", value, 1, MOST_A_MINUTE)
            if rate is not None:
                rates[source] = rate
        return rates

    def verdict(self, key: str, value: object) -> Verdict:
        word = value.strip().lower() if isinstance(value, str) else ""
        if word not in _VERDICTS:
            self._complain(key)
        return _VERDICTS.get(word, Verdict.ASK)

    def countries(self, name: str) -> frozenset[str]:
        """A code nobody knows is kept: an allowed one allows nothing, and one alone does not allow everything."""
        codes = frozenset(_as_text(item).upper() for item in self._items(name))
        if not codes <= COUNTRY_NAMES.keys():
            self._complain(name)
        return codes

    def prefixes(self, name: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for item in self._items(name):
            digits = re.sub(r"[\s().-]", "", _as_text(item))
            if _PREFIX.fullmatch(digits) and digits.isascii():
                found[f"+{digits.removeprefix('+')}"] = None
            else:
                self._complain(name)
        return tuple(found)

    def text(self, name: str) -> str:
        value = self.data.get(name)
        if value is not None and not isinstance(value, str):
            self._complain(name)
        return "" if value is None else _as_text(value)

    def hours(self, name: str) -> CallingHours | None:
        """Hours that cannot be read hold no hour, so that every call asks."""
        value = self.data.get(name)
        if value is None or value == "":
            return None
        found = _HOURS.fullmatch(value) if isinstance(value, str) else None
        if found is not None:
            start_hour, start, end_hour, end = map(int, found.groups())
            hours = CallingHours(start_hour * 60 + start, end_hour * 60 + end)
            if max(start, end) < 60 and hours.start < _DAY and hours.end <= _DAY:  # noqa: PLR2004  # minutes
                return hours
        self._complain(name)
        return CallingHours(0, 0)

    def seconds(self, name: str, default: int, most: int) -> int:
        found = self._whole(name, self.data.get(name, default), 0, most)
        return default if found is None else found

    def switch(self, name: str) -> bool:
        value = self.data.get(name, True)
        if not isinstance(value, bool):
            self._complain(name)
        return value is not False

    def sources(self, name: str) -> frozenset[Source]:
        known = {source.value: source for source in Source}
        names = [_as_text(item).replace("_", " ") for item in self._items(name)]
        if not known.keys() >= set(names):
            self._complain(name)
        return frozenset(known[item] for item in names if item in known)

    def _entries(self, name: str, members: type[E]) -> list[tuple[E, object]]:
        table = self.data.get(name, {})
        if not isinstance(table, Mapping):
            self._complain(name)
            return []
        known = {member.value: member for member in members}
        for key in table.keys() - known.keys():
            self._complain(f"{name}.{key}")
        return [(known[key], value) for key, value in table.items() if key in known]

    def _items(self, name: str) -> list[object]:
        """Return a list as such, and anything else as if it stood in one."""
        value = self.data.get(name)
        if isinstance(value, list):
            return value
        if isinstance(value, str):
            return [item for item in value.split(",") if item.strip()]
        return [] if value is None else [value]

    def _whole(self, key: str, value: object, least: int, most: int) -> int | None:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:  # noqa: PLR0124  # NaN
            self._complain(key)
            return None
        return int(min(max(value, least), most))

    def _complain(self, key: str) -> None:
        self.odd.append(f"{GUARD}.{clean_text(key, 60)}")


def _as_text(value: object) -> str:
    return (value if isinstance(value, str) else json.dumps(value)).strip()
