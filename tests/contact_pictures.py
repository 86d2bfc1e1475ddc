"""Pictures of a contact being edited, and of how its numbers stand in the lists, the menus and the dial pad."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.route import Route
from c2c_desktop.ui.contact_dialog import ContactDialog

if TYPE_CHECKING:
    from tests.screenshots import Photographer

MEERA = Contact(
    0,
    "Aarti Meera Nair",
    "Coastal Foods",
    (
        ContactNumber("+91 98403 33334", "+919840333334", "mobile", preferred=True),
        ContactNumber("+44 20 7946 0123", "+442079460123", "work", as_written="020 7946 0123"),
        ContactNumber("ask for Meera at reception", "", "other"),
    ),
    favourite=True,
    tags=("vip", "north"),
    note="Wants the offer for 40 seats by Friday, in writing.\nSpeaks Malayalam and English.",
    emails=("meera@example.com", "office@example.org"),
    route=Route.MOBILE,
    caller_id="+1 555 0100",
)
LONG = replace(
    MEERA,
    name="Wolfeschlegelsteinhausenbergerdorff Krishnamurthy Venkatasubramanian the Elder of Coimbatore and Madurai",
    company="The Association of Independent Manufacturers and Exporters of Hand-woven Cotton, Silk and Jute",
    numbers=(
        ContactNumber("ask at the front desk of the second building on Tuesdays and Thursdays only", "", "work"),
        ContactNumber("+44 20 7946 0124", "+442079460124", "work", as_written="tel:+44-20-7946-0124;ext=12345678"),
    ),
)
DOZEN = replace(
    MEERA,
    name="Aaron Dozen",
    numbers=tuple(
        ContactNumber(f"+44 20 7946 01{n:02}", f"+4420794601{n:02}", ("mobile", "work", "fax", "home")[n % 4], n == 3)
        for n in range(12)
    ),
)
UNREADABLE = Contact(0, "Abel Unread", "Acme", (ContactNumber("ask at reception", "", "work"),), favourite=True)


class ContactPictures:
    """Opens the dialog as a row's menu does, and shows such contacts where they are called from."""

    def __init__(self, photographer: Photographer) -> None:
        self._photographer = photographer
        self._program = photographer.program

    def everything(self) -> None:
        self._edit()
        self._refusals()
        self._lists()

    def _edit(self) -> None:
        for name, contact, directory in (
            ("edit", replace(MEERA, id=900), ""),
            ("long", replace(LONG, id=900), ""),
            ("dozen", replace(DOZEN, id=900), ""),
            ("shared", replace(MEERA, id=900, directory=3), "Team London"),
        ):
            with self._open(contact, directory) as dialog:
                self._take(f"contact-{name}", dialog)
                bar = dialog.page.verticalScrollBar()
                bar.setValue(bar.maximum())
                self._take(f"contact-{name}-below", dialog)
                bar.setValue(0)
                dialog.resize(360, 560)
                self._take(f"contact-{name}-narrow", dialog)
                bar.setValue(bar.maximum())
                self._take(f"contact-{name}-narrow-below", dialog)
        with self._open(replace(MEERA, id=900)) as dialog:
            dialog.resize(900, 700)
            self._take("contact-wide", dialog)

    def _refusals(self) -> None:
        with self._open(replace(MEERA, id=900)) as dialog:
            dialog.name.setText("Meera")
            dialog.reject()
            self._take("contact-asks", dialog)
            dialog.resize(360, 560)
            self._take("contact-asks-narrow", dialog)
        with self._open(replace(MEERA, id=900)) as dialog:
            dialog.numbers.rows[0].text.setText("98403 3333 / 98403 44444")
            dialog.numbers.rows[1].text.setText("112")
            dialog.submit()
            self._take("contact-unreadable", dialog)
            dialog.tags.offer(["vip", "visitor", "north"])
            dialog.tags.setFocus()
            dialog.tags.textEdited.emit("vi")
            dialog.emails.setText("meera")
            dialog.submit()
            self._take("contact-wrong", dialog)

    def _lists(self) -> None:
        program, window = self._program, self._program.window
        saved: list[Contact] = []
        for contact in (MEERA, UNREADABLE):
            program.core.directory.save(contact, saved.append)
        self._photographer.settle()
        window.tabs.button(0).click()
        for width, height in ((860, 716), (360, 560)):
            window.resize(width, height)
            program.contacts.view.setFocus()
            program.contacts.view.choose_first()
            self._take(f"contact-rows-{width}")
        for name, contact in zip(("numbers", "unreadable"), saved, strict=True):
            program.contacts.view.menu_asked.emit(contact, QPoint(100, 100))
            self._take_menu(f"contact-menu-{name}")
        program.contacts.view.call_asked.emit(saved[1], QPoint(100, 100))
        self._take_menu("contact-menu-no-call")
        window.resize(860, 716)
        program.gestures.load_contact(saved[0], saved[0].numbers[0])
        self._take("contact-pad")
        window.resize(360, 560)
        window.show_dial_pad()
        self._take("contact-pad-narrow")
        program.pad.load("")
        popup = program.quick.popup
        popup.open_with("abel")
        self._photographer.settle()
        self._photographer.take("contact-quick", popup)
        popup.hide()
        for contact in saved:
            program.core.directory.delete(contact)
        window.resize(860, 716)
        window.tabs.button(0).click()
        self._photographer.settle()

    @contextmanager
    def _open(self, contact: Contact, directory: str = "") -> Iterator[ContactDialog]:
        program = self._program
        dialog = ContactDialog(
            contact, program.core.accounts.active, program.theme, program.icons, program.window, directory
        )
        dialog.open()
        self._photographer.settle()
        yield dialog
        dialog.done(0)
        dialog.deleteLater()
        self._photographer.settle()

    def _take(self, name: str, dialog: ContactDialog | None = None) -> None:
        self._photographer.take(name, dialog)

    def _take_menu(self, name: str) -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        self._photographer.take(name, menu)
        menu.close()
