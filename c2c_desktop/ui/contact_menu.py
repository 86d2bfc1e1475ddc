"""The menus of a contact's row: which number to call, and everything else that can be done."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_dialing import CANNOT_BE_CALLED, numbers_in_order
from c2c_desktop.services.contact_form import own_copy
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.armed import Armed


class ArmedMenu(QMenu):
    """Takes Enter or a click for an answer once it was seen: what opened it, held or doubled, is none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.armed = Armed(self)
        self._is_too_early = False
        """Whether the mouse was pressed before: what is released after that is no answer either."""

    def showEvent(self, event: QShowEvent) -> None:
        """From now on it is seen."""
        super().showEvent(event)
        self.armed.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, and answer in time."""
        if not self.armed.turns_away(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Answer, or close, in time; a double click's second press comes here too."""
        self._is_too_early = not self.armed.was_seen
        if not self._is_too_early:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Answer in time, also what was pressed when the menu came, and moved to an entry."""
        if self.armed.was_seen and not self._is_too_early:
            super().mouseReleaseEvent(event)


class ContactMenus(QObject):
    """Opens them over `parent` and tells what was chosen. Main thread."""

    call_asked = Signal(object, object)
    """A contact and one of its numbers, which can be called."""
    edit_asked = Signal(object)
    favourite_asked = Signal(object)
    """A contact that is to be a favourite where it is none, and the other way round."""
    delete_asked = Signal(object)

    def __init__(self, numbers: ShownNumbers, parent: QWidget) -> None:
        super().__init__(parent)
        self._numbers = numbers
        self._over = parent

    def offer_numbers(self, contact: Contact, position: QPoint) -> None:
        """Let one be chosen, the one called first by Enter; where none can be called, say so and offer to mend it."""
        menu = ArmedMenu(self._over)
        self._add_numbers(menu, contact)
        if not any(number.e164 for number in contact.numbers):
            self._add_edit(menu, contact, "Edit…" if contact.numbers else "Add a number…")
        menu.popup(position)
        menu.setActiveAction(next(action for action in menu.actions() if action.isEnabled()))

    def offer_all(self, contact: Contact, position: QPoint) -> None:
        """Offer everything; a contact of a shared directory can be neither changed nor deleted."""
        menu = ArmedMenu(self._over)
        self._add_numbers(menu, contact)
        menu.addSeparator()
        for number in numbers_in_order(contact):
            copy = menu.addAction(literal(f"Copy {self._numbers.number(number.shown)}"))
            copy.triggered.connect(lambda _=False, n=number: QGuiApplication.clipboard().setText(n.shown))
        menu.addSeparator()
        words = "Remove from favourites" if contact.favourite else "Add to favourites"
        menu.addAction(words, lambda: self.favourite_asked.emit(contact))
        self._add_edit(menu, contact, "Edit…")
        if contact.directory:
            menu.addAction("Copy to my contacts…", lambda: self.edit_asked.emit(own_copy(contact)))
        else:
            menu.addAction("Delete", lambda: self.delete_asked.emit(contact))
        menu.popup(position)

    def _add_numbers(self, menu: QMenu, contact: Contact) -> None:
        for number in numbers_in_order(contact):
            action = menu.addAction(literal(self._words(number)))
            action.setEnabled(bool(number.e164))
            action.triggered.connect(lambda _=False, n=number: self.call_asked.emit(contact, n))

    def _words(self, number: ContactNumber) -> str:
        shown = self._numbers.number(number.shown)
        if not number.e164:
            return f"{CANNOT_BE_CALLED}: {shown} · {number.kind}"
        return f"Call {shown} · {number.kind}{', preferred' if number.preferred else ''}"

    def _add_edit(self, menu: QMenu, contact: Contact, words: str) -> None:
        menu.addAction("Details…" if contact.directory else words, lambda: self.edit_asked.emit(contact))


def literal(text: str) -> str:
    """Return `text` for a button or menu, where an ampersand marks a shortcut."""
    return text.replace("&", "&&")
