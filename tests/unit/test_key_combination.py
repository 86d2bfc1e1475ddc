"""Keys as people and Qt write them, and as each desktop names them."""

from __future__ import annotations

import pytest

from c2c_desktop.desktop.hotkeys.key_codes import mac_codes, portal_trigger, windows_codes, x11_keysym
from c2c_desktop.desktop.hotkeys.key_combination import KEYS, KeyCombination, Modifier, parse_key_sequence, parse_keys
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.settings import DEFAULT_HOTKEY


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Press keys together"),
        ("   ", "Press keys together"),
        ("+", "cannot be held"),
        ("P", "needed for typing"),
        ("Shift+P", "needed for typing"),
        ("Shift+5", "needed for typing"),
        ("Return", "needed for typing"),
        ("Shift+Delete", "needed for typing"),
        ("Ctrl", "Add a letter"),
        ("Ctrl+Alt", "Add a letter"),
        ("Ctrl+Alt+", "cannot be used"),
        ("Ctrl++", "cannot be held"),
        ("Ctrl+Ä", "“Ä” cannot be used"),
        ("Ctrl+!", "“!” cannot be used"),
        ("Ctrl+F25", "“F25” cannot be used"),
        ("Ctrl+Fn+P", "“Fn” cannot be held"),
        ("Ctrl+P+Q", "Only one key"),
        ("Ctrl+C", "copies in every program"),
        ("ctrl + v", "pastes in every program"),
        ("Alt+F4", "belongs to the desktop"),
        ("Ctrl+Alt+Del", "belongs to the desktop"),
        ("Ctrl+" + "P" * 5000, "cannot be used"),
        ("Ctrl+\u202e\n<b>", "“<b>” cannot be used"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_what_cannot_be_a_hotkey_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        parse_keys(text)
    assert words in refused.value.message
    assert len(refused.value.message) < 160


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (DEFAULT_HOTKEY, "Ctrl+Alt+P"),
        (" alt + CTRL+p ", "Ctrl+Alt+P"),
        ("Ctrl+Ctrl+5", "Ctrl+5"),
        ("Meta+Shift+esc", "Shift+Super+Escape"),
        ("Win+PgDown", "Super+PageDown"),
        ("F9", "F9"),
        ("Shift+F12", "Shift+F12"),
        ("Pause", "Pause"),
        ("Ctrl+Shift+C", "Ctrl+Shift+C"),
    ],
)
def test_keys_are_written_one_way(text: str, written: str) -> None:
    assert parse_keys(text).text == written
    assert parse_keys(written).text == written


@pytest.mark.parametrize(
    ("sequence", "mac", "written"),
    [
        ("Ctrl+Alt+P", False, "Ctrl+Alt+P"),
        ("Meta+F9", False, "Super+F9"),
        ("Ctrl+Num+5", False, "Ctrl+5"),
        ("Ctrl+PgUp", False, "Ctrl+PageUp"),
        ("Ctrl+Alt+P", True, "Alt+Super+P"),
        ("Meta+Shift+Ins", True, "Ctrl+Shift+Insert"),
    ],
)
def test_what_qt_writes_is_read(sequence: str, mac: bool, written: str) -> None:
    assert parse_key_sequence(sequence, mac=mac).text == written


def test_keys_pressed_one_after_another_are_refused() -> None:
    with pytest.raises(UserFacingError, match="together once"):
        parse_key_sequence("Ctrl+K, Ctrl+P")


@pytest.mark.parametrize(
    ("text", "keysym", "trigger", "windows", "mac"),
    [
        ("Ctrl+Alt+P", 0x70, "CTRL+ALT+p", (0x4003, 0x50), (0x1800, 35)),
        ("Super+5", 0x35, "LOGO+5", (0x4008, 0x35), (0x100, 23)),
        ("Shift+F9", 0xFFC6, "SHIFT+F9", (0x4004, 0x78), (0x200, 101)),
        ("Ctrl+PageUp", 0xFF55, "CTRL+Page_Up", (0x4002, 0x21), (0x1000, 116)),
        ("Ctrl+Alt+Shift+Super+Space", 0x20, "CTRL+ALT+SHIFT+LOGO+space", (0x400F, 0x20), (0x1B00, 49)),
        ("Pause", 0xFF13, "Pause", (0x4000, 0x13), None),
        ("F24", 0xFFD5, "F24", (0x4000, 0x87), None),
        ("Ctrl+A", 0x61, "CTRL+a", (0x4002, 0x41), (0x1000, 0)),
    ],
)
def test_each_desktop_names_keys_its_way(
    text: str, keysym: int, trigger: str, windows: tuple[int, int], mac: tuple[int, int] | None
) -> None:
    *held, key = text.split("+")
    combination = KeyCombination(frozenset(Modifier(name) for name in held), key)
    assert x11_keysym(combination) == keysym
    assert portal_trigger(combination) == trigger
    assert windows_codes(combination) == windows
    assert mac_codes(combination) == mac


def test_every_key_has_codes_of_its_own() -> None:
    combinations = [KeyCombination(frozenset(), key) for key in KEYS]
    assert len({x11_keysym(c) for c in combinations}) == len(KEYS)
    assert len({portal_trigger(c) for c in combinations}) == len(KEYS)
    assert len({windows_codes(c) for c in combinations}) == len(KEYS)
    codes = [code for c in combinations if (code := mac_codes(c)) is not None]
    assert len(set(codes)) == len(codes) == len(KEYS) - 8  # F21 to F24, and four no Mac has
