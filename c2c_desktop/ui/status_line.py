"""The window's foot: whether all is well, and the Sandbox mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from c2c_desktop.services.health import Health
from c2c_desktop.ui.health_mark import MARK_SIZE, draw_mark
from c2c_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from c2c_desktop.domain.health import HealthItem
    from c2c_desktop.ui.health_popup import HealthPopup

_PADDING, _GAP = 8, 8


class _Summary(QPushButton):
    """The mark and the sentence; green is quiet, amber names its mend beside it. A press shows more, if there is."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("Ready", parent)
        self._theme = theme
        self.fine = True
        self.setProperty("kind", "link")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(28)
        theme.theme_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Whatever there is: words that don't fit are cut."""
        return QSize(60, 28)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw mark, words, and what the pointer and the keyboard do."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        whole = QRectF(self.rect())
        if self.isEnabled() and (self.isDown() or self.underMouse()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("pressed" if self.isDown() else "hover"))
            painter.drawRoundedRect(whole, 6, 6)
        at = QPointF(_PADDING + MARK_SIZE / 2, self.height() / 2)
        draw_mark(
            painter,
            at,
            tokens,
            colour="accent" if self.fine else "warn",
            shape="dot" if self.fine else "triangle",
        )
        font = self.font()
        font.setPixelSize(13)
        painter.setFont(font)
        painter.setPen(tokens.colour("muted"))
        room = self.rect().adjusted(_PADDING + MARK_SIZE + _GAP, 0, -_PADDING, 0)
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        if self.property("focused"):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.colour("info"), 2))
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), 6, 6)


class StatusLine(QWidget):
    """One sentence and, where something can be mended, its button. A click shows everything that is looked after."""

    mend_asked = Signal(object)
    """A `HealthName`: its button was pressed, here or in the list."""

    def __init__(self, theme: Theme, *, sandbox: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._health: Health | None = None
        self._told: HealthItem | None = None
        self.popup: HealthPopup | None = None
        """The list, once it was opened."""
        self.words = _Summary(theme, self)
        self.words.setEnabled(False)
        self.words.clicked.connect(self.show_everything)
        self.mend = QPushButton()
        self.mend.setProperty("kind", "link")
        self.mend.clicked.connect(self._ask_mend)
        self.mend.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(12 - _PADDING, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.mend)
        if sandbox:
            mark = QLabel("Sandbox")
            mark.setProperty("role", "chip")
            mark.setToolTip("Calls go to a service inside this program: nobody’s phone rings")
            row.addWidget(mark)
        self.setFixedHeight(36)

    def follow(self, health: Health) -> None:
        """Say from now on how `health` stands."""
        self._health = health
        self.words.setEnabled(True)
        self.words.setAccessibleDescription("Shows how everything stands")
        health.listen(lambda: self._show(health))
        self._show(health)

    def show_everything(self) -> None:
        """Open the list over the line; nothing where no health is followed."""
        if self._health is None:
            return
        if self.popup is None:
            from c2c_desktop.ui.health_popup import HealthPopup  # noqa: PLC0415  # few look at it

            self.popup = HealthPopup(self._theme, self)
            self.popup.mend_asked.connect(self.mend_asked)
        self.popup.show_items(self._health.items())
        margin = QPoint(_PADDING, 0)
        anchor = QRect(self.mapToGlobal(margin), self.size() - QSize(2 * _PADDING, 0))
        self.popup.open_over(anchor, by_keyboard=bool(self.words.property("focused")))

    def _show(self, health: Health) -> None:
        words, item = health.summary()
        self._told = item
        mend = item.mend if item is not None else ""
        self.words.fine = item is None
        self.words.setText(words)
        self.words.setToolTip(words)
        self.words.update()
        self.mend.setText(mend)
        self.mend.setVisible(bool(mend))
        if self.popup is not None and self.popup.isVisible():
            self.popup.show_items(health.items())

    def _ask_mend(self) -> None:
        if self._told is not None:
            self.mend_asked.emit(self._told.name)
