"""Shows a list anew without moving it under anybody's hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject

from c2c_desktop.ui.rows import RowView


class QuietRefresh(QObject):
    """Waits while the pointer is on the list, or the keys are in it: else somebody could call the row that slid there.

    Main thread.
    """

    def __init__(self, view: RowView, refresh: Callable[[], None]) -> None:
        super().__init__(view)
        self._view = view
        self._refresh = refresh
        self._is_wanted = False

    def ask(self) -> None:
        """Show it anew now, or as soon as nobody has a hand on it."""
        self._is_wanted = True
        self._refresh_if_free()
        if self._is_wanted:
            for part in (self._view, self._view.viewport()):
                part.installEventFilter(self)

    @property
    def is_waiting(self) -> bool:
        """Whether what is shown is of before a change."""
        return self._is_wanted

    def forget(self) -> None:
        """It was shown anew for another reason."""
        if self._is_wanted:
            self._is_wanted = False
            for part in (self._view, self._view.viewport()):
                part.removeEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Hear when the pointer or the keys leave, while that is waited for: there are events at each key."""
        if event.type() in (QEvent.Type.Leave, QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._refresh_if_free(leaves=event.type())
        return False

    def _refresh_if_free(self, leaves: QEvent.Type | None = None) -> None:
        is_pointed = self._view.viewport().underMouse() and leaves is not QEvent.Type.Leave
        has_keys = self._view.hasFocus() and leaves is not QEvent.Type.FocusOut
        if not self._view.isVisible() or leaves is QEvent.Type.Hide or not (is_pointed or has_keys):
            self.forget()
            self._refresh()
