"""The passwords of shared directories: in the keyring, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

from c2c_desktop.domain.errors import NextStep, SecretUnavailableError
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import SharedDirectory
from c2c_desktop.services.accounts import KEYRING_DEADLINE
from c2c_desktop.services.ports import Lane, Runner, SecretStore


class DirectoryPasswords:
    """Keeps each under its directory's `secret_name`. Main thread; the keyring works on its lane."""

    def __init__(self, secrets: SecretStore, runner: Runner, failed: Callable[[Exception], None]) -> None:
        self._secrets = secrets
        self._runner = runner
        self._failed = failed

    def keep(
        self,
        directory: SharedDirectory,
        password: Secret,
        kept: Callable[[None], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Store the password, or go on at once where there is none."""
        if not password:
            kept(None)
            return
        key = directory.secret_name
        self._runner.run(
            Lane.SECRETS,
            lambda: self._secrets.set(key, password),
            kept,
            lambda error: failed(_explained(error, "The password could not be kept")),
            KEYRING_DEADLINE,
        )

    def forget(self, directory: SharedDirectory) -> None:
        """Delete it; where that fails it is told, and the directory goes all the same."""
        title = f"The password of “{directory.name}” is still in your keyring"

        def failed(error: Exception) -> None:
            self._failed(_explained(error, title))

        key = directory.secret_name
        self._runner.run(Lane.SECRETS, lambda: self._secrets.delete(key), lambda _: None, failed, KEYRING_DEADLINE)


def _explained(error: Exception, title: str) -> Exception:
    """Return what to say where the keyring fails; a bug stays one."""
    if isinstance(error, TimeoutError):
        message = "The keyring did not answer. Unlock it, or restart it, and try again."
    elif isinstance(error, SecretUnavailableError):
        message = f"{error.title}. A directory’s password is kept there and nowhere else."
    else:
        return error
    return SecretUnavailableError(title, message, NextStep.RETRY)
