"""The program's desktop entries as text, and reading a few keys of any: the freedesktop.org specification."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from c2c_desktop.domain.errors import UserFacingError

MENU_ID = "c2c-desktop.desktop"
LINKS_ID = "c2c-desktop-links.desktop"
_RESERVED = re.compile(r"""[ \t"'\\><~|&;$*?#()`]""")
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_ENV = "/usr/bin/env"
_MAIN = "Desktop Entry"
_ACTIONS = {"quick": "Quick dial", "redial": "Redial", "settings": "Settings"}
_SIZE_LIMIT = 1 << 20
"""Bytes of an entry that are read."""


def menu_entry(command: Sequence[str], icon: str = "", extra: Mapping[str, str] | None = None) -> str:
    """Return the entry of menus and docks, which starts the program and offers its actions."""
    actions = {
        f"Desktop Action {verb}": {"Name": name, "Exec": exec_line((*command, verb))} for verb, name in _ACTIONS.items()
    }
    main = {
        "Type": "Application",
        "Name": "C2C Desktop",
        "GenericName": "Click-to-call",
        "Comment": "Call any number on your desktop with TeleCMI",
        "Exec": exec_line(command),
        "Icon": icon or icon_path(),
        "Terminal": "false",
        "Categories": "Office;ContactManagement;",
        "Keywords": "phone;call;dial;telephone;TeleCMI;",
        "StartupWMClass": "c2c-desktop",
        "Actions": "".join(f"{verb};" for verb in _ACTIONS),
    }
    return entry_text({_MAIN: {**main, **(extra or {})}, **actions})


def links_entry(
    opening: Sequence[str], types: Sequence[str], icon: str = "", extra: Mapping[str, str] | None = None
) -> str:
    """Return the entry that opens links of the MIME `types`; menus do not show it. `opening` ends with `--`."""
    main = {
        "Type": "Application",
        "Name": "C2C Desktop",
        "Comment": "Asks before it calls the number of a link",
        "Exec": exec_line(opening, "%u"),
        "Icon": icon or icon_path(),
        "Terminal": "false",
        "NoDisplay": "true",
        "StartupNotify": "false",
        "MimeType": "".join(f"{name};" for name in types),
    }
    return entry_text({_MAIN: {**main, **(extra or {})}})


def login_entry(command: Sequence[str]) -> str:
    """Return the entry that starts the program when the user logs in."""
    main = {
        "Type": "Application",
        "Name": "C2C Desktop",
        "Comment": "Call any number on your desktop with TeleCMI",
        "Exec": exec_line((*command, "--minimized")),
        "Icon": icon_path(),
        "Terminal": "false",
        "StartupNotify": "false",
    }
    return entry_text({_MAIN: main})


def exec_line(words: Sequence[str], field: str = "") -> str:
    """Return `words` as an Exec value, before the escapes of `entry_text`; `field` is a field code like %u.

    A first word that must be quoted gets `env` before it: xdg-mime cannot read a quoted one and would take the
    entry for one whose program is gone. Raises `UserFacingError` for words that no entry can hold.
    """
    if not all(word.isprintable() for word in words):
        raise UserFacingError(
            "The program stands in a folder that no menu can start it from",
            f"Move it to one whose path has plain characters only: {words[0]!r}.",
        )
    if _quoted(words[0]) != words[0] and "=" not in words[0]:
        words = (_ENV, *words)
    return " ".join([*map(_quoted, words), *([field] if field else [])])


def exec_words(line: str) -> list[str]:
    """Return the words of an Exec value, as `entry_keys` gives it, without the `env` that `exec_line` adds."""
    words = [re.sub(r"\\(.)", r"\1", inside) if inside else bare for inside, bare in _WORD.findall(line)]
    return [word.replace("%%", "%") for word in words if word != _ENV]


def icon_path() -> str:
    """Return where the program's icon is, or its name where it is no file."""
    icon = files("c2c_desktop.resources").joinpath("icons/c2c-desktop.svg")
    return str(icon) if isinstance(icon, Path) and icon.is_file() else "c2c-desktop"


def entry_text(groups: Mapping[str, Mapping[str, str]]) -> str:
    """Return an entry of these groups of keys."""
    blocks = [
        "\n".join([f"[{name}]", *(f"{k}={_escaped(v)}" for k, v in keys.items())]) for name, keys in groups.items()
    ]
    return "\n\n".join(blocks) + "\n"


def entry_keys(path: Path) -> dict[str, str]:
    """Return the keys of an entry's main group, unescaped; nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            text = file.read(_SIZE_LIMIT).decode("utf-8", "replace")
    except (OSError, ValueError):
        return {}
    keys: dict[str, str] = {}
    group = ""
    for line in text.split("\n"):
        if line.startswith("["):
            group = line.strip().strip("[]")
        elif group == _MAIN and "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            keys.setdefault(key.strip(), _unescaped(value.strip()))
    return keys


def _quoted(word: str) -> str:
    word = word.replace("%", "%%")
    if word and not _RESERVED.search(word):
        return word
    return '"' + re.sub(r'(["`$\\])', r"\\\1", word) + '"'


_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_MEANINGS = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


def _escaped(value: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in value)


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: _MEANINGS.get(found[1], found[0]), value)
