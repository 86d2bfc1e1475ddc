"""Pictures of shared directories: their window, adding one, and their contacts in the lists."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.shared_directory import DirectoryState, SharedDirectory
from c2c_desktop.services.ports import Lane
from c2c_desktop.ui.add_directory_dialog import AddDirectoryDialog
from c2c_desktop.ui.directories_window import DirectoriesWindow
from tests.directory_fakes import PRICES, TEAM, DirectoryRig

if TYPE_CHECKING:
    from tests.screenshots import Photographer

_AWAY = "dav.example.org refused the user name or the password. If the password was changed there, change it here too."
_LONG = replace(TEAM, id=3, name="Purchasing of Tamil Nadu and Kerala", address="https://kontakte.example.com/dav/a/")


class DirectoryPictures:
    """Shows the window on a service of its own, and the program's lists with names of directories."""

    def __init__(self, photographer: Photographer) -> None:
        self._photographer = photographer
        self._program = photographer.program

    def everything(self) -> None:
        self._window()
        self._adding()
        self._lists()

    def _window(self) -> None:
        with self._open(_rig()) as window:
            self._both(window, "directories-empty")
        rig = _rig(TEAM, PRICES)
        rig.succeed(TEAM, changed=212, contacts=1240)
        rig.succeed(PRICES, contacts=86)
        rig.clock.pass_by(200)
        with self._open(rig) as window:
            self._both(window, "directories")
            rig.shared.update(PRICES.id)
            self._take("directories-syncing", window)
            window.rows[TEAM.id].ask_removal()
            self._both(window, "directories-remove")
            window.rows[TEAM.id].stop_asking()
            window.rows[TEAM.id].ask_name()
            self._both(window, "directories-rename")
            window.rows[TEAM.id].stop_asking()
            menu = window.rows[TEAM.id].menu()
            menu.popup(window.mapToGlobal(QPoint(100, 100)))
            self._photographer.take("directories-menu", menu)
            menu.close()
        self._failing()

    def _failing(self) -> None:
        rig = _rig(TEAM, PRICES, _LONG)
        rig.succeed(TEAM, contacts=1240)
        rig.succeed(PRICES, contacts=86)
        rig.fail(_LONG, "kontakte.example.com does not answer.")
        rig.shared.update(TEAM.id)
        for _ in range(3):
            rig.fail(TEAM, _AWAY)
            rig.shared.update(TEAM.id)
        rig.fail(TEAM, _AWAY)
        with self._open(rig) as window:
            self._both(window, "directories-failing")
            window.rows[TEAM.id].ask_password()
            self._take("directories-password", window)

    def _adding(self) -> None:
        rig = _rig()
        dialog = AddDirectoryDialog(rig.shared, "IN", self._program.window)
        dialog.open()
        self._both(dialog, "directory-add")
        for address in (
            "invented.sample.person@gmail.com",
            "https://nextcloud.example.org",
            "invented.sample.person@icloud.com",
        ):
            dialog.address.setText(address)
            dialog.address.textEdited.emit(address)
            self._take(f"directory-add-{address.partition('@')[2].partition('.')[0] or 'nextcloud'}", dialog)
        dialog.address.setText("dav.example.org")
        dialog.address.textEdited.emit("")
        dialog.user.setText("asha")
        dialog.password.setText("not that one")
        dialog.submit()
        self._take("directory-add-looking", dialog)
        rig.updater.refuse()
        self._both(dialog, "directory-add-refused")
        dialog.submit()
        books = [replace(TEAM, id=0, name=name, address=f"https://dav.example.org/{name}/") for name in _BOOKS]
        rig.updater.find(*books)
        self._both(dialog, "directory-choose")
        dialog.back.click()
        dialog.submit()
        rig.updater.find(books[0])
        self._take("directory-one", dialog)
        dialog.back.click()
        dialog.kinds.button(1).click()
        self._both(dialog, "directory-add-file")
        dialog.path.setText(PRICES.address)
        dialog.submit()
        rig.runner.finish()
        self._both(dialog, "directory-file")
        dialog.reject()
        dialog.deleteLater()

    def _lists(self) -> None:
        program, window = self._program, self._program.window
        names = {1: "Team", 3: _LONG.name}
        program.core.directory.name_directories(lambda at: names.get(at, ""))
        people = [
            _person(1, "Aarthi Subramanian", "Kaveri Textiles", "+91 98401 11111", favourite=True),
            _person(3, "Abel Smith", "Northwind", "+44 20 7946 0111"),
            _person(1, "Meenakshi Sundaram Venkataraman", "Purchasing of Tamil Nadu", "+91 98401 33333"),
        ]
        store, stored = program.core.contact_store, list[Contact]()
        program.lanes.run(Lane.DATABASE, lambda: store.save_all(people), stored.extend, program.fail)
        self._photographer.settle()
        program.contacts.refresh()
        self._photographer.settle()
        for width, height in ((860, 716), (360, 560)):
            window.resize(width, height)
            self._photographer.take(f"contacts-of-directories-{width}")
        window.resize(860, 716)
        program.contacts.view.menu_asked.emit(stored[0], QPoint(100, 100))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        self._photographer.take("contacts-of-directories-menu", menu)
        menu.close()
        popup = program.quick.popup
        popup.open_with("a")
        self._photographer.settle()
        QTest.qWait(300)
        self._photographer.take("quick-of-directories", popup)
        popup.hide()
        for contact in stored:
            program.core.directory.delete(contact)
        self._photographer.settle()
        program.core.directory.name_directories(lambda _: "")

    def _both(self, widget: QDialog, name: str) -> None:
        """Take it as it opens, and narrow."""
        self._take(name, widget)
        size = widget.size()
        widget.resize(340, 560)
        self._take(f"{name}-narrow", widget)
        widget.resize(size)

    @contextmanager
    def _open(self, rig: DirectoryRig) -> Iterator[DirectoriesWindow]:
        program = self._program
        window = DirectoriesWindow(rig.shared, rig.clock, "IN", program.theme, program.icons, program.window)
        rig.runner.finish()
        window.open()
        yield window
        window.reject()
        window.deleteLater()

    def _take(self, name: str, dialog: QDialog) -> None:
        self._photographer.take(name, dialog)


_BOOKS = ("Team", "Suppliers", "Everybody in the company")


def _person(directory: int, name: str, company: str, number: str, *, favourite: bool = False) -> Contact:
    e164 = "+" + "".join(c for c in number if c.isdigit())
    numbers = (ContactNumber(number, e164),)
    return Contact(0, name, company, numbers, favourite=favourite, directory=directory)


def _rig(*directories: SharedDirectory) -> DirectoryRig:
    rig = DirectoryRig(*map(DirectoryState, directories))
    rig.clock.time = time.time() - 600
    return rig.opened()
