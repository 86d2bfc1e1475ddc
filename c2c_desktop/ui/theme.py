"""The tokens, light or dark as the desktop says, and the style that follows from them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from c2c_desktop.domain.settings import ThemeChoice
from c2c_desktop.ui.style import style_sheet

ROW_HEIGHT = 56
HEADING_HEIGHT = 32
AVATAR_SIZE = 36
TEXT_SIZE = 14


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, as "#RRGGBB"."""

    colours: dict[str, str]
    avatars: tuple[str, ...]
    dark: bool
    _made: dict[str, QColor] = field(default_factory=dict, compare=False, repr=False)

    def __getitem__(self, name: str) -> str:
        return self.colours[name]

    def colour(self, name: str) -> QColor:
        """Return a token as a colour to paint with."""
        return self._colour(self.colours[name])

    def avatar(self, name: str) -> QColor:
        """Return the avatar colour of a name: always the same one."""
        return self._colour(self.avatars[sum(name.encode()) % len(self.avatars)])

    def _colour(self, value: str) -> QColor:
        """Return what was read from its name once: painting asks for it hundreds of times."""
        if value not in self._made:
            self._made[value] = QColor(value)
        return self._made[value]


class Theme(QObject):
    """Keeps the application in the chosen theme. Main thread."""

    theme_changed = Signal()

    def __init__(self, application: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self._data: dict[str, Any] = json.loads(
            files("c2c_desktop.resources").joinpath("tokens.json").read_text(encoding="utf-8")
        )
        self._choice = choice
        self.tokens = self._wanted()
        application.setStyle("Fusion")
        font = application.font()
        font.setPixelSize(TEXT_SIZE)
        application.setFont(font)
        self._apply()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)

    def choose(self, choice: ThemeChoice) -> None:
        """Use light, dark, or what the desktop says."""
        self._choice = choice
        self._follow()

    @property
    def moves(self) -> bool:
        """Whether the desktop wants things to move."""
        from PySide6.QtWidgets import QStyle  # noqa: PLC0415  # its enums take 4 ms of start-up

        return self._application.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0

    def _wanted(self) -> Tokens:
        dark = self._choice is ThemeChoice.DARK
        if self._choice is ThemeChoice.SYSTEM:
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return Tokens(self._data["dark" if dark else "light"], tuple(self._data["avatars"]), dark)

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted.dark != self.tokens.dark:
            self.tokens = wanted
            self._apply()
            self.theme_changed.emit()

    def _apply(self) -> None:
        tokens = self.tokens
        palette = QPalette()
        for role, name in (
            (QPalette.ColorRole.Window, "bg"),
            (QPalette.ColorRole.Base, "surface"),
            (QPalette.ColorRole.AlternateBase, "bg"),
            (QPalette.ColorRole.Button, "surface"),
            (QPalette.ColorRole.ToolTipBase, "raised"),
            (QPalette.ColorRole.Text, "text"),
            (QPalette.ColorRole.WindowText, "text"),
            (QPalette.ColorRole.ButtonText, "text"),
            (QPalette.ColorRole.ToolTipText, "text"),
            (QPalette.ColorRole.PlaceholderText, "muted"),
            (QPalette.ColorRole.Link, "info"),
            (QPalette.ColorRole.Accent, "accent"),
            (QPalette.ColorRole.BrightText, "on_accent"),
            (QPalette.ColorRole.Highlight, "info"),
            (QPalette.ColorRole.HighlightedText, "surface"),
        ):
            palette.setColor(role, tokens.colour(name))
        self._application.setPalette(palette)
        self._application.setStyleSheet(style_sheet(tokens.colours))
