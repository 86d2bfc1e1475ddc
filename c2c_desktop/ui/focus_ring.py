"""Shows the focus ring with the keyboard, never with the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

_BY_KEYBOARD = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)


class FocusRing(QObject):
    """An event filter for the application; sets the property `focused` on buttons."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Mark a button that got the focus by key, and take the mark away with the focus."""
        kind = event.type()
        if kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut) and isinstance(watched, QAbstractButton):
            ring = kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent) and event.reason() in _BY_KEYBOARD
            if bool(watched.property("focused")) != ring:
                watched.setProperty("focused", ring)
                repolish(watched)
        return False


def repolish(widget: QWidget) -> None:
    """Have the style sheet look at a widget's properties again."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
