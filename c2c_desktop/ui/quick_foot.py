"""The foot of quick dial: which keys do what, what is wrong, and which phone rings."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.route import Route
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme

HINT = "↑↓ choose · ↵ call · Esc close"
_LONGEST_TROUBLE = 120
_ROOM_FOR_HINT = 400
"""Pixels from which the keys are told beside the route."""


class QuickFoot(QWidget):
    """Two lines at most. Main thread."""

    route_chosen = Signal(object)
    sign_in_asked = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        """`parent` gets the keys that choose a route."""
        super().__init__(parent)
        self._theme, self._icons = theme, icons
        self.hint = QLabel(HINT)
        self.hint.setProperty("role", "muted")
        self.trouble = QLabel()
        self.trouble.setProperty("role", "muted")
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setWordWrap(True)
        self.sign_in = QPushButton("Sign in")
        self.sign_in.setProperty("kind", "link")
        self.sign_in.clicked.connect(self.sign_in_asked)
        self.route = QToolButton()
        self.route.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.route.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the chevron after the words
        self.route.setIconSize(QSize(14, 14))
        self.route.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.route.setToolTip("Which of your phones rings: Alt+1 softphone, Alt+2 mobile, Alt+3 neither")
        font = QFont(self.route.font())
        font.setPixelSize(13)
        self.route.setFont(font)
        self.route.clicked.connect(self.open_routes)
        self.menu = QMenu(self)
        self._actions: dict[Route, QAction] = {}
        self._add_routes(parent)
        self._trouble_line = QWidget()
        self._lay_out()
        theme.theme_changed.connect(self._tint)
        self._tint()
        self.show_trouble("")

    def show_route(self, route: Route | None) -> None:
        """Say which phone rings; None without an account."""
        self.route.setVisible(route is not None)
        if route is not None:
            self._actions[route].setChecked(True)
            words = f"Rings: {route.own_phone}"
            self.route.setText(words)
            self.route.setAccessibleName(words)

    def show_trouble(self, words: str, *, offers_sign_in: bool = False) -> None:
        """Say what is wrong, in one line; "" for nothing."""
        self.trouble.setText(clean_text(words, _LONGEST_TROUBLE))
        self.sign_in.setVisible(offers_sign_in)
        self._trouble_line.setVisible(bool(words) or offers_sign_in)

    def open_routes(self) -> None:
        """Offer the routes above the words that name the one chosen."""
        self.menu.popup(self.route.mapToGlobal(QPoint(0, -self.menu.sizeHint().height())))
        self.menu.setActiveAction(next(action for action in self._actions.values() if action.isChecked()))

    def fit(self, width: int) -> int:
        """Tell the keys only where there is room; return how high it is at that width."""
        self.hint.setVisible(width >= _ROOM_FOR_HINT or not self.route.isVisibleTo(self))
        return max(self._column.totalHeightForWidth(width), self._column.totalSizeHint().height())

    def _add_routes(self, window: QWidget) -> None:
        group = QActionGroup(self)
        for number, route in enumerate(Route, 1):
            action = QAction(route.own_phone.capitalize(), self)
            action.setCheckable(True)
            action.setShortcut(f"Alt+{number}")
            action.triggered.connect(lambda _=False, r=route: self.route_chosen.emit(r))
            group.addAction(action)
            self.menu.addAction(action)
            window.addAction(action)
            self._actions[route] = action

    def _lay_out(self) -> None:
        rule = QFrame()
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        trouble = QHBoxLayout(self._trouble_line)
        trouble.setContentsMargins(16, 8, 16, 0)
        trouble.setSpacing(12)
        trouble.addWidget(self.trouble, 1)
        trouble.addWidget(self.sign_in)
        line = QHBoxLayout()
        line.setContentsMargins(16, 5, 8, 5)
        line.addWidget(self.hint)
        line.addStretch(1)
        line.addWidget(self.route)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(rule)
        column.addWidget(self._trouble_line)
        column.addLayout(line)
        self.hint.setMinimumHeight(28)

    def _tint(self) -> None:
        self.route.setIcon(self._icons.icon("chevron-down", self._theme.tokens["muted"], 14))
