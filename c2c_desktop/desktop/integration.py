"""How the program sits in this user's desktop: who opens links, and whether it starts at login."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from c2c_desktop.desktop.registration.autostart import Autostart, autostart
from c2c_desktop.desktop.registration.link_handlers import LinkHandler, SchemeStatus, link_handler
from c2c_desktop.desktop.registration.program_command import program_command
from c2c_desktop.services.ports import Lane, Runner


class Integration(QObject):
    """Looks at both and changes them, on a lane of their own: the desktop's tools can take seconds. Main thread."""

    links_changed = Signal()
    autostart_changed = Signal()
    failed = Signal(object)
    """What went wrong: a `UserFacingError`, or a bug."""

    def __init__(
        self,
        runner: Runner,
        data_dir: Path | None,
        parent: QObject | None = None,
        links: LinkHandler | None = None,
        login: Autostart | None = None,
    ) -> None:
        """`data_dir`: where it is not the user's own; links are handed to the program there."""
        super().__init__(parent)
        self._runner = runner
        self._links = links or link_handler(data_dir=data_dir)
        self._login = login or autostart(command=(*program_command(), *_own_folder(data_dir)))
        self.schemes: Sequence[SchemeStatus] = ()
        """Who opens links, as far as it was looked at."""
        self.keeps_links = True
        """Whether links that another program takes are missed: not those the person gave back."""
        self.starts_at_login: bool | None = None
        """None until it was looked at."""

    @property
    def why_no_links(self) -> str:
        """Why links cannot be set up here; "" where they can."""
        return self._links.why_not

    @property
    def opens_links(self) -> bool:
        """Whether the program opens the links of every scheme."""
        return bool(self.schemes) and all(scheme.ours for scheme in self.schemes)

    @property
    def words(self) -> str:
        """Who opens links, in one sentence."""
        kinds = "tel:, callto: and sip: links"
        if self.why_no_links:
            return self.why_no_links
        if self.opens_links:
            return f"C2C Desktop opens {kinds} and asks before it calls"
        held = {scheme.holder: [s.scheme for s in self.schemes if s.holder == scheme.holder] for scheme in self.schemes}
        others = [f"{holder} opens {_listed(held[holder])} links" for holder in sorted(held) if holder]
        return "; ".join(others) or f"No program opens {kinds} yet"

    @property
    def by_hand(self) -> str:
        """How a person gives links to the program in the system's own settings."""
        return self._links.by_hand

    def look(self) -> None:
        """Look at both anew."""
        self._runner.run(Lane.DESKTOP, self._links.status, self._take_links, self.failed.emit)
        self._runner.run(Lane.DESKTOP, self._login.is_on, self._take_login, self.failed.emit)

    def open_links(self, *, on: bool) -> None:
        """Make the program open links, or give them back."""
        self.keeps_links = on
        change = self._links.install if on else self._links.remove

        def work() -> list[SchemeStatus]:
            change()
            return self._links.status()

        self._runner.run(Lane.DESKTOP, work, self._take_links, self._fail_and_look)

    def start_at_login(self, *, on: bool) -> None:
        """Start the program with the session, or no more."""
        change: Callable[[], None] = self._login.turn_on if on else self._login.turn_off

        def work() -> bool:
            change()
            return self._login.is_on()

        self._runner.run(Lane.DESKTOP, work, self._take_login, self._fail_and_look)

    def _fail_and_look(self, error: Exception) -> None:
        self.failed.emit(error)
        self.look()

    def _take_links(self, schemes: list[SchemeStatus]) -> None:
        self.schemes = schemes
        self.links_changed.emit()

    def _take_login(self, is_on: bool) -> None:  # noqa: FBT001  # what a lane brings
        self.starts_at_login = is_on
        self.autostart_changed.emit()


def _own_folder(data_dir: Path | None) -> tuple[str, ...]:
    return ("--data-dir", os.path.abspath(data_dir)) if data_dir is not None else ()


def _listed(schemes: Sequence[str]) -> str:
    """Return `tel:, callto: and sip:`."""
    words = [f"{scheme}:" for scheme in schemes]
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
