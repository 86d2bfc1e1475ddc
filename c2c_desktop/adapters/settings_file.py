"""The settings file: what it says under an administrator's rules, and what becomes of it when it is damaged."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from c2c_desktop.adapters.admin_file import AdminFile, AdminRules
from c2c_desktop.adapters.policy_json import flat_rules, nested_rules, policy_data, policy_from
from c2c_desktop.adapters.settings_json import LOST_WITH, settings_data, settings_from
from c2c_desktop.adapters.shared_file import SharedFile, Written
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.rule_keys import GUARD, MASK_NUMBERS, RULE_KEYS, resembles_a_rule
from c2c_desktop.domain.settings import Settings
from c2c_desktop.services.ports import Saving

_log = logging.getLogger(__name__)


class SettingsFile:
    """Implements the `SettingsStore` port on one file."""

    def __init__(self, path: Path, admin_file: AdminFile | None = None) -> None:
        self._file = SharedFile(path)
        self._admin_file = admin_file
        self._rules = AdminRules()
        self._last: Written | None = None
        """What was read or written last."""
        self._seen = self._file.signature()
        self._unread = ""
        """Why the file cannot be read."""
        self._lost = ""
        """Why there are no settings, where they are lost."""
        self._named: set[str] = set()
        """Rules that make no sense and were said to."""
        self.recovered = ""

    @property
    def locks(self) -> Mapping[str, str]:
        """What an administrator locked, and the words that say so."""
        return self._rules.locks

    @property
    def rules_trouble(self) -> str:
        """Why an administrator's rules cannot be relied on, in words."""
        return self._rules.trouble

    @property
    def settings_trouble(self) -> str:
        """Why the settings cannot be relied on, in words."""
        return f"Your settings cannot be read: {self._unread}." if self._unread else self._lost

    def is_stale(self) -> bool:
        """Whether the file or an administrator's rules changed since they were read."""
        return self._seen != self._file.signature() or (self._admin_file is not None and self._admin_file.is_stale())

    def load(self) -> Settings:
        """Read the file; values that make no sense fall back to their defaults."""
        if not self._read():
            self._mend()
        return self._settings()

    def save(self, settings: Settings) -> None:
        """Store all of `settings`, whatever is stored; what an administrator locked stays as it was there."""
        self.edit(lambda _: settings)

    def edit(self, change: Callable[[Settings], Settings], saving: Saving = Saving.SETTINGS) -> Settings:
        """Read, `change` and write while no other process does."""
        folder = self._file.path.parent
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._file.locked():
                return self._edit(change, saving)
        except TimeoutError as error:
            raise StorageError(
                "Your settings could not be saved", "Another program keeps them busy. Nothing was changed: try again."
            ) from error
        except OSError as error:
            raise StorageError(
                "Your settings could not be saved",
                f"The folder {folder} cannot be written ({error.strerror}). Nothing was changed.",
            ) from error

    def _edit(self, change: Callable[[Settings], Settings], saving: Saving) -> Settings:
        if not self._read():
            self._restore()
        now = self._settings()
        if saving is Saving.REMEMBERED and self.settings_trouble:
            return now
        if self._unread:
            raise StorageError(
                "Your settings could not be saved",
                f"{self._file.path} is there and cannot be read ({self._unread}). Nothing was changed.",
            )
        settings = change(now)
        data = settings_data(settings)
        rules = flat_rules({GUARD: policy_data(settings.guard), MASK_NUMBERS: settings.mask_numbers})
        data |= nested_rules(self._rules.own_of(rules, flat_rules(self._data)))
        if self._lost and saving is Saving.ACCOUNT:
            data[LOST_WITH] = self._data.get(LOST_WITH, self._file.newest_aside())
        self._write(data)
        if saving is Saving.SETTINGS:
            self._lost = self.recovered = ""
        return settings

    def _read(self) -> bool:
        """Take what the file says, or why it cannot be read; False where it is damaged or has gone with its damage."""
        if self._admin_file is not None:
            self._rules = self._admin_file.read()
        self._seen = self._file.signature()
        try:
            found = self._file.read()
        except OSError as error:
            self._fail(error.strerror or "it cannot be opened")
            return True
        except ValueError:
            self._unread = ""
            return False
        self._unread = ""
        if found is None:
            return not self._file.newest_aside()
        self._take(found)
        return True

    def _take(self, found: Written) -> None:
        self._last = found
        lost_with = found.data.get(LOST_WITH)
        self._lost = _lost_words(lost_with) if isinstance(lost_with, str) else ""

    def _fail(self, why: str) -> None:
        if self._unread != why:
            _log.warning("the settings file cannot be read: %s", why)
        self._unread = why

    def _write(self, data: dict[str, Any]) -> None:
        self._take(self._file.write(data))
        self._seen = self._file.signature()

    def _mend(self) -> None:
        """Set a damaged file aside and put what it said last in its place; another process may have done so by now."""
        try:
            with self._file.locked():
                if not self._read():
                    self._restore()
        except OSError as error:
            _log.warning("the settings file cannot be read, nor be mended: %s", error.strerror or "it is locked")
            known = self._known()
            if known is None:
                self._lost = "Your settings are damaged, and your rules are lost. Check them in Settings and save."
            else:
                self._take(known)
                self.recovered = "Your settings are damaged. They are as they were when they were last whole."

    def _restore(self) -> None:
        if self._file.exists():
            self._file.set_aside()
        name, known = self._file.newest_aside(), self._known()
        if known is None:
            self._lost = _lost_words(name)
            self._seen = self._file.signature()
            return
        self._write(known.data)
        self.recovered = f"Your settings were damaged: {name}. They are as they were when they were last whole."
        _log.info("the settings come from what was last whole")

    def _known(self) -> Written | None:
        """Return what the file said when it was whole, as known here or as copied, whichever is newer."""
        here, copy = self._last, self._file.read_copy()
        return here if here is not None and (copy is None or copy.at < here.at) else copy

    @property
    def _data(self) -> dict[str, Any]:
        return self._last.data if self._last is not None else {}

    def _settings(self) -> Settings:
        own = flat_rules(self._data)
        rules = nested_rules(self._rules.over(own))
        guard, odd = policy_from(rules.get(GUARD, {}))
        settings = settings_from(self._data)
        self._name_odd(own, odd, settings.unknown)
        return replace(settings, guard=guard, mask_numbers=rules.get(MASK_NUMBERS) is True)

    def _name_odd(self, own: Mapping[tuple[str, ...], Any], odd: tuple[str, ...], unknown: Mapping[str, Any]) -> None:
        """Say once of each of the user's rules that makes no sense, or that nobody knows, which it is."""
        said = {key: "makes no sense" for key in odd if tuple(key.split(".", 2)) in own}
        names = [".".join(path) for path in own if path != (GUARD,)]
        names += [key for key in unknown if resembles_a_rule(key)]
        said |= {clean_text(key, 80): "is not known" for key in names if key not in RULE_KEYS and key not in odd}
        for key in said.keys() - self._named:
            self._named.add(key)
            _log.warning("a rule in the settings %s: %s", said[key], key)


def _lost_words(name: str) -> str:
    name = clean_text(name, 80)
    return f"Your settings were damaged ({name}), and your rules are lost. Check them in Settings and save."
