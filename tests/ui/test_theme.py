"""The look: contrast computed from the tokens, icons that render, and a theme that is followed at once."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.settings import ThemeChoice
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.style import _SHEET, style_sheet
from c2c_desktop.ui.theme import Theme

RESOURCES = files("c2c_desktop.resources")
TOKENS = json.loads(RESOURCES.joinpath("tokens.json").read_text(encoding="utf-8"))
THEMES = ["light", "dark"]
GROUNDS = ["bg", "surface", "raised", "hover"]
PAIRS = [
    *[("text", ground) for ground in [*GROUNDS, "key", "pressed"]],
    *[("muted", ground) for ground in [*GROUNDS, "key"]],
    *[(colour, ground) for colour in ("accent", "info", "warn", "danger") for ground in ("bg", "surface", "raised")],
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("accent", "accent_soft"),
    ("info", "info_soft"),
    ("warn", "warn_soft"),
    ("danger", "danger_soft"),
    ("surface", "text"),
    ("accent_soft", "text"),
    ("surface", "info"),
]
"""Text and what it stands on, as in the drawings and the style sheet; the last three are toast and selection."""


def luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(colour[n : n + 2], 16)) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme_name", THEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids=str)
def test_text_can_be_read_on_its_ground(theme_name: str, text: str, ground: str) -> None:
    colours = TOKENS[theme_name]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("colour", TOKENS["avatars"])
def test_white_initials_can_be_read_on_every_avatar(colour: str) -> None:
    assert contrast("#FFFFFF", colour) >= 4.5


def test_both_themes_hold_the_same_tokens_and_the_style_needs_no_others() -> None:
    assert TOKENS["light"].keys() == TOKENS["dark"].keys()
    assert set(_SHEET.get_identifiers()) <= TOKENS["light"].keys()
    for colours in (TOKENS["light"], TOKENS["dark"]):
        assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in colours.values())
        assert "$" not in style_sheet(colours)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_icon_renders_crisp_in_its_colour(icons: Icons, scale: float) -> None:
    names = sorted(p.name.removesuffix(".svg") for p in RESOURCES.joinpath("icons").iterdir())
    assert len(names) >= 20
    for name in names:
        pixmap = icons.pixmap(name, "#FF0000", 24, scale)
        assert pixmap.width() == round(24 * scale)
        picture = pixmap.toImage()
        pixels = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
        drawn = [pixel for pixel in pixels if pixel.alpha() > 128]
        assert drawn, name
        assert name == "c2c-desktop" or all(pixel.red() > 250 and pixel.green() < 5 for pixel in drawn), name


def test_a_drawn_icon_is_kept(icons: Icons) -> None:
    assert icons.pixmap("phone", "#FF0000", 24) is icons.pixmap("phone", "#FF0000", 24)


def test_choosing_a_theme_changes_what_is_shown_at_once(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    label, button = QLabel("Words"), QPushButton("Save")
    button.setProperty("kind", "primary")
    for widget in (label, button):
        qtbot.addWidget(widget)
        widget.show()
    seen = []
    for choice, name in ((ThemeChoice.DARK, "dark"), (ThemeChoice.LIGHT, "light"), (ThemeChoice.DARK, "dark")):
        theme.choose(choice)
        assert theme.tokens["bg"] == TOKENS[name]["bg"]
        assert qapp.palette().window().color() == QColor(TOKENS[name]["bg"])
        seen.append(button.grab().toImage().pixelColor(12, button.height() // 2).name().upper())
    assert seen == [TOKENS[n]["accent"] for n in ("dark", "light", "dark")]


def test_choosing_what_is_shown_already_tells_nobody(qtbot: QtBot, theme: Theme) -> None:
    theme.choose(ThemeChoice.LIGHT)
    with qtbot.assertNotEmitted(theme.theme_changed):
        theme.choose(ThemeChoice.LIGHT)
        theme.choose(ThemeChoice.SYSTEM)
    with qtbot.waitSignal(theme.theme_changed):
        theme.choose(ThemeChoice.DARK)


def test_a_name_has_always_the_same_avatar(theme: Theme) -> None:
    assert theme.tokens.avatar("Asha Rao") == theme.tokens.avatar("Asha Rao")
    assert len({theme.tokens.avatar(f"Person {n}").name() for n in range(100)}) == len(TOKENS["avatars"])
