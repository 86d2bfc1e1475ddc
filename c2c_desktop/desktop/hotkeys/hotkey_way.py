"""What every way to a hotkey has, and what it tells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal

from c2c_desktop.desktop.hotkeys.key_combination import KeyCombination

COMMAND = "c2c-desktop quick --selection"
"""Does what the hotkey does: for desktops whose own settings must bind the keys."""

BIND_COMMAND = f"Bind `{COMMAND}` in its keyboard settings."


class HotkeyKind(Enum):
    """Whether pressing the keys does anything."""

    BOUND = "bound"
    OFF = "off"
    CONFLICT = "conflict"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class HotkeyState:
    """How it stands with the hotkey. `words`: one or two sentences for a person."""

    kind: HotkeyKind
    words: str


OFF = HotkeyState(HotkeyKind.OFF, "No keys are set.")
NO_DESKTOP_KEYS = HotkeyState(HotkeyKind.UNAVAILABLE, f"This desktop lets no program take keys. {BIND_COMMAND}")


def bound(keys: str) -> HotkeyState:
    """Return the state of keys that are ours."""
    return HotkeyState(HotkeyKind.BOUND, f"Press {keys} in any program.")


def conflict(keys: str) -> HotkeyState:
    """Return the state of keys that another program has."""
    return HotkeyState(HotkeyKind.CONFLICT, f"Another program uses {keys}.")


class HotkeyWay(QObject):
    """One desktop's way to be told of keys pressed in any program. Main thread.

    `bind` and `release` return at once; what came of it, `state_changed` tells then or later.
    """

    pressed = Signal(str)
    """An XDG activation token, or "" where the desktop gives none. Once a press, however long it is held."""
    state_changed = Signal(object)
    """A `HotkeyState`."""

    def bind(self, combination: KeyCombination) -> None:
        """Take these keys, in place of those it had."""
        raise NotImplementedError

    def release(self) -> None:
        """Give the keys back and leave nothing open."""
        raise NotImplementedError

    def bring_forward(self, window: int) -> None:
        """Put a window of ours in front, by its id, where the desktop needs to be told by which press."""


class NoWay(HotkeyWay):
    """A desktop where nothing is told of keys."""

    def bind(self, combination: KeyCombination) -> None:  # noqa: ARG002  # whichever they are
        """Say so."""
        self.state_changed.emit(NO_DESKTOP_KEYS)

    def release(self) -> None:
        """There is nothing to give back."""
