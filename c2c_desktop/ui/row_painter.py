"""Paints rows from the tokens: avatar, two lines, and the buttons of the row at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from c2c_desktop.domain.contact_search import ContactSearch
from c2c_desktop.domain.masking import DOT
from c2c_desktop.domain.search_marks import Span, number_marks, word_marks
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.marked_text import Coloured
from c2c_desktop.ui.row_lines import Piece, RowLines, Run
from c2c_desktop.ui.row_model import Row
from c2c_desktop.ui.theme import AVATAR_SIZE, Theme

if TYPE_CHECKING:
    from c2c_desktop.ui.rows import RowView

_CALL = QSize(80, 34)
_MORE = QSize(34, 34)
_EDGE = 12
_GAP = 4
_MARK = 16
_INITIALS = (Coloured(0, 0, QColor("white")),)
_SEARCHED = frozenset({"title", "before", "number"})
STAR_WIDTH = 26
"""What the star of a favourite takes at the right edge, of both lines."""
_DIRECTORY_PART = 4
"""A directory's name takes at most this part of a row: a quarter."""


def call_rect(row: QRect) -> QRect:
    """Return where the Call button of a row is."""
    return QRect(QPoint(row.right() - _EDGE - _CALL.width() + 1, row.center().y() - _CALL.height() // 2 + 1), _CALL)


def more_rect(row: QRect) -> QRect:
    """Return where the button of a row's menu is."""
    call = call_rect(row)
    return QRect(QPoint(call.left() - _GAP - _MORE.width(), call.top()), _MORE)


@dataclass(slots=True)
class Look:
    """How a row looks at the moment."""

    current: bool = False
    hovered: bool = False
    pressed: bool = False


class RowPainter:
    """Paints the rows of one view, and marks in them what answers `search`. Main thread.

    It paints those in sight in one go: as a delegate it would be told of each in objects made for it, which takes
    longer than to draw a line of text.
    """

    def __init__(self, theme: Theme, icons: Icons, view: RowView) -> None:
        self._theme = theme
        self._icons = icons
        self._view = view
        self._lines = RowLines()
        self._search = ContactSearch()
        self._found: dict[tuple[str, str], list[Span]] = {}
        """Marks in texts that were painted since the search began."""

    @property
    def search(self) -> ContactSearch:
        """What is marked."""
        return self._search

    @search.setter
    def search(self, search: ContactSearch) -> None:
        self._search = search
        self._found.clear()

    def paint(self, dirty: QRect) -> None:
        """Draw what of the view lies in `dirty`."""
        with QPainter(self._view.viewport()) as painter:
            painter.fillRect(dirty, self._theme.tokens.colour("surface"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_rows(painter, dirty)

    def _paint_rows(self, painter: QPainter, dirty: QRect) -> None:
        view, rows = self._view, self._view.rows
        self._lines.use(view.font())
        current, number, width = view.currentIndex().row(), max(view.rowAt(dirty.top()), 0), view.viewport().width()
        top = view.rowViewportPosition(number)
        while top <= dirty.bottom() and (row := rows.row_at(number)) is not None:
            height = view.rowHeight(number)
            area = QRect(0, top, width, height)
            if row.is_heading:
                self._paint_heading(painter, area, row)
            elif row.payload is not None:
                look = Look(number == current, view.is_hovered(row), view.is_pressed(row))
                self._paint_row(painter, area, look, row)
            number, top = number + 1, top + height

    def _paint_heading(self, painter: QPainter, area: QRect, row: Row) -> None:
        painter.setFont(self._lines.heading)
        painter.setPen(self._theme.tokens.colour("muted"))
        painter.drawText(area.adjusted(_EDGE, 6, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), row.title)

    def _paint_row(self, painter: QPainter, area: QRect, look: Look, row: Row) -> None:
        tokens = self._theme.tokens
        buttons = look.hovered or look.current
        if look.pressed or buttons:
            painter.fillRect(area, tokens.colour("pressed" if look.pressed else "hover"))
        if look.current and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.colour("info"), 2))
            painter.drawRoundedRect(QRectF(area).adjusted(2, 2, -2, -2), 6, 6)
        self._paint_avatar(painter, area, row)
        left = area.left() + _EDGE + AVATAR_SIZE + 12
        right = area.right() - _EDGE
        if buttons:
            self._paint_buttons(painter, area, can_call=row.can_call)
            right = more_rect(area).left() - _GAP
            title_right = right
        else:
            title_right = self._paint_aside(painter, area, right, row)
            right -= STAR_WIDTH if row.favourite else 0
        if row.note:
            title_right = self._paint_mark(painter, area, title_right)
        self._paint_title(painter, QRect(left, area.top() + 8, title_right - left, 20), row)
        self._paint_second_line(painter, QRect(left, area.top() + 28, right - left, 18), row)

    def _paint_avatar(self, painter: QPainter, area: QRect, row: Row) -> None:
        letters = self._lines.letters(row.initials)
        middle = self._paint_disc(painter, area, self._theme.tokens.avatar(row.title))
        letters.paint(painter, middle.x() - letters.width / 2, middle.y(), _INITIALS)

    def _paint_disc(self, painter: QPainter, area: QRect, colour: QColor) -> QPoint:
        """Draw what is behind the initials, which as a picture takes a tenth of the time; return its middle."""
        left, top = area.left() + _EDGE, area.center().y() - AVATAR_SIZE // 2 + 1
        disc = self._icons.disc(colour, AVATAR_SIZE, painter.device().devicePixelRatioF())
        painter.drawPixmap(left, top, disc)
        return QPoint(left + AVATAR_SIZE // 2, top + AVATAR_SIZE // 2)

    def _paint_aside(self, painter: QPainter, area: QRect, right: int, row: Row) -> int:
        """Draw the star, the time or the directory at the right edge; return where the title must end."""
        tokens = self._theme.tokens
        if row.favourite:
            star = self._icons.pixmap("star-filled", tokens["warn"], 18, painter.device().devicePixelRatioF())
            painter.drawPixmap(right - 18, area.center().y() - 8, star)
            right -= STAR_WIDTH
        aside = row.aside or row.directory
        if not aside:
            return right
        painter.setFont(self._lines.plain)
        painter.setPen(tokens.colour("muted"))
        if not row.aside:
            aside = painter.fontMetrics().elidedText(
                aside, Qt.TextElideMode.ElideRight, area.width() // _DIRECTORY_PART
            )
        width = self._lines.width(aside)
        painter.drawText(QRect(right - width, area.top() + 8, width, 20), int(Qt.AlignmentFlag.AlignVCenter), aside)
        return right - width - 8

    def _paint_mark(self, painter: QPainter, area: QRect, right: int) -> int:
        """Draw the sign of a note in the line of the title, which gives way; return where the title must end."""
        scale = painter.device().devicePixelRatioF()
        mark = self._icons.pixmap("note", self._theme.tokens["muted"], _MARK, scale)
        painter.drawPixmap(right - _MARK, area.top() + 10, mark)
        return right - _MARK - _GAP

    def _paint_buttons(self, painter: QPainter, area: QRect, *, can_call: bool) -> None:
        tokens = self._theme.tokens
        scale = painter.device().devicePixelRatioF()
        call, more = call_rect(area), more_rect(area)
        painter.setPen(QPen(tokens.colour("border"), 1))
        painter.setBrush(tokens.colour("surface"))
        painter.drawRoundedRect(QRectF(more).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.drawPixmap(more.center() - QPoint(8, 8), self._icons.pixmap("more", tokens["text"], 18, scale))
        token = "on_accent" if can_call else "muted"
        if can_call:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("accent"))
        painter.drawRoundedRect(QRectF(call) if can_call else QRectF(call).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setPen(tokens.colour(token))
        painter.setFont(self._lines.button)
        icon = self._icons.pixmap("phone", tokens[token], 16, scale)
        painter.drawPixmap(call.left() + 13, call.center().y() - 7, icon)
        painter.drawText(call.adjusted(36, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), "Call")

    def _paint_title(self, painter: QPainter, area: QRect, row: Row) -> None:
        self._paint_runs(painter, area, row, self._lines.title(row.title, area.width()))

    def _paint_second_line(self, painter: QPainter, area: QRect, row: Row) -> None:
        self._paint_runs(painter, area, row, self._lines.second(row, area.width()))

    def _marks(self, row: Row, part: str, shown: str) -> list[Span]:  # noqa: ARG002  # quick dial looks at the row
        """Return what of a row's part answers the search: of names and companies words, of numbers digits."""
        if self._search.is_empty or part not in _SEARCHED:
            return []
        if (known := self._found.get((part, shown))) is not None:
            return known
        if part == "number":
            found = [] if DOT in shown else number_marks(shown, self._search)
        else:
            found = word_marks(shown, self._search)
        self._found[part, shown] = found
        return found

    def _paint_runs(self, painter: QPainter, area: QRect, row: Row, runs: Sequence[Run]) -> None:
        """Draw a line, with its marks in the accent."""
        middle = area.top() + area.height() / 2
        for run in runs:
            run.shaped.paint(painter, area.left() + round(run.x), middle, self._stretches(row, run.pieces))

    def _stretches(self, row: Row, pieces: Sequence[Piece]) -> list[Coloured]:
        tokens = self._theme.tokens
        accent = tokens.colour("accent")
        stretches: list[Coloured] = []
        begin = at = 0
        for piece in pieces:
            colour = tokens.colour(piece.token)
            end = begin + len(piece.text)
            for first, last in sorted(self._marks(row, piece.name, piece.text)):
                start, stop = max(begin + first, at), begin + last
                if start > at:
                    stretches.append(Coloured(at, start, colour))
                if stop > start:
                    stretches.append(Coloured(start, stop, accent))
                    at = stop
            if end > at:
                stretches.append(Coloured(at, end, colour))
            begin = at = end
        return stretches or [Coloured(0, 0, accent)]
