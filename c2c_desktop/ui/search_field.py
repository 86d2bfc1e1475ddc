"""The one search box: for name, company, number."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme

LONGEST_SEARCH = 400
"""Characters: a page pasted by mistake must not stop the window."""


class SearchField(QLineEdit):
    """A line with a magnifier, and a cross while there is something to clear. Main thread."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self.setObjectName("search")
        self.setPlaceholderText("Search name, company, number")
        self.setMaxLength(LONGEST_SEARCH)
        self.setAccessibleName("Search contacts and recents")
        self._magnifier = QAction(self)
        self.addAction(self._magnifier, QLineEdit.ActionPosition.LeadingPosition)
        self._cross = QAction("Clear the search", self)
        self._cross.setVisible(False)
        self._cross.triggered.connect(self.clear)
        self.addAction(self._cross, QLineEdit.ActionPosition.TrailingPosition)
        self.textChanged.connect(lambda text: self._cross.setVisible(bool(text)))
        theme.theme_changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        muted = self._theme.tokens["muted"]
        self._magnifier.setIcon(self._icons.icon("search", muted, 18))
        self._cross.setIcon(self._icons.icon("close", muted, 16))
