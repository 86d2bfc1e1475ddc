"""The beginning of a table, and over each column the choice of what it means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QMenu, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from c2c_desktop.domain.column_choice import COLUMN_CHOICES, SELDOM_CHOICES, column_words
from c2c_desktop.domain.column_mapping import Column, ColumnMapping, Meaning
from c2c_desktop.domain.contact_import import FileLook
from c2c_desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

MOST_ROWS = 4
"""Rows of the file that are shown."""

_HEAD, _CHOICE, _ROW = 30, 42, 28
_NARROWEST, _WIDEST = 132, 220
_PADDING = 10
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F2, Qt.Key.Key_F4)
_TIED = "Number, with its kind"


class ColumnModel(QAbstractTableModel):
    """What each column means in the first row, the first rows of the file below."""

    def __init__(self, as_shown: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._as_shown = as_shown
        self._header: tuple[str, ...] = ()
        self._rows: list[tuple[str, ...]] = []
        self.mapping = ColumnMapping(())

    def show_look(self, look: FileLook, mapping: ColumnMapping) -> None:
        """Replace everything."""
        self.beginResetModel()
        self._header = look.header
        self._rows = [tuple(self._as_shown(cell) for cell in cells) for _, cells in look.rows[:MOST_ROWS]]
        self.mapping = mapping
        self.endResetModel()

    def change(self, mapping: ColumnMapping) -> None:
        """Show other meanings of the same columns."""
        self.mapping = mapping
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def name(self, column: int) -> str:
        """Return how a column is called: by its header, without one by its place."""
        header = self._header[column] if column < len(self._header) else ""
        return header or f"Column {column + 1}"

    def words(self, column: int) -> str:
        """Return what a column means, in words."""
        means = self.mapping.columns[column]
        return _TIED if means.meaning is Meaning.NUMBER and means.group and not means.kind else column_words(means)

    def is_used(self, column: int) -> bool:
        """Whether something of that column is taken."""
        return self.mapping.columns[column].meaning is not Meaning.IGNORE

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        """Qt's."""
        return 0 if parent.isValid() else 1 + len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Qt's."""
        return 0 if parent.isValid() else len(self.mapping.columns)

    def cell(self, row: int, column: int) -> str:
        """Return what stands in a row of the file; "" beyond its end."""
        cells = self._rows[row]
        return cells[column] if column < len(cells) else ""

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Qt's."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        words = self.words(column) if row == 0 else self.cell(row - 1, column)
        if role == int(Qt.ItemDataRole.DisplayRole):
            return words
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            name = self.name(column)
            return f"{name}: {words}. Enter changes it" if row == 0 else f"{name}, row {row}: {words or 'empty'}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Qt's."""
        if orientation is Qt.Orientation.Horizontal and section < self.columnCount():
            if role == int(Qt.ItemDataRole.DisplayRole):
                return self.name(section)
            if role == int(Qt.ItemDataRole.TextAlignmentRole):
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class _CellDelegate(QStyledItemDelegate):
    """Paints choices as boxes with a chevron, and what is left out faintly."""

    def __init__(self, theme: Theme, view: ColumnTable) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        model = index.model()
        assert isinstance(model, ColumnModel)  # noqa: S101  # the only one this is given
        tokens = self._theme.tokens
        area: QRect = option.rect
        is_current = self._view.hasFocus() and self._view.currentIndex() == index
        used = model.is_used(index.column())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row() == 0:
            area = area.adjusted(4, 5, -4, -5)
            edge = "info" if is_current else "accent" if used else "border"
            painter.setPen(QPen(tokens.colour(edge), 2 if is_current else 1))
            painter.setBrush(tokens.colour("surface"))
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 7, 7)
            painter.setPen(QPen(tokens.colour("muted"), 1.6, c=Qt.PenCapStyle.RoundCap))
            x, y = area.right() - 13.0, area.center().y() + 1.0
            painter.drawPolyline(QPolygonF([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)]))
            room = area.adjusted(_PADDING - 2, 0, -24, 0)
        else:
            if is_current:
                painter.setPen(QPen(tokens.colour("info"), 2))
                painter.drawRoundedRect(QRectF(area).adjusted(2, 2, -2, -2), 5, 5)
            room = area.adjusted(_PADDING + 2, 0, -6, 0)
        painter.setPen(tokens.colour("text" if used else "muted"))
        words = str(index.data() or "")
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), elided)
        painter.restore()


class ColumnTable(QTableView):
    """Shows the columns; a click on a choice, or Enter anywhere in its column, opens the menu of meanings."""

    chosen = Signal(int, object)
    """A column's place from the left, and the `Column` that says what it is to mean."""

    def __init__(self, theme: Theme, as_shown: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = ColumnModel(as_shown, self)
        self.setModel(self.columns)
        self.setItemDelegate(_CellDelegate(theme, self))
        theme.theme_changed.connect(self.viewport().update)
        self.setObjectName("columns")
        self.setAccessibleName("Columns of the file")
        self.setAccessibleDescription("Arrow keys move between columns; Enter says what a column means")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(_ROW)
        self.horizontalHeader().setFixedHeight(_HEAD)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.clicked.connect(self._press)

    def show_look(self, look: FileLook, mapping: ColumnMapping) -> None:
        """Show the beginning of another file, or of the same one read otherwise; the place in it stays."""
        at, scrolled = self.currentIndex(), self.horizontalScrollBar().value()
        place = (at.row(), at.column())
        self.columns.show_look(look, mapping)
        for row in range(self.columns.rowCount()):
            self.setRowHeight(row, _CHOICE if row == 0 else _ROW)
        for column in range(self.columns.columnCount()):
            self.setColumnWidth(column, self._width(column))
        rows = self.columns.rowCount() - 1
        frame = self.horizontalScrollBar().sizeHint().height() + 4
        self.setFixedHeight(_HEAD + _CHOICE + rows * _ROW + frame)
        self.setCurrentIndex(self.columns.index(max(place[0], 0), max(place[1], 0)))
        self.horizontalScrollBar().setValue(scrolled)

    def open_menu(self, column: int) -> QMenu:
        """Show what a column may mean, under its choice."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(f"What “{self.columns.name(column)}” means")
        current: QAction | None = None
        for words, choice in COLUMN_CHOICES:
            current = self._add(menu, words, choice, column) or current
            if choice.meaning is Meaning.IGNORE:
                menu.addSeparator()
        menu.addSeparator()
        seldom = menu.addMenu("Something else")
        for words, choice in SELDOM_CHOICES:
            current = seldom.menuAction() if self._add(seldom, words, choice, column) else current
        self.scrollTo(self.columns.index(0, column))
        menu.popup(self.viewport().mapToGlobal(self.visualRect(self.columns.index(0, column)).bottomLeft()))
        if current is not None:
            menu.setActiveAction(current)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space say what the column means; they never begin the import from here."""
        opens = event.key() in _OPENING or (
            event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        )
        if opens and self.currentIndex().isValid():
            if not event.isAutoRepeat():
                self.open_menu(self.currentIndex().column())
            return
        super().keyPressEvent(event)

    def _add(self, menu: QMenu, words: str, choice: Column, column: int) -> QAction | None:
        """Add a choice to a menu; return it where it is what the column means now."""
        now = self.columns.mapping.columns[column]
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked((choice.meaning, choice.kind) == (now.meaning, now.kind))
        action.triggered.connect(lambda: self.chosen.emit(column, choice))
        return action if action.isChecked() else None

    def _press(self, index: QModelIndex) -> None:
        if index.row() == 0:
            self.open_menu(index.column())

    def _width(self, column: int) -> int:
        texts = [self.columns.name(column)]
        texts += [self.columns.cell(row, column) for row in range(self.columns.rowCount() - 1)]
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(text[:60]) for text in texts) + 2 * _PADDING + 4
        return min(max(widest, _NARROWEST, metrics.horizontalAdvance(self.columns.words(column)) + 44), _WIDEST)
