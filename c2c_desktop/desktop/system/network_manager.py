"""What NetworkManager says of the network."""

from __future__ import annotations

from jeepney import DBusAddress, Properties
from PySide6.QtCore import QObject, Signal

from c2c_desktop.desktop.bus.system_service import SystemService

SERVICE = DBusAddress(
    "/org/freedesktop/NetworkManager", "org.freedesktop.NetworkManager", "org.freedesktop.NetworkManager"
)
CHANGED, STATE = "StateChanged", "State"
OFFLINE_STATES = frozenset({10, 20, 30, 40})
"""NMState: asleep, disconnected, disconnecting, connecting with no other connection. From 50, connected to the local
network only, there may be a way to the service: a company's proxy. 0 is not known."""


class NetworkManager(QObject):
    """Follows NetworkManager. Main thread."""

    told = Signal(bool)
    """Whether there is a network; True where it is not known."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._service = SystemService(SERVICE, (CHANGED,), self)
        self._service.came.connect(self._ask)
        self._service.left.connect(lambda: self.told.emit(True))
        self._service.heard.connect(self._hear)

    def open(self) -> None:
        """Begin to listen, or ask once more."""
        if self._service.is_open:
            self._ask()
        else:
            self._service.open()

    def close(self) -> None:
        """Leave the bus."""
        self._service.close()

    def _ask(self) -> None:
        self._service.ask(Properties(SERVICE).get(STATE), self._take_answer)

    def _take_answer(self, signature: str, values: tuple[object, ...]) -> None:
        match signature, values:
            case "v", (("u", int(state)),):
                self._tell(state)

    def _hear(self, _: str, signature: str, values: tuple[object, ...]) -> None:
        match signature, values:
            case "u", (int(state),):
                self._tell(state)

    def _tell(self, state: int) -> None:
        self.told.emit(state not in OFFLINE_STATES)
