"""A small window over everything that goes when somebody goes on elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QHideEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from c2c_desktop.ui.one_shot import one_shot
from c2c_desktop.ui.theme import Theme

_LEFT_MS = 100
"""After which a window that lost the keyboard was left: a busy window manager takes it away and gives it again."""

_RADIUS = 10
_FLAGS = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint


class QuickFrame(QWidget):
    """Without title bar and task bar entry, with round corners. It is of no other window. Main thread."""

    closed = Signal()
    painted = Signal()
    """It is on the screen, after each `show_in_front`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(None, _FLAGS)
        self._theme = theme
        self._is_painted = self._was_active = False
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_X11NetWmWindowTypeUtility)
        self.setAttribute(Qt.WidgetAttribute.WA_X11NetWmWindowTypeToolBar)  # some task bars list utilities
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._left = one_shot(self, _LEFT_MS, self.close_if_left)
        theme.theme_changed.connect(self.update)

    def show_in_front(self) -> None:
        """Show it, above everything and with the keyboard."""
        self._is_painted = self._was_active = False
        focused = QGuiApplication.focusWindow()
        if not self.isVisible() and self.internalWinId() and focused == self.windowHandle():
            focused.destroy()  # was hidden a moment ago: for Qt it never lost the focus, and would not get it again
        self.show()
        self.raise_()
        self.activateWindow()
        self.update()

    def close_if_left(self) -> None:
        """Go, where another window is active now; one that was never active itself stays."""
        in_menu = QApplication.activePopupWidget() is not None
        if self.isVisible() and self._was_active and not self.isActiveWindow() and not in_menu:
            self.hide()

    def forget(self) -> None:
        """It is hidden: whatever was in it goes."""

    def changeEvent(self, event: QEvent) -> None:
        """Go when somebody goes on elsewhere, and does not come back at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            if self.isActiveWindow():
                self._was_active = True
                self._left.stop()
            elif self.isVisible():
                self._left.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget; a desktop that only takes it off the screen means that too."""
        super().hideEvent(event)
        self._left.stop()
        if event.spontaneous():
            self.hide()
            return
        self.forget()
        self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Round the corners of a window made anew."""
        super().showEvent(event)
        self._round()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Round the corners."""
        super().resizeEvent(event)
        self._round()

    def _round(self) -> None:
        """Cut the corners off: a mask needs no compositor."""
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        self.setMask(QRegion(shape.toFillPolygon().toPolygon()))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw surface and border; tell once it is on the screen."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.colour("border"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.colour("border"), 1))
        painter.setBrush(tokens.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.end()
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self._tell_painted)

    def _tell_painted(self) -> None:
        if self.isVisible():
            self.painted.emit()
