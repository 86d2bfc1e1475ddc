"""Accounts: their settings and their secrets."""

from __future__ import annotations

from collections.abc import Callable

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.settings import Settings
from c2c_desktop.services.ports import Saving

ACCOUNT = Account("101_1111112")


class MemorySettingsStore:
    """The settings file in memory. `fails` is raised instead of saving."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings(accounts=(ACCOUNT,), active_user_id=ACCOUNT.user_id)
        self.fails: StorageError | None = None
        self.locks: dict[str, str] = {}
        self.rules_trouble = ""
        self.settings_trouble = ""
        self.recovered = ""
        self.stale = False

    def is_stale(self) -> bool:
        return self.stale

    def load(self) -> Settings:
        self.stale = False
        return self.settings

    def edit(self, change: Callable[[Settings], Settings], saving: Saving = Saving.SETTINGS) -> Settings:
        now = self.load()
        if saving is Saving.REMEMBERED and self.settings_trouble:
            return now
        settings = change(now)
        if self.fails is not None:
            raise self.fails
        self.settings = settings
        if saving is Saving.SETTINGS:
            self.settings_trouble = self.recovered = ""
        return settings

    def save(self, settings: Settings) -> None:
        self.edit(lambda _: settings)


class MemorySecretStore:
    """A keyring in memory. `fails` is raised by every call."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.fails: Exception | None = None

    def get(self, user_id: str) -> Secret | None:
        self._maybe_fail()
        return Secret(self.texts[user_id]) if user_id in self.texts else None

    def set(self, user_id: str, secret: Secret) -> None:
        self._maybe_fail()
        self.texts[user_id] = secret.reveal()

    def delete(self, user_id: str) -> None:
        self._maybe_fail()
        self.texts.pop(user_id, None)

    def _maybe_fail(self) -> None:
        if self.fails is not None:
            raise self.fails
