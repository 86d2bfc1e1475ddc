"""The numbers of a contact as they are edited: one line each, and under it what it would call."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.number_kind import NUMBER_KINDS
from c2c_desktop.services.contact_form import FormNumber, Reading, reading_of
from c2c_desktop.ui.focus_ring import repolish
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.inputs import ChoiceBox
from c2c_desktop.ui.theme import Theme

_NARROW = 340
"""Pixels of width below which the kind stands under the number."""

_KIND_WIDTH = 116
_LONGEST_TEXT = 400

_AT_ONCE = 12
"""Lines that are there when the form is shown; a file can bring a contact with a hundred."""

_IN_A_TURN = 4

_CALLED_FIRST = "Call this number first"
_NEVER_FIRST = "Only a number that can be called can be called first"
_ASKS = " It has the star, so Call asks which number you mean."


class NumberRow(QWidget):
    """One number, its kind, whether it is called first, and what it would call as it is typed."""

    edited = Signal()
    preferred = Signal(bool)
    removed = Signal()

    def __init__(self, number: FormNumber, account: Account | None, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._known = number.known
        self._account = account
        self._theme, self._icons = theme, icons
        self._is_narrow: bool | None = None
        self._is_read_only = False
        self.text = QLineEdit(number.text)
        self.text.setPlaceholderText("+91 98402 22222")
        self.text.setMaxLength(_LONGEST_TEXT)
        self.text.setCursorPosition(0)
        self.kind = ChoiceBox()
        self.kind.addItems(NUMBER_KINDS)
        self.kind.setCurrentText(number.kind)
        self.star = QToolButton()
        self.star.setCheckable(True)
        self.star.setChecked(number.preferred)
        self.remove = QToolButton()
        for part, words in (
            (self.text, "Number"),
            (self.kind, "Kind of number"),
            (self.star, _CALLED_FIRST),
            (self.remove, "Remove this number"),
        ):
            part.setAccessibleName(words)
        self.remove.setToolTip("Remove this number")
        self.reading = QLabel()
        self.reading.setTextFormat(Qt.TextFormat.PlainText)
        self.reading.setWordWrap(True)
        self.reading.setProperty("role", "muted")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 1)
        self._arrange(narrow=False)
        self.text.textChanged.connect(self._read)
        self.kind.currentIndexChanged.connect(self.edited)
        self.star.toggled.connect(self._tint)
        self.star.toggled.connect(self.judge)
        self.star.clicked.connect(self.preferred)
        self.remove.clicked.connect(self.removed)
        theme.theme_changed.connect(self._tint)
        self._tint()
        self._read()

    @property
    def entered(self) -> FormNumber:
        """The line as it was filled in."""
        return FormNumber(self.text.text(), self.kind.currentText(), self.star.isChecked(), self._known)

    def set_read_only(self, *, on: bool) -> None:
        """Show it only, or let it be edited."""
        self._is_read_only = on
        self.text.setReadOnly(on)
        self.kind.setEnabled(not on)
        self.remove.setVisible(not on)
        self.judge()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The number is whole before the kind stands beside it."""
        super().resizeEvent(event)
        self._arrange(narrow=event.size().width() < _NARROW)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        self.kind.setMaximumWidth(_KIND_WIDTH)
        self._grid.addWidget(self.text, 0, 0, 1, 3 if narrow else 1)
        self._grid.addWidget(self.reading, 1, 0, 1, 4)
        self._grid.addWidget(self.kind, 2 if narrow else 0, 0 if narrow else 1)
        self._grid.addWidget(self.star, 2 if narrow else 0, 3 if narrow else 2)
        self._grid.addWidget(self.remove, 0, 3)

    def judge(self) -> None:
        """Say what it would call, and let it be called first only where it can be called.

        A star it has already stays, and it says what follows: somebody may be about to correct the number.
        """
        reading = reading_of(self.entered, self._account)
        can_be_called = reading is not None and reading.can_be_called
        self.star.setEnabled(not self._is_read_only and (can_be_called or self.star.isChecked()))
        self.star.setToolTip(_CALLED_FIRST if self.star.isEnabled() or self._is_read_only else _NEVER_FIRST)
        self._say(reading)

    def _read(self) -> None:
        self.judge()
        self.edited.emit()

    def _say(self, reading: Reading | None) -> None:
        words = reading.words if reading is not None else ""
        if reading is not None and not reading.can_be_called and self.star.isChecked() and not self.star.isHidden():
            words += _ASKS
        self.reading.setText(words)
        self.reading.setVisible(bool(words))
        self.text.setAccessibleDescription(words)
        self.reading.setProperty("tone", "" if reading is None or reading.can_be_called else "warn")
        repolish(self.reading)

    def _tint(self) -> None:
        tokens = self._theme.tokens
        name, token = ("star-filled", "warn") if self.star.isChecked() else ("star", "muted")
        self.star.setIcon(self._icons.icon(name, tokens[token], 18))
        self.remove.setIcon(self._icons.icon("close", tokens["muted"], 16))


class NumberRows(QWidget):
    """Any number of numbers; at most one of them is called first."""

    edited = Signal()

    def __init__(self, numbers: tuple[FormNumber, ...], account: Account | None, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._account = account
        self._theme, self._icons = theme, icons
        self.rows: list[NumberRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._is_read_only = False
        self._later = list(numbers[_AT_ONCE:])
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._add_later)
        for number in numbers[:_AT_ONCE] or (FormNumber(""),):
            self._add(number)
        self._show_stars()
        self.more = QPushButton("Add another number")
        self.more.setProperty("kind", "link")
        self.more.setAutoDefault(False)
        self.more.clicked.connect(self._add_empty)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def entered(self) -> tuple[FormNumber, ...]:
        """Every line as it was filled in, with those that do not stand there yet."""
        return (*(row.entered for row in self.rows), *self._later)

    @property
    def last_field(self) -> QWidget:
        """Where to go on correcting them."""
        return self.rows[-1].text if self.rows else self.more

    def set_read_only(self, *, on: bool) -> None:
        """Show them only, or let them be edited."""
        self._is_read_only = on
        self.more.setVisible(not on)
        for row in self.rows:
            row.set_read_only(on=on)

    def showEvent(self, event: QShowEvent) -> None:
        """What is left comes now."""
        super().showEvent(event)
        if self._later:
            self._turn.start()

    def _add_later(self) -> None:
        """Add the next ones while nothing else is to be done."""
        numbers, self._later = self._later[:_IN_A_TURN], self._later[_IN_A_TURN:]
        for number in numbers:
            self._add(number).set_read_only(on=self._is_read_only)
        self._show_stars()
        if self._later:
            self._turn.start()

    def _add_empty(self) -> None:
        row = self._add(FormNumber(""))
        self._show_stars()
        row.show()
        row.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _add(self, number: FormNumber) -> NumberRow:
        row = NumberRow(number, self._account, self._theme, self._icons)
        row.edited.connect(self.edited)
        row.preferred.connect(lambda on: self._prefer(row, on=on))
        row.removed.connect(lambda: self._remove(row))
        before: QWidget | None = self.rows[-1].remove if self.rows else None
        self.rows.append(row)
        self._column.insertWidget(len(self.rows) - 1, row)
        if before is not None:  # one line after the other, however late it was added
            for part in (row.text, row.kind, row.star, row.remove):
                QWidget.setTabOrder(before, part)
                before = part
        return row

    def _remove(self, row: NumberRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self._show_stars()
        self.edited.emit()

    def _prefer(self, chosen: NumberRow, *, on: bool) -> None:
        for row in self.rows:
            row.star.setChecked(on and row is chosen)
        self._later = [replace(number, preferred=False) for number in self._later]
        self.edited.emit()

    def _show_stars(self) -> None:
        """With one number there is nothing to prefer."""
        for row in self.rows:
            row.star.setVisible(len(self.rows) + len(self._later) > 1)
            if row.star.isChecked():
                row.judge()
