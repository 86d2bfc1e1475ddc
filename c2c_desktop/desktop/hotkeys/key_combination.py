"""Keys pressed together, as a person writes them: "Ctrl+Alt+P"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from c2c_desktop.domain.errors import NextStep, UserFacingError
from c2c_desktop.domain.plain_text import clean_text


class Modifier(Enum):
    """A key that is held while another is pressed, in the order they are written. SUPER: Windows, Command."""

    CTRL = "Ctrl"
    ALT = "Alt"
    SHIFT = "Shift"
    SUPER = "Super"


TYPED_KEYS = (*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *"0123456789")
FUNCTION_KEYS = tuple(f"F{number}" for number in range(1, 25))
EDITING_KEYS = (
    *("Space", "Tab", "Return", "Escape", "Backspace", "Insert", "Delete"),
    *("Home", "End", "PageUp", "PageDown", "Left", "Right", "Up", "Down"),
)
SPARE_KEYS = ("Pause", "Print", "ScrollLock", "Menu")
KEYS = frozenset({*TYPED_KEYS, *FUNCTION_KEYS, *EDITING_KEYS, *SPARE_KEYS})
_FREE_ALONE = frozenset({*FUNCTION_KEYS, *SPARE_KEYS})
"""Keys no text is typed or edited with: they need no modifier."""

_MODIFIERS = {
    **{modifier.value.lower(): modifier for modifier in Modifier},
    **dict.fromkeys(("control", "ctl", "strg"), Modifier.CTRL),
    **dict.fromkeys(("option", "opt"), Modifier.ALT),
    **dict.fromkeys(("meta", "win", "windows", "cmd", "command", "logo"), Modifier.SUPER),
}
_KEYS = (
    {key.lower(): key for key in KEYS}
    | {"esc": "Escape", "enter": "Return", "ins": "Insert", "del": "Delete", "spacebar": "Space"}
    | {"pgup": "PageUp", "pgdown": "PageDown", "pgdn": "PageDown"}
    | {"sysreq": "Print", "printscreen": "Print"}
)
_EVERYWHERE = {
    "Ctrl+A": "selects all",
    "Ctrl+C": "copies",
    "Ctrl+V": "pastes",
    "Ctrl+X": "cuts",
    "Ctrl+Z": "undoes",
}
_OF_THE_DESKTOP = frozenset({"Ctrl+Alt+Delete", "Alt+Tab", "Alt+F4"})
_LIMIT = 60
_EXAMPLE = "Ctrl+Alt+P"


@dataclass(frozen=True, slots=True)
class KeyCombination:
    """Modifiers and one key of `KEYS`; one that a hotkey can be, when it comes from `parse_keys`."""

    modifiers: frozenset[Modifier]
    key: str

    @property
    def text(self) -> str:
        """As it is written and stored: "Ctrl+Alt+P"."""
        return "+".join([*(m.value for m in Modifier if m in self.modifiers), self.key])


def parse_keys(text: str) -> KeyCombination:
    """Read "ctrl + alt + p" and the like. Raises `UserFacingError` for what cannot be a hotkey, saying why."""
    *held, last = ["".join(part.split()) for part in text[:_LIMIT].split("+")]
    modifiers = frozenset(_modifier(part) for part in held)
    if not last and not held:
        raise _refused(f"Press keys together, for example {_EXAMPLE}.")
    if last.lower() in _MODIFIERS:
        raise _refused(f"Add a letter, a digit or a key such as F9 to {_shown(text)}, for example {_EXAMPLE}.")
    key = _KEYS.get(last.lower())
    if key is None:
        raise _refused(
            f"“{_shown(last) or '+'}” cannot be used: take a letter from A to Z, a digit or a key such as F9."
        )
    combination = KeyCombination(modifiers, key)
    _refuse_what_is_in_use(combination)
    return combination


def parse_key_sequence(portable: str, *, mac: bool = False) -> KeyCombination:
    """Read what `QKeySequence.toString(PortableText)` gives, of a key event too. Raises `UserFacingError`.

    `mac`: whether Qt wrote it on macOS, where its "Ctrl" is Command and its "Meta" is Control.
    """
    if ", " in portable:
        raise _refused(f"Press keys together once, for example {_EXAMPLE}.")
    text = re.sub(r"\bNum\+", "", portable)  # Qt's mark of the keypad
    if mac:
        swapped = {"Ctrl": "Super", "Meta": "Ctrl"}
        text = re.sub(r"\b(Ctrl|Meta)\b", lambda found: swapped[found[1]], text)
    return parse_keys(text)


def _modifier(part: str) -> Modifier:
    modifier = _MODIFIERS.get(part.lower())
    if modifier is None and part.lower() in _KEYS:
        raise _refused(f"Only one key besides Ctrl, Alt, Shift and Super, for example {_EXAMPLE}.")
    if modifier is None:
        raise _refused(f"“{_shown(part) or '+'}” cannot be held: take Ctrl, Alt, Shift or Super.")
    return modifier


def _refuse_what_is_in_use(combination: KeyCombination) -> None:
    text = combination.text
    if combination.modifiers <= {Modifier.SHIFT} and combination.key not in _FREE_ALONE:
        raise _refused(f"{text} is needed for typing. Add Ctrl, Alt or Super, for example {_EXAMPLE}.")
    if text in _EVERYWHERE:
        raise _refused(f"{text} {_EVERYWHERE[text]} in every program. Add another key to hold, for example Alt.")
    if text in _OF_THE_DESKTOP:
        raise _refused(f"{text} belongs to the desktop. Take others, for example {_EXAMPLE}.")


def _shown(text: str) -> str:
    return clean_text(text, 30)


def _refused(message: str) -> UserFacingError:
    return UserFacingError("These keys cannot be used", message, NextStep.OPEN_SETTINGS)
