"""Collects cyclic garbage on the main thread, between events, and nowhere else.

Left to itself the interpreter collects on whichever thread happens to allocate, at whatever moment: a lane would
destroy the Qt objects of a closed dialog on its own thread, and a paint could destroy what it is painting.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1000


class Collector(QObject):
    """Takes over from the interpreter, from its making until `stop`. Main thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._set_start_up_apart)
        self._timer.start()

    def look(self) -> None:
        """Collect what is due by the interpreter's own thresholds."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [generation for generation in range(3) if counts[generation] > thresholds[generation]]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Hand back to the interpreter."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _set_start_up_apart(self) -> None:
        """What start-up built and keeps is never looked through: that would take longer than a frame."""
        gc.freeze()
        self._timer.timeout.disconnect(self._set_start_up_apart)
        self._timer.timeout.connect(self.look)
