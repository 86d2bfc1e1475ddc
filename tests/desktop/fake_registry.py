"""A registry that records what is written to it, for what cannot run here."""

from __future__ import annotations

from c2c_desktop.desktop.registration.windows_registry import Value, not_written


class FakeRegistry:
    """Implements the `Registry` port on a dictionary; names are compared as Windows does it, without case."""

    def __init__(self, values: dict[tuple[str, str], Value] | None = None) -> None:
        self.values: dict[tuple[str, str], Value] = {}
        self.written: list[tuple[str, str]] = []
        self.told = 0
        self.is_locked = False
        for (key, name), value in (values or {}).items():
            self.values[_folded(key, name)] = value

    def read(self, key: str, name: str) -> Value | None:
        return self.values.get(_folded(key, name))

    def write(self, key: str, name: str, text: str) -> None:
        self._change(key, name)
        self.values[_folded(key, name)] = text

    def delete(self, key: str, name: str) -> None:
        self._change(key, name)
        self.values.pop(_folded(key, name), None)

    def delete_key(self, key: str) -> None:
        self._change(key, "")
        folded = key.lower()
        self.values = {
            place: value
            for place, value in self.values.items()
            if place[0] != folded and not place[0].startswith(f"{folded}\\")
        }

    def tell_shell(self) -> None:
        self.told += 1

    def _change(self, key: str, name: str) -> None:
        assert key.startswith("HKCU\\"), f"{key} is not this user's"
        if self.is_locked:
            raise not_written(PermissionError(13, "Access is denied"))
        self.written.append((key, name))


def _folded(key: str, name: str) -> tuple[str, str]:
    return key.lower(), name.lower()
