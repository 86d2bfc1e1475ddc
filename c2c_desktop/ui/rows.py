"""Two-line rows with an avatar and a Call button: what contacts and recents are shown as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import AVATAR_SIZE, HEADING_HEIGHT, ROW_HEIGHT, Theme

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_BUTTON = QSize(76, 32)
_EDGE = 12


@dataclass(frozen=True, slots=True)
class Row:
    """What one row shows. A heading has a title only. `give_way` texts are dropped first when it is narrow."""

    title: str
    before: str = ""
    number: str = ""
    after: str = ""
    initials: str = ""
    tone: str = "muted"
    favourite: bool = False
    is_heading: bool = False
    payload: Any = None

    @property
    def spoken(self) -> str:
        """The row for assistive technology."""
        return ", ".join(part for part in (self.title, self.before, self.number, self.after) if part)


class RowModel(QAbstractTableModel):
    """A list of rows in one column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show_rows(self, rows: list[Row]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, index: Index) -> Row | None:
        """Return the row at `index`."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def headings(self) -> list[int]:
        """Return where the headings are."""
        return [number for number, row in enumerate(self._rows) if row.is_heading]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        """Qt's."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Qt's."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Qt's."""
        row = self.row(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            return row.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings can be neither chosen nor reached by key."""
        row = self.row(index)
        if row is None or row.is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowView(QTableView):
    """Shows a `RowModel`. Enter and double click call; a click only chooses."""

    row_chosen = Signal(object)
    call_asked = Signal(object, QPoint)
    menu_asked = Signal(object, QPoint)
    delete_asked = Signal(object)

    def __init__(self, name: str, button: str, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowModel(self)
        self._delegate = _RowDelegate(button, theme, icons, self)
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setMinimumSectionSize(HEADING_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        theme.theme_changed.connect(self.viewport().update)

    def show_rows(self, rows: list[Row]) -> None:
        """Replace the rows, keeping the scroll position."""
        position = self.verticalScrollBar().value()
        for number in self.rows.headings():
            self.setRowHeight(number, ROW_HEIGHT)
        self.rows.show_rows(rows)
        for number in self.rows.headings():
            self.setRowHeight(number, HEADING_HEIGHT)
        self.verticalScrollBar().setValue(position)

    def choose_first(self) -> None:
        """Make the first row that is no heading the current one."""
        for number in range(self.rows.rowCount()):
            index = self.rows.index(number, 0)
            if self.rows.flags(index) & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentIndex(index)
                return

    def hovered(self) -> QModelIndex:
        """Return the row under the pointer."""
        return self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos())) if self.underMouse() else QModelIndex()

    def button_rect(self, index: Index) -> QRect:
        """Return where the Call button of a row is."""
        area = self.visualRect(index)
        return QRect(
            QPoint(area.right() - _EDGE - _BUTTON.width() + 1, area.center().y() - _BUTTON.height() // 2 + 1), _BUTTON
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Call where the button is, else choose."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = self.rows.row(index)
        if row is None or row.is_heading or event.button() != Qt.MouseButton.LeftButton:
            return
        if self.button_rect(index).contains(event.position().toPoint()):
            self.call_asked.emit(row.payload, event.globalPosition().toPoint())
        else:
            self.row_chosen.emit(row.payload)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of a double click on the button is no second call; elsewhere it calls."""
        index = self.indexAt(event.position().toPoint())
        row = self.rows.row(index)
        if row is not None and not row.is_heading and not self.button_rect(index).contains(event.position().toPoint()):
            self.call_asked.emit(row.payload, event.globalPosition().toPoint())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter calls, Delete removes, Menu opens the menu."""
        index = self.currentIndex()
        row = self.rows.row(index)
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.call_asked.emit(row.payload, self.viewport().mapToGlobal(self.button_rect(index).bottomLeft()))
        elif row is not None and event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit(row.payload)
        elif row is not None and event.key() == Qt.Key.Key_Menu:
            self.menu_asked.emit(row.payload, self.viewport().mapToGlobal(self.visualRect(index).center()))
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
            self._choose_current()
        else:
            event.ignore()

    def _choose_current(self) -> None:
        row = self.rows.row(self.currentIndex())
        if row is not None and not row.is_heading:
            self.row_chosen.emit(row.payload)

    def _ask_menu(self, position: QPoint) -> None:
        row = self.rows.row(self.indexAt(position))
        if row is not None and not row.is_heading:
            self.menu_asked.emit(row.payload, self.viewport().mapToGlobal(position))


class _RowDelegate(QStyledItemDelegate):
    """Paints rows from the tokens."""

    def __init__(self, button: str, theme: Theme, icons: Icons, view: RowView) -> None:
        super().__init__(view)
        self._button = button
        self._theme = theme
        self._icons = icons
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        if row.is_heading:
            painter.setFont(_sized(painter.font(), 12.5, bold=True))
            painter.setPen(self._theme.tokens.colour("muted"))
            painter.drawText(area.adjusted(_EDGE, 6, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), row.title)
        else:
            self._paint_row(painter, area, option, index, row)
        painter.restore()

    def _paint_row(self, painter: QPainter, area: QRect, option: QStyleOptionViewItem, index: Index, row: Row) -> None:
        tokens = self._theme.tokens
        state: QStyle.StateFlag = option.state
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        current = index.row() == self._view.currentIndex().row()
        focused = current and self._view.hasFocus()
        if hovered or current:
            painter.fillRect(area, tokens.colour("hover"))
        if focused:
            painter.setPen(QPen(tokens.colour("info"), 2))
            painter.drawRoundedRect(QRectF(area).adjusted(2, 2, -2, -2), 6, 6)
        self._paint_avatar(painter, area, row)
        right = area.right() - _EDGE
        if hovered or current:
            right = self._paint_button(painter, index) - 8
        elif row.favourite:
            star = self._icons.pixmap("star-filled", tokens["warn"], 18, painter.device().devicePixelRatioF())
            painter.drawPixmap(right - 18, area.center().y() - 8, star)
            right -= 26
        left = area.left() + _EDGE + AVATAR_SIZE + 12
        title = QRect(left, area.top() + 8, right - left, 20)
        painter.setFont(_sized(painter.font(), 14, bold=True))
        painter.setPen(tokens.colour("text"))
        elided = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, title.width())
        painter.drawText(title, int(Qt.AlignmentFlag.AlignVCenter), elided)
        self._paint_second_line(painter, QRect(left, area.top() + 28, right - left, 18), row)

    def _paint_avatar(self, painter: QPainter, area: QRect, row: Row) -> None:
        tokens = self._theme.tokens
        circle = QRectF(area.left() + _EDGE, area.center().y() - AVATAR_SIZE / 2 + 1, AVATAR_SIZE, AVATAR_SIZE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.avatar(row.title))
        painter.drawEllipse(circle)
        painter.setPen(Qt.GlobalColor.white)
        painter.setFont(_sized(painter.font(), 13, bold=True))
        painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), row.initials)

    def _paint_button(self, painter: QPainter, index: Index) -> int:
        tokens = self._theme.tokens
        button = self._view.button_rect(index)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("accent"))
        painter.drawRoundedRect(button, 8, 8)
        painter.setPen(tokens.colour("on_accent"))
        painter.setFont(_sized(painter.font(), 14, bold=True))
        scale = painter.device().devicePixelRatioF()
        painter.drawPixmap(
            button.left() + 12, button.center().y() - 7, self._icons.pixmap("phone", tokens["on_accent"], 16, scale)
        )
        painter.drawText(button.adjusted(34, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self._button)
        return button.left()

    def _paint_second_line(self, painter: QPainter, line: QRect, row: Row) -> None:
        """The number is never cut: what stands before gives way first, then what stands after."""
        painter.setFont(_sized(painter.font(), 12.5))
        metrics = painter.fontMetrics()
        after = f" · {row.after}" if row.after else ""
        room = line.width() - metrics.horizontalAdvance(row.number)
        if metrics.horizontalAdvance(after) > room:
            after = metrics.elidedText(after, Qt.TextElideMode.ElideRight, max(room, 0)) if room > 24 else ""  # noqa: PLR2004
        room -= metrics.horizontalAdvance(after)
        before = f"{row.before} · " if row.before and row.number else row.before
        if metrics.horizontalAdvance(before) > room:
            separator = " · " if row.number else ""
            space = room - metrics.horizontalAdvance(separator)
            shortened = metrics.elidedText(row.before, Qt.TextElideMode.ElideRight, max(space, 0))
            before = f"{shortened}{separator}" if space > 40 else ""  # noqa: PLR2004
        x = line.left()
        for text, token in ((before, row.tone), (row.number, "text"), (after, "muted")):
            painter.setPen(self._theme.tokens.colour(token))
            painter.drawText(
                QRect(x, line.top(), line.right() - x, line.height()), int(Qt.AlignmentFlag.AlignVCenter), text
            )
            x += metrics.horizontalAdvance(text)


def _sized(font: QFont, pixels: float, *, bold: bool = False) -> QFont:
    changed = QFont(font)
    changed.setPixelSize(round(pixels))
    changed.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return changed
