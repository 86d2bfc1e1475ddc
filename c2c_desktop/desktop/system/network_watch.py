"""Whether this computer has a network at all, as the system tells it.

Linux: NetworkManager on the system bus, asked without waiting. Qt's own way there is left alone: its `glib` and
`networkmanager` backends wait for a bus that hangs (the first for ever), and `glib` calls a network without a way
to the internet none, behind which a company's proxy may well stand. Elsewhere: QNetworkInformation.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from c2c_desktop.domain.web_address import is_this_computer

if TYPE_CHECKING:
    from c2c_desktop.desktop.system.network_manager import NetworkManager
    from c2c_desktop.desktop.system.qt_reachability import QtReachability


class NetworkWatch(QObject):
    """Tells when the network goes and comes. Main thread.

    What is not known counts as a network, and a service on this computer needs none. Nothing but words should
    depend on it: a system can be wrong about its network, and a call may be tried all the same.
    """

    online_changed = Signal(bool)

    def __init__(self, api_url: str, parent: QObject | None = None) -> None:
        """`api_url`: where the service is."""
        super().__init__(parent)
        self._is_needed = not is_this_computer(api_url)
        self._is_online = True
        self._source: NetworkManager | QtReachability | None = None

    @property
    def is_online(self) -> bool:
        """Whether there is a network, or nobody says that there is none."""
        return self._is_online

    def open(self) -> None:
        """Begin to watch. Not on the way to the first paint: it loads what it needs now."""
        if self._source is not None or not self._is_needed:
            return
        if sys.platform.startswith("linux"):
            from c2c_desktop.desktop.system.network_manager import NetworkManager  # noqa: PLC0415

            self._source = NetworkManager(self)
        else:  # not run by the tests, but QtReachability is
            from c2c_desktop.desktop.system.qt_reachability import QtReachability, information  # noqa: PLC0415

            self._source = QtReachability(information, self)
        self._source.told.connect(self._take)
        self._source.open()

    def look_again(self) -> None:
        """Ask anew, as after sleep; what comes of it is told."""
        if self._source is not None:
            self._source.open()

    def close(self) -> None:
        """Watch no more."""
        source, self._source = self._source, None
        if source is not None:
            source.close()
            source.deleteLater()

    def _take(self, is_online: bool) -> None:  # noqa: FBT001  # a slot
        if is_online != self._is_online:
            self._is_online = is_online
            self.online_changed.emit(is_online)
