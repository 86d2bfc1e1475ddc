"""The list of two-line rows that contacts and recents are shown in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from c2c_desktop.domain.contact_search import ContactSearch
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.row_model import Index, Row, RowModel
from c2c_desktop.ui.row_painter import RowPainter, call_rect, more_rect
from c2c_desktop.ui.theme import HEADING_HEIGHT, ROW_HEIGHT, Theme

_PAGES_AHEAD = 4
"""Pages of rows below the ones in sight that are there before somebody scrolls to them."""


if TYPE_CHECKING:
    from c2c_desktop.ui.long_tail import LongTail


class RowView(QTableView):
    """Shows a `RowModel`. The Call button, Enter and a double click call; a click beside the buttons only chooses."""

    row_chosen = Signal(object)
    row_pointed = Signal()
    """The pointer came to another row."""
    call_asked = Signal(object, QPoint)
    menu_asked = Signal(object, QPoint)
    delete_asked = Signal(object)
    end_neared = Signal()
    """Fewer rows than a few pages are left below: if there are more, now is the time to bring them."""

    def __init__(self, name: str, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowModel(self)
        self._pressed: tuple[Row, str] | None = None
        self._clicked: Row | None = None
        self._hovered: Row | None = None
        self._buttons_drawn = False
        self.is_outdated = False
        """Whether the rows answer an older search than the one asked for: Enter must not call one of them."""
        self._painter = self._new_painter(theme, icons)
        self.setViewport(_painted_whole())
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().blockSignals(True)  # told of its one column the view paints twice
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
        self.entered.connect(lambda _: self.row_pointed.emit())
        theme.theme_changed.connect(self._repaint)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def show_rows(self, rows: list[Row], tail: LongTail | None = None) -> None:
        """Replace the rows, keeping the scroll position and the current row where it is still there."""
        position = self.verticalScrollBar().value()
        current = self.rows.row(self.currentIndex())
        before = set(self.rows.headings())
        self.rows.show_rows(rows, tail)
        headings = set(self.rows.headings())
        # Heights stay with the places of rows; each change of one costs as much as there are rows. The view need not
        # hear of them: it is laid out now, else it would be after the next painting and be painted again.
        with QSignalBlocker(self.verticalHeader()):
            for number in before ^ headings:
                if number < self.rows.rowCount():
                    self.setRowHeight(number, HEADING_HEIGHT if number in headings else ROW_HEIGHT)
        self.executeDelayedItemsLayout()
        if current is not None and current.payload is not None:
            self.setCurrentIndex(self.rows.index_of(current))
        self.verticalScrollBar().setValue(position)

    def append_rows(self, rows: list[Row]) -> None:
        """Put rows under those that are there; nothing in sight moves."""
        there = self.rows.rowCount()
        self.rows.append_rows(rows)
        for number, row in enumerate(rows, there):
            if row.is_heading:
                self.setRowHeight(number, HEADING_HEIGHT)

    def mark(self, search: ContactSearch) -> None:
        """Mark what answers `search` in the rows."""
        self._painter.search = search
        self.viewport().update()

    def tell_if_end_is_near(self) -> None:
        """Tell `end_neared` where it is."""
        bar = self.verticalScrollBar()
        if bar.maximum() - bar.value() < _PAGES_AHEAD * self.viewport().height():
            self.end_neared.emit()

    def choose_first(self) -> None:
        """Make the first row that is no heading the current one."""
        self._go_to(1)

    def shows_buttons(self, index: Index) -> bool:
        """Whether the buttons of that row are drawn: under the pointer, and on the current row."""
        row = self.rows.row(index)
        return row is not None and (self.is_hovered(row) or index.row() == self.currentIndex().row())

    def is_hovered(self, row: Row) -> bool:
        """Whether the pointer is on that row."""
        return self._hovered is not None and self._hovered == row

    def is_pressed(self, row: Row) -> bool:
        """Whether the mouse button is held down on that row."""
        return self._pressed is not None and self._pressed[0] == row

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and what they stand on."""
        self._painter.paint(event.rect())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Know the row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.rows.row(self.indexAt(event.position().toPoint())))

    def leaveEvent(self, event: QEvent) -> None:
        """Forget it."""
        super().leaveEvent(event)
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the press, and remember what was under it: only a release on the same counts.

        A finger comes without a pointer before it: where no button was drawn, it presses the row.
        """
        position = event.position().toPoint()
        drawn = self.shows_buttons(self.indexAt(position))
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._buttons_drawn = drawn
            self._pressed = self._under(position)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Call or open the menu where their buttons are, else choose."""
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        position = event.position().toPoint()
        pressed, self._pressed = self._pressed, None
        self._clicked = None
        self.viewport().update()
        if pressed is None or pressed != self._under(position):
            return
        row, part = pressed
        if part == "call":
            self.call_asked.emit(row.payload, event.globalPosition().toPoint())
        elif part == "more":
            corner = more_rect(self.visualRect(self.indexAt(position))).bottomLeft()
            self.menu_asked.emit(row.payload, self.viewport().mapToGlobal(corner))
        else:
            self._clicked = row
            self.row_chosen.emit(row.payload)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of a double click on a button is no second call; elsewhere it calls the row clicked."""
        clicked, self._clicked = self._clicked, None
        left = event.button() == Qt.MouseButton.LeftButton
        if left and clicked is not None and self._under(event.position().toPoint()) == (clicked, "row"):
            self.call_asked.emit(clicked.payload, event.globalPosition().toPoint())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter calls, Delete removes, Menu opens the menu."""
        index = self.currentIndex()
        row = self.rows.row(index)
        if row is not None and row.payload is None:
            row = None  # one that is being read: nobody knows whom it is about
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat() and not self.is_outdated:
                self.call_asked.emit(
                    row.payload, self.viewport().mapToGlobal(call_rect(self.visualRect(index)).bottomLeft())
                )
        elif row is not None and event.key() == Qt.Key.Key_Delete:
            if not event.isAutoRepeat():
                self.delete_asked.emit(row.payload)
        elif row is not None and event.key() == Qt.Key.Key_Menu:
            self.menu_asked.emit(row.payload, self.viewport().mapToGlobal(self.visualRect(index).center()))
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to(1 if event.key() == Qt.Key.Key_Home else -1)
            self._choose_current()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
            self._choose_current()
        else:
            event.ignore()

    def _new_painter(self, theme: Theme, icons: Icons) -> RowPainter:
        return RowPainter(theme, icons, self)

    def _repaint(self) -> None:
        self.viewport().update()  # asking for the viewport at start-up would have PySide load every class there is

    def _scrolled(self, _: int) -> None:
        self.rows.row(self.rows.index(self.rowAt(0), 0))  # one that must be read is asked for before it is painted
        self.tell_if_end_is_near()

    def _hover(self, row: Row | None) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def _under(self, position: QPoint) -> tuple[Row, str] | None:
        """Return the row at `position` and which part of it was to be seen there: "call", "more" or "row"."""
        index = self.indexAt(position)
        row = self.rows.row(index)
        if row is None or row.payload is None:
            return None
        if not self._buttons_drawn:
            return row, "row"
        area = self.visualRect(index)
        if call_rect(area).contains(position):
            return row, "call"
        return row, "more" if more_rect(area).contains(position) else "row"

    def _go_to(self, step: int) -> None:
        """Make the first (`step` 1) or last (-1) row that is no heading the current one."""
        for number in range(self.rows.rowCount())[::step]:
            index = self.rows.index(number, 0)
            if self.rows.flags(index) & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentIndex(index)
                return

    def _choose_current(self) -> None:
        row = self.rows.row(self.currentIndex())
        if row is not None and row.payload is not None:
            self.row_chosen.emit(row.payload)

    def _ask_menu(self, position: QPoint) -> None:
        row = self.rows.row(self.indexAt(position))
        if row is not None and row.payload is not None:
            self.menu_asked.emit(row.payload, self.viewport().mapToGlobal(position))


def _painted_whole() -> QWidget:
    """Return a widget under which nothing is painted first: the style sheets of all it stands in cost their time."""
    widget = QWidget()
    widget.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    return widget
