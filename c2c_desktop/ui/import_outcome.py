"""What came of the last import: shown, saved, taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from c2c_desktop.domain.contact_import import ImportReport, LastImport
from c2c_desktop.domain.contact_record import SkippedRecord
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.services.import_ports import ContactFiles, ContactImporter
from c2c_desktop.services.ports import Lane, Runner
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from c2c_desktop.ui.import_report import ImportReportDialog


@dataclass(frozen=True, slots=True)
class ImportMeans:
    """What the windows of an import act through."""

    files: ContactFiles
    importer: ContactImporter
    save_skipped: Callable[[str, Sequence[SkippedRecord]], None]
    """Writes what was left out to a path, so that no spreadsheet calculates it. Blocks; desktop lane.

    Raises `UserFacingError`.
    """
    last_import: Callable[[], LastImport | None]
    """Returns which import can be undone, whoever made it. Blocks; database lane. Raises `StorageError`."""


class ImportOutcome(QObject):
    """The report of the last import of this run, and the undo of the last import of any. Main thread."""

    failed = Signal(object)
    said = Signal(str)
    undone = Signal()
    """The contact list is as it was before the import."""
    changed = Signal()
    """There is a report or an import to undo, or none any more; an undo began or ended."""

    def __init__(self, means: ImportMeans, runner: Runner, window: MainWindow, numbers: ShownNumbers) -> None:
        super().__init__(window)
        self._means, self._runner, self._window, self._numbers = means, runner, window, numbers
        self._dialog: ImportReportDialog | None = None
        self._last: tuple[str, ImportReport] | None = None
        self._is_closed = False
        self.is_undoing = False
        """Whether an import is being taken back."""
        self.last: LastImport | None = None
        """What can be undone, as it was when it was looked last."""

    @property
    def has_report(self) -> bool:
        """Whether there is something to show."""
        return self._last is not None

    def take(self, path: str, report: ImportReport, *, takes_keys: bool) -> None:
        """Show what came of an import. `takes_keys`: whether its window may have the keys, which somebody may need."""
        self._keep(path, report)
        self._show(takes_keys=takes_keys)

    def offer(self, path: str, report: ImportReport) -> None:
        """Say in a word what came of an import nobody was looking at."""
        from c2c_desktop.ui.import_report import title_words  # noqa: PLC0415

        self._keep(path, report)
        self._window.toast.say(f"Import finished: {title_words(report).lower()}.", "Report", self.show_report)

    def show_report(self) -> None:
        """Show what came of the last import."""
        if self._dialog is not None:
            self._dialog.raise_()
            self._dialog.activateWindow()
        else:
            self._show(takes_keys=True)

    def put_away(self) -> None:
        """Close the report: its undo would soon mean another import."""
        if self._dialog is not None:
            self._dialog.close()

    def look(self, then: Callable[[], None] = lambda: None) -> None:
        """Look which import can be undone: terminals import too. `then` is called once it is known."""

        def take(last: LastImport | None) -> None:
            self.last = last
            if not self._is_closed:
                self.changed.emit()
                then()

        self._runner.run(Lane.DATABASE, self._means.last_import, take, self.failed.emit)

    def undo(self, import_id: int) -> None:
        """Take back an import, if it still is the last one."""
        if not self.is_undoing:
            self.is_undoing = True
            self.changed.emit()
            self._means.importer.undo(import_id, self._take_undone, self._take_failure)

    def close(self) -> None:
        """The program ends: nothing is shown or said any more."""
        self._is_closed = True
        self.put_away()

    def _keep(self, path: str, report: ImportReport) -> None:
        self.put_away()
        self._last = (path, report)
        self.changed.emit()
        self.look()

    def _show(self, *, takes_keys: bool) -> None:
        from c2c_desktop.ui.import_report import ImportReportDialog  # noqa: PLC0415

        if self._last is None:
            return
        path, report = self._last
        dialog = self._dialog = ImportReportDialog(path, report, self._numbers, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not takes_keys)
        dialog.save_asked.connect(lambda: self._choose_target(dialog, report))
        dialog.undo_asked.connect(lambda: self.undo(report.import_id))
        dialog.finished.connect(lambda _: self._forget(dialog))
        dialog.show()

    def _forget(self, dialog: ImportReportDialog) -> None:
        if self._dialog is dialog:
            self._dialog = None
        dialog.deleteLater()

    def _take_undone(self, changed: int, left: int) -> None:
        from c2c_desktop.ui.import_undo import undone_words  # noqa: PLC0415

        self.is_undoing = False
        self._last = None
        if self._is_closed:
            return
        self.changed.emit()
        self.look()
        self.put_away()
        self.undone.emit()
        self.said.emit(undone_words(changed, left))

    def _take_failure(self, error: Exception) -> None:
        self.is_undoing = False
        if self._is_closed:
            return
        self.changed.emit()
        self.look()
        if self._dialog is not None and isinstance(error, UserFacingError):
            self._dialog.show_undo_failed(f"{error.title}. {error.message}")
        else:
            self.failed.emit(error)

    def _choose_target(self, over: ImportReportDialog, report: ImportReport) -> None:
        chooser = QFileDialog(over, "Save what was left out", "", "CSV (*.csv)")
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("csv")
        chooser.selectFile("left-out.csv")
        chooser.fileSelected.connect(lambda path: self._save(path, report))
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def _save(self, path: str, report: ImportReport) -> None:
        self._runner.run(
            Lane.DESKTOP,
            lambda: self._means.save_skipped(path, report.problems),
            lambda _: self._tell_saved(path),
            self._tell_unsaved,
        )

    def _tell_saved(self, path: str) -> None:
        if self._dialog is not None:
            self._dialog.show_note(f"Saved as {path}. Cells that a spreadsheet would calculate got a ' in front.")
        else:
            self.said.emit(f"Saved as {path}.")

    def _tell_unsaved(self, error: Exception) -> None:
        if self._dialog is not None and isinstance(error, UserFacingError):
            self._dialog.show_error(f"{error.title}. {error.message}")
        else:
            self.failed.emit(error)
