"""Who opens `tel:`, `callto:` and `sip:` links for this user, and making it this program. Needs no Qt and no root."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from c2c_desktop.desktop.registration.program_command import program_command

SCHEMES = ("tel", "callto", "sip")


@dataclass(frozen=True, slots=True)
class SchemeStatus:
    """Who opens the links of one scheme."""

    scheme: str
    ours: bool
    holder: str
    """The name of the program that opens them, cleaned; "" for none."""


class LinkHandler(Protocol):
    """The links of this user's desktop. Every method blocks, for some seconds at worst: not for the main thread."""

    @property
    def is_available(self) -> bool:
        """Whether links can be set up here."""
        ...

    @property
    def why_not(self) -> str:
        """Why they cannot, in words; "" where they can."""
        ...

    @property
    def by_hand(self) -> str:
        """How a person gives links to the program in the system's own settings."""
        ...

    def status(self) -> list[SchemeStatus]:
        """Return who opens the links of each of `SCHEMES`. Changes nothing and does not raise."""
        ...

    def install(self) -> None:
        """Make this program open them; again is harmless, and mends what another program changed.

        Where the system leaves the last word to the person, `status` tells afterwards, and `by_hand` what to do.
        Raises `UserFacingError`, `StorageError`.
        """
        ...

    def remove(self) -> None:
        """Give links back to who opened them before, or just take this program away. Raises as `install`."""
        ...


def link_handler(
    *,
    data_dir: Path | None = None,
    sandbox: bool = False,
    command: Sequence[str] | None = None,
    environment: Mapping[str, str] | None = None,
    platform: str = sys.platform,
) -> LinkHandler:
    """Return the handler of this platform.

    `data_dir` is that of the instance links are for, where it is not the usual one; `command` starts the program,
    and is the one that runs where none is given. With `sandbox` a link that starts the program
    starts it on its built-in service.
    """
    words = tuple(command) if command is not None else program_command()
    opening = (*words, *opening_arguments(data_dir, sandbox=sandbox))
    if platform == "win32":
        from c2c_desktop.desktop.registration.windows_links import WindowsLinks  # noqa: PLC0415
        from c2c_desktop.desktop.registration.windows_registry import open_registry  # noqa: PLC0415

        return WindowsLinks(opening, open_registry())
    if platform == "darwin":
        from c2c_desktop.desktop.registration.launch_services import open_launch_services  # noqa: PLC0415
        from c2c_desktop.desktop.registration.macos_links import MacosLinks, memory_file  # noqa: PLC0415

        return MacosLinks(open_launch_services(), memory_file())
    from c2c_desktop.desktop.registration.xdg_links import XdgLinks  # noqa: PLC0415

    return XdgLinks(words, opening, os.environ if environment is None else environment)


def opening_arguments(data_dir: Path | None, *, sandbox: bool = False) -> tuple[str, ...]:
    """Return what stands between the program and the link on a command line."""
    own = ("--sandbox",) if sandbox else ()
    return ("open-link", *own, *(("--data-dir", os.path.abspath(data_dir)) if data_dir is not None else ()), "--")


def link_words(found: SchemeStatus) -> str:
    """Say who opens the links of a scheme."""
    return f"{found.scheme}: links open with {'C2C Desktop' if found.ours else found.holder or 'no program'}"
