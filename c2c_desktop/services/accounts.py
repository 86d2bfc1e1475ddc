"""Sign-ins: which is active, what belongs to each, and their secrets on demand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from c2c_desktop.domain.account import Account, checked_user_id
from c2c_desktop.domain.errors import NextStep, SecretUnavailableError, UserFacingError
from c2c_desktop.domain.rule_keys import rule_values
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.settings import Settings
from c2c_desktop.domain.settings_changes import carried_over
from c2c_desktop.services.ports import Clock, Lane, Runner, Saving, SecretStore, SettingsStore

SECRET_KEPT_SECONDS = 60.0
"""How long a secret read on intent stays in memory before the keyring is asked again."""

KEYRING_DEADLINE = 15.0
"""Seconds a keyring may take: long enough to type its password, short enough not to wait for ever."""


class Accounts:
    """The accounts, the settings they live in, and their secrets. Main thread."""

    def __init__(self, settings_store: SettingsStore, secret_store: SecretStore, runner: Runner, clock: Clock) -> None:
        self._settings_store = settings_store
        self._secret_store = secret_store
        self._runner = runner
        self._clock = clock
        self._settings = settings_store.load()
        self._session: dict[str, Secret] = {}
        self._held: tuple[str, Secret, float] | None = None
        self._listeners: list[Callable[[Settings], None]] = []

    @property
    def settings(self) -> Settings:
        """The settings as they stand."""
        return self._settings

    @property
    def active(self) -> Account | None:
        """The account calls are placed with."""
        return self._settings.active_account

    @property
    def region(self) -> str:
        """The ISO 3166 country of numbers without a country code."""
        return self._settings.region

    @property
    def locks(self) -> Mapping[str, str]:
        """What an administrator locked: key, like `guard.calling_hours`, and the words that say so."""
        return self._settings_store.locks

    @property
    def rules_trouble(self) -> str:
        """Why the rules cannot be relied on, an administrator's or the person's own, in words; "" where all is well."""
        return " ".join(filter(None, (self._settings_store.rules_trouble, self._settings_store.settings_trouble)))

    @property
    def settings_trouble(self) -> str:
        """Why the person's own settings cannot be relied on, in words. Where they are lost, `change` ends it."""
        return self._settings_store.settings_trouble

    @property
    def recovered(self) -> str:
        """What was put in the place of damaged settings, in words; "" where nothing had to be."""
        return self._settings_store.recovered

    def bring_up_to_date(self) -> Settings:
        """Return the settings, read again where somebody changed them or an administrator's rules."""
        if self._settings_store.is_stale():
            self._take(self._settings_store.load())
        return self._settings

    def listen(self, listener: Callable[[Settings], None]) -> None:
        """Call `listener` after each change of settings or accounts."""
        self._listeners.append(listener)

    def stop_listening(self) -> None:
        """Tell nobody any more: the window is closing."""
        self._listeners.clear()

    def change(self, **changes: object) -> None:
        """Set fields of `Settings`, store them, tell the listeners; what another program changed meanwhile stays.

        The person's own doing: it ends the trouble of settings that are lost. Raises `UserFacingError` for what an
        administrator locked, `StorageError` where it cannot be stored; then nothing changes.
        """
        self._change(Saving.SETTINGS, changes)

    def remember(self, **changes: object) -> None:
        """As `change`, for what the program stores by itself: skipped while the settings are in trouble."""
        self._change(Saving.REMEMBERED, changes)

    def _change(self, saving: Saving, changes: Mapping[str, object]) -> None:
        known = self._settings
        wanted = replace(known, **changes)  # type: ignore[arg-type]  # the caller names fields of Settings

        def changed(now: Settings) -> Settings:
            settings = carried_over(known, wanted, now)
            before, after = rule_values(now), rule_values(settings)
            for key, why in self._settings_store.locks.items():
                if before[key] != after[key]:
                    raise UserFacingError("That is not yours to change", why)
            return settings

        self._take(self._settings_store.edit(changed, saving))

    def _take(self, settings: Settings) -> None:
        self._settings = settings
        for listener in self._listeners:
            listener(settings)

    def update_account(self, account: Account) -> None:
        """Store `account` in place of the one with its user ID, or add it. Raises `StorageError`."""
        self._change(Saving.ACCOUNT, {"accounts": self._accounts_with(account)})

    def activate(self, user_id: str) -> None:
        """Place calls with that account from now on. Raises `StorageError`."""
        self._change(Saving.ACCOUNT, {"active_user_id": user_id})

    def sign_in(
        self,
        account: Account,
        secret: Secret,
        *,
        keep: bool,
        done: Callable[[], None],
        failed: Callable[[UserFacingError], None],
    ) -> None:
        """Store the secret (`keep`: in the keyring; else for this session only) and make the account active.

        A keyring that fails leaves every account as it was.
        """
        try:
            account = replace(account, user_id=checked_user_id(account.user_id))
        except UserFacingError as error:
            failed(error)
            return
        if not secret:
            failed(UserFacingError("App secret is missing", "Paste the app secret from your TeleCMI dashboard."))
            return

        def stored(_: None) -> None:
            if not keep:
                self._session[account.user_id] = secret
            else:
                self._session.pop(account.user_id, None)
            self._held = None
            try:
                accounts = self._accounts_with(account)
                self._change(Saving.ACCOUNT, {"accounts": accounts, "active_user_id": account.user_id})
            except UserFacingError as error:
                failed(error)
                return
            done()

        if not keep:
            stored(None)
            return
        self._runner.run(
            Lane.SECRETS,
            lambda: self._secret_store.set(account.user_id, secret),
            stored,
            lambda error: failed(_keyring_error(error)),
            KEYRING_DEADLINE,
        )

    def forget(self, user_id: str, done: Callable[[], None], failed: Callable[[UserFacingError], None]) -> None:
        """Delete the secret, then the account. Where the keyring is away, the account stays.

        But one that is signed in for this session only goes all the same.
        """

        def deleted(_: None) -> None:
            self._session.pop(user_id, None)
            self._held = None
            left = tuple(a for a in self._settings.accounts if a.user_id != user_id)
            active = self._settings.active_user_id
            try:
                active = "" if active == user_id else active
                self._change(Saving.ACCOUNT, {"accounts": left, "active_user_id": active})
            except UserFacingError as error:
                failed(error)
                return
            done()

        def not_deleted(error: Exception) -> None:
            if user_id in self._session:
                deleted(None)
            else:
                failed(_keyring_error(error))

        self._runner.run(
            Lane.SECRETS, lambda: self._secret_store.delete(user_id), deleted, not_deleted, KEYRING_DEADLINE
        )

    def with_secret(
        self, user_id: str, done: Callable[[Secret], None], failed: Callable[[UserFacingError], None]
    ) -> None:
        """Hand the secret to `done`: at once where it is held, else after asking the keyring."""
        held = self._in_memory(user_id)
        if held is not None:
            done(held)
            return

        def read(secret: Secret | None) -> None:
            if secret is None:
                failed(
                    SecretUnavailableError(
                        "Sign in again", "No app secret is stored for this account.", NextStep.FIX_SIGN_IN
                    )
                )
                return
            self._held = (user_id, secret, self._clock.monotonic())
            done(secret)

        self._runner.run(
            Lane.SECRETS,
            lambda: self._secret_store.get(user_id),
            read,
            lambda error: failed(_keyring_error(error)),
            KEYRING_DEADLINE,
        )

    def _accounts_with(self, account: Account) -> tuple[Account, ...]:
        known = self._settings.accounts
        if account.user_id not in {a.user_id for a in known}:
            return (*known, account)
        return tuple(account if a.user_id == account.user_id else a for a in known)

    def _in_memory(self, user_id: str) -> Secret | None:
        if user_id in self._session:
            return self._session[user_id]
        if self._held is not None:
            held_for, secret, since = self._held
            if held_for == user_id and self._clock.monotonic() - since < SECRET_KEPT_SECONDS:
                return secret
            self._held = None
        return None


def _keyring_error(error: Exception) -> UserFacingError:
    if isinstance(error, UserFacingError):
        return error
    if isinstance(error, TimeoutError):
        return SecretUnavailableError(
            "Your keyring did not answer", "Unlock it, or restart it, and try again.", NextStep.RETRY
        )
    return SecretUnavailableError("Your keyring failed", "Something went wrong inside it. Try again.", NextStep.RETRY)
