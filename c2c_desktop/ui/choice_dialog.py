"""Several numbers in one text: which one is meant. They are never run together."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.number import PhoneNumber
from c2c_desktop.services.directory import Directory
from c2c_desktop.ui.question import Question

_ROW = 52
_ROWS_SHOWN = 6
_FACTS = Qt.ItemDataRole.UserRole
_FIRST_KEY = int(Qt.Key.Key_1)


class _ChoiceDelegate(QStyledItemDelegate):
    """Paints the number, what is known about it, and the key that chooses it."""

    def sizeHint(self, _: QStyleOptionViewItem, __: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines."""
        return QSize(0, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one choice."""
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        number, whole.text = whole.text, ""
        QApplication.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, whole, painter, whole.widget)
        area: QRect = whole.rect.adjusted(12, 7, -12, -7)
        palette: QPalette = whole.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_key(painter, QRectF(area.right() - 24, area.center().y() - 9.5, 24, 20), index.row() + 1, palette)
        words = area.adjusted(0, 0, -32, 0)
        font = QFont(whole.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignTop), number)
        font.setWeight(QFont.Weight.Normal)
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        facts = painter.fontMetrics().elidedText(index.data(_FACTS), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignBottom), facts)
        painter.restore()

    def _paint_key(self, painter: QPainter, frame: QRectF, key: int, palette: QPalette) -> None:
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        font = QFont(painter.font())
        font.setPixelSize(11)
        painter.setFont(font)
        painter.setPen(QPen(muted, 1))
        painter.drawRoundedRect(frame, 4, 4)
        painter.drawText(frame, int(Qt.AlignmentFlag.AlignCenter), str(key))


class _ChoiceList(QListWidget):
    """Leaves keys that type to the dialog: it knows the digits."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, and search for nothing."""
        if event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)


class ChoiceDialog(Question):
    """Lists the numbers of one text. Arrows, digits, Enter and a double click choose; Esc takes none."""

    def __init__(self, choices: tuple[PhoneNumber, ...], directory: Directory, parent: QWidget | None = None) -> None:
        keys = range(_FIRST_KEY, _FIRST_KEY + 9)
        super().__init__("Which number?", "Choose", 400, keys, parent)
        self._choices = choices
        self._is_over = False
        self.number: PhoneNumber | None = None
        """The one that was chosen."""
        self.list = _ChoiceList()
        self.list.setObjectName("choices")
        self.list.setAccessibleName("Numbers")
        self.list.setItemDelegate(_ChoiceDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(_ROW * min(len(choices), _ROWS_SHOWN) + 10)
        for number in choices:
            self.list.addItem(_item(number))
            directory.find_number(number.e164, partial(self._recognise, number))
        self.list.setCurrentRow(0)
        self.list.itemDoubleClicked.connect(self._take)
        self.go_on.clicked.connect(self._take)
        for part in (self.list, self.list.viewport()):
            self.armed.watch(part)
        title = QLabel("Which number?")
        title.setProperty("role", "big")
        self.column.setSpacing(12)
        self.column.addWidget(title)
        self.column.addWidget(self.list)
        self.column.addWidget(self.left_alone)
        self.add_buttons()
        self.list.setFocus()

    def done(self, result: int) -> None:
        """Every way out leads here."""
        self._is_over = True
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits too."""
        row = event.key() - _FIRST_KEY
        if 0 <= row < len(self._choices) and not self.armed.turns_away(event):
            self.list.setCurrentRow(row)
            self._take()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        self.number = self._choices[self.list.currentRow()]
        self.accept()

    def _recognise(self, number: PhoneNumber, contact: Contact | None) -> None:
        if contact is not None and not self._is_over:
            _describe(self.list.item(self._choices.index(number)), number, contact.label)


def _item(number: PhoneNumber) -> QListWidgetItem:
    item = QListWidgetItem(number.shown)
    _describe(item, number, "")
    return item


def _describe(item: QListWidgetItem, number: PhoneNumber, name: str) -> None:
    then = f"then press {number.post_dial}" if number.post_dial else ""
    facts = " · ".join(part for part in (name, number.country, number.kind.value, then) if part)
    item.setData(_FACTS, facts)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{number.shown}, {facts}")
