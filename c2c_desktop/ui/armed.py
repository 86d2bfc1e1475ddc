"""Keeps a press that was meant for what stood there before from answering a dialog that has just come."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

ARMED_MS = 400
"""A key or a click that comes sooner was meant for something else."""

_ANSWERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
_PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})


class Armed(QObject):
    """An event filter for what answers: it takes early presses away, and keys that are held down."""

    def __init__(self, parent: QObject, keys: Iterable[int] = ()) -> None:
        """Take `keys` for answers too."""
        super().__init__(parent)
        self._answers = _ANSWERS.union(keys)
        self._shown_for = QElapsedTimer()

    def watch(self, widget: QWidget) -> None:
        """Keep early presses from `widget`."""
        widget.installEventFilter(self)

    def start(self) -> None:
        """From now on the person sees what is asked."""
        self._shown_for.start()

    def is_early(self, event: QKeyEvent) -> bool:
        """Whether this key would answer what was not read yet."""
        return event.key() in self._answers and (event.isAutoRepeat() or self._is_soon())

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Take early presses away."""
        if event.type() in _PRESSES:
            return self._is_soon()
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.is_early(event)

    def _is_soon(self) -> bool:
        return not self._shown_for.hasExpired(ARMED_MS)
