"""A field that takes keys pressed together, not what they type."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from c2c_desktop.desktop.hotkeys.key_combination import parse_key_sequence
from c2c_desktop.domain.errors import UserFacingError

_ALONE = frozenset(
    {Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Shift, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock}
)
_LEAVES = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter})
_CLEARS = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete})


class HotkeyField(QLineEdit):
    """Shows "Ctrl+Alt+P"; pressing others takes those, ⌫ takes none. Main thread."""

    refused = Signal(str)
    """Why keys that were pressed cannot be used; "" once others can."""
    capturing = Signal(bool)
    """Whether keys are taken here now: whoever holds the old ones lets go meanwhile."""

    def __init__(self, keys: str) -> None:
        super().__init__(keys)
        self.setPlaceholderText("None")
        self.setReadOnly(True)

    @property
    def keys(self) -> str:
        """The keys, "" for none."""
        return self.text()

    def event(self, event: QEvent) -> bool:
        """Take keys before they are shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys; Tab, Enter and Esc keep their meaning."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if event.key() in _ALONE or event.isAutoRepeat():
            return
        if plain and event.key() in _LEAVES:
            event.ignore()
            return
        if plain and event.key() in _CLEARS:
            self._take("")
            return
        pressed = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        try:
            self._take(parse_key_sequence(pressed, mac=sys.platform == "darwin").text)
        except UserFacingError as error:
            self.refused.emit(error.message)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin to take keys."""
        super().focusInEvent(event)
        self.capturing.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take no more."""
        super().focusOutEvent(event)
        self.capturing.emit(False)

    def _take(self, keys: str) -> None:
        self.setText(keys)
        self.refused.emit("")
