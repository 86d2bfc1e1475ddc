"""Whether the program starts when this user logs in. Off unless somebody turns it on. Needs no Qt and no root."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Protocol

from c2c_desktop.desktop.registration.program_command import program_command

MINIMIZED = "--minimized"


class Autostart(Protocol):
    """The login of this user. Reads or writes one small file, or a value of the registry."""

    def is_on(self) -> bool:
        """Whether the program starts at login, whoever turned it on or off last. Does not raise."""
        ...

    def turn_on(self) -> None:
        """Start it at login, as it is started now but without showing its window. Raises `UserFacingError`."""
        ...

    def turn_off(self) -> None:
        """Start it at login no more. Raises `StorageError`."""
        ...


def autostart(
    *,
    command: Sequence[str] | None = None,
    environment: Mapping[str, str] | None = None,
    platform: str = sys.platform,
) -> Autostart:
    """Return the login of this platform. `command` starts the program; the one that runs where none is given."""
    words = tuple(command) if command is not None else program_command()
    if platform == "win32":
        from c2c_desktop.desktop.registration.windows_autostart import WindowsAutostart  # noqa: PLC0415
        from c2c_desktop.desktop.registration.windows_registry import open_registry  # noqa: PLC0415

        return WindowsAutostart(words, open_registry())
    if platform == "darwin":
        from c2c_desktop.desktop.registration.macos_autostart import MacosAutostart, launch_agents  # noqa: PLC0415

        return MacosAutostart(words, launch_agents())
    from c2c_desktop.desktop.registration.xdg_autostart import XdgAutostart  # noqa: PLC0415

    return XdgAutostart(words, os.environ if environment is None else environment)
