"""A hand on the windows of an import, over fakes; jobs run when the test says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.contact_import import ImportReport, LastImport
from c2c_desktop.domain.contact_record import SkippedRecord
from c2c_desktop.ui.import_desk import ImportDesk
from c2c_desktop.ui.import_mapping import ImportDialog
from c2c_desktop.ui.import_outcome import ImportMeans
from c2c_desktop.ui.import_progress import ImportProgressDialog
from c2c_desktop.ui.import_report import ImportReportDialog
from tests.contact_import_fakes import MemoryContactFiles, SavedLists, SteeredImporter
from tests.fakes import ManualRunner
from tests.samples.csv_exports import GOOGLE_NEW

CARDS = (
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Asha Rao\r\nTEL;TYPE=CELL:+91 98402 22222\r\nEND:VCARD\r\n"
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ben Carter\r\nTEL;TYPE=WORK:020 7946 0018\r\nEND:VCARD\r\n"
)
TEAM = "Name;Company;Mobile\nAsha Räo;Acme;098402 22222\nBen Carter;;at reception\n".encode()
FILES = {
    "google.csv": GOOGLE_NEW,
    "team.csv": TEAM,
    "phone.vcf": CARDS,
    "plain.csv": b"Asha,+44 20 7946 0018\nBen,+44 20 7946 0105\n",
}
REPORT = ImportReport(added=2, skipped=1, problems=(SkippedRecord(4, "There is no name.", "=1+1"),), import_id=7)
LAST = LastImport(7, "people.csv", 0.0, 1204, 99)
D = TypeVar("D", bound=QDialog)


def remove_imports(program: Application) -> None:
    """Take the program's own desk and its entries away: a test brings another one."""
    assert program.contact_ties is not None
    own = program.contact_ties.imports
    for entry in (own.entry, own.report_entry, own.undo_entry):
        program.window.removeAction(entry)
        program.window.file_menu.menu_list.removeAction(entry)
    own.drops.deleteLater()
    QCoreApplication.sendPostedEvents(own.drops, QEvent.Type.DeferredDelete)


class Imports:
    """The desk of an import, tied to the program's window."""

    def __init__(self, qtbot: QtBot, program: Application) -> None:
        self.qtbot, self.program, self.window = qtbot, program, program.window
        remove_imports(program)
        self.files = MemoryContactFiles(dict(FILES))
        self.importer = SteeredImporter()
        self.saved = SavedLists()
        self.runner = ManualRunner()
        self.said: list[str] = []
        self.errors: list[Exception] = []
        self.imported = 0
        self.last: LastImport | None = LAST
        means = ImportMeans(self.files, self.importer, self.saved, lambda: self.last)
        self.desk = ImportDesk(means, self.runner, lambda: "IN", self.window, program.theme, program.numbers)
        self.desk.said.connect(self.said.append)
        self.desk.failed.connect(self.errors.append)
        self.desk.imported.connect(self._count)
        self.runner.finish()

    def _count(self) -> None:
        self.imported += 1

    def shown(self, kind: type[D]) -> D | None:
        """The window of that kind that can be seen."""
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
        assert len(found) < 2, f"several: {found}"
        return found[0] if found else None

    def the(self, kind: type[D]) -> D:
        """That window, on the screen."""
        dialog = self.shown(kind)
        assert dialog is not None, f"no {kind.__name__} is shown"
        self.qtbot.waitExposed(dialog)
        return dialog

    def with_keys(self, kind: type[D]) -> D:
        """That window, once it has the keys."""
        dialog = self.the(kind)
        dialog.activateWindow()
        self.qtbot.waitUntil(lambda: dialog.isActiveWindow() and QGuiApplication.focusWindow() is not None)
        return dialog

    def open(self, path: str) -> ImportDialog:
        """Take a file and look at it."""
        self.desk.take_file(path)
        self.runner.finish()
        return self.the(ImportDialog)

    def begin(self, path: str = "phone.vcf") -> ImportProgressDialog:
        """Import a file."""
        self.open(path).primary.click()
        return self.the(ImportProgressDialog)

    def report(self, report: ImportReport = REPORT) -> ImportReportDialog:
        """Import a file to the end."""
        self.begin()
        self.importer.finish(report)
        return self.the(ImportReportDialog)

    def pick(self, path: str) -> None:
        """Choose a file in the system's dialog."""
        chooser = self.the(QFileDialog)
        chooser.fileSelected.emit(path)
        chooser.close()

    @property
    def toast(self) -> str:
        return self.window.toast.label.text() if self.window.toast.isVisible() else ""


@contextmanager
def imports_of(qtbot: QtBot, program: Application) -> Iterator[Imports]:
    """The desk, put away at the end."""
    rig = Imports(qtbot, program)
    try:
        yield rig
    finally:
        rig.desk.close()
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, (QFileDialog, QMenu)):
                widget.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
