"""The thin port to the Windows registry that links and the login are written over, and the real one."""

from __future__ import annotations

import sys
from typing import Protocol

from c2c_desktop.domain.errors import StorageError

Value = str | bytes


class Registry(Protocol):
    r"""Values by the path of their key, which starts with `HKCU\` or, to read only, `HKCR\`.

    Only text and bytes are read. Every method that changes something raises `StorageError`.
    """

    def read(self, key: str, name: str) -> Value | None:
        """Return a value, None where there is none; the name "" is the key's default."""
        ...

    def write(self, key: str, name: str, text: str) -> None:
        """Write a text, and make the key where there is none."""
        ...

    def delete(self, key: str, name: str) -> None:
        """Delete a value, if it is there."""
        ...

    def delete_key(self, key: str) -> None:
        """Delete a key with all beneath it, if it is there."""
        ...

    def tell_shell(self) -> None:
        """Let the shell know that associations changed."""
        ...


def open_registry() -> Registry:
    """Return this user's registry. Windows only."""
    if sys.platform == "win32":  # not run by the tests
        return _UserRegistry()
    raise NotImplementedError("there is a registry on Windows only")


def not_written(error: OSError) -> StorageError:
    """Say that the registry does not take a change."""
    return StorageError(
        "The registry could not be changed",
        f"Windows does not let this user change it ({error.strerror}). Ask whoever looks after this computer.",
    )


if sys.platform == "win32":  # not run by the tests
    import ctypes
    import winreg
    from contextlib import suppress

    _ASSOCIATIONS_CHANGED = 0x08000000

    class _UserRegistry:
        def read(self, key: str, name: str) -> Value | None:
            root, path = _place(key)
            try:
                with winreg.OpenKey(root, path) as opened:
                    value = winreg.QueryValueEx(opened, name)[0]
            except OSError:
                return None
            return value if isinstance(value, (str, bytes)) else None

        def write(self, key: str, name: str, text: str) -> None:
            root, path = _place(key)
            try:
                with winreg.CreateKeyEx(root, path, 0, winreg.KEY_SET_VALUE) as opened:
                    winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, text)
            except OSError as error:
                raise not_written(error) from error

        def delete(self, key: str, name: str) -> None:
            root, path = _place(key)
            try:
                with winreg.OpenKey(root, path, 0, winreg.KEY_SET_VALUE) as opened:
                    winreg.DeleteValue(opened, name)
            except FileNotFoundError:
                pass
            except OSError as error:
                raise not_written(error) from error

        def delete_key(self, key: str) -> None:
            root, path = _place(key)
            try:
                with winreg.OpenKey(root, path) as opened:
                    below = [winreg.EnumKey(opened, n) for n in range(winreg.QueryInfoKey(opened)[0])]
                for name in below:
                    self.delete_key(rf"{key}\{name}")
                winreg.DeleteKey(root, path)
            except FileNotFoundError:
                pass
            except OSError as error:
                raise not_written(error) from error

        def tell_shell(self) -> None:
            with suppress(OSError):
                ctypes.windll.shell32.SHChangeNotify(_ASSOCIATIONS_CHANGED, 0, None, None)

    def _place(key: str) -> tuple[int, str]:
        root, _, path = key.partition("\\")
        return (winreg.HKEY_CLASSES_ROOT if root == "HKCR" else winreg.HKEY_CURRENT_USER), path
