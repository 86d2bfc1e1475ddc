"""The contact list: find, call, add, edit, favourite, delete."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_dialing import CANNOT_BE_CALLED, number_meant, number_shown, own_way_words
from c2c_desktop.domain.contact_search import ContactSearch, read_search
from c2c_desktop.domain.found_contacts import Found, FoundCount, Heading, Section
from c2c_desktop.services.directory import Directory
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.contact_menu import ContactMenus, literal
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.long_tail import LongTail
from c2c_desktop.ui.quiet_refresh import QuietRefresh
from c2c_desktop.ui.row_model import Row
from c2c_desktop.ui.rows import RowView
from c2c_desktop.ui.theme import Theme

_ALL = "All contacts"
_SHOWN_SEARCH = 24
"""Characters of a search that are shown where it found nothing."""


class ContactPane(QWidget):
    """Shows what the directory finds. Main thread."""

    chosen = Signal(object, object)
    """A contact and the number its row shows, which can be called."""
    call_asked = Signal(object, object)
    edit_asked = Signal(object)
    deleted = Signal(object)
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
        self._tail: LongTail | None = None
        """Everybody but the first favourites, where nothing is searched for and one page is not all."""
        self._text = ""
        self._is_new = False
        """Whether another text is searched for than what is shown."""
        self._asked = ContactSearch()
        """What the rows that are shown answer."""
        self._generation = 0
        self._first_wanted = False
        self._bringing = False
        """Whether further rows are on their way."""
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
        self._empty = QLabel()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "muted")
        self._empty_button = QPushButton("Add a contact")
        self._empty_button.setProperty("kind", "primary")
        self._empty_button.clicked.connect(self._invite)
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.addStretch(2)
        column.addWidget(self._empty)
        column.addWidget(self._empty_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._quiet = QuietRefresh(self.view, self._ask)
        directory.listen(self.refresh)
        self._numbers.listen(self.show_anew)

    def show_matches(self, text: str) -> None:
        """Show what matches `text`."""
        self._is_new = self._is_new or text.strip() != self._text
        self._text = text.strip()
        self.refresh()

    def refresh(self) -> None:
        """Ask the directory again; an answer that was overtaken is forgotten."""
        self.view.is_outdated = True
        self._ask()

    def refresh_quietly(self) -> None:
        """As `refresh`, for what nobody here did: Enter goes on calling, and no row moves under the pointer."""
        self._quiet.ask()

    def _ask(self) -> None:
        self._quiet.forget()
        self._generation += 1
        generation = self._generation
        self._bringing = False
        self._directory.search(self._text, lambda found: self._show(found, generation))

    def focus_first(self) -> None:
        """Move into the list, or to what is offered in its place."""
        (self._empty_button if self._stack.currentIndex() else self.view).setFocus(Qt.FocusReason.TabFocusReason)
        self._first_wanted = self.view.is_outdated
        if not self._first_wanted:
            self.view.choose_first()

    def _show(self, found: Found, generation: int) -> None:
        if generation != self._generation:
            return
        self._sections = list(found.sections)
        self._order = self._tail = None
        self._asked = read_search(self._text)
        self.view.mark(self._asked)
        self._show_rows()
        if self._is_new:
            self._is_new = False
            self.view.scrollToTop()
        if not found.sections:
            self._show_empty()
        self._stack.setCurrentIndex(0 if found.sections else 1)
        self.view.is_outdated = False
        if self._first_wanted:
            self.focus_first()
        self._count(found, generation)
        if not self._text and found.sections and found.sections[-1].after is not None:
            self._directory.order(lambda order: self._take_order(order, generation))

    def _take_order(self, order: array[int], generation: int) -> None:
        if generation == self._generation:
            self._order = order
            self._show_everybody()

    def _show_everybody(self) -> None:
        """Let the list be as long as everybody, once it is known where the first favourites end."""
        listed = self._sections[0].contacts
        if self._order is None or self._tail is not None or listed[-1].favourite:
            return
        first = tuple(takewhile(lambda contact: contact.favourite, listed))
        self._tail = LongTail(self._order, self._directory, self._row, self)
        self._tail.put(listed[len(first) :])
        self._sections = [Section(Heading.NONE, first)]
        self._show_rows()

    def _count(self, found: Found, generation: int) -> None:
        """Tell how many answer; where one page is not all they are counted once it is shown, not while it is made."""
        if found.number is not None:
            self._show_count(FoundCount(found.number, is_exact=True), generation)
        else:
            self._directory.count_found(self._text, lambda count: self._show_count(count, generation))

    def _show_count(self, count: FoundCount, generation: int) -> None:
        if generation == self._generation:
            self.count_changed.emit(count.words if count.number else "")

    def _show_rows(self) -> None:
        rows: list[Row] = []
        for section in self._sections:
            goes_on = section.after is not None and section is not self._sections[-1]
            if len(self._sections) > 1 or section.heading is Heading.SIMILAR:
                number = len(section.contacts)
                rows.append(
                    Row(f"{section.heading.value}{f', the first {number}' if goes_on else ''}", is_heading=True)
                )
            rows += self._rows_of(section.contacts, None)
        if self._tail is not None and rows:
            rows.append(Row(_ALL, is_heading=True))
        self.view.show_rows(rows, self._tail)

    def show_anew(self) -> None:
        """Numbers, or the names of directories, are shown otherwise from now on."""
        if self._tail is not None:
            self._tail.forget_rows()
        self._show_rows()

    def _rows_of(self, contacts: Sequence[Contact], before: Contact | None) -> list[Row]:
        """Return rows that stand after `before`; where all are listed, with headings over favourites and others."""
        rows: list[Row] = []
        for contact in contacts:
            if not self._text and contact.favourite and before is None:
                rows.append(Row("Favourites", is_heading=True))
            elif not self._text and not contact.favourite and before is not None and before.favourite:
                rows.append(Row(_ALL, is_heading=True))
            rows.append(self._row(contact))
            before = contact
        return rows

    def _bring_more(self) -> None:
        """Bring the next rows of the last section: of one that others follow, the first ones are enough."""
        last = self._sections[-1] if self._sections else None
        if last is None or last.after is None or self._bringing or self.view.is_outdated:
            return
        self._bringing, generation = True, self._generation
        self._directory.more(self._text, last.after, lambda more: self._append(more, generation))

    def _append(self, more: Section, generation: int) -> None:
        if generation != self._generation:
            return
        self._bringing = False
        last = self._sections[-1]
        self._sections[-1] = replace(last, contacts=last.contacts + more.contacts, after=more.after)
        self.view.append_rows(self._rows_of(more.contacts, last.contacts[-1]))
        self._show_everybody()

    def _row(self, contact: Contact) -> Row:
        name = self._directory.directory_name(contact)
        return _row(self._numbers.contact(contact), contact, self._asked, name)

    def _show_empty(self) -> None:
        text = self._text if len(self._text) <= _SHOWN_SEARCH else f"{self._text[:_SHOWN_SEARCH]}…"
        if not text:
            words, button = (
                "No contacts yet.\nAdd one, drop a contact file here, or type a number to call.",
                "Add a contact",
            )
        elif self._is_number_searched():
            words, button = f"No contact has “{text}”.", f"Dial {text}"
        else:
            words, button = f"Nobody here is called “{text}”.", f"Add “{text}”"
        self._empty.setText(words)
        self._empty_button.setText(literal(button))

    def _is_number_searched(self) -> bool:
        return any(c.isdigit() for c in self._text) and not any(c.isalpha() for c in self._text)

    def _invite(self) -> None:
        if self._is_number_searched():
            self.dial_text_asked.emit(self._text)
        else:
            self.edit_asked.emit(Contact(0, self._text))

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
        self._directory.set_favourite(contact, favourite=not contact.favourite)

    def _delete(self, contact: Contact) -> None:
        if contact.directory:
            name = self._directory.directory_name(contact)
            where = f"in “{name}”" if name else "in a shared directory"
            self.said.emit(f"{contact.label} is {where} and can only be deleted there.")
            return
        self._directory.delete(contact, lambda: self.deleted.emit(contact))


def _row(contact: Contact, payload: Contact, search: ContactSearch, directory: str) -> Row:
    """Return how `contact` of that shared directory is shown; its row acts on `payload`, whose numbers are whole."""
    whole = number_shown(payload, search)
    if whole is None:
        number, after = "", "no number"
    else:
        number = contact.numbers[payload.numbers.index(whole)].shown
        others = len(payload.numbers) - 1
        after = f"{whole.kind}, {others} more" if others else whole.kind
    can_call = whole is not None and bool(whole.e164)
    return Row(
        title=contact.label,
        outcome="" if can_call or whole is None else CANNOT_BE_CALLED,
        before=contact.company if contact.name else "",
        number=number,
        after=after,
        directory=directory,
        initials=contact.initials,
        tone="warn",
        favourite=contact.favourite,
        tip=own_way_words(payload),
        can_call=can_call,
        payload=payload,
    )
