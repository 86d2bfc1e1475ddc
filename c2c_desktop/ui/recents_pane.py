"""Every attempt, newest first: how it went, and calling again."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from c2c_desktop.domain.call import FAILED_STATES, Call, CallState
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.services.announcer import announce, outcome_words
from c2c_desktop.services.journal import Journal
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.row_model import Row
from c2c_desktop.ui.rows import RowView
from c2c_desktop.ui.theme import Theme
from c2c_desktop.ui.when import moment_words


class RecentsPane(QWidget):
    """Shows the journal. Main thread."""

    chosen = Signal(object)
    call_asked = Signal(object)
    add_asked = Signal(object)
    """A contact to be, with the number of a call."""
    note_asked = Signal(object)
    """The call whose note is to be written or changed."""

    def __init__(
        self,
        journal: Journal,
        theme: Theme,
        icons: Icons,
        numbers: ShownNumbers | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._journal = journal
        self._numbers = numbers or ShownNumbers()
        self._text = ""
        self._stale = True
        self.only_failed = QPushButton("Failed or uncertain")
        self.only_failed.setProperty("kind", "filter")
        self.only_failed.setCheckable(True)
        self.only_failed.setToolTip("Show only calls that failed, stayed uncertain or were not answered")
        self.only_failed.toggled.connect(self.refresh)
        self.view = RowView("Recents", theme, icons, self)
        self.view.row_chosen.connect(self.chosen.emit)
        self.view.call_asked.connect(lambda call, _: self.call_asked.emit(call))
        self.view.menu_asked.connect(self._open_menu)
        self._empty = QLabel()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("role", "muted")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        filters = QHBoxLayout()
        filters.setContentsMargins(12, 8, 12, 0)
        filters.addWidget(self.only_failed)
        filters.addStretch(1)
        layout.addLayout(filters)
        layout.addWidget(self._stack)
        journal.listen(lambda _: self._mark_stale())
        journal.listen_to_notes(lambda _: self._mark_stale())
        self._numbers.listen(self._mark_stale)

    def show_matches(self, text: str) -> None:
        """Show the calls whose name or number holds `text`."""
        self._text = text.strip().casefold()
        self._mark_stale()

    def refresh(self) -> None:
        """Show the journal as it is now."""
        self._stale = False
        calls = [call for call in self._journal.recent() if self._is_wanted(call)]
        rows = [_row(self._numbers.call(call), call, self._numbers.text(call.note)) for call in calls]
        self.view.show_rows(rows)
        nothing = "No failed or uncertain calls." if self.only_failed.isChecked() else "No calls yet."
        self._empty.setText("No call matches." if self._text else nothing)
        self._stack.setCurrentIndex(0 if rows else 1)

    def focus_first(self) -> None:
        """Move into the list."""
        self.view.setFocus(Qt.FocusReason.TabFocusReason)
        self.view.choose_first()

    def showEvent(self, _: object) -> None:
        """Catch up with what happened while hidden."""
        if self._stale:
            self.refresh()

    def _mark_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _is_wanted(self, call: Call) -> bool:
        if self.only_failed.isChecked() and not call.went_wrong:
            return False
        digits = "".join(c for c in self._text if c.isdigit())
        return not self._text or self._text in call.contact_name.casefold() or bool(digits and digits in call.e164)

    def _open_menu(self, call: Call, position: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Call again", lambda: self.call_asked.emit(call))
        if not call.contact_name:
            number = ContactNumber(call.shown_number, call.e164)
            menu.addAction("Add to contacts…", lambda: self.add_asked.emit(Contact(0, "", numbers=(number,))))
        menu.addAction("Edit note…" if call.note else "Add note…", lambda: self.note_asked.emit(call))
        menu.addAction("Copy number", lambda: QGuiApplication.clipboard().setText(call.shown_number))
        if call.request_id:
            menu.addAction("Copy request ID", lambda: QGuiApplication.clipboard().setText(call.request_id))
        menu.popup(position)


def _row(call: Call, payload: Call, note: str) -> Row:
    """Return how `call` and its note are shown; its row acts on `payload`, whose number is whole."""
    failed = call.state in FAILED_STATES
    tone = "muted"
    if failed:
        tone = "warn" if call.state is CallState.UNCERTAIN else "danger"
    elif call.went_wrong:
        tone = "warn"
    return Row(
        title=call.callee,
        aside=moment_words(call.started_at),
        outcome=outcome_words(call),
        number=call.shown_number if call.contact_name else "",
        after=call.route.via,
        initials=Contact(0, call.contact_name or "#").initials,
        tone=tone,
        tip=announce(call, has_feed=True).sentence if call.went_wrong else "",
        note=note,
        payload=payload,
    )
