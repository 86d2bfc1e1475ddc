"""Takes pictures of what the desktop shows of the program: the tray menu in a panel, a notification of a daemon."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from tests.desktop.bus_service import BusWitness
from tests.desktop.panels import WIDTH, tint2_panel
from tests.desktop.real_daemon import real_daemon
from tests.desktop.rig import (
    Environment,
    desktop_environment,
    private_bus,
    program_running,
    screen_with_window_manager,
    until,
    xdotool,
)

FOLDER = Path("build/screenshots")
INDIAN, MISSED = "+919840222222", "+917000000010"


def _take(environment: Environment, name: str) -> None:
    path = FOLDER / f"{name}.png"
    subprocess.run(["import", "-window", "root", str(path)], env=environment, check=True)
    print(path, flush=True)


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, screen_with_window_manager() as screen:
        folder = Path(name)
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
