"""Panels that people use, with nothing but a tray, and a hand on the icon in it."""

from __future__ import annotations

import glob
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.desktop.bus_rig import Bus
from tests.desktop.fake_tray import WATCHER
from tests.desktop.rig import Environment, need, running, until
from tests.desktop.screen_rig import shown_window, xdotool

Colour = tuple[int, int, int]
TOP, HEIGHT, WIDTH = 994, 30, 1280
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
_TINT2_CONFIG = """\
rounded = 0
border_width = 0
background_color = {background} 100
panel_background_id = 1
panel_items = S
panel_monitor = 1
panel_position = bottom center horizontal
panel_size = 100% 30
systray_padding = 4 4 4
systray_icon_size = 22
"""
_XFCE_CHANNEL = """\
<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=10;x=640;y=1009"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="30"/>
      <property name="background-style" type="uint" value="1"/>
      <property name="background-rgba" type="array">
        {background}<value type="double" value="1"/>
      </property>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty"><property name="plugin-1" type="string" value="systray"/></property>
</channel>
"""
_XFCE_CONFIGURATION = "/usr/lib/*/xfce4/xfconf/xfconfd"


class PanelIcon:
    """What the panel shows: its background, and the icon's pixels."""

    def __init__(self, environment: Environment, background: Colour = BLACK) -> None:
        """Take the pointer away first: panels light up what is under it."""
        self._environment = environment
        self._background = background
        self.leave()
        self._side = 6

    def colour(self) -> Colour | None:
        """The icon's main colour, or None while there is no icon."""
        counted = Counter(self.pixels())
        counted.pop(self._background, None)
        return counted.most_common(1)[0][0] if counted else None

    def click(self, button: int = 1) -> None:
        """Click on the icon, on its other side than the last time: two clicks are no double click."""
        self._side = -self._side
        until(self.colour, "an icon in the tray")
        drawn = [place for place, pixel in enumerate(self.pixels()) if pixel != self._background]
        columns = [place % WIDTH for place in drawn]
        middle = (min(columns) + max(columns)) // 2
        xdotool(self._environment, "mousemove", middle + self._side, TOP + HEIGHT // 2, "click", button)

    def leave(self) -> None:
        """Take the pointer off the panel."""
        xdotool(self._environment, "mousemove", WIDTH // 2, 100)

    def windows(self) -> list[str]:
        """The windows of the panel on the screen, open menus included."""
        return xdotool(self._environment, "search", "--onlyvisible", "--class", "xfce4-panel|wrapper-2.0").split()

    def pixels(self) -> list[Colour]:
        """All of the panel, line by line."""
        area = f"{WIDTH}x{HEIGHT}+0+{TOP}"
        command = [need("import"), "-silent", "-window", "root", "-crop", area, "-depth", "8", "rgb:-"]
        raw = subprocess.run(command, env=self._environment, capture_output=True, check=True, timeout=20).stdout
        return list(zip(raw[0::3], raw[1::3], raw[2::3], strict=True))


@contextmanager
def tint2_panel(environment: Environment, folder: Path, background: Colour = BLACK) -> Iterator[PanelIcon]:
    """Run tint2, whose tray takes icons by XEmbed."""
    config = folder / "tint2rc"
    config.write_text(_TINT2_CONFIG.format(background="#{:02x}{:02x}{:02x}".format(*background)), encoding="utf-8")
    with running(["tint2", "-c", str(config)], environment):
        until(lambda: shown_window(environment, "tint2"), "the panel")
        yield PanelIcon(environment, background)


@contextmanager
def xfce_panel(environment: Environment, bus: Bus, background: Colour = BLACK) -> Iterator[PanelIcon]:
    """Run xfce4-panel, whose tray takes StatusNotifier items."""
    daemons = glob.glob(_XFCE_CONFIGURATION)
    if not daemons:
        pytest.fail("xfconfd is missing: install the Debian package xfconf.", pytrace=False)
    channel = Path(environment["XDG_CONFIG_HOME"]) / "xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml"
    channel.parent.mkdir(parents=True, exist_ok=True)
    drawn = "".join(f'<value type="double" value="{part / 255}"/>' for part in background)
    channel.write_text(_XFCE_CHANNEL.format(background=drawn), encoding="utf-8")
    with running([daemons[0]], environment):
        until(lambda: bus.owner("org.xfce.Xfconf"), "the panel's configuration")
        with running(["xfce4-panel", "--disable-wm-check"], environment):
            until(lambda: bus.owner(WATCHER), "the panel's tray")
            yield PanelIcon(environment, background)
