"""What an import left out, line by line, however much it is."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from c2c_desktop.domain.contact_record import SkippedRecord

Index = QModelIndex | QPersistentModelIndex
_ROW, _JOINED_ROW = 44, 100
"""Two lines of text, and five."""

_NARROW = 460
"""Width below which what stands there is read below the reason."""

_REASON_SHARE = 0.56

_LINE_WIDTH = 76
_TITLES = ("Line", "Why it was left out", "What stands there")
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)


class SkippedModel(QAbstractTableModel):
    """Reads a row when it is looked at: ten thousand cost no more than ten."""

    def __init__(self, problems: Sequence[SkippedRecord], as_shown: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._problems = problems
        self._as_shown = as_shown
        self.is_joined = False
        """Whether what stands there is read below the reason."""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        """Qt's."""
        return 0 if parent.isValid() else len(self._problems)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Qt's."""
        return 0 if parent.isValid() else len(_TITLES)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Qt's."""
        if not index.isValid():
            return None
        if role == int(Qt.ItemDataRole.TextAlignmentRole):
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role not in (_DISPLAY, int(Qt.ItemDataRole.ToolTipRole)):
            return None
        problem = self._problems[index.row()]
        text = self._as_shown(problem.text)
        reason = f"{problem.reason}\n{text}" if self.is_joined and role == _DISPLAY else problem.reason
        words = (f"{problem.line:,}", reason, text)[index.column()]
        return words if role == _DISPLAY else f"<qt>{html.escape(words)}</qt>"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Qt's."""
        if orientation is Qt.Orientation.Horizontal:
            if role == _DISPLAY:
                return _TITLES[section]
            if role == int(Qt.ItemDataRole.TextAlignmentRole):
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class SkippedTable(QTableView):
    """Line, reason and text of each."""

    def __init__(
        self, problems: Sequence[SkippedRecord], as_shown: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._problems = SkippedModel(problems, as_shown, self)
        self.setObjectName("columns")
        self.setModel(self._problems)
        self.setAccessibleName("What was left out")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setCornerButtonEnabled(False)
        rows, titles = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW)
        titles.setSectionsClickable(False)
        titles.setHighlightSections(False)
        titles.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        titles.setStretchLastSection(True)
        titles.resizeSection(0, _LINE_WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(3 * _ROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns become one where there is little room."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        if narrow != self._problems.is_joined:
            self._problems.is_joined = narrow
            self.setColumnHidden(2, narrow)
            self.verticalHeader().setDefaultSectionSize(_JOINED_ROW if narrow else _ROW)
        room = self.viewport().width() - _LINE_WIDTH
        self.horizontalHeader().resizeSection(1, room if narrow else round(room * _REASON_SHARE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)
