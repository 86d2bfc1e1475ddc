"""Quick dial: a small window over everything, for a name, a number or a few letters, and Enter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout

from c2c_desktop.domain.call import Source
from c2c_desktop.domain.number import PhoneNumber
from c2c_desktop.domain.route import Route
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.directory import Directory
from c2c_desktop.services.journal import Journal
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.armed import Armed
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.quick_foot import HINT, QuickFoot
from c2c_desktop.ui.quick_frame import QuickFrame
from c2c_desktop.ui.quick_picks import Pick
from c2c_desktop.ui.quick_place import available_at_hand, corner_on, room_on, width_on
from c2c_desktop.ui.quick_results import QuickResults
from c2c_desktop.ui.quick_rows import QuickRows
from c2c_desktop.ui.search_field import SearchField
from c2c_desktop.ui.theme import HEADING_HEIGHT, ROW_HEIGHT, Theme

_MOST_ROWS = 6
_MOST_LIST = _MOST_ROWS * ROW_HEIGHT + 2 * HEADING_HEIGHT
_WORDS_HEIGHT = 72
_AROUND_FIELD = 22
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_NOT_SIGNED_IN = "Not signed in: calls need a sign-in first."
_CHOOSE = "↓ chooses whom to call"
_AGAIN = "Several match: ↵ calls the one marked"


class QuickDial(QuickFrame):
    """Emits what a hand asks for, and calls nobody itself. It forgets everything when it closes. Main thread.

    Enter calls the row that is marked, once it was painted for the text in the field. Sooner it calls the number in
    the field, where that is one in use; or waits for the rows, and calls only where there is but one: nobody is
    called whom nobody saw or named.
    """

    call_asked = Signal(object)
    """A `DialRequest`; the window is gone by then."""
    edit_asked = Signal(object)
    """A contact with a number that cannot be called; the window is gone by then."""
    route_chosen = Signal(object)
    prepare_asked = Signal()
    """A call becomes likely."""
    sign_in_asked = Signal()

    def __init__(
        self,
        directory: Directory,
        journal: Journal,
        accounts: Accounts,
        theme: Theme,
        icons: Icons,
        numbers: ShownNumbers,
        parent: QObject | None = None,
    ) -> None:
        """Live as long as `parent`, but belong to no window: one that is minimised or asks would hold it back."""
        super().__init__(theme)
        self.setWindowTitle("Quick dial")
        if parent is not None:
            parent.destroyed.connect(self.deleteLater)
        self.painted.connect(self.prepare_asked)
        self._accounts = accounts
        self._is_opening = self._is_edited = self._enter_waits = False
        self.available: Callable[[], QRect] = available_at_hand
        """Tells the room on the screen it opens on."""
        self._room = self.available()
        self._trouble = ""
        self._shown = 0
        """The generation whose rows are shown."""
        self.results = QuickResults(directory, journal, accounts, numbers, self)
        self.results.changed.connect(self._show_results)
        self.field = SearchField(theme, icons)
        self.field.setPlaceholderText("Name, number or letters")
        self.field.setAccessibleName("Whom to call: name, number or letters")
        self.field.setFixedHeight(42)
        font = QFont(self.field.font())
        font.setPixelSize(16)
        self.field.setFont(font)
        self.field.textChanged.connect(self._take_text)
        self.view = QuickRows(theme, icons, self)
        self.view.call_asked.connect(lambda pick, _: self._call(pick))
        self.view.row_chosen.connect(lambda _: self.prepare_asked.emit())
        self.view.selectionModel().currentChanged.connect(self._tell_current)
        self.words = QLabel()
        self.words.setProperty("role", "muted")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.words.setContentsMargins(16, 0, 16, 0)
        self.words.setFixedHeight(_WORDS_HEIGHT)
        self.foot = QuickFoot(theme, icons, self)
        self.foot.route_chosen.connect(self._choose_route)
        self.foot.sign_in_asked.connect(self._ask_sign_in)
        self.foot.menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self.close_if_left))
        self._armed = Armed(self)
        self._armed.watch(self.view.viewport())
        self._lay_out()
        accounts.listen(lambda _: self._show_account())
        numbers.listen(self._show_anew)

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 1)
        column.setSpacing(0)
        around = QVBoxLayout()
        around.setContentsMargins(12, 0, 12, 8)
        around.addWidget(self.field)
        column.addLayout(around)
        column.addWidget(self.view)
        column.addWidget(self.words)
        column.addWidget(self.foot)
        self.setTabOrder(self.field, self.foot.sign_in)
        self.setTabOrder(self.foot.sign_in, self.foot.route)

    def open_with(self, text: str = "", choices: tuple[PhoneNumber, ...] = (), source: Source = Source.POPUP) -> None:
        """Show it in front with `text` in the field, or with the `choices` found in a text that was selected.

        `source`: where the text comes from; a request for exactly that says so, and what is typed is POPUP's.
        """
        self._is_opening, self._is_edited, self._enter_waits = True, False, False
        self._room = self.available()
        self.setFixedWidth(width_on(self._room))
        self._show_account()
        self.foot.hint.setText(HINT)
        self.view.show_found([], "", keep=False, choose=False)
        self.field.setText(self.results.begin(text, choices, source))
        self._is_opening = False
        self._fit()
        self.move(corner_on(self._room, self._height_with(_MOST_LIST)))
        self._armed.start()
        self.show_in_front()
        self.field.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def show_trouble(self, words: str) -> None:
        """Say in one muted line what stands in the way of calls; "" takes it away, and so does closing."""
        self._trouble = words
        self._show_account()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the field leaves: the arrows move, Enter calls, Esc closes."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key in _ENTER:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and not event.isAutoRepeat():
                self._press_enter(event)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._move(-self.view.page() if key == Qt.Key.Key_PageUp else self.view.page())
        else:
            event.ignore()

    def _press_enter(self, event: QKeyEvent) -> None:
        if self.foot.route.hasFocus():
            self.foot.open_routes()
        elif self.foot.sign_in.hasFocus():
            self._ask_sign_in()
        elif self._is_edited or not self._armed.turns_away(event):
            self._enter()

    def _move(self, steps: int) -> None:
        self._enter_waits = False
        self.view.move_by(steps)
        self.prepare_asked.emit()

    def _enter(self) -> None:
        """Call the row that is marked, if it was seen; else only what cannot be anybody else."""
        row, rows = self.view.current(), self.view.callable_rows()
        is_shown = self._shown == self.results.generation and self.results.is_settled
        typed = self.results.typed
        if is_shown and (self.view.was_seen or len(rows) == 1):
            if row is not None:
                self._call(row.payload)
            else:
                self.foot.hint.setText(_CHOOSE if rows else HINT)
        elif typed is not None:
            self._call(Pick("", "", typed))
        elif is_shown:
            self.foot.hint.setText(_AGAIN if row is not None else HINT)
        else:
            self._enter_waits = True

    def _call(self, pick: Pick) -> None:
        if self.isVisible():  # the second press of a double click is no second call
            self.hide()
            if pick.request is not None:
                self.call_asked.emit(pick.request)
            else:
                self.edit_asked.emit(pick.contact)

    def _take_text(self, text: str) -> None:
        if self._is_opening:
            return
        self._is_edited, self._enter_waits = True, False
        self.foot.hint.setText(HINT)
        self.results.look_for(text)
        self.prepare_asked.emit()

    def _show_results(self) -> None:
        if not self.isVisible() and not self._is_opening:
            return
        keep = self._shown == self.results.generation
        self._shown = self.results.generation
        self._put_rows(keep=keep)
        if self._enter_waits and self.results.is_settled:
            self._enter_waits = False
            self._enter()

    def _show_anew(self) -> None:
        if self.isVisible() and self._shown == self.results.generation:
            self._put_rows(keep=True)

    def _put_rows(self, *, keep: bool) -> None:
        chosen = self.view.current() is not None
        choose = self.results.starts_chosen
        self.view.show_found(self.results.rows(), self.results.text, keep=keep and chosen, choose=choose)
        self._tell_current()
        self.words.setText(self.results.words())
        self._fit()

    def _tell_current(self) -> None:
        """The focus is in the field: what its keys moved to is told as what belongs to it."""
        row = self.view.current()
        self.field.setAccessibleDescription(row.spoken if row is not None else "")

    def _show_account(self) -> None:
        account = self._accounts.active
        self.foot.show_route(account.route if account is not None else None)
        words = self._trouble or (_NOT_SIGNED_IN if account is None else "")
        self.foot.show_trouble(words, offers_sign_in=account is None)
        self._fit()

    def _choose_route(self, route: Route) -> None:
        if self._accounts.active is not None:
            self.route_chosen.emit(route)
        self._show_account()  # as it is now, also where it could not be stored

    def _ask_sign_in(self) -> None:
        self.hide()
        self.sign_in_asked.emit()

    # Its place and its shape

    def _height_with(self, list_height: int) -> int:
        height = self.field.height() + _AROUND_FIELD + list_height + self.foot.fit(self.width())
        return min(height, room_on(self._room))

    def _fit(self) -> None:
        """Be as high as what there is to show, no higher than the screen."""
        has_rows = self.view.rows.rowCount() > 0
        self.view.setVisible(has_rows)
        self.words.setVisible(not has_rows)
        wanted = min(self.view.wanted_height(), _MOST_LIST) if has_rows else _WORDS_HEIGHT
        self.setFixedHeight(self._height_with(wanted))
        highest = corner_on(self._room, self.height()).y()
        if self.isVisible() and self.y() > highest:
            self.move(self.x(), highest)  # there is something to say that was not when it opened

    def forget(self) -> None:
        """Know nothing any more; an account that is missing is still said."""
        self._is_opening, self._enter_waits = True, False
        self.results.forget()
        self.field.setText("")  # `clear` could be undone
        self._is_opening = False
        self.view.show_found([], "", keep=False, choose=False)
        self.show_trouble("")
