"""The contact list: find, call, add, edit, favourite, delete."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_dialing import number_meant, number_shown
from c2c_desktop.domain.contact_rank import MOST_FAVOURITES
from c2c_desktop.domain.contact_search import ContactSearch, read_search
from c2c_desktop.domain.found_contacts import Found, FoundCount, Heading, Section
from c2c_desktop.services.directory import GLANCE_LIMIT, Directory
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.contact_menu import ContactMenus
from c2c_desktop.ui.contact_row import contact_row
from c2c_desktop.ui.found_rows import ALL, first_favourites, rows_of_everybody, rows_of_search
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.long_tail import LongTail
from c2c_desktop.ui.nobody_found import NobodyFound
from c2c_desktop.ui.one_shot import one_shot
from c2c_desktop.ui.quiet_refresh import QuietRefresh
from c2c_desktop.ui.row_model import Row
from c2c_desktop.ui.rows import RowView
from c2c_desktop.ui.theme import ROW_HEIGHT, Theme

_COUNT_AFTER_MS = 40
_PAUSE_MS = 400
"""After which somebody who types has stopped: then what nobody sees yet is brought."""


class ContactPane(QWidget):
    """Shows what the directory finds. Main thread."""

    chosen = Signal(object, object)
    """A contact and the number its row shows, which can be called."""
    call_asked = Signal(object, object)
    edit_asked = Signal(object)
    deleted = Signal(object)
    """A contact as it was when it was deleted."""
    said = Signal(str)
    """Why something was not done."""
    count_changed = Signal(str)
    """How many answer the search, of all without one; "5,000+" before many are counted. "" for nobody."""
    dial_text_asked = Signal(str)

    def __init__(
        self,
        directory: Directory,
        theme: Theme,
        icons: Icons,
        numbers: ShownNumbers | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._numbers = numbers or ShownNumbers()
        self._sections: list[Section] = []
        self._order: array[int] | None = None
        """Where everybody stands; None where it is not known, or was before somebody changed something."""
        self._tail: LongTail | None = None
        """Everybody but the first favourites, where nothing is searched for and one page is not all."""
        self._text = ""
        self._is_new = False
        """Whether another text is searched for than what is shown."""
        self._asked = ContactSearch()
        """What the rows that are shown answer."""
        self._is_everybody = True
        """Whether they are there because nothing was searched for."""
        self._generation = self._changes = 0
        self._first_wanted = False
        self._bringing = False
        """Whether further rows are on their way."""
        self._is_glance = False
        """Whether only what is seen at first was asked for: further sections may follow one that goes on."""
        self._menus = ContactMenus(self._numbers, self)
        self._menus.call_asked.connect(self.call_asked)
        self._menus.edit_asked.connect(self.edit_asked)
        self._menus.favourite_asked.connect(self._set_favourite)
        self._menus.delete_asked.connect(self._delete)
        self.view = RowView("Contacts", theme, icons, self)
        self.view.row_chosen.connect(self._choose)
        self.view.call_asked.connect(self._call)
        self.view.menu_asked.connect(self._menus.offer_all)
        self.view.delete_asked.connect(self._delete)
        self.view.end_neared.connect(self._bring_more)
        self._nobody = NobodyFound()
        self._nobody.dial_text_asked.connect(self.dial_text_asked)
        self._nobody.add_asked.connect(lambda name: self.edit_asked.emit(Contact(0, name)))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._nobody)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._quiet = QuietRefresh(self.view, self._ask)
        self._count_due = one_shot(self, _COUNT_AFTER_MS, self._ask_count)
        self._paused = one_shot(self, _PAUSE_MS, self._bring_unseen)
        directory.listen(self.refresh, self.refresh_quietly)
        self._numbers.listen(self.show_anew)

    def show_matches(self, text: str) -> None:
        """Show what matches `text`."""
        self._is_new = self._is_new or text.strip() != self._text
        self._text = text.strip()
        self.view.is_outdated = True
        self._ask()

    def refresh(self) -> None:
        """Ask the directory again, where something changed; an answer that was overtaken is forgotten."""
        self._forget_order()
        self.view.is_outdated = True
        self._ask()

    def refresh_quietly(self) -> None:
        """As `refresh`, for what nobody here did: Enter goes on calling, and no row moves under the pointer."""
        self._forget_order()
        self._quiet.ask()

    def _forget_order(self) -> None:
        """Read where everybody stands anew before it is shown again; also what is being read is of yesterday."""
        self._order = None
        self._changes += 1

    def _ask(self) -> None:
        self._quiet.forget()
        self._generation += 1
        generation = self._generation
        self._bringing = False
        self._count_due.stop()
        self._paused.stop()
        self._is_glance = bool(self._text) and self.view.viewport().height() <= GLANCE_LIMIT * ROW_HEIGHT
        search = self._directory.glance if self._is_glance else self._directory.search
        search(self._text, lambda found: self._show(found, generation))

    def focus_first(self) -> None:
        """Move into the list, or to what is offered in its place."""
        (self._nobody.button if self._stack.currentIndex() else self.view).setFocus(Qt.FocusReason.TabFocusReason)
        self._first_wanted = self.view.is_outdated
        if not self._first_wanted:
            self.view.choose_first()

    def _show(self, found: Found, generation: int) -> None:
        if generation != self._generation:
            return
        self._sections = list(found.sections)
        tail, self._tail = self._tail, None
        self._asked, self._is_everybody = read_search(self._text), not self._text
        self.view.mark(self._asked)
        self._show_rows()
        if tail is not None:
            tail.let_go()
        if self._is_new:
            self._is_new = False
            self.view.scrollToTop()
        if not found.sections:
            self._nobody.show_for(self._text)
        self._stack.setCurrentIndex(0 if found.sections else 1)
        self.view.is_outdated = False
        if self._first_wanted:
            self.focus_first()
        if found.number is not None:
            self._show_count(FoundCount(found.number, is_exact=True), generation)
        else:
            self._count_due.start()
        self._show_everybody()
        is_filled = self.view.rows.rowCount() * ROW_HEIGHT > self.view.viewport().height()
        self._paused.start(_PAUSE_MS if is_filled else 0)

    def _bring_unseen(self) -> None:
        """Bring rows from the end of those that are there on: of everybody their places."""
        if self._quiet.is_waiting:
            return
        if self._text or self._ends_in_favourites():
            self.view.tell_if_end_is_near()
        if not self._text and self._goes_on() and self._order is None:
            asked = (self._generation, self._changes)
            self._directory.order(lambda order: self._take_order(order, asked))
            self._directory.prepare()

    def _take_order(self, order: array[int], asked: tuple[int, int]) -> None:
        if asked == (self._generation, self._changes):
            self._order = order
            self._show_everybody()

    def _ends_in_favourites(self) -> bool:
        """Whether it is not known yet who is the first of everybody."""
        listed = self._sections[-1].contacts if self._goes_on() else ()
        return 0 < len(listed) == first_favourites(listed) < MOST_FAVOURITES

    def _goes_on(self) -> bool:
        """Whether the last section is longer than what is there of it."""
        return bool(self._sections) and self._sections[-1].after is not None

    def _show_everybody(self) -> None:
        """Let the list be as long as everybody, once it is known where the first favourites end."""
        if self._text or self._order is None or self._tail is not None or not self._goes_on():
            return
        if self._ends_in_favourites():
            return
        listed = self._sections[0].contacts
        number = first_favourites(listed)
        self._tail = LongTail(self._order, self._directory, self._row, self)
        self._tail.put(listed[number:])
        self._sections = [Section(Heading.NONE, listed[:number])]
        self._show_rows()

    def _ask_count(self) -> None:
        """Count who answers where one page is not all: once it is shown, not while it is made."""
        generation = self._generation
        self._directory.count_found(self._text, lambda count: self._show_count(count, generation))

    def _show_count(self, count: FoundCount, generation: int) -> None:
        if generation == self._generation:
            self.count_changed.emit(count.words if count.number else "")

    def _show_rows(self) -> None:
        rows = self._rows_of_everybody() if self._is_everybody else rows_of_search(self._sections, self._row)
        if self._tail is not None and rows:
            rows.append(ALL)
        self.view.show_rows(rows, self._tail)

    def _rows_of_everybody(self, start: int = 0) -> list[Row]:
        return rows_of_everybody(self._sections[0].contacts, self._row, start) if self._sections else []

    def show_anew(self) -> None:
        """Numbers, or the names of directories, are shown otherwise from now on."""
        if self._tail is not None:
            self._tail.show_anew()
        self._show_rows()

    def _bring_more(self) -> None:
        """Bring the next rows of the last section: of one that others follow, the first ones are enough."""
        last = self._sections[-1] if self._sections else None
        if last is None or last.after is None or self._bringing or self.view.is_outdated:
            return
        self._bringing, generation = True, self._generation
        if self._is_glance and last.heading is Heading.NAMES:
            self._directory.behind_glance(self._text, lambda found: self._show_whole(found, generation))
        else:
            self._directory.more(self._text, last.after, lambda more: self._append(more, generation))

    def _show_whole(self, found: Found, generation: int) -> None:
        """Show what stands under the names too, where they filled a glance."""
        if generation != self._generation:
            return
        self._bringing = self._is_glance = False
        self._sections = list(found.sections)
        self._show_rows()
        self._paused.start(_PAUSE_MS)

    def _append(self, more: Section, generation: int) -> None:
        if generation != self._generation:
            return
        self._bringing = False
        if self._tail is not None:
            return  # everybody came first
        last = self._sections[-1]
        self._sections[-1] = replace(last, contacts=last.contacts + more.contacts, after=more.after)
        if self._is_everybody:
            self.view.append_rows(self._rows_of_everybody(len(last.contacts)))
        else:
            self.view.append_rows(list(map(self._row, more.contacts)))
        self._show_everybody()
        self._paused.start(0 if self._ends_in_favourites() else _PAUSE_MS)

    def _row(self, contact: Contact) -> Row:
        name = self._directory.directory_name(contact)
        return contact_row(self._numbers.contact(contact), contact, self._asked, name)

    def _choose(self, contact: Contact) -> None:
        number = number_shown(contact, self._asked)
        if number is not None and number.e164:
            self.chosen.emit(contact, number)

    def _call(self, contact: Contact, position: QPoint) -> None:
        number = number_meant(contact, self._asked)
        if number is not None:
            self.call_asked.emit(contact, number)
        else:
            self._menus.offer_numbers(contact, position)

    def _set_favourite(self, contact: Contact) -> None:
        self._directory.set_favourite(contact, favourite=not contact.favourite, waits=self._waits())

    def _delete(self, contact: Contact) -> None:
        if contact.directory:
            name = self._directory.directory_name(contact)
            where = f"in “{name}”" if name else "in a shared directory"
            self.said.emit(f"{contact.label} is {where} and can only be deleted there.")
            return

        def deleted(removed: Contact | None) -> None:
            if removed is None:
                self.said.emit(f"{contact.label} was deleted already.")
            else:
                self.deleted.emit(removed)

        self._directory.delete(contact, deleted, self._waits())

    def _waits(self) -> Callable[[], None]:
        """Return what says once that a change waits, however often it hears so."""
        words = ["Waiting for an import or a directory’s update to finish. Then it is done by itself."]

        def say() -> None:
            while words:
                self.said.emit(words.pop())

        return say
