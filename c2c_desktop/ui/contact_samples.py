"""The first contacts of a file as they will be in the list."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from c2c_desktop.domain.contact_record import ContactRecord, SkippedRecord
from c2c_desktop.services.contact_sample import ContactSample, contact_sample
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.theme import Theme

_ROW, _AROUND = 48, 12
_ASIDE = int(Qt.ItemDataRole.UserRole)
_BELOW = _ASIDE + 1
_TONE = _ASIDE + 2
_MOST_ROWS = 8
"""A list that has more is scrolled."""

NOTHING = "Nothing can be read here. Look at how the file is read, and at what the columns mean."


class _SampleDelegate(QStyledItemDelegate):
    """Paints the name, the company beside it, and the numbers below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _: QStyleOptionViewItem, __: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines."""
        return QSize(0, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one contact."""
        tokens = self._theme.tokens
        area: QRect = option.rect.adjusted(8, 4, -8, -4)
        tone = str(index.data(_TONE))
        painter.save()
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(tokens.colour("warn" if tone == "warn" else "text"))
        room = QRect(area.left(), area.top(), area.width(), 20)
        used = self._draw(painter, room, str(index.data()))
        font.setWeight(QFont.Weight.Normal)
        font.setPixelSize(13)
        painter.setFont(font)
        painter.setPen(tokens.colour("muted"))
        aside = str(index.data(_ASIDE))
        if aside and room.width() - used > 2 * _ROW:
            self._draw(painter, room.adjusted(used + 8, 1, 0, 0), aside)
        painter.setPen(tokens.colour("text" if tone == "plain" else "muted"))
        self._draw(painter, QRect(area.left(), area.top() + 20, area.width(), 20), str(index.data(_BELOW)))
        painter.restore()

    def _draw(self, painter: QPainter, room: QRect, words: str) -> int:
        """Draw what fits and return how wide it is."""
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), elided)
        return painter.fontMetrics().horizontalAdvance(elided)


class ContactSamples(QListWidget):
    """Lists what the first rows or cards of a file become, and what is left out of them."""

    def __init__(self, theme: Theme, numbers: ShownNumbers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers = numbers
        self.setObjectName("choices")
        self.setAccessibleName("The first contacts")
        self.setItemDelegate(_SampleDelegate(theme, self))
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMinimumHeight(3 * _ROW + _AROUND)

    def sizeHint(self) -> QSize:
        """Content with little height: what is around it must not have to scroll too."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    @property
    def whole_height(self) -> int:
        """How high it is where nothing, or only a long list, is scrolled."""
        return max(min(self.count(), _MOST_ROWS) * _ROW + _AROUND, self.minimumHeight())

    def show_first(self, first: Sequence[ContactRecord | SkippedRecord], region: str) -> None:
        """Show these; `region`: the ISO 3166 country of numbers without a code."""
        scrolled = self.verticalScrollBar().value()
        self.clear()
        for record in first:
            if isinstance(record, SkippedRecord):
                text = self._numbers.text(record.text)
                self._add(f"Line {record.line:,}: left out", "", f"{record.reason} {text}".strip(), "warn")
            else:
                self._add_contact(contact_sample(record, region))
        if not first:
            self._add("No contacts", "", NOTHING, "warn")
        self.verticalScrollBar().setValue(scrolled)

    def _add_contact(self, sample: ContactSample) -> None:
        words = [
            f"{number.kind} {self._numbers.number(number.shown)}"
            if number.is_readable
            else f"“{self._numbers.text(number.shown)}” cannot be called"
            for number in sample.numbers
        ]
        if sample.more_numbers:
            words.append(f"{sample.more_numbers} more")
        tags = " ".join(f"#{tag}" for tag in sample.tags)
        title = self._numbers.text(sample.title) or "Without a name"
        aside = "  ".join(filter(None, ("★" if sample.favourite else "", self._numbers.text(sample.company), tags)))
        self._add(title, aside, " · ".join(words) or "no number", "plain" if words else "muted")

    def _add(self, title: str, aside: str, below: str, tone: str) -> None:
        item = QListWidgetItem(title)
        item.setData(_ASIDE, aside)
        item.setData(_BELOW, below)
        item.setData(_TONE, tone)
        spoken = ", ".join(filter(None, (title, aside, below)))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setToolTip(f"<qt>{html.escape(spoken)}</qt>")
        self.addItem(item)
