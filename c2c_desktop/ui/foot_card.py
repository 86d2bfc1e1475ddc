"""A card at the window's foot: words, what to do with them, and a cross that puts it away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme


class FootCard(QFrame):
    """Hidden until there is something to say. Main thread."""

    def __init__(
        self,
        name: str,
        words: QLabel,
        action: QPushButton,
        close: str,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
        colour: str = "muted",
    ) -> None:
        """`name`: under which the style sheet knows it. `close`: what the cross does, in words; `colour`: its token."""
        super().__init__(parent)
        self.setObjectName(name)
        self.words, self._action = words, action
        self._theme, self._icons, self._colour = theme, icons, colour
        self.dismiss = QToolButton()
        self.dismiss.setAccessibleName(close)
        self.dismiss.setToolTip(close)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(words, 1)
        row.addWidget(action)
        row.addWidget(self.dismiss)
        theme.theme_changed.connect(self._tint)
        self._tint()
        self.hide()

    def put_away(self) -> None:
        """Hide it; the focus does not wander on to where Enter calls."""
        if self._action.hasFocus() or self.dismiss.hasFocus():
            self.window().setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def _tint(self) -> None:
        self.dismiss.setIcon(self._icons.icon("close", self._theme.tokens[self._colour], 16))
