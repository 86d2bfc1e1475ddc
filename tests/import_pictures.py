"""Pictures of the windows of an import, over fakes of what reads files and writes contacts."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from c2c_desktop.domain.column_mapping import IGNORED
from c2c_desktop.domain.contact_import import ImportProgress, ImportReport, LastImport, Stage
from c2c_desktop.domain.contact_record import SkippedRecord
from c2c_desktop.domain.record_row import NOBODY, SHORTENED
from c2c_desktop.ui.import_desk import ImportDesk
from c2c_desktop.ui.import_mapping import ImportDialog
from c2c_desktop.ui.import_outcome import ImportMeans
from c2c_desktop.ui.import_progress import ImportProgressDialog
from c2c_desktop.ui.import_report import ImportReportDialog
from c2c_desktop.ui.import_undo import ImportUndoDialog
from tests.contact_import_fakes import MemoryContactFiles, SavedLists, SteeredImporter
from tests.samples.csv_exports import ALL, GOOGLE_NEW

if TYPE_CHECKING:
    from tests.screenshots import Photographer

D = TypeVar("D", bound=QDialog)
LONG = "Contacts of the northern sales team, exported on the last working day before the holidays (final, really).csv"
HINDI = (
    "नाम,कंपनी,मोबाइल,ईमेल\n"
    "राजेश कुमार,उदाहरण व्यापार,98402 22222,rajesh@example.org\n"
    "मीरा नायर कृष्णमूर्ति,,+91 98402 33333,\n"
    "அனிதா ராமன்,நிறுவனம்,098402 44444,anita@example.org\n"
).encode()
CARDS = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Asha Rao\r\nORG:Example Trading\r\nTEL;TYPE=CELL:+91 98402 22222\r\n"
    "TEL;TYPE=WORK:020 7946 0018\r\nCATEGORIES:vip\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ravi Kumar\r\nTEL:at reception\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:मीरा नायर\r\nTEL;TYPE=HOME:+44 20 7946 0105\r\nEND:VCARD\r\n"
).encode()
PROBLEMS = tuple(
    SkippedRecord(n * 3 + 2, NOBODY if n % 3 else SHORTENED, f"|||Meera {n}|=9.84E+11|राजेश") for n in range(3000)
)
LAST = LastImport(1, LONG, time.time() - 100_000, 1_204, 99)
REPORT = ImportReport(1_204, 87, 12, 3_410, 2_000, PROBLEMS, 310, seconds=12.5, kept=31, unread_numbers=219)


def wide_table() -> bytes:
    """Sixty columns, of which few say anything."""
    header = ["Name", "Mobile", *(f"Custom field {n}" for n in range(1, 59))]
    rows = [[f"Person {n}", f"+44 20 7946 00{n:02}", *(f"value {n}.{m}" for m in range(58))] for n in range(1, 9)]
    return "\n".join(",".join(row) for row in [header, *rows]).encode()


class ImportPictures:
    """Opens each window as a person does."""

    def __init__(self, photographer: Photographer) -> None:
        self._photographer = photographer
        self._program = photographer.program
        self._files = MemoryContactFiles(
            {
                LONG: GOOGLE_NEW,
                "team.csv": ALL["CRM"],
                "sixty.csv": wide_table(),
                "hindi.csv": HINDI,
                "nobody.csv": b"a;b\nx;y\n1;2\n",
                "phone.vcf": CARDS,
            }
        )
        self._importer = SteeredImporter()

    def everything(self) -> None:
        program, window = self._program, self._program.window
        window.file_menu.open()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        self._photographer.take("import-menu")
        self._photographer.take("import-menu-open", menu)
        menu.close()
        means = ImportMeans(self._files, self._importer, SavedLists(), lambda: LAST)
        self._desk = ImportDesk(means, program.lanes, lambda: "IN", window, program.theme, program.numbers)
        for path, name in (
            (LONG, "google"), ("team.csv", "crm"), ("sixty.csv", "sixty"), ("hindi.csv", "hindi"),
            ("nobody.csv", "nobody"), ("phone.vcf", "vcard"),
        ):  # fmt: skip
            self._mapping(path, name)
        self._running()
        self._report()
        self._drag()
        self._desk.close()
        self._put_back()

    def _mapping(self, path: str, name: str) -> None:
        self._desk.take_file(path)
        self._photographer.settle()
        dialog = self._dialog(ImportDialog)
        self._take(f"import-{name}", dialog)
        if dialog.columns is not None and name == "google":
            dialog.columns.setFocus(Qt.FocusReason.TabFocusReason)
            menu = dialog.columns.open_menu(2)
            self._take(f"import-{name}-meanings", menu)
            menu.close()
        if dialog.columns is not None and name == "nobody":
            for column in range(2):
                dialog.columns.chosen.emit(column, IGNORED)
            self._photographer.settle()
            self._take(f"import-{name}-chosen", dialog)
        dialog.resize(360, 640)
        self._take(f"import-{name}-narrow", dialog)
        dialog.reject()

    def _running(self) -> None:
        self._desk.take_file(LONG)
        self._photographer.settle()
        self._dialog(ImportDialog).accept()
        dialog = self._dialog(ImportProgressDialog)
        self._take("import-begins", dialog)
        self._importer.tell(ImportProgress(Stage.READING, 0.42, 420_000, 14.0))
        self._take("import-reading", dialog)
        dialog.resize(330, 220)
        self._take("import-reading-narrow", dialog)
        self._importer.tell(ImportProgress(Stage.SAVING, 0.9, 1_000_000, 62.0))
        self._take("import-saving", dialog)

    def _report(self) -> None:
        self._importer.finish(REPORT)
        dialog = self._dialog(ImportReportDialog)
        self._take("import-report", dialog)
        dialog.resize(360, 620)
        self._take("import-report-narrow", dialog)
        dialog.close()
        self._desk.ask_undo()
        self._photographer.settle()
        undo = self._dialog(ImportUndoDialog)
        self._take("import-undo", undo)
        undo.resize(360, 240)
        self._take("import-undo-narrow", undo)
        undo.reject()
        self._desk.outcome.take("phone.vcf", ImportReport(added=2, unchanged=1, seconds=0.1), takes_keys=True)
        clean = self._dialog(ImportReportDialog)
        self._take("import-report-clean", clean)
        clean.close()

    def _drag(self) -> None:
        window = self._program.window
        handle = window.windowHandle()
        assert handle is not None
        for count, name in ((1, "one"), (3, "several")):
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(f"/contacts/{n}.csv") for n in range(count)])
            none = Qt.KeyboardModifier.NoModifier
            enter = QDragEnterEvent(QPoint(200, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
            QApplication.sendEvent(handle, enter)
            self._photographer.take(f"import-drop-{name}")
            QApplication.sendEvent(handle, QDragLeaveEvent())

    def _dialog(self, kind: type[D]) -> D:
        return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())

    def _take(self, name: str, window: QDialog | QMenu) -> None:
        self._photographer.take(name, window)

    def _put_back(self) -> None:
        """The program is as it was, for the next pictures."""
        menu = self._program.window.file_menu.menu_list
        for action in (self._desk.entry, self._desk.report_entry, self._desk.undo_entry):
            self._program.window.removeAction(action)
            menu.removeAction(action)
        self._desk.drops.deleteLater()
        self._desk.deleteLater()
        self._photographer.settle()
