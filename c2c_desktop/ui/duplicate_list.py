"""The list of groups that can be one contact, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from c2c_desktop.domain.duplicates import DuplicateGroup
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.row_model import Index
from c2c_desktop.ui.theme import ROW_HEIGHT, Theme

_GROUP = int(Qt.ItemDataRole.UserRole)
_EDGE = 12
_CHIP = "Certain"
_UNNAMED = "Without a name"


class GroupModel(QAbstractTableModel):
    """The groups in one column; each is read by people and assistive technology as one line."""

    def __init__(self, numbers: ShownNumbers, parent: QWidget) -> None:
        super().__init__(parent)
        self._numbers = numbers
        self._groups: Sequence[DuplicateGroup] = ()

    def show(self, groups: Sequence[DuplicateGroup]) -> None:
        """Replace them all."""
        self.beginResetModel()
        self._groups = groups
        self.endResetModel()

    def group(self, index: Index) -> DuplicateGroup | None:
        """Return the group at `index`."""
        return self._groups[index.row()] if index.isValid() and index.row() < len(self._groups) else None

    def place_of(self, group: DuplicateGroup) -> int:
        """Return the row of a group; -1 where it is gone."""
        return next((row for row, other in enumerate(self._groups) if other.ids == group.ids), -1)

    def title(self, group: DuplicateGroup) -> str:
        """Return what a group is called here."""
        return self._numbers.text(group.title) or _UNNAMED

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        """Qt's."""
        return 0 if parent.isValid() else len(self._groups)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Qt's."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Qt's."""
        group = self.group(index)
        if group is None:
            return None
        if role == _GROUP:
            return group
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            certain = ", certain" if group.is_certain else ""
            return f"{self.title(group)}, {len(group.ids)} contacts, {group.reason}{certain}"
        return None


class _GroupDelegate(QStyledItemDelegate):
    """Paints title and number of contacts over the reason."""

    def __init__(self, theme: Theme, view: GroupView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        group: DuplicateGroup = index.data(_GROUP)
        tokens, area = self._theme.tokens, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, tokens.colour("accent_soft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, tokens.colour("hover"))
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            painter.setPen(QPen(tokens.colour("info"), 2))
            painter.drawRoundedRect(QRectF(area).adjusted(2, 2, -2, -2), 6, 6)
        left, right = area.left() + _EDGE, area.right() - _EDGE
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(tokens.colour("muted"))
        count = f"{len(group.ids)} contacts"
        width = painter.fontMetrics().horizontalAdvance(count)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRect(right - width, area.top() + 8, width + 1, 20), middle, count)
        reason_right = right
        if group.is_certain:
            chip = painter.fontMetrics().horizontalAdvance(_CHIP)
            painter.setPen(tokens.colour("accent"))
            painter.drawText(QRect(right - chip, area.top() + 29, chip + 1, 18), middle, _CHIP)
            painter.setPen(tokens.colour("muted"))
            reason_right -= chip + 8
        room = reason_right - left
        reason = painter.fontMetrics().elidedText(group.reason, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, area.top() + 29, room, 18), middle, reason)
        font.setPixelSize(14)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(tokens.colour("text"))
        room = right - width - 8 - left
        title = painter.fontMetrics().elidedText(self._view.groups.title(group), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, area.top() + 8, room, 20), middle, title)
        painter.restore()


class GroupView(QTableView):
    """Shows a `GroupModel`; only the rows in sight are ever drawn."""

    def __init__(self, theme: Theme, numbers: ShownNumbers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups = GroupModel(numbers, self)
        self.setModel(self.groups)
        self.setItemDelegate(_GroupDelegate(theme, self))
        self.setAccessibleName("Groups of contacts that may be the same")
        self.setShowGrid(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        theme.theme_changed.connect(self.viewport().update)

    @property
    def current(self) -> DuplicateGroup | None:
        """The group the list stands on."""
        return self.groups.group(self.currentIndex())

    def show_groups(self, groups: Sequence[DuplicateGroup]) -> None:
        """Replace the rows; stay on the current one, or on the one that took its place."""
        current, row = self.current, max(self.currentIndex().row(), 0)
        position = self.verticalScrollBar().value()
        self.groups.show(groups)
        place = self.groups.place_of(current) if current is not None else -1
        self.verticalScrollBar().setValue(position)
        self.setCurrentIndex(self.groups.index(place if place >= 0 else min(row, len(groups) - 1), 0))
