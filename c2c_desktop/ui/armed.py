"""Keeps a press that was meant for something else from answering a dialog that has just come."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

ARMED_MS = 400
"""A key or a click that comes sooner was meant for something else."""

TYPING_MS = 1500
"""Quiet that somebody who types, because they look at another window, must keep before a key answers."""

TICK_MS = 50
"""Time counts in ticks of the event loop: while that is held up, nobody sees what comes."""

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})
_SILENT = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr})


class Armed(QObject):
    """An event filter for a dialog and what answers in it. Main thread.

    A key answers once the dialog has had the keyboard for `ARMED_MS` without a press, and only `TYPING_MS` after
    something was typed. A click answers once the dialog was seen for `ARMED_MS`. Keys held down never answer, nor does
    Space, which words are full of.
    """

    def __init__(self, dialog: QWidget, keys: Iterable[int] = ()) -> None:
        """Take `keys` for answers too."""
        super().__init__(dialog)
        self._dialog = dialog
        self._answers = _ENTER.union(keys)
        self._seen = 0
        self._quiet = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        dialog.installEventFilter(self)

    @property
    def is_ready(self) -> bool:
        """Whether a key that answers would be taken now."""
        return self._quiet >= ARMED_MS

    @property
    def was_seen(self) -> bool:
        """Whether a click would be taken now."""
        return self._seen >= ARMED_MS

    def watch(self, widget: QWidget) -> None:
        """Keep early presses from `widget`."""
        widget.installEventFilter(self)

    def start(self) -> None:
        """From now on the person sees what is asked."""
        self._seen = 0
        self._wait(ARMED_MS)

    def hold(self) -> None:
        """Somebody pressed a key for something else just now: be as late as for one who types."""
        self._wait(TYPING_MS)

    def turns_away(self, event: QKeyEvent) -> bool:
        """Take note of a key; whether it must not do what it would: not meant for this window, or not meant at all."""
        key = event.key()
        if key in _SILENT:
            return False
        if key not in self._answers:
            if event.text().isprintable() and event.text():
                self._wait(TYPING_MS)
                return key == Qt.Key.Key_Space
            if not self.is_ready:
                self._wait(ARMED_MS)
            return False
        early = event.isAutoRepeat() or not self.is_ready
        if early and not event.isAutoRepeat():
            self._wait(ARMED_MS)
        return early

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take early presses away."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return watched is not self._dialog and self.turns_away(event)  # the dialog asks in its own time
        if watched is not self._dialog:
            return event.type() in _PRESSES and not self.was_seen
        if event.type() == QEvent.Type.WindowActivate:
            self._wait(ARMED_MS)
        elif event.type() == QEvent.Type.Hide:
            self._timer.stop()
        return False

    def _wait(self, quiet_ms: int) -> None:
        """Let no key answer for so long, nor sooner than it could before."""
        self._quiet = min(self._quiet, ARMED_MS - quiet_ms)
        self._timer.start()

    def _tick(self) -> None:
        self._seen += TICK_MS
        if self._dialog.isActiveWindow():
            self._quiet += TICK_MS
        is_waiting = self._dialog.isActiveWindow() and not self.is_ready
        if self.was_seen and not is_waiting:
            self._timer.stop()  # until it is activated, or something is pressed
