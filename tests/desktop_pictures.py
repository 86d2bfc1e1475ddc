"""Takes pictures of what the desktop shows of the program: the tray and its menu in panels, a daemon's notification."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.desktop.bus_rig import Bus, private_bus
from tests.desktop.bus_service import BusWitness
from tests.desktop.panels import BLACK, WHITE, WIDTH, Colour, PanelIcon, tint2_panel, xfce_panel
from tests.desktop.program_rig import program_running
from tests.desktop.real_daemon import real_daemon
from tests.desktop.rig import Environment, until
from tests.desktop.screen_rig import desktop_environment, screen_with_window_manager, xdotool
from tests.desktop.steered_tray import Steered, lone_tray

FOLDER = Path("build/screenshots")
INDIAN, MISSED = "+919840222222", "+917000000010"
PANELS = ("tint2", "xfce")
LOOKS = {"light": (WHITE, "Adwaita"), "dark": (BLACK, "Adwaita:dark")}
_STATES: dict[str, dict[str, object]] = {
    "ready": {"health": ["", "", "", False]},
    "paused": {"settings": {"notifications_paused": True}},
    "offline": {"health": ["The network is away", "", "", True]},
    "calling": {"call": "AGENT_RINGING"},
    "trouble": {"call": "ENDED", "health": ["The sign-in does not work", "Fix sign-in", "sign-in", False]},
}


def _take(environment: Environment, name: str, crop: str = "") -> None:
    path = FOLDER / f"{name}.png"
    cut = ["-crop", crop, "+repage"] if crop else []
    subprocess.run(["import", "-window", "root", *cut, str(path)], env=environment, check=True)
    print(path, flush=True)


def tray_pictures(screen: Environment, folder: Path) -> None:
    """Take each panel, light and dark: the icon in every state, and the menu with trouble and its submenu."""
    for panel in PANELS:
        for look, (background, theme) in LOOKS.items():
            place = folder / f"{panel}-{look}"
            place.mkdir()
            with private_bus(place) as bus:
                environment = desktop_environment(screen, bus, place / "home") | {"GTK_THEME": theme}
                with (
                    _panel(panel, environment, bus, place, background) as icon,
                    lone_tray(environment, theme=look) as tray,
                ):
                    until(icon.colour, "the icon in the panel")
                    _take_states(environment, icon, tray, f"desktop-tray-{panel}-{look}")
                    _take_menu(environment, icon, tray, f"desktop-tray-{panel}-{look}-menu")


@contextmanager
def _panel(kind: str, environment: Environment, bus: Bus, folder: Path, background: Colour) -> Iterator[PanelIcon]:
    made = tint2_panel(environment, folder, background) if kind == "tint2" else xfce_panel(environment, bus, background)
    with made as icon:
        yield icon


def _take_states(environment: Environment, icon: PanelIcon, tray: Steered, name: str) -> None:
    before = icon.pixels()
    for state, wishes in _STATES.items():
        tray.do(**wishes)
        if state != "ready":
            until(lambda before=before: icon.pixels() != before, f"the icon for {state}")  # type: ignore[misc]
        before = icon.pixels()
        _take(environment, f"{name}-{state}", "120x30+0+994")


def _take_menu(environment: Environment, icon: PanelIcon, tray: Steered, name: str) -> None:
    before = len(icon.windows()) + len(tray.windows())
    icon.click(3)
    until(lambda: len(icon.windows()) + len(tray.windows()) > before, "the menu")
    xdotool(environment, "key", "--delay", 60, "Down", "Down", "Down", "Down", "Right")
    until(lambda: len(icon.windows()) + len(tray.windows()) > before + 1, "the submenu")
    _take(environment, name, "560x560+0+464")
    xdotool(environment, "key", "Escape", "Escape")


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, screen_with_window_manager() as screen:
        folder = Path(name)
        tray_pictures(screen, folder)
        with private_bus(folder) as bus, BusWitness(bus) as witness:
            environment = desktop_environment(screen, bus, folder / "home")
            with (
                tint2_panel(environment, folder) as icon,
                real_daemon(environment, bus, witness, folder) as daemon,
                program_running(environment, "--pace", "lifelike") as program,
            ):
                program.wait_for_window()
                until(icon.colour, "the icon in the panel")
                program.dial(INDIAN)
                daemon.wait_for("Your softphone is ringing")
                _take(environment, "desktop-ringing")
                program.reach("CONNECTED")
                daemon.wait_for("Connected")
                _take(environment, "desktop-connected")
                xdotool(environment, "mousemove", WIDTH // 2, 100)
                icon.click(3)
                until(lambda: len(program.windows()) > 1, "the menu")
                _take(environment, "desktop-tray-menu")
                xdotool(environment, "key", "Escape")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
