"""Shows the focus ring with the keyboard, never with the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

_BY_KEYBOARD = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)
_WATCHED = "watched"


class FocusRing(QObject):
    """Sets the property `focused` on buttons of windows in which the focus moves. Main thread.

    It looks at the events of buttons alone: as a filter of the whole application it took a fifth of each key's time.
    """

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._application = application
        application.focusChanged.connect(self._watch)
        self._watch(None, application.focusWidget())

    def stop(self) -> None:
        """Watch no further buttons."""
        self._application.focusChanged.disconnect(self._watch)

    def eventFilter(self, button: QObject, event: QEvent) -> bool:
        """Mark a button that got the focus by key, and take the mark away with the focus."""
        kind = event.type()
        if kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut) and isinstance(button, QAbstractButton):
            reason = event.reason() if isinstance(event, QFocusEvent) else None
            _mark(button, ring=kind == QEvent.Type.FocusIn and reason in _BY_KEYBOARD)
        return False

    def _watch(self, _: QWidget | None, now: QWidget | None) -> None:
        """Watch the buttons that came since the focus moved last; one that has it already came by this move."""
        if now is None:
            return
        for button in now.window().findChildren(QAbstractButton):
            if button.property(_WATCHED) is None:
                button.setProperty(_WATCHED, True)
                button.installEventFilter(self)
                if button is now:
                    _mark(button, ring=now.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange))


def _mark(button: QAbstractButton, *, ring: bool) -> None:
    if bool(button.property("focused")) != ring:
        button.setProperty("focused", ring)
        repolish(button)


def repolish(widget: QWidget) -> None:
    """Have the style sheet look at a widget's properties again."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
