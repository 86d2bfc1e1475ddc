"""The seconds in which a call can still be cancelled before anything is sent."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from c2c_desktop.domain.call import Call
from c2c_desktop.domain.dialing import Proposal
from c2c_desktop.services.dialer import STALE_SECONDS, draft
from c2c_desktop.services.ports import Clock


class Countdown(QObject):
    """Holds at most one call back. Main thread."""

    over = Signal(object, object)
    """The seconds have passed: the `Proposal`, and its `Call` as a draft."""
    cancelled = Signal(object)
    """The `Call`, still a draft: it is certain never to be sent."""

    def __init__(self, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._held: tuple[Proposal, Call] | None = None
        self._escape: QShortcut | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._run_out)

    @property
    def call(self) -> Call | None:
        """The call that is held back, as a draft: it started when it is due."""
        return self._held[1] if self._held is not None else None

    def start(self, proposal: Proposal, seconds: int, window: QWidget) -> Call:
        """Hold the proposed call back. Escape in `window` cancels it, whatever has the focus there."""
        call = draft(proposal, self._clock.now() + seconds)
        self._held = proposal, call
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        self._escape.activated.connect(lambda: self.cancel(call.id))
        self._timer.start(seconds * 1000)
        return call

    def cancel(self, call_id: str) -> bool:
        """Drop the call that is held back; False where it is not that one."""
        call = self.call
        if call is None or call.id != call_id:
            return False
        self.stop()
        self.cancelled.emit(call)
        return True

    def stop(self) -> None:
        """Drop it without a word: the program ends."""
        self._timer.stop()
        self._held = None
        if self._escape is not None:
            self._escape.setEnabled(False)
            self._escape.deleteLater()
            self._escape = None

    def _run_out(self) -> None:
        held = self._held
        assert held is not None  # noqa: S101  # the timer runs only while one is
        self.stop()
        if self._clock.now() - held[1].started_at > STALE_SECONDS:  # the computer slept: nobody means it any more
            self.cancelled.emit(held[1])
        else:
            self.over.emit(*held)
