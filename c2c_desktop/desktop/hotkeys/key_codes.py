"""Key combinations as each desktop names them."""

from __future__ import annotations

from c2c_desktop.desktop.hotkeys.key_combination import FUNCTION_KEYS, TYPED_KEYS, KeyCombination, Modifier

_PORTAL_MODIFIERS = {
    Modifier.CTRL: "CTRL",
    Modifier.ALT: "ALT",
    Modifier.SHIFT: "SHIFT",
    Modifier.SUPER: "LOGO",
}
_WINDOWS_MODIFIERS = {Modifier.ALT: 0x1, Modifier.CTRL: 0x2, Modifier.SHIFT: 0x4, Modifier.SUPER: 0x8}
_WINDOWS_NO_REPEAT = 0x4000
_MAC_MODIFIERS = {Modifier.SUPER: 0x100, Modifier.SHIFT: 0x200, Modifier.ALT: 0x800, Modifier.CTRL: 0x1000}

_KEYSYMS = (
    {key: ord(key.lower()) for key in TYPED_KEYS}
    | {key: 0xFFBE + place for place, key in enumerate(FUNCTION_KEYS)}
    | {"Space": 0x20, "Tab": 0xFF09, "Return": 0xFF0D, "Escape": 0xFF1B, "Backspace": 0xFF08}
    | {"Insert": 0xFF63, "Delete": 0xFFFF, "Home": 0xFF50, "End": 0xFF57, "PageUp": 0xFF55, "PageDown": 0xFF56}
    | {"Left": 0xFF51, "Up": 0xFF52, "Right": 0xFF53, "Down": 0xFF54}
    | {"Pause": 0xFF13, "Print": 0xFF61, "ScrollLock": 0xFF14, "Menu": 0xFF67}
)
_KEYSYM_NAMES = {key: key.lower() for key in TYPED_KEYS} | {
    "Space": "space",
    "Backspace": "BackSpace",
    "PageUp": "Page_Up",
    "PageDown": "Page_Down",
    "ScrollLock": "Scroll_Lock",
}
"""Where they are not our own names."""

_WINDOWS_KEYS = (
    {key: ord(key) for key in TYPED_KEYS}
    | {key: 0x70 + place for place, key in enumerate(FUNCTION_KEYS)}
    | {"Space": 0x20, "Tab": 0x09, "Return": 0x0D, "Escape": 0x1B, "Backspace": 0x08}
    | {"Insert": 0x2D, "Delete": 0x2E, "Home": 0x24, "End": 0x23, "PageUp": 0x21, "PageDown": 0x22}
    | {"Left": 0x25, "Up": 0x26, "Right": 0x27, "Down": 0x28}
    | {"Pause": 0x13, "Print": 0x2C, "ScrollLock": 0x91, "Menu": 0x5D}
)
_MAC_FUNCTION_CODES = (
    *(122, 120, 99, 118, 96, 97, 98, 100, 101, 109),
    *(103, 111, 105, 107, 113, 106, 64, 79, 80, 90),
)
_MAC_KEYS = (
    {key: place for place, key in enumerate("ASDFHGZXCV")}
    | {"B": 11, "Q": 12, "W": 13, "E": 14, "R": 15, "Y": 16, "T": 17, "O": 31, "U": 32, "I": 34, "P": 35}
    | {"L": 37, "J": 38, "K": 40, "N": 45, "M": 46}
    | {"1": 18, "2": 19, "3": 20, "4": 21, "5": 23, "6": 22, "7": 26, "8": 28, "9": 25, "0": 29}
    | dict(zip(FUNCTION_KEYS, _MAC_FUNCTION_CODES, strict=False))
    | {"Space": 49, "Tab": 48, "Return": 36, "Escape": 53, "Backspace": 51}
    | {"Insert": 114, "Delete": 117, "Home": 115, "End": 119, "PageUp": 116, "PageDown": 121}
    | {"Left": 123, "Up": 126, "Right": 124, "Down": 125}
)
"""Places on the American keyboard: macOS knows no other names for a hotkey."""


def x11_keysym(combination: KeyCombination) -> int:
    """Return the keysym of the key without modifiers. Which bits modifiers are, the server's mapping tells."""
    return _KEYSYMS[combination.key]


def portal_trigger(combination: KeyCombination) -> str:
    """Return "CTRL+ALT+p": the freedesktop shortcuts specification."""
    held = [name for modifier, name in _PORTAL_MODIFIERS.items() if modifier in combination.modifiers]
    return "+".join([*held, _KEYSYM_NAMES.get(combination.key, combination.key)])


def windows_codes(combination: KeyCombination) -> tuple[int, int]:
    """Return modifiers and virtual key for `RegisterHotKey`; a held key counts once."""
    held = sum(_WINDOWS_MODIFIERS[modifier] for modifier in combination.modifiers)
    return held | _WINDOWS_NO_REPEAT, _WINDOWS_KEYS[combination.key]


def mac_codes(combination: KeyCombination) -> tuple[int, int] | None:
    """Return modifiers and key code for `RegisterEventHotKey`; None for a key no Mac has."""
    code = _MAC_KEYS.get(combination.key)
    if code is None:
        return None
    return sum(_MAC_MODIFIERS[modifier] for modifier in combination.modifiers), code
