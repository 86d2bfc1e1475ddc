"""Where app secrets live: the keyring of the desktop, or memory for one session."""

from __future__ import annotations

from c2c_desktop.domain.errors import NextStep, SecretUnavailableError
from c2c_desktop.domain.secret import Secret

SERVICE_NAME = "C2C Desktop"


class KeyringSecretStore:
    """Implements the `SecretStore` port on the OS keyring. Secrets lane: a call can block for ever.

    Only backends that encrypt are used; a plain-text one counts as none. Backends raise errors of their
    own beside keyring's (the Secret Service one when the bus dies), so everything is caught here.
    """

    def get(self, user_id: str) -> Secret | None:
        """Return the stored secret or None."""
        try:
            text = self._backend().get_password(SERVICE_NAME, user_id)
        except Exception as error:  # backends raise whatever their bus raises
            raise _explained(error) from error
        return None if text is None else Secret(text)

    def set(self, user_id: str, secret: Secret) -> None:
        """Store or replace the secret."""
        try:
            self._backend().set_password(SERVICE_NAME, user_id, secret.reveal())
        except Exception as error:
            raise _explained(error) from error

    def delete(self, user_id: str) -> None:
        """Delete the secret if it is there."""
        import keyring.errors  # noqa: PLC0415

        try:
            self._backend().delete_password(SERVICE_NAME, user_id)
        except keyring.errors.PasswordDeleteError:
            if self.get(user_id) is not None:
                raise SecretUnavailableError(
                    "The secret could not be deleted", "Remove “C2C Desktop” in your keyring’s own program."
                ) from None
        except Exception as error:
            raise _explained(error) from error

    def _backend(self) -> _Backend:
        import keyring  # noqa: PLC0415
        import keyring.errors  # noqa: PLC0415
        from keyring.backends import chainer, fail  # noqa: PLC0415

        backend = keyring.get_keyring()
        parts = backend.backends if isinstance(backend, chainer.ChainerBackend) else [backend]
        for part in parts:
            if not isinstance(part, fail.Keyring) and part.priority >= 1 and "file" not in type(part).__module__:
                return part  # type: ignore[return-value]  # keyring's backends fit the protocol
        raise keyring.errors.NoKeyringError


class _Backend:
    """What is used of a keyring backend."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


def _explained(error: Exception) -> SecretUnavailableError:
    import keyring.errors  # noqa: PLC0415

    if isinstance(error, SecretUnavailableError):
        return error
    if isinstance(error, keyring.errors.KeyringLocked):
        return SecretUnavailableError("Your keyring is locked", "Unlock it, then try again.", NextStep.RETRY)
    if isinstance(error, keyring.errors.NoKeyringError):
        return SecretUnavailableError(
            "This computer has no keyring",
            "Install one (GNOME Keyring or KWallet), or keep the secret for this session only.",
            NextStep.FIX_SIGN_IN,
        )
    return SecretUnavailableError(
        "Your keyring went away", "It may be restarting. Try again, or sign in for this session only.", NextStep.RETRY
    )


class SessionSecretStore:
    """Implements the `SecretStore` port in memory: for the sandbox and for credentials of one call."""

    def __init__(self, secrets: dict[str, Secret] | None = None) -> None:
        self._secrets = dict(secrets or {})

    def get(self, user_id: str) -> Secret | None:
        """Return the secret or None."""
        return self._secrets.get(user_id)

    def set(self, user_id: str, secret: Secret) -> None:
        """Keep the secret until the program ends."""
        self._secrets[user_id] = secret

    def delete(self, user_id: str) -> None:
        """Forget the secret."""
        self._secrets.pop(user_id, None)
