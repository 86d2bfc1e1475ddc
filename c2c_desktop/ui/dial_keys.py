"""The twelve keys: digits over letters, side by side where there is little room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from c2c_desktop.ui.theme import Theme

HOLD_MS = 500
"""How long a key is held for what it types then."""

_KEYS = (
    ("1", ""), ("2", "ABC"), ("3", "DEF"), ("4", "GHI"), ("5", "JKL"), ("6", "MNO"),
    ("7", "PQRS"), ("8", "TUV"), ("9", "WXYZ"), ("*", ""), ("0", "+"), ("#", ""),
)  # fmt: skip
_TALL = 40
_KEY_HEIGHT = 52
_SPOKEN = {"*": "Star", "#": "Hash", "0": "0, hold for plus"}


class _Key(QPushButton):
    """One key. Holding 0 types a plus."""

    typed = Signal(str)

    def __init__(self, digit: str, letters: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._digit = digit
        self._letters = letters
        self._theme = theme
        self.setProperty("kind", "key")
        self.setAccessibleName(_SPOKEN.get(digit, f"{digit} {letters}".strip()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(48, 26)
        self.setMaximumHeight(_KEY_HEIGHT)
        self._held = False
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(HOLD_MS)
        self._hold.timeout.connect(self._type_plus)
        if digit == "0":
            self.pressed.connect(self._begin_hold)
            self.released.connect(self._hold.stop)
        self.clicked.connect(self._type)

    def sizeHint(self) -> QSize:
        """As in the drawing."""
        return QSize(90, _KEY_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Still hit by a finger's tip."""
        return QSize(48, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Digit and letters over the button's face."""
        super().paintEvent(event)
        painter = QPainter(self)
        tall = self.height() > _TALL
        big, small = QFont(self.font()), QFont(self.font())
        big.setPixelSize(20 if tall else 17)
        small.setPixelSize(10)
        small.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1)
        digit, letters = QRect(self.rect()), QRect()
        if self._letters and tall:
            digit.translate(0, -8)
            letters = QRect(QPoint(0, self.height() // 2 + 5), QSize(self.width(), 14))
        elif self._letters:
            width = QFontMetrics(small).horizontalAdvance(self._letters)
            digit.translate(-(width + 6) // 2, 0)
            letters = self.rect().translated(10, 1)
        centre = int(Qt.AlignmentFlag.AlignCenter)
        painter.setFont(big)
        painter.setPen(self._theme.tokens.colour("text"))
        painter.drawText(digit, centre, self._digit)
        painter.setFont(small)
        painter.setPen(self._theme.tokens.colour("muted"))
        painter.drawText(letters, centre, self._letters)

    def _begin_hold(self) -> None:
        self._held = False
        self._hold.start()

    def _type(self) -> None:
        if not self._held:
            self.typed.emit(self._digit)

    def _type_plus(self) -> None:
        self._held = True
        self.typed.emit("+")


class DialKeys(QWidget):
    """The keys as a telephone has them. Main thread."""

    typed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self.keys: dict[str, QPushButton] = {}
        for place, (digit, letters) in enumerate(_KEYS):
            key = _Key(digit, letters, theme, self)
            key.typed.connect(self.typed)
            self.keys[digit] = key
            self._grid.addWidget(key, place // 3, place % 3)

    def set_compact(self, *, on: bool) -> None:
        """Take less room between the keys."""
        spacing = 4 if on else 8
        self._grid.setSpacing(spacing)
        self.setMaximumHeight(4 * _KEY_HEIGHT + 3 * spacing)
