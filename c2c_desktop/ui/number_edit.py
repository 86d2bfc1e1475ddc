"""The line a number is typed in: its keys, and the gaps between its digits, which nobody needs to delete."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

_GAPS = " -()."


class NumberEdit(QLineEdit):
    """Tells about focus and the keys that mean something here."""

    focus_changed = Signal(bool)
    recall_asked = Signal()
    call_asked = Signal()
    copy_asked = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell."""
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter calls, once however long it is held; Up recalls, Escape clears."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.call_asked.emit()
        elif event.key() == Qt.Key.Key_Up:
            self.recall_asked.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Cut):
            if self.hasSelectedText():
                self.copy_asked.emit()
                self.backspace()
        else:
            if event.key() == Qt.Key.Key_Backspace:
                self._step_over_gap(-1)
            elif event.key() == Qt.Key.Key_Delete:
                self._step_over_gap(1)
            super().keyPressEvent(event)

    def delete_before(self) -> None:
        """Delete the selection, or the digit before the cursor."""
        self._step_over_gap(-1)
        self.backspace()

    def _step_over_gap(self, step: int) -> None:
        """Go past what only groups digits: deleted alone, it would come straight back."""
        while not self.hasSelectedText() and self._beside(step) in _GAPS:
            self.setCursorPosition(self.cursorPosition() + step)

    def _beside(self, step: int) -> str:
        """Return the character before (`step` -1) or after (1) the cursor, a letter where there is none."""
        at = self.cursorPosition() + min(step, 0)
        return self.text()[at] if 0 <= at < len(self.text()) else "x"
