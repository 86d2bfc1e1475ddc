"""From a link that another program handed over to the desk, which asks before it calls."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from c2c_desktop.composition import Core
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import DialRequest

if TYPE_CHECKING:
    from c2c_desktop.desktop.link_door import LinkDoor

_log = logging.getLogger(__name__)


class LinkEntry(QObject):
    """Takes links; each can only ask for a call. Main thread."""

    def __init__(
        self, core: Core, ask: Callable[[DialRequest], None], say: Callable[[str], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._ask = ask
        self._say = say
        self._door: LinkDoor | None = None
        self._unasked = ""
        """The link that waits until everything is loaded, or for a sign-in."""

    def open(self) -> None:
        """Take links from other processes from now on, and first the one the program was started with."""
        from c2c_desktop.desktop.link_door import DoorState, LinkDoor  # noqa: PLC0415  # loads QtNetwork
        from c2c_desktop.services.link_gate import LinkGate  # noqa: PLC0415

        self._door = LinkDoor(self._core.data_dir, LinkGate(), self)
        self._door.link_came.connect(self.take)
        self._door.links_left.connect(self._tell)
        if self._door.open() is DoorState.TAKEN:
            _log.info("another instance takes the links")
        self.resume()

    def close(self) -> None:
        """Take no more links."""
        if self._door is not None:
            self._door.close()

    def take(self, link: str) -> None:
        """Let the desk ask about `link`, a checked one, once that is possible."""
        if self._door is None:
            self._unasked = link
            return
        if self._core.accounts.active is None:
            self._unasked = link  # the desk asks for the sign-in first
        self._ask(DialRequest(link, Source.LINK))

    def resume(self) -> None:
        """Take the link that waited."""
        link, self._unasked = self._unasked, ""
        if link:
            self.take(link)

    def _tell(self, count: int) -> None:
        words = "1 link was" if count == 1 else f"{count:,} links were"
        self._say(f"{words} left alone: too many came at once.")
