"""What is done with the whole contact list now and then, behind one button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme

_KEYS = "Alt+F"
_EDGE = 12


class FileMenu(QToolButton):
    """A button that opens a menu below it; not there while the menu is empty. Main thread."""

    def __init__(self, window: QWidget, theme: Theme, icons: Icons) -> None:
        """The keys of the menu and of its entries work all over `window`, the button seen or not."""
        super().__init__(window)
        self._over, self._theme, self._icons = window, theme, icons
        self.setAccessibleName("More")
        self.setToolTip(f"More ({_KEYS})")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.menu_list = QMenu(self)
        self.menu_list.setAccessibleName("More")
        self.menu_list.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)  # the click that closes it would open it again
        self.menu_list.setToolTipsVisible(True)
        self.clicked.connect(self.open)
        self._opening = QAction(self)
        self._opening.setShortcut(QKeySequence(_KEYS))
        self._opening.triggered.connect(self.open)
        theme.theme_changed.connect(self._tint)
        self._tint()
        self.hide()

    def add(self, words: str, act: Callable[[], object], shortcut: str = "") -> QAction:
        """Add an entry at the end. `shortcut`: keys that do the same without the menu."""
        action = self.menu_list.addAction(words)
        action.triggered.connect(lambda *_: act())
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        self._over.addAction(action)
        if self.isHidden():
            self._over.addAction(self._opening)
            self.show()
        return action

    def add_separator(self) -> None:
        """Draw a line under the entries so far."""
        self.menu_list.addSeparator()

    def open(self) -> None:
        """Show the menu under the button, or in the window's corner where the button is not seen."""
        if self.menu_list.isVisible() or not self.menu_list.actions():
            return
        anchor = QRect(QPoint(), self.size())
        anchor.moveTopLeft(self.mapToGlobal(QPoint()))
        if not self.isVisible():
            anchor = QRect(self._over.mapToGlobal(QPoint(self._over.width() - _EDGE, _EDGE)), QSize(0, 0))
        at = QPoint(anchor.right() - self.menu_list.sizeHint().width(), anchor.bottom() + 2)
        left = self._over.screen().availableGeometry().left()
        self.menu_list.popup(QPoint(max(at.x(), left), at.y()))
        self.menu_list.setActiveAction(self.menu_list.actions()[0])

    def _tint(self) -> None:
        self.setIcon(self._icons.icon("more", self._theme.tokens["text"], 20))
