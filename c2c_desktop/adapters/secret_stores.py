"""Where app secrets live: the keyring of the desktop, or memory for one session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from c2c_desktop.domain.errors import NextStep, SecretUnavailableError
from c2c_desktop.domain.secret import Secret

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

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

    def _backend(self) -> KeyringBackend:
        import keyring  # noqa: PLC0415
        import keyring.backend  # noqa: PLC0415
        import keyring.errors  # noqa: PLC0415
        from keyring.backends import chainer, fail  # noqa: PLC0415

        chosen = keyring.get_keyring()
        candidates = chosen.backends if isinstance(chosen, chainer.ChainerBackend) else [chosen]
        if isinstance(chosen, fail.Keyring):  # keyring looks once a run: one may have come up since
            viable = keyring.backend.KeyringBackend.get_viable_backends()
            single = [kind() for kind in viable if not issubclass(kind, chainer.ChainerBackend)]
            candidates = sorted(single, key=keyring.backend.by_priority, reverse=True)
        for backend in candidates:
            if backend.priority >= 1 and "file" not in type(backend).__module__:
                return backend
        raise keyring.errors.NoKeyringError


def _explained(error: Exception) -> SecretUnavailableError:
    import keyring.errors  # noqa: PLC0415

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
