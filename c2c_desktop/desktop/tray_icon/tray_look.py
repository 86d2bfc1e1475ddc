"""How the tray's icon looks: a shape for each state, and colours that stand out on light and dark panels alike."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QIcon, QPixmap

from c2c_desktop.desktop.tray_icon.tray_states import symbolic_name

SIZES = (16, 22, 24, 32, 44, 48, 64)
"""Pixels; panels at 200 % ask for 44 and 64."""

NEUTRAL = "#7D8A99"
COLOURS = {"tray-trouble": "#B06A00", "tray-calling": "#12916A"}
"""The panel's colour is not told: each of these has a contrast of 3:1 and more on white and on near-black."""


def tray_icon(state: str, pixmap: Callable[[str, str, int], QPixmap]) -> QIcon:
    """Return the icon of `state`. `pixmap` draws an icon by name, colour and pixels.

    Where our symbolic icons are installed, it is named: a StatusNotifier panel then draws it in the panel's own colour.
    An embedded one gets the colour in the file, which is `NEUTRAL`.
    """
    name = symbolic_name(state)
    themed = QIcon.fromTheme(name)
    if not themed.isNull() and themed.name() == name:  # else only one with a shorter name: the application's
        return themed
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(pixmap(state, COLOURS.get(state, NEUTRAL), size))
    icon.setIsMask(True)  # macOS draws it in the menu bar's own colour; not run by the tests
    return icon
