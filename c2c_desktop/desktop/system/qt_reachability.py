"""What Windows and macOS say of the network, through Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal


class Information(Protocol):
    """What is used of QNetworkInformation."""

    reachabilityChanged: Any  # noqa: N815  # Qt's name

    def reachability(self) -> Any:
        """Return a `QNetworkInformation.Reachability`."""


class QtReachability(QObject):
    """Follows QNetworkInformation. Main thread.

    Shown against Qt's own object on Linux; not run on the systems it is for.
    """

    told = Signal(bool)
    """Whether there is a network; True where it is not known."""

    def __init__(self, load: Callable[[], Information | None], parent: QObject) -> None:
        """`load` returns Qt's object, or None where no backend loads."""
        super().__init__(parent)
        self._load = load
        self._information: Information | None = None

    def open(self) -> None:
        """Begin to listen, or look once more."""
        if self._information is None:
            self._information = self._load()
            if self._information is not None:
                self._information.reachabilityChanged.connect(self._tell)
        if self._information is not None:
            self._tell(self._information.reachability())

    def close(self) -> None:
        """Listen no more; Qt's object lives as long as the program."""
        information, self._information = self._information, None
        if information is not None:
            information.reachabilityChanged.disconnect(self._tell)

    def _tell(self, reachability: Any) -> None:
        from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415  # loaded by now

        self.told.emit(reachability != QNetworkInformation.Reachability.Disconnected)


def information() -> Information | None:
    """Load the system's backend; None where there is none."""
    from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415  # few systems need it

    if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
        return None
    return QNetworkInformation.instance()
