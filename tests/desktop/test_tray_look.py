"""The tray's icon: told apart by its shape, readable on every panel, sharp at every size."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QIcon

from c2c_desktop.desktop.tray_icon.tray_look import COLOURS, NEUTRAL, SIZES, tray_icon
from c2c_desktop.desktop.tray_icon.tray_states import STATES, symbolic_name
from c2c_desktop.ui.icons import Icons

ICONS = Path(__file__).parents[2] / "resources" / "icons"


@pytest.fixture
def icons(qapp: QObject) -> Icons:  # noqa: ARG001  # icons are drawn by Qt
    return Icons()


@pytest.fixture
def themes(tmp_path: Path, qapp: QObject) -> Iterator[Path]:  # noqa: ARG001
    """Where a test installs icons."""
    before = QIcon.themeSearchPaths(), QIcon.themeName()
    folder = tmp_path / "icons/hicolor/symbolic/apps"
    folder.mkdir(parents=True)
    (tmp_path / "icons/hicolor/index.theme").write_text(
        "[Icon Theme]\nName=Hicolor\nComment=of a test\nDirectories=symbolic/apps\n"
        "[symbolic/apps]\nSize=16\nMinSize=8\nMaxSize=512\nType=Scalable\n",
        encoding="utf-8",
    )
    QIcon.setThemeSearchPaths([str(tmp_path / "icons")])
    QIcon.setThemeName("hicolor")
    yield folder
    QIcon.setThemeSearchPaths(before[0])
    QIcon.setThemeName(before[1])


def drawn(icons: Icons, state: str, size: int) -> set[tuple[int, int]]:
    """The places a state covers, whatever its colour."""
    image = icons.pixmap(state, NEUTRAL, size).toImage()
    return {(x, y) for x in range(size) for y in range(size) if image.pixelColor(x, y).alpha() > 127}


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else math.pow((c + 0.055) / 1.055, 2.4) for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("size", [16, 22])
def test_states_differ_in_shape(icons: Icons, size: int) -> None:
    shapes = {state: drawn(icons, state, size) for state in STATES}
    assert all(shapes.values())
    for one, other in combinations(STATES, 2):
        differing = shapes[one] ^ shapes[other]
        assert len(differing) >= size * size * 0.05, (one, other)


@pytest.mark.parametrize("panel", ["#FFFFFF", "#1E1E1E", "#000000"])
def test_every_colour_stands_out_on_every_panel(panel: str) -> None:
    for state in STATES:
        lighter, darker = sorted(
            (luminance(QColor(panel)), luminance(QColor(COLOURS.get(state, NEUTRAL)))), reverse=True
        )
        assert (lighter + 0.05) / (darker + 0.05) >= 3, (state, panel)


@pytest.mark.parametrize("state", STATES)
def test_an_icon_is_drawn_for_every_size(icons: Icons, state: str) -> None:
    icon = tray_icon(state, icons.pixmap)
    assert sorted(size.width() for size in icon.availableSizes()) == sorted(SIZES)
    for size in SIZES:
        assert icon.pixmap(size).toImage() == icons.pixmap(state, COLOURS.get(state, NEUTRAL), size).toImage()


@pytest.mark.parametrize("state", STATES)
def test_an_installed_symbolic_icon_is_named_and_readable_without_a_panel_that_tints_it(
    icons: Icons, themes: Path, state: str
) -> None:
    (themes / f"{symbolic_name(state)}.svg").write_bytes((ICONS / f"{state}.svg").read_bytes())
    icon = tray_icon(state, icons.pixmap)
    assert icon.name() == f"c2c-desktop-{state}-symbolic"
    image = icon.pixmap(64).toImage()
    opaque = {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert opaque == {NEUTRAL}


def test_the_icon_of_the_application_is_not_taken_for_a_state(icons: Icons, themes: Path) -> None:
    (themes / "c2c-desktop.svg").write_bytes((ICONS / "c2c-desktop.svg").read_bytes())
    (themes / "c2c-desktop-symbolic.svg").write_bytes((ICONS / "c2c-desktop.svg").read_bytes())
    assert QIcon.fromTheme("c2c-desktop").name() == "c2c-desktop"
    assert tray_icon("tray-ready", icons.pixmap).name() == ""


@pytest.mark.parametrize("state", STATES)
def test_panels_can_tint_the_file(state: str) -> None:
    """GTK sets the fill of each shape and no stroke; Plasma sets the colour of one style class."""
    source = (ICONS / f"{state}.svg").read_text(encoding="utf-8")
    assert "stroke" not in source
    assert source.count("<path") == source.count('class="ColorScheme-Text" fill="currentColor"')
