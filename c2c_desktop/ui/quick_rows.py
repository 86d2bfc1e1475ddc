"""The list of quick dial: the focus stays in the field, whose keys move through it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from c2c_desktop.domain.contact_search import read_search
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.quick_painter import QuickPainter
from c2c_desktop.ui.row_model import Row
from c2c_desktop.ui.rows import RowView
from c2c_desktop.ui.theme import HEADING_HEIGHT, ROW_HEIGHT, Theme


class QuickRows(RowView):
    """Shows rows whose payload is a `Pick`. A click chooses; the Call button and a double click call."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__("Results", theme, icons, parent)
        self.was_seen = False
        """Whether the rows as they are now were painted: nobody can mean one that was not."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def show_found(self, rows: list[Row], search: str, *, keep: bool, choose: bool) -> None:
        """Show the rows that answer `search`.

        `keep`: they are for the same text as before, and the current one stays, or whoever turned out to have its
        number is. Else the first is, if `choose`.
        """
        self.was_seen = False
        before = self.current()
        self.mark(read_search(search))
        self.show_rows(rows)
        if keep and before is not None and self.current() is None:
            self._choose_number(before.payload.e164)
        if not keep:
            self.setCurrentIndex(QModelIndex())
            self.scrollToTop()
            if choose:
                self.choose_first()

    def current(self) -> Row | None:
        """Return the row that Enter calls."""
        return self.rows.row(self.currentIndex())

    def callable_rows(self) -> list[Row]:
        """Return the rows that are no headings."""
        found = (self.rows.row(self.rows.index(at, 0)) for at in range(self.rows.rowCount()))
        return [row for row in found if row is not None and not row.is_heading]

    def move_by(self, steps: int) -> None:
        """Make the row so many rows below (or above) the current one; the first or last where there are not as many."""
        places = [at for at in range(self.rows.rowCount()) if at not in set(self.rows.headings())]
        if not places:
            return
        index = self.currentIndex()
        now = places.index(index.row()) if index.isValid() else -1 if steps > 0 else len(places)
        place = places[min(max(now + steps, 0), len(places) - 1)]
        if place == places[0]:
            self.scrollToTop()  # its heading too
        self.setCurrentIndex(self.rows.index(place, 0))

    def page(self) -> int:
        """Return how many rows a page has."""
        return max(1, self.viewport().height() // ROW_HEIGHT - 1)

    def wanted_height(self) -> int:
        """Return how high the list is with every row in sight."""
        headings = len(self.rows.headings())
        return headings * HEADING_HEIGHT + (self.rows.rowCount() - headings) * ROW_HEIGHT

    def paintEvent(self, event: QPaintEvent) -> None:
        """Know that it was seen."""
        super().paintEvent(event)
        self.was_seen = True

    def _choose_number(self, e164: str) -> None:
        for row in self.callable_rows():
            if row.payload.e164 == e164:
                self.setCurrentIndex(self.rows.index_of(row))
                return

    def _new_painter(self, theme: Theme, icons: Icons) -> QuickPainter:
        return QuickPainter(theme, icons, self)

    def _under(self, position: QPoint) -> tuple[Row, str] | None:
        """There is no button but Call."""
        found = super()._under(position)
        return (found[0], "row") if found is not None and found[1] == "more" else found
