"""What a list of contacts or calls holds: rows and headings in one column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from c2c_desktop.ui.long_tail import LongTail

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_CAN_BE_CHOSEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_TIP_LENGTH = 400
"""Characters of a note under the pointer: the rest is read in its dialog."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one row shows. A heading has a title only.

    The second line reads outcome, before, number, after; `aside` stands at the right of the title, or in its place
    the `directory` a contact comes from. A `note` is marked there, and read under the pointer after the `tip`.
    """

    title: str
    aside: str = ""
    directory: str = ""
    """The name of a shared directory."""
    outcome: str = ""
    before: str = ""
    number: str = ""
    after: str = ""
    initials: str = ""
    tone: str = "muted"
    favourite: bool = False
    is_heading: bool = False
    tip: str = ""
    note: str = ""
    can_call: bool = True
    """Whether its button calls at once or offers numbers; else it says why it doesn't."""
    payload: Any = None

    @property
    def spoken(self) -> str:
        """The row for assistive technology."""
        note = f"note: {_shortened(self.note)}" if self.note else ""
        source = f"from {self.directory}" if self.directory else ""
        parts = (self.title, self.outcome, self.before, self.number, self.after, self.aside, source, note)
        return ", ".join(part for part in parts if part)


class RowModel(QAbstractTableModel):
    """A list of rows in one column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._tail: LongTail | None = None

    def show_rows(self, rows: list[Row], tail: LongTail | None = None) -> None:
        """Replace everything. `tail`: what stands under `rows`; its rows are read when they are looked at."""
        self.beginResetModel()
        if self._tail is not None:
            self._tail.arrived.disconnect(self._tell_arrived)
        self._rows, self._tail = rows, tail
        if tail is not None:
            tail.arrived.connect(self._tell_arrived)
        self.endResetModel()

    def append_rows(self, rows: list[Row]) -> None:
        """Put rows under those that are there."""
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows += rows
        self.endInsertRows()

    def row(self, index: Index) -> Row | None:
        """Return the row at `index`."""
        return self.row_at(index.row())

    def row_at(self, number: int) -> Row | None:
        """Return the row at that place, None where there is none."""
        first = len(self._rows)
        if 0 <= number < first:
            return self._rows[number]
        if self._tail is None or not first <= number < first + len(self._tail):
            return None
        return self._tail.row(number - first)

    def index_of(self, row: Row) -> QModelIndex:
        """Return where the contact or call of `row` stands now; an invalid index where it doesn't."""
        for number, other in enumerate(self._rows):
            if not other.is_heading and other.payload.id == row.payload.id:
                return self.index(number, 0)
        for number, other in self._tail.rows_there() if self._tail is not None else ():
            if other.payload is not None and other.payload.id == row.payload.id:
                return self.index(len(self._rows) + number, 0)
        return QModelIndex()

    def headings(self) -> list[int]:
        """Return where the headings are."""
        return [number for number, row in enumerate(self._rows) if row.is_heading]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        """Qt's."""
        return 0 if parent.isValid() else len(self._rows) + (len(self._tail) if self._tail is not None else 0)

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
        if role == int(Qt.ItemDataRole.ToolTipRole):
            from html import escape  # noqa: PLC0415  # not on the way to the first paint

            source = [f"From {row.directory}"] if row.directory else []
            lines = [*row.tip.splitlines(), *source, *_shortened(row.note).splitlines()]
            # As plain text a name could be markup.
            return f"<qt>{'<br>'.join(escape(line) for line in lines)}</qt>" if lines else None
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            return row.spoken
        return None

    def _tell_arrived(self, first: int, last: int) -> None:
        start = len(self._rows)
        self.dataChanged.emit(self.index(start + first, 0), self.index(start + last, 0))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings can be neither chosen nor reached by key."""
        row = self.row(index)
        if row is None or row.is_heading:
            return Qt.ItemFlag.NoItemFlags
        return _CAN_BE_CHOSEN


def _shortened(note: str) -> str:
    return note if len(note) <= _TIP_LENGTH else f"{note[:_TIP_LENGTH].rstrip()}…"
