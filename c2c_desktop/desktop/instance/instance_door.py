"""The door of a running instance: where other processes of this user hand over what they were started for.

Loads QtNetwork: import it after the first paint.
"""

from __future__ import annotations

import logging
import time
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from c2c_desktop.desktop.instance.door_address import door_address
from c2c_desktop.desktop.instance.door_claim import DoorClaim
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.services.door_line import (
    LINE_LIMIT,
    DoorLineError,
    HandOver,
    LineReader,
    Wish,
    answer_line,
    read_door_line,
)
from c2c_desktop.services.link_gate import LinkGate

_log = logging.getLogger(__name__)
MOST_VISITORS = 32
"""Connections at once. One more, and the oldest that has not said its line yet must go."""

DEADLINE_MS = 2000
"""How long a connection may last."""

LOOK_MS = 500
"""How often links that were left alone are looked at, while there are any."""

TOO_MANY = "Too many links came at once; this one was left alone."


def _asks_for_a_call(what: HandOver) -> bool:
    return what.wish in {None, Wish.REDIAL}


class DoorState(Enum):
    """What came of opening the door."""

    OPEN = "open"
    TAKEN = "taken"
    """Another instance on the same data folder keeps it."""
    FAILED = "failed"


class InstanceDoor(QObject):
    """Listens for what other processes of this user hand over. Main thread."""

    came = Signal(object)
    """A `HandOver` that was let through, checked."""
    links_left = Signal(int)
    """So many that ask for a call were left alone in a flood that is over, or goes on for long."""

    def __init__(self, data_dir: Path, gate: LinkGate, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data_dir = data_dir
        self._gate = gate
        self._claim = DoorClaim(data_dir)
        self._visitors: list[_Visitor] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._let_in)
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self._look)

    @property
    def visitors(self) -> int:
        """How many connections there are."""
        return len(self._visitors)

    def open(self) -> DoorState:
        """Listen from now on, unless another instance on the same data folder does."""
        try:
            address = door_address(self._data_dir)
            if not self._claim.take():
                return DoorState.TAKEN
        except (OSError, StorageError) as error:
            _log.warning("there is no door: %s", type(error).__name__)
            return DoorState.FAILED
        QLocalServer.removeServer(address)  # left by an instance that was killed: one that lives holds the claim
        if not self._server.listen(address):
            _log.warning("there is no door: %s", self._server.errorString())
            self._claim.give_up()
            return DoorState.FAILED
        return DoorState.OPEN

    def close(self) -> None:
        """Listen no more; whoever is inside is sent away."""
        self._looking.stop()
        self._server.close()
        for visitor in list(self._visitors):
            visitor.end()
        self._claim.give_up()

    def _let_in(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self._visitors) >= MOST_VISITORS:
                self._visitors[0].answer("Too many programs came at once.")
            visitor = _Visitor(socket, self)
            self._visitors.append(visitor)
            visitor.listen()

    def take(self, line: bytes) -> str:
        """Let what a line hands over through; return why not, "" where it was."""
        try:
            what = read_door_line(line)
        except DoorLineError as error:
            return f"{error.title}. {error.message}"
        if _asks_for_a_call(what) and not self._gate.take(time.monotonic()):
            if not self._looking.isActive():
                self._looking.start()
            return TOO_MANY
        self.came.emit(what)
        return ""

    def forget(self, visitor: _Visitor) -> None:
        """A connection has ended."""
        self._visitors.remove(visitor)

    def _look(self) -> None:
        count = self._gate.due(time.monotonic())
        if count:
            self.links_left.emit(count)
        if not self._gate.left_alone:
            self._looking.stop()


class _Visitor(QObject):
    """One connection: says one line, gets one answer, and goes."""

    def __init__(self, socket: QLocalSocket, door: InstanceDoor) -> None:
        super().__init__(door)
        self._door = door
        self._socket = socket
        self._reader = LineReader()
        self._is_gone = False
        socket.setParent(self)
        socket.setReadBufferSize(LINE_LIMIT)
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one may end early
        self._deadline.timeout.connect(lambda: self.answer("No whole line came in time."))
        self._deadline.start(DEADLINE_MS)

    def listen(self) -> None:
        """Read what is there already, and whatever comes."""
        self._socket.readyRead.connect(self._read)
        self._socket.disconnected.connect(self.end)
        self._socket.waitForReadyRead(0)
        if self._socket.state() == QLocalSocket.LocalSocketState.UnconnectedState:
            self.end()

    def answer(self, why: str = "") -> None:
        """Say what came of it, and close."""
        self._socket.write(answer_line(why))
        self._socket.flush()
        self.end()

    def end(self) -> None:
        """Close at once."""
        if self._is_gone:
            return
        self._is_gone = True
        self._deadline.stop()
        self._door.forget(self)
        self._socket.abort()
        self.deleteLater()

    def _read(self) -> None:
        if self._is_gone:
            return
        try:
            line = self._reader.feed(bytes(self._socket.readAll().data()))
        except DoorLineError as error:
            self.answer(f"{error.title}. {error.message}")
            return
        if line is not None:
            self.answer(self._door.take(line))
