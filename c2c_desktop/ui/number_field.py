"""The number being dialled: grouped while typed, read when pasted, recalled with Up."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.number import calling_code, grouped_while_typing, parse_number, region_while_typing
from c2c_desktop.ui.focus_ring import repolish
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme

HOLD_TO_CLEAR_MS = 600
_SIZES = (22, 20, 18, 15)
"""Pixels of the digits, the largest that fits first."""

_MARGIN = 4
_GAPS = " -()."


class _Edit(QLineEdit):
    """Tells about focus and the keys that mean something here."""

    focus_changed = Signal(bool)
    recall_asked = Signal()
    call_asked = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell."""
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter calls, once however long it is held; Up recalls, Escape clears."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.call_asked.emit()
        elif event.key() == Qt.Key.Key_Up:
            self.recall_asked.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            if event.key() == Qt.Key.Key_Backspace:
                self._step_over_gap(-1)
            elif event.key() == Qt.Key.Key_Delete:
                self._step_over_gap(1)
            super().keyPressEvent(event)

    def delete_before(self) -> None:
        """Delete the selection, or the digit before the cursor."""
        self._step_over_gap(-1)
        self.backspace()

    def _step_over_gap(self, step: int) -> None:
        """Go past what only groups digits: deleted alone, it would come straight back."""
        while not self.hasSelectedText() and self._beside(step) in _GAPS:
            self.setCursorPosition(self.cursorPosition() + step)

    def _beside(self, step: int) -> str:
        """Return the character before (`step` -1) or after (1) the cursor, a letter where there is none."""
        at = self.cursorPosition() + min(step, 0)
        return self.text()[at] if 0 <= at < len(self.text()) else "x"


class NumberField(QFrame):
    """Field, country and backspace in one frame."""

    changed = Signal(str)
    call_asked = Signal()
    recall_asked = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("numberbox")
        self._theme = theme
        self._icons = icons
        self._region = "IN"
        self._before = ""
        self.country = QLabel()
        self.country.setProperty("role", "code")
        self.country.setAccessibleName("Country of the number")
        self.edit = _Edit()
        self.edit.setObjectName("number")
        self.edit.setPlaceholderText("Number")
        self.edit.setAccessibleName("Number to call")
        self.edit.setMaxLength(400)
        self.edit.textEdited.connect(self._regroup)
        self.edit.textChanged.connect(self._tell)
        self.edit.call_asked.connect(self.call_asked)
        self.edit.recall_asked.connect(self.recall_asked)
        self.edit.focus_changed.connect(self._mark)
        self.backspace = QToolButton()
        self.backspace.setAccessibleName("Delete last digit")
        self.backspace.setToolTip("Delete the last digit; hold to clear")
        self.backspace.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(HOLD_TO_CLEAR_MS)
        self._hold.timeout.connect(self.edit.clear)
        self.backspace.pressed.connect(self._hold.start)
        self.backspace.released.connect(self._hold.stop)
        self.backspace.clicked.connect(self._delete)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self.country)
        row.addWidget(self.edit, 1)
        row.addWidget(self.backspace)
        self.setFixedHeight(48)
        theme.theme_changed.connect(self._tint)
        self._tint()
        self.country.setText(self._region)

    def set_region(self, region: str) -> None:
        """Read national numbers as of `region` from now on. Loads nothing."""
        self._region = region
        if not self.edit.text():
            self.country.setText(region)
        else:
            self._show_country()

    def text(self) -> str:
        """What stands in the field."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Replace the number, grouped for its country."""
        self.edit.setText(grouped_while_typing(text, self._region))

    def insert(self, character: str) -> None:
        """Type one key of the pad where the cursor is."""
        self.edit.insert(character)
        self._regroup(self.edit.text())

    def _delete(self) -> None:
        self.edit.delete_before()
        self._regroup(self.edit.text())

    def _regroup(self, text: str) -> None:
        pasted = abs(len(text) - len(self._before)) > 1
        if pasted and any(not (c.isdigit() or c in "+ -.") for c in text):
            try:
                number = parse_number(text, self._region)
            except NumberError:
                pass
            else:
                self.edit.setText(number.shown_nationally if number.region == self._region else number.shown)
                return
        at = self.edit.cursorPosition()
        digits_before = sum(c.isalnum() or c in "+*#" for c in text[:at])
        grouped = grouped_while_typing(text, self._region)
        if grouped != text:
            self.edit.setText(grouped)
            position = 0
            while digits_before and position < len(grouped):
                digits_before -= grouped[position].isalnum() or grouped[position] in "+*#"
                position += 1
            self.edit.setCursorPosition(position)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the digits anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Take the largest size of digits that the whole number has room in."""
        room = self.edit.width() - 2 * _MARGIN
        font = QFont(self.edit.font())
        fitting = _SIZES[-1]
        for size in _SIZES:
            font.setPixelSize(size)
            if QFontMetrics(font).horizontalAdvance(self.edit.text()) <= room:
                fitting = size
                break
        if self.edit.property("digits") != fitting:
            self.edit.setProperty("digits", fitting)
            repolish(self.edit)

    def _tell(self) -> None:
        text = self._before = self.edit.text()
        self._show_country()
        self._row.activate()
        self._fit()
        self.changed.emit(text)

    def _show_country(self) -> None:
        text = self.edit.text()
        if not text:
            self.country.setText(self._region)
            return
        region = region_while_typing(text, self._region)
        code = calling_code(region) if region and region != "001" else 0
        written = text.startswith(("+", "00"))
        self.country.setText("?" if not code else region if written else f"{region} +{code}")

    def _mark(self, active: bool) -> None:
        self.setProperty("active", active)
        repolish(self)

    def _tint(self) -> None:
        self.backspace.setIcon(self._icons.icon("backspace", self._theme.tokens["text"], 20))
