"""The twelve keys under mouse and keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from c2c_desktop.ui.dial_keys import HOLD_MS, DialKeys
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import click, fire, press, press_mouse, release_mouse, running_timers

ALL = "123456789*0#"


@pytest.fixture
def keys(qtbot: QtBot, theme: Theme) -> DialKeys:
    keys = DialKeys(theme)
    qtbot.addWidget(keys)
    keys.resize(280, 240)
    keys.show()
    keys.activateWindow()
    qtbot.waitExposed(keys)
    return keys


@pytest.fixture
def typed(keys: DialKeys) -> list[str]:
    typed: list[str] = []
    keys.typed.connect(typed.append)
    return typed


def test_a_key_pressed_and_left_types_nothing(keys: DialKeys, typed: list[str]) -> None:
    press_mouse(keys.keys["5"])
    release_mouse(keys.keys["6"])
    assert typed == []


def test_zero_held_and_left_after_the_plus_does_not_swallow_the_next_zero(keys: DialKeys, typed: list[str]) -> None:
    zero = keys.keys["0"]
    press_mouse(zero)
    fire(keys, HOLD_MS)
    release_mouse(keys.keys["#"])
    click(zero)
    assert typed == ["+", "0"]


def test_only_zero_means_something_else_when_held(keys: DialKeys, typed: list[str]) -> None:
    press_mouse(keys.keys["1"])
    assert running_timers(keys) == []
    release_mouse(keys.keys["1"])
    assert typed == ["1"]


def test_zero_held_types_a_plus_and_no_zero(keys: DialKeys, typed: list[str]) -> None:
    press_mouse(keys.keys["0"])
    fire(keys, HOLD_MS)
    release_mouse(keys.keys["0"])
    assert typed == ["+"]


def test_zero_pressed_shortly_types_zero(keys: DialKeys, typed: list[str]) -> None:
    click(keys.keys["0"])
    assert typed == ["0"]
    assert running_timers(keys) == []


def test_each_key_types_itself_by_mouse_and_by_keyboard(qtbot: QtBot, keys: DialKeys, typed: list[str]) -> None:
    for digit in ALL:
        click(keys.keys[digit])
    for digit in ALL:
        keys.keys[digit].setFocus()
        qtbot.waitUntil(keys.keys[digit].hasFocus)
        press(Qt.Key.Key_Space)
    assert "".join(typed) == ALL + ALL


def test_keys_stand_as_on_a_telephone(keys: DialKeys) -> None:
    places = {digit: key.mapTo(keys, QPoint()) for digit, key in keys.keys.items()}
    rows = [places[d].y() for d in "147*"]
    columns = [places[d].x() for d in "123"]
    assert rows == sorted(set(rows))
    assert columns == sorted(set(columns))
    assert [places[d].y() for d in "*0#"] == [rows[3]] * 3


@pytest.mark.parametrize("height", [240, 124])
def test_letters_stand_below_the_digit_or_beside_it_where_it_is_low(keys: DialKeys, theme: Theme, height: int) -> None:
    keys.set_compact(on=height < 200)
    keys.resize(280, height)
    picture = keys.keys["2"].grab().toImage()
    face = theme.tokens.colour("key").rgb()
    columns = {x for x in range(4, picture.width() - 4) if any(picture.pixel(x, y) != face for y in range(4, 20))}
    beside = max(columns) - min(columns) > 20
    assert beside == (height < 200)
    assert keys.keys["2"].height() >= 26
