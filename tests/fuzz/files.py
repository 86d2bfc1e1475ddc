"""The files a person or an administrator writes by hand, fuzzed: nothing in them may open a door."""

from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path
from typing import Any

from c2c_desktop.adapters.admin_file import AdminFile
from c2c_desktop.adapters.policy_json import policy_data, policy_from
from c2c_desktop.adapters.settings_file import SettingsFile
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import Verdict
from c2c_desktop.domain.policy import (
    MOST_A_MINUTE,
    MOST_DUPLICATE_SECONDS,
    MOST_UNDO_SECONDS,
    CallingHours,
    GuardPolicy,
)
from c2c_desktop.domain.settings import Settings
from tests.fuzz.inputs import changed, some_bytes, some_json

_STRICTNESS = (Verdict.ALLOW, Verdict.ASK, Verdict.REFUSE)
_DEFAULT = GuardPolicy()
_STRICT = {
    "sources": {source.value: verdict for source, verdict in _DEFAULT.sources.items()},
    "kinds": {kind.value: verdict for kind, verdict in _DEFAULT.kinds.items()},
}
_ADMIN = {
    "note": "IT",
    "set": {"guard": {"sources": {"link": "refuse"}, "undo_seconds": 3}, "mask_numbers": True},
    "lock": ["guard.sources.link", "guard.rates"],
}


class PolicyReader:
    """The rules: what makes no sense never lets more through than the default does."""

    name = "guard's rules"

    def make(self, rnd: random.Random) -> Any:
        return some_json(rnd) if rnd.random() < 0.02 else changed(rnd, policy_data(_DEFAULT))

    def feed(self, made: Any) -> None:
        read, odd = policy_from(made)
        check_policy(read, made if isinstance(made, dict) else {}, odd)
        again, _ = policy_from(json.loads(json.dumps(policy_data(read))))
        assert again == read


def check_policy(read: GuardPolicy, data: dict[str, Any], odd: tuple[str, ...]) -> None:
    """Whatever is milder than the default was written down in so many words."""
    _check_verdicts({s.value: v for s, v in read.sources.items()}, data, "sources", odd)
    _check_verdicts({k.value: v for k, v in read.kinds.items()}, data, "kinds", odd)
    _check_rates(read, data)
    _check_lists(read, data, odd)
    if read.unknown_country is Verdict.ALLOW:
        assert _says_call(data.get("unknown_country"))
    if not read.refuse_while_locked:
        assert data.get("refuse_while_locked") is False
    if read.duplicate_seconds < _DEFAULT.duplicate_seconds:
        assert isinstance(data["duplicate_seconds"], (int, float))
        assert not isinstance(data["duplicate_seconds"], bool)
    assert 0 <= read.duplicate_seconds <= MOST_DUPLICATE_SECONDS
    assert 0 <= read.undo_seconds <= MOST_UNDO_SECONDS


def _check_verdicts(read: dict[str, Verdict], data: dict[str, Any], name: str, odd: tuple[str, ...]) -> None:
    for key, verdict in read.items():
        if _STRICTNESS.index(verdict) < _STRICTNESS.index(_STRICT[name].get(key, Verdict.ALLOW)):
            table = data.get(name)
            assert _says_call(table.get(key) if isinstance(table, dict) else None), key
            assert f"guard.{name}.{key}" not in odd


def _check_rates(read: GuardPolicy, data: dict[str, Any]) -> None:
    assert all(1 <= rate <= MOST_A_MINUTE for rate in read.rates.values())
    for source, rate in _DEFAULT.rates.items():
        if read.rates.get(source, MOST_A_MINUTE + 1) > rate:
            written = data["rates"][source.value]
            assert written is None or (isinstance(written, (int, float)) and written > rate)


def _check_lists(read: GuardPolicy, data: dict[str, Any], odd: tuple[str, ...]) -> None:
    if data.get("allowed_countries"):
        assert read.allowed_countries or not _names_any(data["allowed_countries"])
    if read.trusted_for_contacts:
        assert all(source.value in json.dumps(data["trusted_for_contacts"]) for source in read.trusted_for_contacts)
    if data.get("calling_hours") not in (None, ""):
        assert read.calling_hours is not None
        assert "guard.calling_hours" not in odd or read.calling_hours == CallingHours(0, 0)


def _says_call(value: object) -> bool:
    """Whether somebody wrote, in so many words, that calls are placed at once."""
    return isinstance(value, str) and value.strip().lower() in {"call", "allow"}


def _names_any(value: object) -> bool:
    return not isinstance(value, str) or any(item.strip() for item in value.split(","))


class SettingsFiles:
    """The settings under an administrator's file: there are always settings, and what is damaged is kept."""

    name = "settings files"

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="c2c-fuzz-")
        self._path, self._admin = (Path(self._folder.name) / name for name in ("settings.json", "policy.json"))
        SettingsFile(self._path).save(Settings())
        self._seed = json.loads(self._path.read_bytes())
        self._seed["accounts"] = [{"user_id": "101_1111112", "region": "GB", "extra_params": {"a": "b"}}]

    def make(self, rnd: random.Random) -> tuple[bytes, bytes | None]:
        return _written(rnd, self._seed), _written(rnd, _ADMIN) if rnd.random() < 0.7 else None

    def feed(self, made: tuple[bytes, bytes | None]) -> None:
        own, admin = made
        try:
            self._path.write_bytes(own)
            if admin is not None:
                self._admin.write_bytes(admin)
                self._admin.chmod(0o644)
            self._check(own, admin)
        finally:
            for path in Path(self._folder.name).iterdir():
                path.unlink()

    def close(self) -> None:
        """Take the folder away."""
        self._folder.cleanup()

    def _check(self, own: bytes, admin: bytes | None) -> None:
        file = SettingsFile(self._path, AdminFile(self._admin))
        settings = file.load()
        assert any(path.read_bytes() == own for path in Path(self._folder.name).iterdir()), "what was there is gone"
        if admin is None:
            guard = (_object(own) or {}).get("guard", {})
            check_policy(settings.guard, guard if isinstance(guard, dict) else {}, policy_from(guard)[1])
        elif _object(admin) is None:
            assert file.rules_trouble, "rules that cannot be read go unnoticed"
        elif "guard.sources.link" in file.locks:
            wanted = AdminFile(self._admin).read().values.get(("guard", "sources", "link"), "ask")
            assert (
                settings.guard.sources[Source.LINK]
                is policy_from({"sources": {"link": wanted}})[0].sources[Source.LINK]
            )
        if len(own) % 8 == 0:  # it syncs the disk
            file.save(settings)
            assert file.load() == settings


def _written(rnd: random.Random, seed: dict[str, Any]) -> bytes:
    if rnd.random() < 0.4:
        return some_bytes(rnd, (json.dumps(seed).encode(), b"[]", b"{}"))
    return json.dumps(changed(rnd, seed)).encode()


def _object(data: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
