"""The rows of everybody, of which only those in sight are ever there."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, Signal

from c2c_desktop.domain.contact import Contact
from c2c_desktop.services.directory import Directory
from c2c_desktop.ui.row_model import Row

PAGE = 32
"""Contacts that are read at once: about three usual windows, so that most places need one page."""

_KEPT_PAGES = 40
_WANTED_PAGES = 2
"""Pages that are waited for: of those somebody scrolled past meanwhile nobody needs one."""


class LongTail(QObject):
    """Knows where each contact of the list stands, and reads a page once one of its rows is looked at. Main thread."""

    arrived = Signal(int, int)
    """The first and the last row of a page, counted within the tail."""

    def __init__(
        self, order: array[int], directory: Directory, row_of: Callable[[Contact], Row], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._order = order
        self._directory = directory
        self._row_of = row_of
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        self._wanted: list[int] = []
        self._awaited: int | None = None
        self._is_gone = False

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._order)

    def row(self, number: int) -> Row:
        """Return a row; an empty one without payload while it is read."""
        page, place = divmod(number, PAGE)
        rows = self._pages.get(page, [])
        if place >= len(rows):
            self._want(page)
            return EMPTY
        self._pages.move_to_end(page)
        return rows[place]

    def put(self, contacts: Sequence[Contact]) -> None:
        """Take the first contacts of the tail, which are known already: their rows need not be read again."""
        for start in range(0, len(contacts), PAGE):
            self._pages[start // PAGE] = [self._row_of(contact) for contact in contacts[start : start + PAGE]]

    def rows_there(self) -> Iterator[tuple[int, Row]]:
        """Return the rows that are read, with their numbers."""
        for page, rows in self._pages.items():
            yield from enumerate(rows, page * PAGE)

    def show_anew(self) -> None:
        """How rows look has changed: those that are there are made anew."""
        for page, rows in self._pages.items():
            self._pages[page] = [row if row.payload is None else self._row_of(row.payload) for row in rows]

    def let_go(self) -> None:
        """Nobody shows it any more; a page that is still on its way is in vain."""
        self._is_gone = True
        self._pages.clear()
        self._order = array("i")
        self.deleteLater()

    def _want(self, page: int) -> None:
        if page == self._awaited or page in self._wanted:
            return
        self._wanted = [*self._wanted, page][-_WANTED_PAGES:]
        self._read()

    def _read(self) -> None:
        if self._awaited is not None or not self._wanted:
            return
        page = self._awaited = self._wanted.pop()
        positions: Sequence[int] = self._order[page * PAGE : (page + 1) * PAGE]
        self._directory.standing_at(positions, lambda found: self._take(page, positions, found))

    def _take(self, page: int, positions: Sequence[int], found: dict[int, Contact]) -> None:
        if self._is_gone:
            return
        self._awaited = None
        self._pages[page] = [self._row_of(found[at]) if at in found else EMPTY for at in positions]
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        self.arrived.emit(page * PAGE, page * PAGE + len(positions) - 1)
        self._read()


EMPTY = Row("")
"""Stands for a row that is being read, or whose contact is gone."""
