"""Panels that people use, with nothing but a tray, and a hand on the icon in it."""

from __future__ import annotations

import glob
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.desktop.fake_tray import WATCHER
from tests.desktop.rig import Bus, Environment, need, running, shown_window, until, xdotool

TOP, HEIGHT, WIDTH = 994, 30, 1280
_BLACK = (0, 0, 0)
_TINT2_CONFIG = """\
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
        <value type="double" value="0"/><value type="double" value="0"/>
        <value type="double" value="0"/><value type="double" value="1"/>
      </property>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty"><property name="plugin-1" type="string" value="systray"/></property>
</channel>
"""
_XFCE_CONFIGURATION = "/usr/lib/*/xfce4/xfconf/xfconfd"
Colour = tuple[int, int, int]


class PanelIcon:
    """What the panel shows: black, and the icon's pixels."""

    def __init__(self, environment: Environment) -> None:
        """Take the pointer away first: panels light up what is under it."""
        xdotool(environment, "mousemove", WIDTH // 2, 100)
        self._environment = environment
        self._side = 6

    def colour(self) -> Colour | None:
        """The icon's main colour, or None while there is no icon."""
        counted = Counter(self._pixels())
        counted.pop(_BLACK, None)
        return counted.most_common(1)[0][0] if counted else None

    def click(self, button: int = 1) -> None:
        """Click on the icon, on its other side than the last time: two clicks are no double click."""
        self._side = -self._side
        until(self.colour, "an icon in the tray")
        drawn = [place for place, pixel in enumerate(self._pixels()) if pixel != _BLACK]
        columns = [place % WIDTH for place in drawn]
        middle = (min(columns) + max(columns)) // 2
        xdotool(self._environment, "mousemove", middle + self._side, TOP + HEIGHT // 2, "click", button)

    def windows(self) -> list[str]:
        """The windows of the panel on the screen, open menus included."""
        return xdotool(self._environment, "search", "--onlyvisible", "--class", "xfce4-panel|wrapper-2.0").split()

    def _pixels(self) -> list[Colour]:
        area = f"{WIDTH}x{HEIGHT}+0+{TOP}"
        command = [need("import"), "-silent", "-window", "root", "-crop", area, "-depth", "8", "rgb:-"]
        raw = subprocess.run(command, env=self._environment, capture_output=True, check=True, timeout=20).stdout
        return list(zip(raw[0::3], raw[1::3], raw[2::3], strict=True))


@contextmanager
def tint2_panel(environment: Environment, folder: Path) -> Iterator[PanelIcon]:
    """Run tint2, whose tray takes icons by XEmbed."""
    config = folder / "tint2rc"
    config.write_text(_TINT2_CONFIG, encoding="utf-8")
    with running(["tint2", "-c", str(config)], environment):
        until(lambda: shown_window(environment, "tint2"), "the panel")
        yield PanelIcon(environment)


@contextmanager
def xfce_panel(environment: Environment, bus: Bus) -> Iterator[PanelIcon]:
    """Run xfce4-panel, whose tray takes StatusNotifier items."""
    daemons = glob.glob(_XFCE_CONFIGURATION)
    if not daemons:
        pytest.fail("xfconfd is missing: install the Debian package xfconf.", pytrace=False)
    channel = Path(environment["XDG_CONFIG_HOME"]) / "xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml"
    channel.parent.mkdir(parents=True, exist_ok=True)
    channel.write_text(_XFCE_CHANNEL, encoding="utf-8")
    with running([daemons[0]], environment):
        until(lambda: bus.owner("org.xfce.Xfconf"), "the panel's configuration")
        with running(["xfce4-panel", "--disable-wm-check"], environment):
            until(lambda: bus.owner(WATCHER), "the panel's tray")
            yield PanelIcon(environment)
