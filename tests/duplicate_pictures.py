"""Pictures of finding and merging duplicates: the list, a group, what contradicts, all at once, and nothing left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.route import Route
from c2c_desktop.ui.duplicates_window import DuplicatesWindow
from c2c_desktop.ui.merge_all_question import MergeAllQuestion

if TYPE_CHECKING:
    from tests.screenshots import Photographer

_LENA = ContactNumber("+44 20 7946 0031", "+442079460031", "work")
_OMAR = ContactNumber("+44 7700 900131", "+447700900131", "mobile")
DOUBLES = (
    Contact(0, "Lena Marino", "Harbour Prints", (_LENA,), tags=("customer",), emails=("lena@example.com",)),
    Contact(0, "L. Marino", "", (_LENA, ContactNumber("+44 7700 900132", "+447700900132")), note="Prefers mornings."),
    Contact(0, "Omar Haddad", "Zenith Travel", (_OMAR,), route=Route.MOBILE, emails=("omar@example.com",)),
    Contact(0, "Omar Haddad", "Orion Foods", (_OMAR,), route=Route.SOFTPHONE, favourite=True),
    Contact(0, "Tessa Brooks", "", (), emails=("tessa@example.org",)),
    Contact(0, "Tessa Brooks", "Maple Media", (), emails=("tessa@example.org",), tags=("press",)),
    Contact(0, "Brooks Tessa", "", (ContactNumber("+44 7700 900133", "+447700900133"),), emails=("Tessa@example.org",)),
    *(
        Contact(0, name, "Granite Works", (ContactNumber(f"+44 20 7946 00{at}", f"+4420794600{at}", kind),))
        for at, name in enumerate(("Anna Weiß", "Björn Hansen", "कविता शर्मा", "Noah Reed"), 41)
        for kind in ("other", "work")
    ),
)


class DuplicatePictures:
    """Opens the window over contacts of its own, which are taken away again."""

    def __init__(self, photographer: Photographer) -> None:
        self._photographer = photographer
        self._program = photographer.program

    def everything(self) -> None:
        store = self._program.core.contact_store
        stored = store.save_all(list(DOUBLES))
        self._groups()
        for contact in stored:
            store.delete(contact.id)
        self._nothing()
        self._program.core.directory.changed()
        self._photographer.settle()

    def _groups(self) -> None:
        window = self._open()
        for row in range(window.list.groups.rowCount()):
            window.list.setCurrentIndex(window.list.groups.index(row, 0))
            group = window.list.current
            assert group is not None
            if group.title in {"Lena Marino", "Omar Haddad", "Tessa Brooks"}:
                self._take(f"duplicates-{group.title.split()[0].lower()}", window)
                window.resize(360, 560)
                self._take(f"duplicates-narrow-list-{group.title.split()[0].lower()}", window)
                window.list.clicked.emit(window.list.currentIndex())
                self._take(f"duplicates-narrow-{group.title.split()[0].lower()}", window)
                window.back.click()
                window.resize(920, 620)
        window.all.click()
        question = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MergeAllQuestion) and w.isVisible())
        self._take("duplicates-all", question)
        question.accept()
        self._take("duplicates-merged", window)
        window.resize(360, 560)
        self._take("duplicates-narrow-merged", window)
        window.undo.click()
        self._photographer.settle()
        window.done(0)

    def _nothing(self) -> None:
        window = self._open()
        self._take("duplicates-none", window)
        window.done(0)

    def _open(self) -> DuplicatesWindow:
        self._program.dialogs.duplicates(self._program.core.duplicates)
        self._photographer.settle()
        return next(w for w in QApplication.topLevelWidgets() if isinstance(w, DuplicatesWindow) and w.isVisible())

    def _take(self, name: str, widget: QWidget) -> None:
        self._photographer.settle()
        self._photographer.take(name, widget)
