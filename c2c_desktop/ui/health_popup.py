"""How each of the six things stands, over the window's foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QLabel, QLayout, QPushButton, QWidget

from c2c_desktop.domain.health import HealthItem, HealthName
from c2c_desktop.ui.health_mark import MARK_SIZE, draw_mark, mark_of
from c2c_desktop.ui.theme import Theme

_TITLES = {
    HealthName.ACCOUNT: "Account",
    HealthName.SERVICE: "Service",
    HealthName.LINKS: "Links",
    HealthName.HOTKEY: "Hotkey",
    HealthName.TRAY: "Tray",
    HealthName.KEYRING: "Keyring",
}
_NOTHING_SAID = {True: "All is well", False: "Something is wrong", None: "Not known yet"}
_WIDEST, _GAP, _LINE = 440, 4, 28
_NARROW = 400
"""Width below which a button stands under the words, not beside them."""


class _Mark(QWidget):
    """One item's mark."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.colour, self.shape = "muted", "ring"
        self.setFixedSize(MARK_SIZE, _LINE)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw."""
        at = QPointF(self.width() / 2, self.height() / 2)
        draw_mark(QPainter(self), at, self._theme.tokens, colour=self.colour, shape=self.shape)


class _Row:
    """Mark, title, words and the button that mends it."""

    def __init__(self, title: str, theme: Theme, parent: QWidget) -> None:
        self._title = title
        self.mark = _Mark(theme, parent)
        self.title = QLabel(title, parent)
        self.title.setProperty("role", "title")
        self.title.setFixedHeight(_LINE)
        self.words = QLabel(parent)
        self.words.setProperty("role", "muted")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        space = (_LINE - self.words.fontMetrics().height()) // 2
        self.words.setContentsMargins(0, space, 0, space)
        self.mend = QPushButton(parent)
        self.mend.setProperty("kind", "link")
        self.mend.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.beside.setSpacing(0)
        self.beside.addWidget(self.words, 1)
        self.beside.addWidget(self.mend, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def show_item(self, item: HealthItem) -> None:
        """Say how it stands now."""
        self.mark.colour, self.mark.shape = mark_of(item)
        self.mark.update()
        words = item.words or _NOTHING_SAID[item.fine]
        self.words.setText(words)
        self.words.setAccessibleName(f"{self._title}: {'trouble. ' if item.fine is False else ''}{words}")
        self.mend.setText(item.mend)
        self.mend.setAccessibleName(f"{item.mend} ({self._title})" if item.mend else "")
        self.mend.setVisible(bool(item.mend))


class HealthPopup(QFrame):
    """Closes on Esc, on a click elsewhere, and when something is to be mended. Main thread."""

    mend_asked = Signal(object)
    """A `HealthName`."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self._line = parent
        self._anchor = QRect()
        self.setAccessibleName("How everything stands")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.theme_changed.connect(self.update)
        self.rows = {name: _Row(_TITLES[name], theme, self) for name in HealthName}
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(14, 8, 14, 8)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the height of before would be the least
        top = Qt.AlignmentFlag.AlignTop
        for line, (name, row) in enumerate(self.rows.items()):
            grid.addWidget(row.mark, line, 0, top)
            grid.addWidget(row.title, line, 1, top)
            grid.addLayout(row.beside, line, 2)
            row.mend.clicked.connect(lambda _=False, name=name: self._mend(name))

    def show_items(self, items: Sequence[HealthItem]) -> None:
        """Say how everything stands now."""
        for item in items:
            self.rows[item.name].show_item(item)
        if self.isVisible():
            self._place()

    def open_over(self, anchor: QRect, *, by_keyboard: bool) -> None:
        """Stand over `anchor`, in global coordinates. `by_keyboard`: the first button that mends takes the keys."""
        self._anchor = anchor
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)  # the click that closes it would open it again
        self._place()
        self.show()
        first = next((row.mend for row in self.rows.values() if row.mend.isVisible()), None)
        if by_keyboard and first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.setFocus(Qt.FocusReason.PopupFocusReason)

    def sizeHint(self) -> QSize:
        """As wide as the foot, within reason, and as high as its words need there."""
        width = max(min(self._anchor.width(), _WIDEST), self._grid.minimumSize().width())
        return QSize(width, self._grid.totalHeightForWidth(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keys; Esc closes."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            if not event.isAutoRepeat():
                focused.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the ground and its edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.tokens.colour("raised"))
        painter.setPen(self._theme.tokens.colour("border"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _mend(self, name: HealthName) -> None:
        self.close()
        self.mend_asked.emit(name)

    def _place(self) -> None:
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for row in self.rows.values():
            row.beside.setDirection(down if self._anchor.width() < _NARROW else across)
            row.words.ensurePolished()
            row.mend.ensurePolished()
            row.beside.invalidate()
        self._grid.invalidate()  # Qt would notice what changed only after the place was taken
        size = self.sizeHint()
        area = self._line.screen().availableGeometry()
        corner = QPoint(self._anchor.left(), self._anchor.top() - _GAP - size.height())
        x = max(area.left(), min(corner.x(), area.right() + 1 - size.width()))
        y = max(area.top(), min(corner.y(), area.bottom() + 1 - size.height()))
        self.setGeometry(QRect(QPoint(x, y), size))
