"""One mimeapps.list: which entries open which types. It is everybody's file, so all other lines stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from c2c_desktop.desktop.registration.replaced_file import replace_file
from c2c_desktop.domain.errors import StorageError

DEFAULTS = "Default Applications"
_ASSOCIATIONS = ("Added Associations", "Removed Associations")


class MimeAppsList:
    """The lines of one file, as they were read. Raises `StorageError` where it is there and cannot be read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            text = path.read_bytes().decode("utf-8", "surrogateescape")
        except (FileNotFoundError, NotADirectoryError):
            text = ""
        except OSError as error:
            raise StorageError(
                "A file could not be read",
                f"{path} cannot be read ({error.strerror}). Make it readable, then try again.",
            ) from error
        self._read = text
        self._lines = [line for line in re.split(r"(?<=\n)", text) if line]

    def value(self, type_name: str, group: str = DEFAULTS) -> str:
        """Return the entries of a type as they are written, "" for none."""
        return next((value for _, value in self._values(type_name, group)), "")

    def default_ids(self, type_name: str) -> list[str]:
        """Return the IDs of the entries that open a type, the first the one that should."""
        return split_ids(self.value(type_name))

    def set_default(self, type_name: str, value: str) -> None:
        """Let a type be opened by the entries in `value`; "" takes the line away."""
        places = [place for place, _ in self._values(type_name, DEFAULTS)]
        for place in reversed(places[1 if value else 0 :]):  # readers differ in which of two lines counts
            del self._lines[place]
        if not value:
            return
        if places:
            ending = self._lines[places[0]][len(self._lines[places[0]].rstrip("\r\n")) :]
            self._lines[places[0]] = f"{type_name}={value}{ending or chr(10)}"
        else:
            self._insert(f"{type_name}={value}\n")

    def take_away(self, entry_id: str, type_name: str) -> None:
        """Take one entry out of everything that is said of a type."""
        for group in (DEFAULTS, *_ASSOCIATIONS):
            for place, value in reversed(list(self._values(type_name, group))):
                ids = split_ids(value)
                if entry_id not in ids:
                    continue
                left = "".join(f"{other};" for other in ids if other != entry_id)
                self._lines[place : place + 1] = [f"{type_name}={left}\n"] if left else []

    def save(self) -> None:
        """Replace the file, if something changed. Raises `StorageError`."""
        text = "".join(self._lines)
        if text != self._read:
            replace_file(self._path, text.encode("utf-8", "surrogateescape"))
            self._read = text

    def _values(self, type_name: str, group: str) -> Iterator[tuple[int, str]]:
        here = ""
        for place, line in enumerate(self._lines):
            if line.startswith("["):
                here = line.strip().strip("[]")
            elif here == group and "=" in line:
                key, _, value = line.partition("=")
                if key.strip() == type_name:
                    yield place, value.strip()

    def _insert(self, line: str) -> None:
        """Add a line at the end of the defaults, before the blank lines that follow them."""
        headers = [place for place, text in enumerate(self._lines) if text.startswith("[")]
        ours = next((place for place in headers if self._lines[place].strip() == f"[{DEFAULTS}]"), None)
        if self._lines and not self._lines[-1].endswith("\n"):
            self._lines[-1] += "\n"
        if ours is None:
            self._lines += ["\n"] * bool(self._lines) + [f"[{DEFAULTS}]\n", line]
            return
        place = next((header for header in headers if header > ours), len(self._lines))
        while not self._lines[place - 1].strip(" \t\r\n"):
            place -= 1
        self._lines.insert(place, line)


def split_ids(value: str) -> list[str]:
    """Return the IDs of a list as a mimeapps.list writes it."""
    return [name.strip() for name in value.split(";") if name.strip()]
