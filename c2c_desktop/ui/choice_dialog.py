"""Several numbers in one text: which one is meant. They are never run together."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPalette, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.number import PhoneNumber
from c2c_desktop.services.directory import Directory
from c2c_desktop.ui.armed import Armed
from c2c_desktop.ui.forms import help_label
from c2c_desktop.ui.key_hint_button import KeyHintButton

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


class ChoiceDialog(QDialog):
    """Lists the numbers of one text. Arrows, digits, Enter and a double click choose; Esc takes none."""

    def __init__(self, choices: tuple[PhoneNumber, ...], directory: Directory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._is_over = False
        self.number: PhoneNumber | None = None
        """The one that was chosen."""
        self.setWindowTitle("Which number?")
        self.setMinimumWidth(320)
        self.resize(400, 200)
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
        self._armed = Armed(self, range(_FIRST_KEY, _FIRST_KEY + len(choices)))
        self._left_alone = help_label("")
        self.choose = KeyHintButton("Choose", "↵")
        self.choose.setProperty("kind", "primary")
        self.choose.setDefault(True)
        self.choose.clicked.connect(self._take)
        self.dont = KeyHintButton("Don’t call", "Esc")
        self.dont.setAutoDefault(False)
        self.dont.clicked.connect(self.reject)
        for part in (self.list, self.list.viewport(), self.choose):
            self._armed.watch(part)
        title = QLabel("Which number?")
        title.setProperty("role", "big")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.dont)
        buttons.addWidget(self.choose)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(self.list)
        column.addWidget(self._left_alone)
        column.addLayout(buttons)
        self.show_left_alone("")
        self.list.setFocus()

    def show_left_alone(self, words: str) -> None:
        """Say what else came and was not followed."""
        self._left_alone.setText(words)
        self._left_alone.setVisible(bool(words))
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """From now on the person sees the choice."""
        super().showEvent(event)
        self._fit()
        self._armed.start()

    def done(self, result: int) -> None:
        """Every way out leads here."""
        self._is_over = True
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits and Enter."""
        if self._armed.is_early(event):
            return
        row = event.key() - _FIRST_KEY
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.dont.hasFocus():
            self.reject()  # Qt would press the default button
        elif 0 <= row < len(self._choices):
            self.list.setCurrentRow(row)
            self._take()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What wraps needs another height now."""
        super().resizeEvent(event)
        self._fit()

    def _take(self) -> None:
        self.number = self._choices[self.list.currentRow()]
        self.accept()

    def _recognise(self, number: PhoneNumber, contact: Contact | None) -> None:
        if contact is not None and not self._is_over:
            _describe(self.list.item(self._choices.index(number)), number, contact.label)

    def _fit(self) -> None:
        needed = self._column.totalHeightForWidth(self.width())
        self.setMinimumHeight(max(needed, self._column.totalSizeHint().height()))


def _item(number: PhoneNumber) -> QListWidgetItem:
    item = QListWidgetItem(number.shown)
    _describe(item, number, "")
    return item


def _describe(item: QListWidgetItem, number: PhoneNumber, name: str) -> None:
    then = f"then press {number.post_dial}" if number.post_dial else ""
    facts = " · ".join(part for part in (name, number.country, number.kind.value, then) if part)
    item.setData(_FACTS, facts)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{number.shown}, {facts}")
