"""The number being dialled: grouped while typed, read when pasted, recalled with Up."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.extensions import matches_extension
from c2c_desktop.domain.number import calling_code, grouped_while_typing, parse_number, region_while_typing
from c2c_desktop.ui.focus_ring import repolish
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.number_edit import NumberEdit
from c2c_desktop.ui.theme import Theme

HOLD_TO_CLEAR_MS = 600
_SIZES = (22, 20, 18, 15)
"""Pixels of the digits, the largest that fits first."""

_MARGIN = 4


def _written_after(post_dial: str) -> str:
    """Return the digits to press once somebody answers, as they are read again behind a number."""
    if not post_dial:
        return ""
    return f" ext. {post_dial}" if post_dial.isdigit() else f",,{post_dial}"


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
        self._extensions = ""
        self._before = ""
        self._hidden = ""
        """The whole number while a masked one stands in its place, as long, character for character."""
        self.country = QLabel()
        self.country.setProperty("role", "code")
        self.country.setAccessibleName("Country of the number")
        self.edit = NumberEdit()
        self.edit.setObjectName("number")
        self.edit.setPlaceholderText("Number")
        self.edit.setAccessibleName("Number to call")
        self.edit.setMaxLength(400)
        self.edit.textEdited.connect(self._take_edit)
        self.edit.textChanged.connect(self._tell)
        self.edit.call_asked.connect(self.call_asked)
        self.edit.recall_asked.connect(self.recall_asked)
        self.edit.focus_changed.connect(self._mark)
        self.edit.copy_asked.connect(self._copy)
        self.eye = QToolButton()
        self.eye.setAccessibleName("Show the whole number")
        self.eye.setToolTip("Show the whole number")
        self.eye.clicked.connect(self.reveal)
        self.eye.hide()
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
        row.addWidget(self.eye)
        row.addWidget(self.backspace)
        self.setFixedHeight(48)
        theme.theme_changed.connect(self._tint)
        self._tint()
        self.country.setText(self._region)

    def set_region(self, region: str, extensions: str = "") -> None:
        """Read national numbers as of `region` from now on, and leave `extensions` as they are. Loads nothing."""
        self._region, self._extensions = region, extensions
        if not self.edit.text():
            self.country.setText(region)
        else:
            self._show_country()

    @property
    def is_masked(self) -> bool:
        """Whether a masked number stands there."""
        return bool(self._hidden)

    def text(self) -> str:
        """The number in the field, whole however it is shown."""
        return self._hidden or self.edit.text()

    def set_text(self, text: str, *, masked: bool = False) -> None:
        """Replace the number, grouped for its country; a masked one becomes readable as soon as it is edited."""
        self._put(self._grouped(text), masked=masked)

    def conceal(self) -> None:
        """Mask the number that stands there."""
        self._put(self.text(), masked=True)

    def reveal(self) -> None:
        """Show the whole number; the cursor stays where it is."""
        if self._hidden:
            at = self.edit.cursorPosition()
            self._put(self._hidden, masked=False)
            self.edit.setCursorPosition(at)

    def insert(self, character: str) -> None:
        """Type one key of the pad where the cursor is."""
        self.reveal()
        self.edit.insert(character)
        self._regroup(self.edit.text())

    def _put(self, text: str, *, masked: bool) -> None:
        self._hidden = text if masked else ""
        shown = self._masked() if masked else text
        if shown == self.edit.text():
            self._tell()  # another number can be masked to the same
        else:
            self.edit.setText(shown)

    def _masked(self) -> str:
        from c2c_desktop.domain.masking import masked_number  # noqa: PLC0415  # few ever need it

        return masked_number(self._hidden)

    def _take_edit(self, text: str) -> None:
        """Carry what was edited in a masked number over to the whole one: around the cursor nothing else changed."""
        if self._hidden:
            whole, before, at = self._hidden, self._masked(), self.edit.cursorPosition()
            last = self._before
            after = len(text) - at
            kept = min(at, len(whole) - after)
            while before[:kept] != text[:kept]:
                kept -= 1
            text = whole[:kept] + text[kept:at] + whole[len(whole) - after :]
            self._put(text, masked=False)
            self.edit.setCursorPosition(at)
            self._before = last
        self._regroup(text)

    def _copy(self) -> None:
        if self.edit.hasSelectedText():
            start = self.edit.selectionStart()
            QGuiApplication.clipboard().setText(self.text()[start : start + self.edit.selectionLength()])

    def _delete(self) -> None:
        self.reveal()
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
                shown = number.shown_nationally if number.region == self._region else number.shown
                self.edit.setText(f"{shown}{_written_after(number.post_dial)}")
                return
        at = self.edit.cursorPosition()
        digits_before = sum(c.isalnum() or c in "+*#" for c in text[:at])
        grouped = self._grouped(text)
        if grouped != text:
            self.edit.setText(grouped)
            position = 0
            while digits_before and position < len(grouped):
                digits_before -= grouped[position].isalnum() or grouped[position] in "+*#"
                position += 1
            self.edit.setCursorPosition(position)

    def _grouped(self, text: str) -> str:
        return text if matches_extension(text, self._extensions) else grouped_while_typing(text, self._region)

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
        if self._hidden and self.edit.text() != self._masked():  # cleared, or another one was put there
            self._hidden = ""
        last, text = self._before, self.text()
        self._before = text
        self.eye.setVisible(self.is_masked)
        self._show_country()
        self._row.activate()
        self._fit()
        if text != last:
            self.changed.emit(text)

    def _show_country(self) -> None:
        text = self.text()
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
        self.eye.setIcon(self._icons.icon("eye", self._theme.tokens["text"], 18))
        self.backspace.setIcon(self._icons.icon("backspace", self._theme.tokens["text"], 20))
